import { describe, expect, test } from "vitest";
import { offeredKinds } from "../../../core/domain/outcome.ts";
import { next, welcome, type KioskInput, type KioskState } from "../../../core/machine/kiosk.ts";

const resident = { kind: "resident", id: "planted-secret" } as const;

const inputs: readonly KioskInput[] = [
  { kind: "start" },
  { kind: "person", person: resident },
  { kind: "person", person: { kind: "guest" } },
  ...offeredKinds.map((check) => ({ kind: "pick", check }) as const),
  { kind: "meal", meal: "fasting" },
  { kind: "go" },
  { kind: "again" },
  { kind: "measured", confirm: false },
  { kind: "measured", confirm: true },
  { kind: "refused", code: "gate.stale" },
  { kind: "fault", code: "device.silent" },
  { kind: "same", same: true },
  { kind: "same", same: false },
  { kind: "callDoctor" },
  { kind: "callTaken" },
  { kind: "callEnded" },
  { kind: "opinion" },
  { kind: "showResults" },
  { kind: "back" },
  { kind: "stop" },
  { kind: "home" },
  { kind: "help" },
  { kind: "leave" },
  { kind: "idle" },
  { kind: "hostLost" },
  { kind: "hostBack" },
];

const key = (state: KioskState): string => JSON.stringify(state);

/** Every state that any sequence of inputs can reach. */
function everyState(): readonly KioskState[] {
  const seen = new Map([[key(welcome), welcome]]);
  const open: KioskState[] = [welcome];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    for (const input of inputs) {
      const { state: reached } = next(state, input);
      if (seen.has(key(reached))) continue;
      seen.set(key(reached), reached);
      open.push(reached);
    }
  }
  return [...seen.values()];
}

const states = everyState();
const screens = [...new Set(states.map(({ at }) => at))];
const statesAt = (at: KioskState["at"]): readonly KioskState[] => states.filter((state) => state.at === at);
const run = (start: KioskState, ...kinds: readonly KioskInput["kind"][]): KioskState =>
  kinds.reduce((state, kind) => next(state, { kind } as KioskInput).state, start);
const inVisit = (state: KioskState): boolean => "visit" in state;
const isCuffMoving = (state: KioskState): boolean => state.at === "measure";
const told = (state: KioskState, input: KioskInput): readonly string[] =>
  next(state, input).effects.map(({ kind }) => kind);

test("every screen of the flow is reached", () => {
  expect([...screens].sort()).toEqual(
    [
      "away",
      "checks",
      "confirm",
      "consult",
      "failed",
      "measure",
      "prepare",
      "result",
      "results",
      "welcome",
      "who",
    ].sort(),
  );
});

describe.each(screens)("from every state at %s", (at) => {
  test("leave reaches welcome, with nothing of the visit in the state", () => {
    const left = statesAt(at).map((state) => run(state, "leave", "hostBack"));
    expect(new Set(left.map(key))).toEqual(new Set([key({ at: "welcome" })]));
  });

  test("leave tells the host, or the host is away and is told when it is back", () => {
    const silent = statesAt(at).filter(
      (state) => inVisit(state) && !told(state, { kind: "leave" }).includes("endVisit"),
    );
    const silentAfterAway = statesAt(at).filter(
      (state) => state.at === "away" && !told(run(state, "leave"), { kind: "hostBack" }).includes("endVisit"),
    );
    expect([silent, silentAfterAway]).toEqual([[], []]);
  });

  test("stop ends what moves, and leaves the screen unless there is nothing to stop", () => {
    const moving = statesAt(at).filter(
      (state) =>
        isCuffMoving(run(state, "stop")) ||
        (isCuffMoving(state) && !told(state, { kind: "stop" }).includes("stopMeasuring")),
    );
    expect(moving).toEqual([]);
  });

  test("back leads to another screen, except from welcome and while the host is away", () => {
    const stuck = statesAt(at).filter((state) => next(state, { kind: "back" }).state.at === at);
    expect(stuck.map((state) => state.at)).toEqual(["welcome", "away"].includes(at) ? statesAt(at).map(() => at) : []);
  });

  test("help is shown and changes nothing", () => {
    const answers = statesAt(at).map((state) => [next(state, { kind: "help" }), state] as const);
    expect(answers.map(([answer]) => answer)).toEqual(
      answers.map(([, state]) => ({ state, effects: [{ kind: "showHelp" }] })),
    );
  });

  test("a lost host comes back to the same place, and never to a running measurement", () => {
    const resumed = statesAt(at).map((state) => [state.at, run(state, "hostLost", "hostBack").at]);
    const replaced: Partial<Record<KioskState["at"], string>> = { measure: "prepare", confirm: "prepare" };
    expect(resumed).toEqual(
      statesAt(at).map((state) => [state.at, state.at === "away" ? state.then.at : (replaced[at] ?? at)]),
    );
  });

  test("a cuff never starts by anything but the resident's own act", () => {
    const started = statesAt(at).flatMap((state) =>
      inputs.filter((input) => told(state, input).includes("startMeasuring")).map((input) => [state.at, input.kind]),
    );
    expect(started).toEqual(at === "prepare" ? started.map(() => ["prepare", "go"]) : []);
  });

  test("any way out of a measurement sends stop, or comes from its end", () => {
    const ends = ["measured", "refused", "fault", "hostLost"];
    const careless = statesAt(at).flatMap((state) =>
      inputs.filter(
        (input) =>
          isCuffMoving(state) &&
          !isCuffMoving(next(state, input).state) &&
          !ends.includes(input.kind) &&
          !told(state, input).includes("stopMeasuring"),
      ),
    );
    expect(careless).toEqual([]);
  });

  test("idle ends a visit, but not in the middle of a call", () => {
    const kept = statesAt(at).filter(
      (state) =>
        "visit" in state && state.visit.call === "none" && next(state, { kind: "idle" }).state.at !== "welcome",
    );
    const cut = statesAt(at).filter(
      (state) => "visit" in state && state.visit.call !== "none" && next(state, { kind: "idle" }).state !== state,
    );
    expect([kept, cut]).toEqual([[], []]);
  });
});

