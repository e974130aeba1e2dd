import { expect, test } from "vitest";
import { callStates, type CallState } from "../../core/contract/views.ts";
import { next, type CallInput } from "../../hub/calls/rules.ts";
import type { Call } from "../../hub/ports/calls.ts";

const inputs = {
  stationMedia: { kind: "mediaUp", party: "station" },
  lineLost: { kind: "lineLost" },
  lineBack: { kind: "lineBack" },
  awayTooLong: { kind: "awayTooLong" },
  hangUp: { kind: "hangUp" },
  finish: { kind: "finish" },
} as const satisfies Record<string, CallInput>;

/** State by input; `-` changes nothing, `:x` is the outcome. The clinician's media is up, the station's only in active. */
const table: Record<CallState, Record<keyof typeof inputs, string>> = {
  waiting: {
    stationMedia: "-",
    lineLost: "-",
    lineBack: "-",
    awayTooLong: "finished:lost",
    hangUp: "finished:left",
    finish: "-",
  },
  ringing: {
    stationMedia: "active",
    lineLost: "reconnecting",
    lineBack: "-",
    awayTooLong: "-",
    hangUp: "finished",
    finish: "finished:finished",
  },
  active: {
    stationMedia: "-",
    lineLost: "reconnecting",
    lineBack: "-",
    awayTooLong: "-",
    hangUp: "finished",
    finish: "finished:finished",
  },
  reconnecting: {
    stationMedia: "reconnecting",
    lineLost: "-",
    lineBack: "ringing",
    awayTooLong: "interrupted:released",
    hangUp: "finished",
    finish: "finished:finished",
  },
  interrupted: {
    stationMedia: "-",
    lineLost: "-",
    lineBack: "-",
    awayTooLong: "finished:lost",
    hangUp: "finished:left",
    finish: "-",
  },
  finished: {
    stationMedia: "-",
    lineLost: "-",
    lineBack: "-",
    awayTooLong: "-",
    hangUp: "-",
    finish: "finished:finished",
  },
};

const cells = callStates.flatMap((state) =>
  Object.entries(table[state]).map(([input, expected]) => ({ state, input: input as keyof typeof inputs, expected })),
);

const callIn = (state: CallState): Call => ({
  id: "c",
  station: { id: "s", name: "S", place: "P" },
  visit: "v",
  shownName: "N",
  severity: 0,
  state,
  joinedAt: 0,
  round: 1,
  mediaUp: { station: state === "active", clinician: true },
});

test.each(cells)("$state + $input → $expected", ({ state, input, expected }) => {
  const change = next(callIn(state), inputs[input]);
  const said = change
    ? [change.state, change.outcome, change.released === true ? "released" : undefined]
        .filter((part) => part !== undefined)
        .join(":")
    : "-";
  expect(said).toBe(expected);
});

test("a closed consult never changes again", () => {
  expect(Object.values(inputs).map((input) => next({ ...callIn("finished"), outcome: "finished" }, input))).toEqual(
    Object.values(inputs).map(() => undefined),
  );
});
