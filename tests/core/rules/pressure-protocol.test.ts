import { describe, expect, test } from "vitest";
import { pressureProtocol, type PressurePlan, type PressureTaken } from "../../../core/rules/pressure-protocol.ts";

const plan: PressurePlan = { knownAf: false, averaging: "last2", symptoms: [], restedRepeat: false };
const held: PressurePlan = { ...plan, restSeconds: 60 };

/** `at` in seconds. */
const reading = (
  sbp: number,
  dbp: number,
  at?: number,
  also: Partial<PressureTaken> = {},
): PressureTaken & { readonly id: string } => ({
  sbp,
  dbp,
  irr: false,
  ...(at === undefined ? {} : { at: at * 1_000 }),
  ...also,
  id: `${sbp}/${dbp}`,
});
const left = { arm: "left" } as const;
const right = { arm: "right" } as const;
const irregular = { irr: true } as const;

/** "STATE; reason arm wait@moment", or "over", or "help". Moments in seconds. */
function said(readings: readonly PressureTaken[], how: PressurePlan): string {
  const { state, step } = pressureProtocol(readings, how);
  if (step.kind !== "take") return `${state.category}; ${step.kind}`;
  const moment = step.notBefore === undefined ? "" : `@${step.notBefore / 1_000}`;
  return `${state.category}; ${[step.why, step.arm ?? "-", `${step.waitSeconds}${moment}`, step.adviceKey].join(" ")}`;
}

describe("what the protocol asks for next", () => {
  test.each<[string, readonly PressureTaken[], PressurePlan, string]>([
    ["at first, the person not seated", [], plan, "NEED_FIRST; first - 300 bp.how"],
    ["at first, seated at 10 s", [], { ...plan, seatedAt: 10_000 }, "NEED_FIRST; first - 300@310 bp.how"],
    ["the known arm is asked for", [], { ...plan, arms: "right" }, "NEED_FIRST; first right 300 bp.how"],
    ["after one", [reading(128, 82, 100)], plan, "NEED_SECOND; second - 60@160 bp.again"],
    ["after one whose time nobody noted", [reading(128, 82)], plan, "NEED_SECOND; second - 60 bp.again"],
    ["the arm stays", [reading(128, 82, 100, right)], plan, "NEED_SECOND; second right 60@160 bp.again"],
    ["the arm is told later", [reading(128, 82, 0), reading(128, 82, 90, left)], plan, "COMPLETE; over"],
    ["10 apart is accepted", [reading(138, 92, 0), reading(128, 82, 90)], plan, "COMPLETE; over"],
    ["systolic 11 apart", [reading(139, 82, 0), reading(128, 82, 90)], plan, "NEED_THIRD; apart - 60@150 bp.again"],
    ["diastolic 11 apart", [reading(128, 82, 0), reading(128, 93, 90)], plan, "NEED_THIRD; apart - 60@150 bp.again"],
    [
      "an irregular pulse",
      [reading(128, 82, 0, irregular), reading(128, 82, 90)],
      plan,
      "NEED_THIRD; irregular - 60@150 bp.again",
    ],
    [
      "known fibrillation",
      [reading(128, 82, 0), reading(128, 82, 90)],
      { ...plan, knownAf: true },
      "NEED_THIRD; irregular - 60@150 bp.again",
    ],
    [
      "apart and irregular: the difference is told",
      [reading(140, 82, 0, irregular), reading(128, 82, 90)],
      plan,
      "NEED_THIRD; apart - 60@150 bp.again",
    ],
    [
      "three end it, though the last two still differ",
      [reading(150, 90, 0), reading(136, 84, 90), reading(148, 88, 180)],
      plan,
      "COMPLETE; over",
    ],
    [
      "180 is repeated after ten minutes",
      [reading(180, 90, 0), reading(180, 90, 90)],
      plan,
      "NEED_REST_REPEAT; afterRest - 600@690 bp.rest_repeat",
    ],
    ["179 is not", [reading(179, 90, 0), reading(179, 90, 90)], plan, "COMPLETE; over"],
    [
      "110 is repeated",
      [reading(150, 110, 0), reading(150, 110, 90)],
      plan,
      "NEED_REST_REPEAT; afterRest - 600@690 bp.rest_repeat",
    ],
    ["109 is not", [reading(150, 109, 0), reading(150, 109, 90)], plan, "COMPLETE; over"],
    [
      "with a symptom nothing waits",
      [reading(196, 112, 0), reading(194, 110, 90)],
      { ...plan, symptoms: ["SX_VISION"] },
      "COMPLETE; over",
    ],
    [
      "after the rest a second session begins",
      [reading(186, 100, 0), reading(186, 100, 90), reading(184, 98, 700)],
      plan,
      "NEED_SECOND; second - 60@760 bp.again",
    ],
    [
      "and ends, as high as it may be",
      [reading(186, 100, 0), reading(186, 100, 90), reading(184, 98, 700), reading(184, 98, 800)],
      plan,
      "COMPLETE; over",
    ],
    [
      "the rest was before a power cut",
      [reading(186, 100, 0), reading(186, 100, 90)],
      { ...plan, restedRepeat: true },
      "COMPLETE; over",
    ],
    [
      "a whole session may be followed by a new one at once",
      [reading(128, 82, 0), reading(126, 80, 90), reading(124, 80, 90)],
      held,
      "NEED_SECOND; second - 60@150 bp.again",
    ],
    ["no pressure", [reading(92, 85, 0)], plan, "BP_INVALID; refused - 60@60 bp.invalid"],
    ["no pressure twice", [reading(92, 85, 0), reading(301, 85, 100)], plan, "BP_INVALID; refused - 60@160 bp.invalid"],
    ["no pressure three times", [reading(92, 85, 0), reading(301, 85, 100), reading(92, 85)], plan, "BP_INVALID; help"],
    [
      "no pressure, but not in a row",
      [reading(92, 85, 0), reading(92, 85, 100), reading(120, 80, 200), reading(92, 85, 300), reading(92, 85, 400)],
      plan,
      "BP_INVALID; refused - 60@460 bp.invalid",
    ],
    [
      "a refused one is no part of the session",
      [reading(128, 82, 0), reading(92, 85, 100), reading(126, 80, 200)],
      plan,
      "COMPLETE; over",
    ],
    [
      "a refused one after the rest does not lose the rest",
      [reading(186, 100, 0), reading(186, 100, 90), reading(92, 85, 700), reading(184, 98, 800), reading(184, 98, 900)],
      plan,
      "COMPLETE; over",
    ],
  ])("%s", (_what, readings, how, expected) => {
    expect(said(readings, how)).toBe(expected);
  });
});

