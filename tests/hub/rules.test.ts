import { expect, test } from "vitest";
import { callStates, type CallState } from "../../core/contract/views.ts";
import { deadlineOf } from "../../hub/calls/deadlines.ts";
import { needsCode, newCall, next, type CallInput } from "../../hub/calls/rules.ts";
import { expectedWaitS, firstStep, isOffered, overtaken, type Taker } from "../../hub/calls/waiting.ts";
import type { Call, Participant } from "../../hub/ports/calls.ts";

const party = (id: string, change: Partial<Participant> = {}): Participant => ({
  id,
  kind: "person",
  name: id,
  role: "doctor",
  state: "here",
  since: 0,
  muted: false,
  media: true,
  handOver: false,
  ...change,
});
const station = { id: "s", name: "S", place: "P" };
const doctor: Taker = { id: "d", name: "d", role: "doctor" };
const other = { id: "o", kind: "person", name: "o", role: "doctor" } as const;

/** The clinician's media is up, the station's only in active; away in reconnecting and where it waits: the station. */
const callIn = (state: CallState, severity = 0): Call => {
  const owned = state !== "waiting" && state !== "interrupted";
  return {
    id: "c",
    mode: "assisted",
    station,
    visit: "v",
    shownName: "N",
    severity,
    state,
    joinedAt: 0,
    round: 1,
    step: "near",
    stepSince: 0,
    ...(owned ? { clinician: { id: "d", name: "d" } } : {}),
    participants: [
      party("s", {
        kind: "station",
        role: "resident",
        state: state === "reconnecting" || !owned ? "away" : "here",
        media: state === "active",
      }),
      ...(owned ? [party("d")] : []),
    ],
  };
};

const inputs = {
  accept: { kind: "accept", taker: doctor },
  stationMedia: { kind: "mediaUp", id: "s" },
  lineLost: { kind: "lineLost", id: "d" },
  lineBack: { kind: "lineBack", id: "s" },
  stationExpires: { kind: "expire", id: "s" },
  stationHangsUp: { kind: "hangUp", id: "s" },
  finish: { kind: "finish", id: "d" },
  finishByAnother: { kind: "finish", id: "o" },
  release: { kind: "release", id: "d", step: "county" },
  climb: { kind: "climb" },
} as const satisfies Record<string, CallInput>;
const none = Object.fromEntries(Object.keys(inputs).map((input) => [input, "-"])) as Record<
  keyof typeof inputs,
  string
>;

/** State by input; `-` changes nothing, `:x` is the outcome, `@x` the step where it moved. */
const table: Record<CallState, Partial<Record<keyof typeof inputs, string>>> = {
  waiting: {
    lineBack: "waiting",
    stationExpires: "finished:lost",
    stationHangsUp: "finished:left",
    climb: "waiting@county",
  },
  ringing: {
    stationMedia: "active",
    lineLost: "reconnecting",
    stationHangsUp: "finished",
    finish: "finished:finished",
    release: "interrupted@county",
  },
  active: {
    lineLost: "reconnecting",
    stationHangsUp: "finished",
    finish: "finished:finished",
    release: "interrupted@county",
  },
  reconnecting: {
    stationMedia: "reconnecting",
    lineLost: "reconnecting",
    lineBack: "ringing",
    stationExpires: "interrupted",
    stationHangsUp: "finished",
    finish: "finished:finished",
    release: "interrupted@county",
  },
  interrupted: {
    lineBack: "interrupted",
    stationExpires: "finished:lost",
    stationHangsUp: "finished:left",
    climb: "interrupted@county",
  },
  finished: { finish: "finished:finished" },
};
const cells = callStates.flatMap((state) =>
  Object.entries({ ...none, ...table[state] }).map(([input, expected]) => ({
    state,
    input: input as keyof typeof inputs,
    expected,
  })),
);

test.each(cells)("$state + $input → $expected", ({ state, input, expected }) => {
  const before = callIn(state);
  const after = next(before, inputs[input], 7);
  const said = after && [
    after.state,
    after.outcome === undefined ? "" : `:${after.outcome}`,
    after.step === before.step ? "" : `@${after.step}`,
  ];
  expect(said?.join("") ?? "-").toBe(expected);
});

