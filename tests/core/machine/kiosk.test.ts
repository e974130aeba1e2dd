import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { next, welcome, type KioskInput, type KioskState, type KioskVisit } from "../../../core/machine/kiosk.ts";
import { boards } from "../../../core/machine/boards.ts";
import { restStepOf, stepsOf } from "../../../core/machine/steps.ts";
import { emergency, warning } from "../../../core/rules/symptoms.ts";
import { everySort, inputs, run, sortOf } from "./kiosk-walk.ts";

const states = everySort();
const screens = [...new Set(states.map(({ at }) => at))];
const statesAt = (at: KioskState["at"]): readonly KioskState[] => states.filter((state) => state.at === at);
const kinds = (start: KioskState, ...all: readonly KioskInput["kind"][]): KioskState =>
  run(start, ...all.map((kind) => ({ kind }) as KioskInput));
const told = (state: KioskState, input: KioskInput): readonly string[] =>
  next(state, input).effects.map(({ kind }) => kind);
const visitOf = (state: KioskState): KioskVisit | undefined =>
  "then" in state ? visitOf(state.then) : "visit" in state ? state.visit : undefined;
const isMoving = (state: KioskState): boolean => state.at === "measure";
const key = (state: KioskState): string => JSON.stringify(state);

test("every screen of the flow is reached", () => {
  expect([...screens].sort()).toEqual(
    [
      ...["welcome", "who", "noCard", "phone", "isItYou", "consent", "person", "triage", "owed", "emergency", "checks"],
      ...["prepare", "measure", "enter", "confirm", "failed", "result", "results", "nextStep", "takeAway", "rate"],
      ...["mine", "mayDoctor", "consult", "asked", "message", "away"],
    ].sort(),
  );
});