describe("a reading that comes before its time", () => {
  test.each<[string, readonly PressureTaken[], PressurePlan, string]>([
    ["59 seconds", [reading(128, 82, 0), reading(126, 80, 59)], held, "NEED_SECOND; tooSoon - 60@119 bp.again"],
    ["60 seconds", [reading(128, 82, 0), reading(126, 80, 60)], held, "COMPLETE; over"],
    [
      "60 seconds, of which 20 were the cuff's",
      [reading(128, 82, 0), reading(126, 80, 60, { startedAt: 40_000 })],
      held,
      "NEED_SECOND; tooSoon - 60@120 bp.again",
    ],
    [
      "counts where the station does not hold the wait",
      [reading(128, 82, 0), reading(126, 80, 1)],
      plan,
      "COMPLETE; over",
    ],
    ["counts where nobody noted the time", [reading(128, 82), reading(126, 80, 1)], held, "COMPLETE; over"],
    [
      "a shorter wait of the station",
      [reading(128, 82, 0), reading(126, 80, 1)],
      { ...plan, restSeconds: 1 },
      "COMPLETE; over",
    ],
    [
      "every wait scales with it",
      [reading(186, 100, 0), reading(186, 100, 90)],
      { ...plan, restSeconds: 6 },
      "NEED_REST_REPEAT; afterRest - 60@150 bp.rest_repeat",
    ],
    [
      "the rest before the repeat is held, too",
      [reading(186, 100, 0), reading(186, 100, 90), reading(150, 90, 689)],
      held,
      "NEED_REST_REPEAT; tooSoon - 60@749 bp.again",
    ],
    [
      "and goes on from the session before it",
      [reading(186, 100, 0), reading(186, 100, 90), reading(150, 90, 190)],
      held,
      "NEED_REST_REPEAT; tooSoon - 500@690 bp.again",
    ],
    [
      "to the second",
      [reading(186, 100, 0), reading(186, 100, 90), reading(150, 90, 690)],
      held,
      "NEED_SECOND; second - 60@750 bp.again",
    ],
  ])("%s", (_what, readings, how, expected) => {
    expect(said(readings, how)).toBe(expected);
  });
});

