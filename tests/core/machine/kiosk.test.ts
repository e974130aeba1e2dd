import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { next, welcome, type KioskInput, type KioskState, type KioskVisit } from "../../../core/machine/kiosk.ts";
import { boards } from "../../../core/machine/boards.ts";
import { restStepOf } from "../../../core/machine/steps.ts";
import { emergency, warning } from "../../../core/rules/symptoms.ts";
import { everySort, inputs, kinds, run, sortOf, told, visitOf } from "./kiosk-walk.ts";

const states = everySort();
const screens = [...new Set(states.map(({ at }) => at))];
const statesAt = (at: KioskState["at"]): readonly KioskState[] => states.filter((state) => state.at === at);
const isMoving = (state: KioskState): boolean => state.at === "measure";
const key = (state: KioskState): string => JSON.stringify(state);

test("every screen of the flow is reached", () => {
  expect([...screens].sort()).toEqual(
    [
      ...[
        "welcome",
        "who",
        "noCard",
        "phone",
        "codeLater",
        "isItYou",
        "wasIt",
        "consent",
        "person",
        "triage",
        "owed",
        "emergency",
        "checks",
      ],
      ...["prepare", "measure", "enter", "confirm", "failed", "result", "results", "nextStep", "takeAway", "rate"],
      ...["mine", "mayDoctor", "link", "keep", "consult", "asked", "show", "message", "away"],
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
    // The last one: a doctor heard the yes, and nobody touched the screen during the warning.
    const own = ["prepare go", "prepare next", "prepare skip", "asked counted"];
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