describe.each(screens)("from every state at %s", (at) => {
  test("leave reaches welcome, with nothing of the visit in the state", () => {
    const left = statesAt(at).map((state) => kinds(state, "leave", "hostBack"));
    expect(new Set(left.map(key))).toEqual(new Set([key({ at: "welcome" })]));
  });

  test("leave tells the host, or the host is away and is told when it is back", () => {
    const silent = statesAt(at).filter(
      (state) =>
        visitOf(state) !== undefined &&
        !told(state, { kind: "leave" }).includes("endVisit") &&
        !told(kinds(state, "leave"), { kind: "hostBack" }).includes("endVisit"),
    );
    expect(silent).toEqual([]);
  });

  test("stop ends what moves", () => {
    const moving = statesAt(at).filter(
      (state) =>
        isMoving(kinds(state, "stop")) || (isMoving(state) && !told(state, { kind: "stop" }).includes("stopMeasuring")),
    );
    expect(moving).toEqual([]);
  });

  test("back leads on, except from welcome and while the host is away", () => {
    const stuck = statesAt(at).filter((state) => key(next(state, { kind: "back" }).state) === key(state));
    const mayStay = statesAt(at).filter(() => at === "welcome").length;
    expect(stuck.filter((state) => state.at !== "away")).toHaveLength(mayStay);
  });

  test("back again and again ends at the welcome screen, at the results or before a running call", () => {
    const ends = statesAt(at).map((state) => {
      let here = state;
      const seen = new Set<string>();
      while (!seen.has(key(here))) {
        seen.add(key(here));
        here = next(here, { kind: "back" }).state;
      }
      return here.at;
    });
    expect(ends.filter((end) => !["welcome", "away", "checks", "owed", "results", "emergency"].includes(end))).toEqual(
      [],
    );
  });

  test("help is shown and changes nothing", () => {
    const answers = statesAt(at).map((state) => [next(state, { kind: "help" }), state] as const);
    expect(answers.map(([answer]) => answer)).toEqual(
      answers.map(([, state]) => ({ state, effects: [{ kind: "showHelp" }] })),
    );
  });

  test("a lost host comes back to the same place, and never to a running measurement", () => {
    const wrong = statesAt(at).filter((state) => {
      const back = kinds(state, "hostLost", "hostBack");
      const from = state.at === "away" ? state.then : state;
      // A number that was on its way is measured anew; what was judged meanwhile is told then.
      const replaced = from.at === "measure" || from.at === "confirm" ? "prepare" : from.at;
      return back.at !== (visitOf(state)?.urgent === true ? "emergency" : replaced);
    });
    expect(wrong.map(sortOf)).toEqual([]);
  });

  test("nothing on a body starts by anything but the person's own act", () => {
    const started = statesAt(at).flatMap((state) =>
      inputs
        .filter((input) => told(state, input).includes("startMeasuring"))
        .map((input) => `${state.at} ${input.kind}`),
    );
    const own = ["prepare go", "prepare next", "prepare skip"];
    expect([...new Set(started)].filter((way) => !own.includes(way))).toEqual([]);
  });

  test("any way out of a measurement sends stop, or comes from its end", () => {
    const ends = ["measured", "refused", "fault", "hostLost"];
    const careless = statesAt(at).flatMap((state) =>
      inputs.filter(
        (input) =>
          isMoving(state) &&
          !isMoving(next(state, input).state) &&
          !ends.includes(input.kind) &&
          !told(state, input).includes("stopMeasuring"),
      ),
    );
    expect(careless).toEqual([]);
  });

  test("readers listen on the one screen that awaits a card, and are let go on every way from it", () => {
    const deaf = statesAt(at).flatMap((state) =>
      inputs.filter((input) => {
        const { state: reached, effects } = next(state, input);
        if (reached.at === "who" && at !== "who") return !effects.some(({ kind }) => kind === "listen");
        const lost = reached.at === "away" || at === "away";
        return at === "who" && reached.at !== "who" && !lost && !effects.some(({ kind }) => kind === "stopListening");
      }),
    );
    expect([...new Set(deaf.map(({ kind }) => kind))]).toEqual([]);
  });

  test("idleness ends a visit, but not a call and not an emergency", () => {
    const ended = (state: KioskState) => ["welcome"].includes(kinds(state, "idle", "hostBack").at);
    const holds = (state: KioskState): boolean =>
      (visitOf(state)?.call ?? "none") !== "none" || (state.at === "away" ? state.then : state).at === "emergency";
    expect(
      statesAt(at)
        .filter((state) => ended(state) === holds(state))
        .map(sortOf),
    ).toEqual([]);
  });

  test("an emergency in a result is shown at once, or as soon as the measurement is over", () => {
    const waits = ["measure", "confirm", "away"];
    const silent = statesAt(at).filter(
      (state) =>
        visitOf(state) !== undefined &&
        !waits.includes(at) &&
        next(state, { kind: "judged", severity: 4 }).state.at !== "emergency",
    );
    const forgotten = statesAt(at).filter(
      (state) =>
        isMoving(state) &&
        run(state, { kind: "judged", severity: 4 }, { kind: "measured", confirm: false }).at !== "emergency",
    );
    expect([silent, forgotten]).toEqual([[], []]);
  });
});

test.each(
  states
    .filter(({ at }) => at === "emergency")
    .map(({ at }, index) => [at, index] as const)
    .slice(0, 1),
)("what is told in an %s stays when the host goes away", () => {
  const gone = statesAt("emergency").filter((state) => next(state, { kind: "hostLost" }).state !== state);
  expect(gone).toEqual([]);
});