describe("both arms at the first visit", () => {
  const both: PressurePlan = { ...held, arms: "both" };

  test.each<[string, readonly PressureTaken[], string]>([
    ["the left one first", [], "NEED_FIRST; first left 300 bp.how"],
    ["then the right one, at once", [reading(128, 82, 100, left)], "NEED_FIRST; otherArm right 0@100 prep.arm"],
    ["or the left one after the right", [reading(128, 82, 100, right)], "NEED_FIRST; otherArm left 0@100 prep.arm"],
    [
      "where the cuff is not told, it is where it was asked for",
      [reading(128, 82, 100)],
      "NEED_FIRST; otherArm right 0@100 prep.arm",
    ],
    [
      "on with the higher arm, a minute after its own reading",
      [reading(140, 82, 100, left), reading(128, 80, 130, right)],
      "NEED_SECOND; second left 30@160 bp.again",
    ],
    [
      "whose time nobody noted",
      [reading(140, 82, undefined, left), reading(128, 80, 130, right)],
      "NEED_SECOND; second left 60@190 bp.again",
    ],
    [
      "the minute may be over",
      [reading(140, 82, 100, left), reading(128, 80, 170, right)],
      "NEED_SECOND; second left 0@170 bp.again",
    ],
    [
      "on with the right arm where it is higher",
      [reading(128, 82, 100, left), reading(129, 80, 150, right)],
      "NEED_SECOND; second right 60@210 bp.again",
    ],
    [
      "equal arms: the left one",
      [reading(128, 82, 100, left), reading(128, 80, 150, right)],
      "NEED_SECOND; second left 10@160 bp.again",
    ],
    [
      "the same arm again is not the other one",
      [reading(128, 82, 100, left), reading(128, 80, 180, left)],
      "NEED_FIRST; otherArm right 0@180 prep.arm",
    ],
    [
      "the same arm again, and too soon: the first one stays",
      [reading(128, 82, 100, left), reading(158, 80, 130, left), reading(128, 82, 140, right)],
      "NEED_SECOND; second left 20@160 bp.again",
    ],
    [
      "a third reading of the higher arm ends it",
      [reading(140, 82, 100, left), reading(128, 80, 150, right), reading(136, 80, 200, left)],
      "COMPLETE; over",
    ],
    [
      "no pressure on the second arm",
      [reading(140, 82, 100, left), reading(92, 85, 150, right)],
      "BP_INVALID; refused right 60@210 bp.invalid",
    ],
  ])("%s", (_what, readings, expected) => {
    expect(said(readings, both)).toBe(expected);
  });

  test("tells which reading of each arm was compared, and what was set aside", () => {
    const taken = [reading(140, 82, 100, left), reading(128, 80, 150, right), reading(136, 80, 200, left)];
    const { arm, bothArms, readings, setAside, closed } = pressureProtocol(taken, both);
    expect({
      arm,
      compared: [bothArms?.left.id, bothArms?.right.id, bothArms?.judged.rule, bothArms?.judged.value],
      session: readings.map(({ id }) => id),
      aside: setAside.map(({ reading: { id }, why }) => [id, why]),
      mean: closed?.state.value,
    }).toEqual({
      arm: "left",
      compared: ["140/82", "128/80", "BP-61", "12"],
      session: ["140/82", "136/80"],
      aside: [["128/80", "otherArm"]],
      mean: "138/81",
    });
  });

  test("a cuff that moves to the other arm begins the session again", () => {
    const taken = [reading(140, 82, 100, left), reading(128, 80, 200, right), reading(126, 80, 300, right)];
    const { readings, setAside, closed } = pressureProtocol(taken, held);
    expect([readings.map(({ id }) => id), setAside.map(({ why }) => why), closed?.state.value]).toEqual([
      ["128/80", "126/80"],
      ["otherArm"],
      "127/80",
    ]);
  });
});

test("the closed session stays while the next one is under way", () => {
  const taken = [reading(186, 104, 0), reading(182, 102, 90), reading(150, 95, 700)];
  const { closed, readings } = pressureProtocol(taken, plan);
  expect([closed?.state.category, closed?.state.value, readings.length]).toEqual(["NEED_REST_REPEAT", "184/103", 1]);
});
