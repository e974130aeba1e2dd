import { describe, expect, test } from "vitest";
import { next, welcome, type KioskInput, type KioskState, type KioskVisit } from "../../../core/machine/kiosk.ts";
import { restStepOf, stepsOf } from "../../../core/machine/steps.ts";
import { everySort, kinds, run, sortOf, visitOf } from "./kiosk-walk.ts";

/** Ways through a visit, told step by step; what holds in every state is in kiosk.test.ts. */
const states = everySort();
const statesAt = (at: KioskState["at"]): readonly KioskState[] => states.filter((state) => state.at === at);

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
    { kind: "no" },
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
    "printed link",
    "no rate",
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

  const calm = (of: (visit: KioskVisit) => boolean) =>
    statesAt("consult").find((state) => {
      const visit = visitOf(state);
      return visit?.call === "talking" && of(visit);
    }) ?? welcome;
  const warned = (state: KioskState) => run(state, { kind: "doctorAsks", check: "bloodPressure" }, { kind: "saidYes" });
  const said = warned(calm(({ owed, failures }) => owed.length === 0 && failures === 0));

  test("where boards of symptoms are still to be asked, or too much has failed, a voice starts nothing", () => {
    const boards = warned(calm(({ owed }) => owed.includes("warning")));
    expect(next(boards, { kind: "counted" }).state.at).not.toBe("measure");
    const failed = warned(calm(({ owed, failures }) => owed.length === 0 && failures === 3));
    expect(next(failed, { kind: "counted" }).state.at).toBe("person");
  });

  test("a yes that a doctor heard starts by itself when the warning is over, and not before", () => {
    expect(said).toMatchObject({ at: "asked", check: "bloodPressure", said: true });
    expect(next(asked, { kind: "counted" })).toEqual({ state: asked, effects: [] });
    const { state, effects } = next(said, { kind: "counted" });
    expect(state).toMatchObject({ at: "measure", check: "bloodPressure", visit: { call: "talking" } });
    expect(effects).toEqual([
      { kind: "answerAsk", agreed: true, by: "voice" },
      { kind: "startMeasuring", check: "bloodPressure" },
    ]);
  });

  test.each(["no", "back", "stop", "home", "help", "fetch", "leave"] as const)(
    "%s during the warning starts nothing",
    (kind) => {
      const { state, effects } = next(said, { kind });
      if (kind !== "help") expect(next(state, { kind: "counted" }).state.at).not.toBe("measure");
      expect(effects.map((effect) => effect.kind)).not.toContain("startMeasuring");
    },
  );

  test("the call's end during the warning starts nothing", () => {
    const after = run(said, { kind: "callEnded" }, { kind: "counted" });
    expect(after).toMatchObject({ at: "consult", visit: { call: "none" } });
  });

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