describe("three wrong answers lead to a person", () => {
  const who = kinds(welcome, "start");
  const wrong: KioskInput = { kind: "notFound", code: "identify.notFound" };

  test("three cards that cannot be read", () => {
    expect(run(who, wrong, wrong).at).toBe("who");
    expect(run(who, wrong, wrong, wrong)).toMatchObject({ at: "person", then: { at: "who", tries: 0 } });
  });

  test("three phone numbers", () => {
    const phone = run(who, { kind: "noCard" }, { kind: "phone" });
    const once = [{ kind: "typed" }, wrong] as const;
    expect(run(phone, ...once, ...once, ...once).at).toBe("person");
  });

  test("wrong ones of several kinds count together", () => {
    const found: KioskInput = { kind: "found", found: { token: "t", known: true, resumes: false, ask: [] } };
    const reached = run(who, wrong, { kind: "noCard" }, { kind: "phone" }, found, { kind: "no" }, wrong);
    expect(reached.at).toBe("person");
  });

  test("somebody who helps goes along to a person, and on as a guest", () => {
    const helped = run(who, { kind: "helper", helper: "relative" }, wrong, wrong, wrong, { kind: "guest" });
    expect(helped).toMatchObject({ at: "triage", visit: { helper: "relative", person: { kind: "guest" } } });
  });

  test("three failed measurements, by whatever way they are begun again", () => {
    const failed = statesAt("failed").find((state) => visitOf(state)?.failures === 3) ?? welcome;
    expect(kinds(failed, "again").at).toBe("person");
    expect(run(failed, { kind: "back" }, { kind: "pick", check: "bloodPressure" }).at).toBe("person");
  });

  test("a finger is not pricked a third time", () => {
    const twice =
      statesAt("checks").find((state) => visitOf(state)?.failures === 2 && visitOf(state)?.owed.length === 0) ??
      welcome;
    expect(run(twice, { kind: "pick", check: "glucose" }).at).toBe("person");
    expect(run(twice, { kind: "pick", check: "bloodPressure" }).at).toBe("prepare");
  });
});

describe("triage", () => {
  const triage = run(welcome, { kind: "start" }, { kind: "guest" });
  const name = (symptom: string): KioskInput => ({ kind: "symptom", symptom });

  test("one emergency sign is enough: alarm in the same step, and nothing is measured", () => {
    const { state, effects } = next(triage, name("SX_STROKE"));
    expect(state).toMatchObject({ at: "emergency", from: "triage" });
    expect(effects).toEqual([
      { kind: "answer", answers: { symptoms: ["SX_STROKE"] } },
      { kind: "alarm", reason: "symptom", symptoms: ["SX_STROKE"] },
    ]);
  });

  test("only the emergencies stand before a measurement", () => {
    expect(kinds(triage, "no")).toMatchObject({ at: "checks", visit: { owed: ["warning", "minor"] } });
    const offered = run(triage, {
      kind: "opened",
      resumed: false,
      send: false,
      done: [],
      answers: {},
      nearest: "body",
    });
    expect(kinds(offered, "no")).toMatchObject({ at: "prepare", check: "body", step: 0 });
    expect(kinds(offered, "no", "home").at).toBe("checks");
  });

  test("what was named on a board is kept by 'these' and taken back by 'none'", () => {
    const asked = kinds(triage, "no");
    const owed: KioskState = {
      at: "owed",
      what: "warning",
      named: [],
      onward: "home",
      visit: visitOf(asked) as KioskVisit,
    };
    const named = run(owed, name("SX_VOMIT"), { kind: "next" }, name("SX_POLY"));
    expect(next(named, { kind: "next" }).state).toMatchObject({ visit: { symptoms: ["SX_VOMIT", "SX_POLY"] } });
    expect(next(named, { kind: "no" }).state).toMatchObject({ visit: { symptoms: ["SX_VOMIT"] } });
  });

  test("named by mistake: every board is asked at once, and the host hears what is right", () => {
    const again = run(triage, name("SX_STROKE"), { kind: "mistake" });
    const { state, effects } = next(kinds(again, "no", "no"), { kind: "no" });
    expect(state).toMatchObject({ at: "checks", visit: { symptoms: [], owed: [] } });
    expect(effects).toEqual([{ kind: "answer", answers: { symptoms: [] } }]);
  });

  test("the boards hold every symptom that the rules call urgent, at most nine pictures each", () => {
    const all: readonly string[] = Object.values(boards).flatMap((board) => board.flat());
    expect([...emergency, ...warning].filter((code) => !all.includes(code))).toEqual([]);
    expect(Object.values(boards).filter((board) => board.length > 9)).toEqual([]);
    expect(boards.emergency.flat()).toEqual(emergency);
  });
});

