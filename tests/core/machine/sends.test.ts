import { describe, expect, test } from "vitest";
import { next, type KioskState } from "../../../core/machine/kiosk.ts";
import { everySort, sortOf, visitOf } from "./kiosk-walk.ts";

/** The consent that a doctor sees the results is given and taken back on other screens than the one that calls a doctor. */

const inVisit = everySort().filter((state) => visitOf(state) !== undefined);
const said = (state: KioskState, given: boolean) => next(state, { kind: "sends", given });

test.each([true, false])(
  "wherever the person is, the machine knows what was said last (%s), and stays there",
  (given) => {
    const wrong = inVisit.filter((state) => {
      const step = said(state, given);
      return step.state.at !== state.at || step.effects.length > 0 || visitOf(step.state)?.send !== given;
    });
    expect(wrong.map(sortOf)).toEqual([]);
  },
);

test("what was said while the host is away is known when it is back", () => {
  const checks = inVisit.find((state) => state.at === "checks" && state.visit.send);
  const away: KioskState = { at: "away", then: checks ?? { at: "welcome" } };
  expect(visitOf(next(said(away, false).state, { kind: "hostBack" }).state)).toMatchObject({ send: false });
});

describe("after a call, where it was taken back", () => {
  const after = inVisit.find((state) => state.at === "consult" && state.visit.call === "none" && state.visit.send);
  const takenBack = said(after ?? { at: "welcome" }, false).state;
  const asked = next(takenBack, { kind: "callDoctor" });

  test("nobody is called: it is asked for again first", () => {
    expect(asked).toMatchObject({ state: { at: "mayDoctor" }, effects: [] });
  });

  test("given again there, the call goes on from it", () => {
    expect(next(asked.state, { kind: "yes" })).toMatchObject({
      state: { at: "consult", visit: { send: true, call: "waiting" } },
      effects: [{ kind: "agree", scope: "send", given: true }, { kind: "requestCall" }],
    });
  });

  test("given again elsewhere, the doctor is called without a question", () => {
    const again = said(takenBack, true).state;
    expect(next(again, { kind: "callDoctor" })).toMatchObject({ effects: [{ kind: "requestCall" }] });
  });
});