test("a closed consult never changes again", () => {
  const closed = { ...callIn("finished"), outcome: "finished" } as const;
  expect(Object.values(inputs).map((input) => next(closed, input, 7))).toEqual(
    Object.values(inputs).map(() => undefined),
  );
});

test.each([
  [2, undefined, false],
  [3, undefined, true],
  [4, undefined, true],
  [3, "refer", false],
] as const)("a call of severity %i closed with %s needs a code: %s", (severity, code, expected) => {
  const call = callIn("active", severity);
  expect(needsCode(call, code)).toBe(expected);
  const after = next(call, { kind: "finish", id: "d", ...(code === undefined ? {} : { code }) }, 1);
  expect(after?.outcome).toBe(expected ? undefined : "finished");
});

test("an urgent call that its station leaves stays for a doctor to call back", () => {
  const waiting = { ...callIn("waiting", 3), step: "everyone" } as const;
  const left = next(
    { ...waiting, participants: [party("s", { kind: "station", role: "resident" })] },
    inputs.stationHangsUp,
    5,
  );
  expect(left).toMatchObject({ state: "waiting", participants: [{ state: "left" }] });
  const taken = left && next(left, inputs.accept, 6);
  expect(taken).toMatchObject({ state: "ringing", clinician: { id: "d" } });
  expect(taken && next(taken, { kind: "finish", id: "d", code: "calledBack" }, 7)).toMatchObject({
    outcome: "finished",
  });
});

test("a call handed over is the owner's until it is taken, and then the other's alone", () => {
  const asked = next(callIn("active"), { kind: "invite", id: "d", who: other, handOver: true }, 5);
  expect(asked).toMatchObject({ state: "active", clinician: { id: "d" } });
  const refused = asked && next(asked, { kind: "decline", who: other }, 6);
  expect(refused).toMatchObject({ state: "active", clinician: { id: "d" } });
  const taken = asked && next(asked, { kind: "join", id: "o" }, 6);
  expect(taken).toMatchObject({ state: "ringing", round: 2, begunAt: 6, clinician: { id: "o" } });
  expect(taken?.participants.map(({ id, state, media }) => [id, state, media])).toEqual([
    ["s", "here", false],
    ["d", "left", false],
    ["o", "here", false],
  ]);
});

test("an owner who leaves, or stays away, is followed by another doctor who is in the talk", () => {
  const both = { ...callIn("active"), participants: [...callIn("active").participants, party("o")] };
  expect(next(both, { kind: "leave", id: "d" }, 5)).toMatchObject({ clinician: { id: "o" }, round: 2 });
  const away = next(both, { kind: "lineLost", id: "d" }, 5);
  expect(away && next(away, { kind: "expire", id: "d" }, 95)).toMatchObject({
    state: "ringing",
    clinician: { id: "o" },
  });
});

test("a talk between colleagues ends when nobody is left to answer or to talk to", () => {
  const alone: Call = { ...callIn("ringing"), mode: "doctors", participants: [party("d")] };
  const asked = next(alone, { kind: "invite", id: "d", who: other, handOver: false }, 1);
  expect(asked && deadlineOf(asked)).toEqual({ at: 60_001, input: { kind: "expire", id: "o" } });
  expect(asked && next(asked, { kind: "expire", id: "o" }, 2)).toMatchObject({ outcome: "finished" });
  expect(asked && next(asked, { kind: "decline", who: other }, 2)).toMatchObject({ outcome: "finished" });
  const joined = asked && next(asked, { kind: "join", id: "o" }, 2);
  expect(joined).toMatchObject({ state: "ringing", clinician: { id: "d" } });
  expect(joined && next(joined, { kind: "leave", id: "d" }, 3)).toMatchObject({ outcome: "finished" });
});

const paired = { ...station, branch: "v1", hospital: "t1" };
const at = (org: string, tier: "village" | "township" | "county", id = "x"): Taker => ({
  id,
  name: id,
  role: "doctor",
  practice: { org, orgName: org, tier, licence: "L" },
});
test.each([
  ["near", at("t1", "township"), true],
  ["near", at("v1", "village"), true],
  ["near", at("c1", "county"), false],
  ["near", at("t2", "township", "own"), true],
  ["county", at("c1", "county"), true],
  ["county", at("t2", "township"), false],
  ["everyone", at("t2", "township"), true],
  ["everyone", doctor, true],
  ["county", doctor, false],
] as const)("at step %s a call is offered to %o: %s", (step, taker, expected) => {
  const call: Call = { ...callIn("waiting"), station: paired, visit: "v", contracted: "own", step };
  expect(isOffered(call, taker)).toBe(expected);
  expect(next(call, { kind: "accept", taker }, 1) !== undefined).toBe(expected);
});