describe("what waits for the first result", () => {
  const found: KioskInput = {
    kind: "found",
    found: { token: "t", known: false, resumes: false, ask: ["keep", "send"] },
  };
  const newcomer = run(
    welcome,
    ...([{ kind: "start" }, found, { kind: "yes" }, { kind: "yes" }] as const),
    ...([{ kind: "opened", resumed: false, send: false, done: [], answers: {}, nearest: "temperature" }] as const),
  );
  const first = run(newcomer, { kind: "no" }, { kind: "go" }, { kind: "measured", confirm: false });

  test("a newcomer is asked one consent and the emergencies before it", () => {
    expect(first).toMatchObject({ at: "result", check: "temperature" });
  });

  test.each([
    ["home", "checks"],
    ["showResults", "results"],
    ["finish", "nextStep"],
  ] as const)("%s from it asks the boards, what may be sent, and a sign, then goes on to %s", (on, reached) => {
    const asked: string[] = [];
    let here = kinds(first, on);
    const effects: unknown[] = [];
    while (here.at === "owed") {
      asked.push(here.what);
      const step = next(here, here.what === "sign" ? { kind: "sign", sign: "boat" } : { kind: "no" });
      here = step.state;
      effects.push(...step.effects);
    }
    expect(asked).toEqual(["warning", "minor", "send", "sign"]);
    expect(effects).toEqual([
      { kind: "answer", answers: { symptoms: [] } },
      { kind: "agree", scope: "send", given: false },
      { kind: "sign", sign: "boat" },
    ]);
    expect(here).toMatchObject({ at: reached, visit: { owed: [], symptoms: [] } });
  });

  test("no way leads from a result to the results or the next step of somebody who was not asked", () => {
    const unasked = states.filter(
      (state) =>
        ["results", "nextStep"].includes(state.at) &&
        (visitOf(state)?.done.length ?? 0) > 0 &&
        visitOf(state)?.owed.some((one) => one === "warning" || one === "minor") === true,
    );
    expect(unasked.map(sortOf)).toEqual([]);
  });

  test("the boards are asked in the five minutes of a pressure, with the cuff on", () => {
    const guest = run(welcome, { kind: "start" }, { kind: "guest" }, { kind: "no" });
    const cuffed = run(
      guest,
      ...([{ kind: "pick", check: "bloodPressure" }, { kind: "yes" }, { kind: "yes" }] as const),
      ...([{ kind: "answers", answers: { cuff: "standard" } }, { kind: "next" }] as const),
    );
    expect(cuffed).toMatchObject({ at: "owed", what: "warning", onward: "rest" });
    expect(kinds(cuffed, "no", "no")).toMatchObject({ at: "prepare", step: restStepOf("bloodPressure") });
    expect(kinds(cuffed, "back")).toMatchObject({ at: "prepare", step: restStepOf("bloodPressure") - 1 });
  });

  test("before a drop of blood the boards come first", () => {
    const guest = run(welcome, { kind: "start" }, { kind: "guest" }, { kind: "no" });
    const picked = run(guest, { kind: "pick", check: "glucose" });
    expect(picked).toMatchObject({ at: "owed", what: "warning", onward: "glucose" });
    expect(kinds(picked, "no", "no")).toMatchObject({ at: "prepare", check: "glucose", step: 0 });
  });
});

describe("what may start by itself", () => {
  const rest = statesAt("prepare").find(
    (state) => state.at === "prepare" && state.check === "bloodPressure" && state.step === restStepOf("bloodPressure"),
  );
  if (rest === undefined) throw new Error("nobody rests");

  test("is what the person said while resting, and one step back takes it back", () => {
    expect(kinds(rest, "back", "ready").at).not.toBe("measure");
    const resting = { ...rest, ready: undefined };
    expect(kinds(resting as unknown as KioskState, "ready")).toMatchObject({ ready: true });
    expect("ready" in kinds(resting as unknown as KioskState, "ready", "back")).toBe(false);
  });

  test("nothing is, after the host was away", () => {
    expect("ready" in kinds(rest, "ready", "hostLost", "hostBack")).toBe(false);
  });
});

