import { describe, expect, test } from "vitest";
import { wayOut } from "../../../core/machine/keep.ts";
import { next, welcome, type KioskState, type KioskVisit } from "../../../core/machine/kiosk.ts";
import { kinds, run, told, visitOf } from "./kiosk-walk.ts";

const card = { kind: "found", found: { token: "t", known: false, resumes: false, ask: ["keep"] } } as const;
const opens = { kind: "opened", resumed: false, send: false, done: [], answers: {} } as const;
const asGuest = [{ kind: "start" }, { kind: "guest" }] as const;

/** With a result, and the boards answered. */
function measured(start: KioskState, change: Partial<KioskVisit> = {}): KioskState {
  const visit = visitOf(start);
  if (visit === undefined) throw new Error(start.at);
  return { at: "results", visit: { ...visit, done: ["temperature"], owed: [], symptoms: [], ...change } };
}
const guest = (change?: Partial<KioskVisit>) => measured(run(welcome, ...asGuest, { ...opens, reads: true }), change);
/** By the guided way, to what comes after taking along. */
const going = (state: KioskState) => kinds(state, "finish", "no", "no");

describe("a guest with results", () => {
  test("is asked once before the last question, and a no is never followed by another", () => {
    const asked = going(guest());
    expect(asked).toMatchObject({ at: "keep", step: "ask" });
    expect(kinds(asked, "no").at).toBe("rate");
    expect(kinds(asked, "no", "back", "no").at).toBe("rate");
    expect(wayOut(kinds(asked, "no", "back"))).toBe("leave");
  });

  test("lays a card after a yes, or goes back to the question, or on", () => {
    const laying = kinds(going(guest()), "yes");
    expect(laying).toMatchObject({ at: "keep", step: "card" });
    expect(kinds(laying, "back")).toMatchObject({ at: "keep", step: "ask" });
    expect(kinds(laying, "no").at).toBe("rate");
    expect(kinds(laying, "next").at).toBe("rate");
  });

  test.each(["no", "next"] as const)(
    "who only wants to leave is asked, too, and has left with one touch: %s",
    (kind) => {
      expect(wayOut(guest())).toBe("keep");
      const asked = kinds(guest(), "keep");
      expect(asked).toMatchObject({ at: "keep", step: "ask", leaving: true });
      expect(told(asked, { kind })).toContain("endVisit");
      expect(next(asked, { kind }).state).toEqual(welcome);
    },
  );

  test("a second word on the question is the end", () => {
    expect(wayOut(kinds(guest(), "keep"))).toBe("leave");
    expect(kinds(guest(), "keep", "keep")).toEqual(welcome);
    expect(kinds(guest(), "keep", "back").at).toBe("results");
  });
});

test.each([
  ["where no card can be read", measured(run(welcome, ...asGuest, opens))],
  [
    "who has a name",
    measured(run(welcome, { kind: "start" }, card, { kind: "yes" }, { kind: "yes" }, { ...opens, reads: true })),
  ],
  [
    "who has said no to it on coming",
    measured(run(welcome, { kind: "start" }, card, { kind: "yes" }, { kind: "no" }, { ...opens, reads: true })),
  ],
])("nobody is asked %s", (_who, state) => {
  expect(going(state).at).not.toBe("keep");
  expect(wayOut(state)).toBe("leave");
});

const unasked = (): KioskState => {
  const state = guest();
  if (state.at !== "results") throw new Error(state.at);
  const { symptoms: _known, ...visit } = state.visit;
  return { at: "results", visit };
};
test.each([
  ["nothing was measured", guest({ done: [] }), "leave"],
  ["nobody asked how they feel", unasked(), "finish"],
  ["a call waits", guest({ call: "waiting" }), "leave"],
] as const)("where %s, going leads there", (_when, state, way) => {
  expect(wayOut(state)).toBe(way);
});
