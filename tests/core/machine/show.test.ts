import { describe, expect, test } from "vitest";
import { next, type KioskState, type KioskVisit } from "../../../core/machine/kiosk.ts";
import { everySort, visitOf } from "./kiosk-walk.ts";

/** A picture that the doctor asks for in the talk, and a voice where the line carries no live one. */

const talking = everySort().find(
  (state): state is Extract<KioskState, { readonly at: "consult" }> =>
    state.at === "consult" && state.visit.call === "talking",
);
const visit = (talking?.visit ?? {}) as KioskVisit;
const consult: KioskState = { at: "consult", visit };
const picture: KioskState = { at: "show", what: "picture", visit };
const voice: KioskState = { at: "show", what: "voice", visit };
const yes = { kind: "answerAsk", agreed: true };
const no = { kind: "answerAsk", agreed: false };

test("the wish for a picture is shown, and nothing is answered by itself", () => {
  expect(next(consult, { kind: "doctorAsks", check: "still" })).toEqual({ state: picture, effects: [] });
});

describe.each([
  ["it is sent", { kind: "shown" }, [yes]],
  ["the person says no", { kind: "no" }, [no]],
  ["the person goes back", { kind: "back" }, [no]],
  ["the doctor takes the wish back", { kind: "doctorStops", check: "still" }, []],
] as const)("when %s", (_, input, effects) => {
  test("the talk goes on", () => {
    expect(next(picture, input)).toEqual({ state: consult, effects });
  });
});

test("what ends the talk ends the wish", () => {
  const { state, effects } = next(picture, { kind: "callEnded" });
  expect([state.at, visitOf(state)?.call, effects]).toEqual(["consult", "none", []]);
});

test.each(["shown", "no", "back"] as const)("a voice of one's own answers nobody: %s", (kind) => {
  expect(next(consult, { kind: "say" }).state).toEqual(voice);
  expect(next(voice, { kind })).toEqual({ state: consult, effects: [] });
});

test("while somebody holds something before the camera, a second wish is answered with no", () => {
  expect(next(voice, { kind: "doctorAsks", check: "still" })).toEqual({ state: voice, effects: [no] });
  expect(next(picture, { kind: "doctorAsks", check: "body" })).toEqual({ state: picture, effects: [no] });
});

test("without a talk there is nobody to show anything to", () => {
  const waiting: KioskState = { at: "consult", visit: { ...visit, call: "waiting" } };
  expect(next(waiting, { kind: "say" }).state).toEqual(waiting);
  expect(next(waiting, { kind: "doctorAsks", check: "still" })).toEqual({ state: waiting, effects: [no] });
});