test("the straight way: a newcomer by card, glucose, its numbers, a doctor, paper, leaving", () => {
  const way: readonly KioskInput[] = [
    { kind: "start" },
    { kind: "found", found: { token: "t", known: false, resumes: false, ask: ["keep", "send"] } },
    { kind: "yes" },
    { kind: "yes" },
    { kind: "opened", resumed: false, send: false, done: [], answers: {} },
    { kind: "no" },
    { kind: "pick", check: "glucose" },
    { kind: "no" },
    { kind: "no" },
    { kind: "meal", meal: "pp2h" },
    { kind: "yes" },
    { kind: "next" },
    { kind: "yes" },
    { kind: "next" },
    { kind: "go" },
    { kind: "measured", confirm: true },
    { kind: "same", same: true },
    { kind: "judged", severity: 1 },
    { kind: "callDoctor" },
    { kind: "yes" },
    { kind: "callTaken" },
    { kind: "callEnded" },
    { kind: "finish" },
    { kind: "yes" },
    { kind: "sign", sign: "fish" },
    { kind: "choose", choice: "comeBack" },
    { kind: "takeAway", as: "paper" },
    { kind: "printed" },
    { kind: "rate", rating: 3 },
  ];
  let state: KioskState = welcome;
  const seen = way.map((input) => {
    const step = next(state, input);
    state = step.state;
    return [input.kind, state.at, ...step.effects.map((effect) => JSON.stringify(effect))].join(" ");
  });
  expect(seen).toEqual([
    'start who {"kind":"listen"}',
    'found isItYou {"kind":"stopListening"}',
    "yes consent",
    'yes triage {"kind":"stopListening"} {"kind":"openVisit","person":{"kind":"found","token":"t"},' +
      '"consents":{"keep":true}}',
    "opened triage",
    "no checks",
    "pick owed",
    "no owed",
    'no prepare {"kind":"answer","answers":{"symptoms":[]}}',
    "meal prepare",
    'yes prepare {"kind":"answer","answers":{"cleaned":true}}',
    "next prepare",
    'yes prepare {"kind":"answer","answers":{"lancetNew":true}}',
    "next prepare",
    'go measure {"kind":"startMeasuring","check":"glucose","meal":"pp2h"}',
    "measured confirm",
    'same result {"kind":"answerConfirm","same":true}',
    "judged result",
    "callDoctor mayDoctor",
    'yes consult {"kind":"agree","scope":"send","given":true} {"kind":"requestCall"}',
    "callTaken consult",
    "callEnded consult",
    "finish result",
    'yes owed {"kind":"answer","answers":{"sharps":true}}',
    'sign nextStep {"kind":"sign","sign":"fish"}',
    'choose takeAway {"kind":"nextStep","choice":"comeBack"}',
    'takeAway takeAway {"kind":"print"}',
    "printed rate",
    'rate welcome {"kind":"rate","rating":3} {"kind":"endVisit","reason":"left"}',
  ]);
});

describe("after blood was taken", () => {
  const guest = visitOf(run(welcome, { kind: "start" }, { kind: "guest" }));
  if (guest === undefined) throw new Error("no visit");
  // Boards were answered before the needle.
  const visit: KioskVisit = { ...guest, owed: [] };
  const atResult = (check: "glucose" | "lipids"): KioskState =>
    run(
      { at: "prepare", check, visit, step: 5, meal: "fasting" },
      { kind: "go" },
      { kind: "measured", confirm: false },
    );

  test.each([
    ["glucose", "home", "checks"],
    ["glucose", "showResults", "results"],
    ["glucose", "finish", "nextStep"],
    ["lipids", "home", "checks"],
  ] as const)("%s: whoever goes on (%s) is asked once whether needle and strip are put away", (check, on, at) => {
    const asked = kinds(atResult(check), on);
    expect(asked).toMatchObject({ at: "result", check, putAway: { then: on } });
    const { state, effects } = next(asked, { kind: "yes" });
    expect(effects).toEqual([{ kind: "answer", answers: { sharps: true } }]);
    expect(state).toMatchObject({ at, visit: { answers: { sharps: true } } });
    expect("putAway" in kinds(state, "finish")).toBe(false);
  });

  test("a first no shows how once more, a second one leads to a person and then on", () => {
    const once = kinds(atResult("glucose"), "home", "no");
    expect(once).toMatchObject({ at: "result", putAway: { then: "home", again: true } });
    const { state, effects } = next(once, { kind: "no" });
    expect(effects).toEqual([{ kind: "answer", answers: { sharps: false } }]);
    expect(state).toMatchObject({ at: "person", then: { at: "checks" } });
  });

  test("who went another way is asked before the end, and the way back is open", () => {
    const elsewhere = kinds(atResult("glucose"), "back", "finish");
    expect(elsewhere).toMatchObject({ at: "result", putAway: { then: "finish" } });
    const seen = kinds(elsewhere, "back");
    expect([seen.at, "putAway" in seen, kinds(seen, "back").at]).toEqual(["result", false, "checks"]);
  });

  test("another drop of blood is another needle", () => {
    const again = run(kinds(atResult("glucose"), "home", "yes"), { kind: "pick", check: "lipids" });
    expect(run(again, { kind: "meal", meal: "fasting" }, { kind: "yes" }, { kind: "next" })).toMatchObject({
      visit: { answers: { sharps: true } },
    });
    const second = run(
      { ...again, step: 5, meal: "fasting" } as KioskState,
      { kind: "go" },
      { kind: "measured", confirm: false },
    );
    expect(kinds(second, "home")).toMatchObject({ at: "result", putAway: { then: "home" } });
  });

  test("a pressure asks for nothing to be put away", () => {
    const pressure = run({ at: "measure", check: "bloodPressure", visit }, { kind: "measured", confirm: false });
    expect(kinds(pressure, "home").at).toBe("checks");
  });
});

