import { expect, test } from "vitest";
import { next, welcome, type KioskInput, type KioskState } from "../../../core/machine/kiosk.ts";
import { run } from "./kiosk-walk.ts";

/** Codes that nobody can be asked about, visits without a name, and coming without the card the next time. */

const found = (change: object): KioskInput => ({
  kind: "found",
  found: { token: "t", known: false, resumes: false, ask: ["keep"], ...change },
});
const opened: KioskInput = { kind: "opened", resumed: false, send: false, done: ["glucose"], answers: {} };
const opens = (start: KioskState, ...inputs: readonly KioskInput[]): unknown =>
  inputs.reduce<{ readonly state: KioskState; readonly opened: unknown }>(
    ({ state, opened: before }, input) => {
      const step = next(state, input);
      return { state: step.state, opened: step.effects.find(({ kind }) => kind === "openVisit") ?? before };
    },
    { state: start, opened: undefined },
  ).opened;

test("a code that nobody can be asked about opens a visit without a name, if the person likes; else the card is awaited", () => {
  const asked = run(welcome, { kind: "start" }, { kind: "held", token: "h" });
  expect(asked.at).toBe("codeLater");
  expect(opens(asked, { kind: "yes" })).toEqual({
    kind: "openVisit",
    person: { kind: "code", token: "h" },
    consents: {},
  });
  const no = next(asked, { kind: "no" });
  expect([no.state.at, no.effects]).toEqual(["who", [{ kind: "listen" }]]);
});

test.each([true, false])("who has a nameless visit is asked once it is clear who it is, and says %s", (mine) => {
  const sure = run(welcome, { kind: "start" }, found({ known: true, ask: [], unclaimed: true }), { kind: "yes" });
  expect(sure.at).toBe("wasIt");
  expect(opens(sure, { kind: mine ? "yes" : "no" })).toMatchObject({ person: { kind: "found", token: "t", mine } });
});

/** A newcomer who has measured and goes. */
const going = (change: object): KioskState => {
  const inVisit = run(welcome, { kind: "start" }, found(change), { kind: "yes" }, { kind: "yes" }, opened);
  if (!("visit" in inVisit)) throw new Error(inVisit.at);
  return run({ at: "takeAway", as: "ask", visit: { ...inVisit.visit, owed: [] } }, { kind: "next" });
};

test("a newcomer is asked once, on going, and a no leads on", () => {
  const asked = going({});
  expect(asked).toMatchObject({ at: "link", step: "ask" });
  expect(run(asked, { kind: "no" }).at).toBe("rate");
  expect(run(asked, { kind: "back" }, { kind: "next" }).at).toBe("rate");
});

test.each([
  ["somebody known", { known: true, ask: ["keep"] }],
  ["a child", { child: true }],
])("%s is not asked", (_who, change) => {
  expect(going(change).at).toBe("rate");
});

test.each(["phone", "code"] as const)("by %s: kept, or said why not and asked for another way", (way) => {
  const there = run(going({}), { kind: "yes" }, { kind: way });
  expect(there).toMatchObject({ at: "link", step: way });
  expect(run(there, { kind: "linked" }, { kind: "yes" }).at).toBe("rate");
  expect(run(there, { kind: "fault", code: "identify.codeTaken" })).toMatchObject({
    step: "way",
    wrong: "identify.codeTaken",
  });
  expect(run(there, { kind: "back" })).toMatchObject({ step: "way" });
});