test.each([
  [3, paired, "near"],
  [4, paired, "everyone"],
  [3, station, "everyone"],
] as const)("a call of severity %i from %o begins at %s", (severity, from, expected) => {
  expect(firstStep({ severity, station: from })).toBe(expected);
});

const queued = (id: string, joinedAt: number, change: Partial<Call> = {}): Call => {
  const call = newCall({ id, mode: "assisted", shownName: id, severity: 2, station, visit: id }, joinedAt);
  return { ...call, ...change } as Call;
};
test.each([
  ["an equal that waits longer", queued("b", 5), "b"],
  ["an equal that waits shorter", queued("b", 15), undefined],
  ["a worse one", queued("b", 5, { severity: 3 }), undefined],
  [
    "an equal whose station is away",
    queued("b", 5, { participants: [party("s", { kind: "station", state: "away" })] }),
    undefined,
  ],
  [
    "an equal the doctor declined",
    queued("b", 5, { participants: [party("s", { kind: "station" }), party("d", { state: "declined" })] }),
    undefined,
  ],
  ["one that was interrupted", queued("b", 5, { state: "interrupted" }), undefined],
] as const)("%s is overtaken: %#", (_name, earlier, expected) => {
  const call = queued("a", 10);
  expect(overtaken(call, [call, earlier], doctor)?.id).toBe(expected);
});

test.each([
  [{ ahead: 0, takers: 0, free: 0 }, undefined],
  [{ ahead: 0, takers: 2, free: 1 }, 30],
  [{ ahead: 1, takers: 2, free: 1 }, 180],
  [{ ahead: 0, takers: 1, free: 0 }, 360],
  [{ ahead: 3, takers: 1, free: 0 }, 1440],
] as const)("the expected wait of %o is %s", (of, expected) => {
  expect(expectedWaitS({ ...of, meanMs: 360_000 })).toBe(expected);
});

test.each([
  [4, "waiting", "everyone", undefined],
  [3, "waiting", "near", { at: 300_000, input: { kind: "climb" } }],
  [2, "interrupted", "near", { at: 600_000, input: { kind: "climb" } }],
  [0, "waiting", "county", { at: 1_200_000, input: { kind: "climb" } }],
] as const)("what time does to a call of severity %i, %s at %s", (severity, state, step, expected) => {
  expect(deadlineOf(queued("a", 0, { severity, state, step }))).toEqual(expected);
});

const threeTalk = (change: Partial<Participant> = {}): Call => {
  const call = callIn("active");
  return { ...call, participants: [...call.participants, party("o", { role: "specialist", ...change })] };
};

test("an owner gives the call to a doctor who is in it, and stays", () => {
  const given = next(threeTalk(), { kind: "handTo", id: "d", to: "o" }, 1);
  expect(given).toMatchObject({ clinician: { id: "o" }, round: 2, state: "ringing" });
  expect(given?.participants.map(({ id, state, role }) => [id, state, role])).toEqual([
    ["s", "here", "resident"],
    ["d", "here", "doctor"],
    ["o", "here", "specialist"],
  ]);
});

test.each([
  ["by who does not own it", threeTalk(), { kind: "handTo", id: "o", to: "d" }],
  ["to oneself", threeTalk(), { kind: "handTo", id: "d", to: "d" }],
  ["to the station", threeTalk(), { kind: "handTo", id: "d", to: "s" }],
  ["to who answers for nobody", threeTalk({ role: "villageDoctor" }), { kind: "handTo", id: "d", to: "o" }],
  ["to who is not here now", threeTalk({ state: "away" }), { kind: "handTo", id: "d", to: "o" }],
  ["to who was only asked", threeTalk({ state: "invited" }), { kind: "handTo", id: "d", to: "o" }],
] as const)("a call is not given on %s", (_, call, input) => {
  expect(next(call, input, 1)).toBeUndefined();
});