describe("how a person sits", () => {
  const visit = visitOf(run(welcome, { kind: "start" }, { kind: "guest" }));
  if (visit === undefined) throw new Error("no visit");
  const step = stepsOf.bloodPressure.findIndex((one) => one.kind === "ask" && one.id === "posture");
  const asks: KioskState = { at: "prepare", check: "bloodPressure", visit, step };

  test("a no shows the picture once more, and asks again", () => {
    const shown = kinds(asks, "no");
    expect(shown).toMatchObject({ at: "prepare", step, again: "show" });
    expect(kinds(shown, "next")).toMatchObject({ at: "prepare", step, again: "ask" });
    expect(kinds(shown, "next", "yes")).toMatchObject({ step: step + 1, visit: { answers: { posture: true } } });
  });

  test("a second no goes on, and is kept: the pressure is worth less", () => {
    const { state, effects } = next(kinds(asks, "no", "next"), { kind: "no" });
    expect(effects).toContainEqual({ kind: "answer", answers: { posture: false } });
    expect(state).toMatchObject({ step: step + 1, visit: { answers: { posture: false } } });
    expect("again" in state).toBe(false);
  });

  test("from the picture one step back is the question", () => {
    expect(kinds(asks, "no", "back")).toEqual(asks);
  });
});

test("who does not want to be kept is a guest, and is not asked what to send", () => {
  const found: KioskInput = {
    kind: "found",
    found: { token: "t", known: false, resumes: false, ask: ["keep", "send"] },
  };
  const step = next(run(welcome, { kind: "start" }, found, { kind: "yes" }), { kind: "no" });
  expect(step.state).toMatchObject({ at: "triage", visit: { person: { kind: "guest" }, send: false } });
});

test("a visit that was cut off goes on without being asked anything again", () => {
  const triage = run(welcome, { kind: "start" }, { kind: "guest" });
  const resumed = run(triage, {
    kind: "opened",
    resumed: true,
    send: true,
    done: ["glucose"],
    symptoms: [],
    answers: {},
  });
  expect(resumed).toMatchObject({ at: "results", visit: { done: ["glucose"], symptoms: [] } });
});

test("no paper and no code lead back to the question, with the reason", () => {
  const ask = statesAt("takeAway").find((state) => "as" in state && state.as === "ask") ?? welcome;
  const paperOut = run(ask, { kind: "takeAway", as: "paper" }, { kind: "fault", code: "device.paperOut" });
  expect(paperOut).toMatchObject({ at: "takeAway", as: "ask", wrong: "device.paperOut" });
  const noCode = run(ask, { kind: "takeAway", as: "code" }, { kind: "fault", code: "visit.closed" });
  expect(noCode).toMatchObject({ at: "takeAway", as: "ask", wrong: "visit.closed" });
});

test("a doctor can look on while the person measures", () => {
  const talking = statesAt("consult").find((state) => visitOf(state)?.call === "talking") ?? welcome;
  const reached = run(talking, { kind: "home" }, { kind: "pick", check: "body" }, { kind: "go" });
  expect(reached).toMatchObject({ at: "measure", check: "body", visit: { call: "talking" } });
});