test("the straight way: glucose, its meal, its numbers, a doctor, an opinion, leaving", () => {
  const way: readonly KioskInput[] = [
    { kind: "start" },
    { kind: "person", person: resident },
    { kind: "pick", check: "glucose" },
    { kind: "go" },
    { kind: "meal", meal: "pp2h" },
    { kind: "go" },
    { kind: "measured", confirm: true },
    { kind: "same", same: true },
    { kind: "showResults" },
    { kind: "callDoctor" },
    { kind: "callTaken" },
    { kind: "opinion" },
    { kind: "callEnded" },
    { kind: "leave" },
  ];
  let state: KioskState = welcome;
  const seen = way.map((input) => {
    const step = next(state, input);
    state = step.state;
    return [input.kind, state.at, ...step.effects.map((effect) => JSON.stringify(effect))].join(" ");
  });
  expect(seen).toEqual([
    "start who",
    'person checks {"kind":"openVisit","person":{"kind":"resident","id":"planted-secret"}}',
    "pick prepare",
    "go prepare",
    "meal prepare",
    'go measure {"kind":"startMeasuring","check":"glucose","meal":"pp2h"}',
    "measured confirm",
    'same result {"kind":"answerConfirm","same":true}',
    "showResults results",
    'callDoctor consult {"kind":"requestCall"}',
    "callTaken consult",
    "opinion consult",
    "callEnded consult",
    'leave welcome {"kind":"endVisit","reason":"left"}',
  ]);
});

test.each([
  ["glucose", { meal: "fasting" }],
  ["lipids", { meal: "fasting" }],
  ["bloodPressure", {}],
] as const)("the meal goes along with %s where it matters", (check, expected) => {
  const prepared = [
    { kind: "pick", check },
    { kind: "meal", meal: "fasting" },
  ] as const;
  const state = prepared.reduce<KioskState>((at, input) => next(at, input).state, statesAt("checks")[0] ?? welcome);
  expect(next(state, { kind: "go" }).effects).toEqual([{ kind: "startMeasuring", check, ...expected }]);
});

test("a lost host does not let idleness end a call", () => {
  const calling = statesAt("consult").find((state) => "visit" in state && state.visit.call === "talking") ?? welcome;
  expect(run(calling, "hostLost", "idle", "hostBack")).toEqual(calling);
});

test("a doctor can look on while the resident measures", () => {
  const talking = statesAt("consult").find((state) => "visit" in state && state.visit.call === "talking");
  const measuring = [{ kind: "home" }, { kind: "pick", check: "bloodPressure" }, { kind: "go" }] as const;
  const reached = measuring.reduce<KioskState>((state, input) => next(state, input).state, talking ?? welcome);
  expect(reached).toMatchObject({ at: "measure", check: "bloodPressure", visit: { call: "talking" } });
});