describe("the doctor asks for a measurement", () => {
  const talking = statesAt("consult").find((state) => visitOf(state)?.call === "talking") ?? welcome;
  const asked = run(talking, { kind: "doctorAsks", check: "body" });

  test("a yes is told, and goes into the measuring flow beside the call", () => {
    expect(asked).toMatchObject({ at: "asked", check: "body", visit: { call: "talking" } });
    const { state, effects } = next(asked, { kind: "yes" });
    expect(state).toMatchObject({ at: "prepare", check: "body", visit: { call: "talking" } });
    expect(effects).toEqual([{ kind: "answerAsk", agreed: true }]);
  });

  test.each(["no", "back", "stop", "home", "showResults", "callDoctor", "fetch"] as const)(
    "%s is a no, and nothing is measured",
    (kind) => {
      const { state, effects } = next(asked, { kind });
      expect(state.at).not.toBe("prepare");
      expect(effects).toContainEqual({ kind: "answerAsk", agreed: false });
    },
  );

  test("the doctor's stop ends what was begun for it, air first, and nothing else", () => {
    const measuring = run(asked, { kind: "yes" }, { kind: "go" });
    expect(measuring).toMatchObject({ at: "measure", check: "body" });
    expect(next(measuring, { kind: "doctorStops", check: "bloodPressure" })).toEqual({ state: measuring, effects: [] });
    const { state, effects } = next(measuring, { kind: "doctorStops", check: "body" });
    expect(state).toMatchObject({ at: "consult", visit: { call: "talking" } });
    expect(effects).toEqual([{ kind: "stopMeasuring" }]);
  });

  test("where a body is at work nothing comes between: the answer is no", () => {
    const measuring = run(asked, { kind: "yes" }, { kind: "go" });
    expect(next(measuring, { kind: "doctorAsks", check: "glucose" })).toEqual({
      state: measuring,
      effects: [{ kind: "answerAsk", agreed: false }],
    });
  });

  test("the end of the call ends the question", () => {
    expect(run(asked, { kind: "callEnded" })).toMatchObject({ at: "consult", visit: { call: "none" } });
  });
});

test("a message in place of waiting: the queue is left, then voice, picture, kept", () => {
  const waiting = statesAt("consult").find((state) => visitOf(state)?.call === "waiting") ?? welcome;
  const { state, effects } = next(waiting, { kind: "leaveMessage" });
  expect(state).toMatchObject({ at: "message", step: "ask", visit: { call: "none" } });
  expect(effects).toEqual([{ kind: "endCall" }]);
  const picture = run(state, { kind: "yes" }, { kind: "next" });
  expect(picture).toMatchObject({ at: "message", step: "picture" });
  expect(run(picture, { kind: "messageKept" })).toMatchObject({ at: "message", step: "kept" });
});

test("whatever comes in whatever order, no new sort of state appears, and leaving leaves nothing", () => {
  const sorts = new Set(states.map(sortOf));
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...inputs), { maxLength: 120 }), (all) => {
      const reached = run(welcome, ...all);
      return sorts.has(sortOf(reached)) && key(kinds(reached, "leave", "hostBack")) === key(welcome);
    }),
    { numRuns: 500, seed: 4 },
  );
});

test("somebody can be fetched from anywhere in a visit; what moves on the body stops first", () => {
  const measuring = statesAt("measure")[0] ?? welcome;
  const { state, effects } = next(measuring, { kind: "fetch" });
  expect(state).toMatchObject({ at: "emergency", from: "help" });
  expect(effects).toEqual([{ kind: "stopMeasuring" }, { kind: "alarm", reason: "asked", symptoms: [] }]);
  expect(next(welcome, { kind: "fetch" })).toEqual({ state: welcome, effects: [] });
});

test("the rest counts from the answer that one sits: the cuff is put on within it", () => {
  const pressure = run(statesAt("checks")[0] ?? welcome, { kind: "pick", check: "bloodPressure" });
  expect(told(pressure, { kind: "yes" })).toEqual(["answer", "seat"]);
  expect(told(kinds(pressure, "yes"), { kind: "yes" })).toEqual(["answer"]);
});
