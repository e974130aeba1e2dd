import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assess } from "../../../core/rules/assess.ts";
import { assessVisit } from "../../../core/rules/assess-visit.ts";
import type { PersonFacts, VisitAssessment, VisitMeasurement } from "../../../core/rules/visit-facts.ts";
import {
  contextSays,
  glucoseOpinion,
  glucoseRules,
  glucoseSays,
  shownTenths,
  type GlucoseInput,
} from "./oracle-glucose.ts";
import {
  pressureDecision,
  pressureRules,
  pressureSays,
  sessionOpinion,
  type PressureInput,
  type SessionInput,
} from "./oracle-pressure.ts";
import { allSymptoms, written } from "./oracle-table.ts";

/** A hundred thousand take seconds, and longer where every core is busy. */
const patience = 120_000;
/** The same inputs every time; a mismatch is shrunk to its smallest. */
const runs = { numRuns: 100_000, seed: 20_260_601 } as const;

function said(domain: string, inputs: unknown): string {
  const answer = assess(domain, inputs);
  if (answer.kind !== "assessed") return answer.kind;
  const { rule, category, severity, action, flags, adviceKey = "-", value } = answer.assessment;
  return written({ rule, category, severity, action, key: adviceKey }, flags, value);
}

/** Half of the numbers lie on a line of the rules or one beside it. */
const near = (lines: readonly number[], from: number, to: number): fc.Arbitrary<number> =>
  fc.oneof(
    fc.integer({ min: from, max: to }),
    fc.constantFrom(...new Set(lines.flatMap((line) => [line - 1, line, line + 1]))),
  );

const systolic = near([50, 80, 90, 120, 130, 135, 140, 150, 160, 180, 250, 300], 30, 320);
const diastolic = near([20, 40, 60, 80, 85, 90, 100, 110, 150, 200], 10, 215);
const age = near([18, 65, 80], 0, 120);
/** Mostly none: one symptom hides most rows. */
const symptoms = fc.oneof(
  { weight: 3, arbitrary: fc.constant<readonly string[]>([]) },
  { weight: 2, arbitrary: fc.constantFrom(...allSymptoms).map((one) => [one]) },
  { weight: 1, arbitrary: fc.subarray([...allSymptoms], { minLength: 2, maxLength: 3 }) },
);
const seldom = fc.integer({ min: 0, max: 3 }).map((n) => n === 0);
const orNothing = (arbitrary: fc.Arbitrary<number>): fc.Arbitrary<number | null> =>
  fc.oneof({ weight: 60, arbitrary }, { weight: 1, arbitrary: fc.constant(null) });

const pressureInput: fc.Arbitrary<PressureInput> = fc.record({
  sbp: orNothing(systolic),
  dbp: orNothing(diastolic),
  age,
  pregnant: seldom,
  dx_htn: fc.boolean(),
  prev_uncontrolled: fc.boolean(),
  comorbid: fc.subarray(["DM", "CKD", "RETINOPATHY", "COPD"], { maxLength: 2 }),
  symptoms,
  setting: fc.constantFrom("kiosk", "kiosk", "office", "home_series"),
  rested_repeat: fc.boolean(),
  days: near([3], 0, 8),
  n: near([12], 0, 30),
});

/** A session's later readings lie close to its first one, at most around the line of 10. */
const session = fc
  .tuple(
    systolic,
    diastolic,
    fc.array(fc.tuple(fc.integer({ min: -13, max: 13 }), fc.integer({ min: -13, max: 13 }), seldom), { maxLength: 4 }),
    fc.integer({ min: 0, max: 40 }),
  )
  .map(([sbp, dbp, steps, gap]) =>
    steps.map(([s, d, irr], index) => ({ sbp: sbp + s, dbp: gap === 0 && index === 1 ? null : dbp + d, irr })),
  );

const sessionInput: fc.Arbitrary<SessionInput> = fc.record({
  readings: session,
  known_af: seldom,
  rule: fc.constantFrom("last2", "last2", "mean3"),
  rested_repeat: fc.boolean(),
  symptoms,
});

const glucoseLines = [6, 22, 30, 39, 44, 51, 61, 70, 78, 85, 100, 111, 139, 167, 222, 333, 550];
const amount = fc.oneof(
  fc.record({
    unit: fc.constant("mmol/L" as const),
    amount: fc.oneof(
      near(glucoseLines, 1, 570).map((g) => g * 10),
      near(
        glucoseLines.map((g) => g * 10 - 5),
        1,
        5_700,
      ),
    ),
  }),
  fc.record({
    unit: fc.constant("mg/dL" as const),
    amount: near(
      glucoseLines.map((g) => Math.round((g * 18.016) / 10)),
      1,
      1_020,
    ),
  }),
  fc.constant({ unit: "mmol/L" as const, amount: null }),
);
const glucoseInput: fc.Arbitrary<GlucoseInput> = fc
  .tuple(
    amount,
    fc.record({
      flag: fc.constantFrom(null, null, null, null, null, null, "LO" as const, "HI" as const),
      context: fc.constantFrom("fasting", "pp2h", "random"),
      dm: fc.constantFrom("yes", "no", "unknown"),
      insulin: seldom,
      pregnant: seldom,
      prev_uncontrolled: fc.boolean(),
      symptoms,
    }),
  )
  .map(([quantity, also]) => ({ ...quantity, ...also }));

const asInputs = ({ amount: told, unit, flag, ...also }: GlucoseInput): unknown => ({
  ...also,
  unit,
  ...(told === null ? {} : { value: unit === "mmol/L" ? told / 100 : told }),
  ...(flag === null ? {} : { flag }),
});

describe("the second opinion, on 100,000 inputs each", () => {
  test("agrees on the class of a pressure", { timeout: patience }, () => {
    fc.assert(
      fc.property(pressureInput, (input) => {
        expect(said("bp", input)).toBe(pressureSays(input));
      }),
      runs,
    );
  });

  test("agrees on the states of a session", { timeout: patience }, () => {
    fc.assert(
      fc.property(sessionInput, (input) => {
        expect(said("bp_session", input)).toBe(sessionOpinion(input).said);
      }),
      runs,
    );
  });

  test("agrees on the class of a glucose", { timeout: patience }, () => {
    fc.assert(
      fc.property(glucoseInput, (input) => {
        expect(said("glucose", asInputs(input))).toBe(glucoseSays(input));
      }),
      runs,
    );
  });

  test("agrees on what a meal makes of it", { timeout: patience }, () => {
    fc.assert(
      fc.property(fc.option(near([105, 135, 480], 0, 2_000)), (minutes) => {
        const answer = assess("glu_context", { minutes_since_meal: minutes });
        expect(answer.kind === "assessed" && answer.assessment.category).toBe(contextSays(minutes));
      }),
      { ...runs, numRuns: 10_000 },
    );
  });
});

describe("the inputs", () => {
  const sample = { seed: runs.seed, numRuns: 20_000 };
  const reached = new Set(
    [
      ...fc.sample(pressureInput, sample).map(pressureSays),
      ...fc.sample(sessionInput, sample).map((input) => sessionOpinion(input).said),
      ...fc.sample(glucoseInput, sample).map(glucoseSays),
    ].map((sentence) => sentence.split(" ")[0]),
  );
  test.each([...pressureRules, ...glucoseRules])("reach the row %s", (rule) => {
    expect(reached).toContain(rule);
  });
});

const visitSaid = (assessments: readonly VisitAssessment[] | undefined, domain: string): string => {
  const found = assessments?.find((one) => one.domain === domain);
  if (found === undefined) return "nothing";
  const { rule, category, severity, action, flags, adviceKey = "-", value } = found;
  return written({ rule, category, severity, action, key: adviceKey }, flags, value);
};

describe("the second opinion, on visits as the page is told of them", () => {
  const pressureOf = ({ sbp, dbp, irr }: SessionInput["readings"][number]): VisitMeasurement => ({
    of: "bloodPressure",
    readings: [
      { quantity: "bp.systolic", value: sbp ?? 0, unit: "mm[Hg]" },
      { quantity: "bp.diastolic", value: dbp ?? 0, unit: "mm[Hg]" },
    ],
    doubts: irr ? ["irregularPulse"] : [],
  });

  test("agrees on a session of pressures and its class", { timeout: patience }, () => {
    const person = fc.record({ age, pregnant: seldom, hypertension: fc.boolean(), previousUncontrolled: fc.boolean() });
    fc.assert(
      fc.property(sessionInput, person, (input, facts) => {
        const taken = input.readings.slice(0, 3);
        // The page hears of accepted pressures only; and a session that is over early is followed by another one.
        fc.pre(
          taken.every(({ sbp, dbp }) => sbp !== null && dbp !== null && sbp - dbp >= 10 && sbp <= 300 && sbp >= 50),
        );
        fc.pre(taken.every(({ dbp }) => dbp !== null && dbp >= 20 && dbp <= 200));
        const early = sessionOpinion({ ...input, readings: taken.slice(0, 2) });
        const readings = early.mean === undefined ? taken : taken.slice(0, 2);
        const opinion = sessionOpinion({ ...input, readings });
        const [kind] = assessVisit(readings.map(pressureOf), {
          ...facts,
          knownAf: input.known_af,
          averaging: input.rule,
          restedRepeat: input.rested_repeat,
          symptoms: input.symptoms,
        }).kinds;
        const expected = ((): string => {
          if (opinion.mean === undefined) return "nothing";
          const [sbp, dbp] = opinion.mean;
          const { decision, flags } = pressureDecision({
            sbp,
            dbp,
            age: facts.age,
            pregnant: facts.pregnant,
            dx_htn: facts.hypertension,
            prev_uncontrolled: facts.previousUncontrolled,
            comorbid: input.known_af ? ["AF"] : [],
            symptoms: input.symptoms,
            setting: "kiosk",
            rested_repeat: input.rested_repeat,
            days: 0,
            n: 0,
          });
          return written(decision, [...flags, ...opinion.flags], `${sbp}/${dbp}`);
        })();
        expect(visitSaid(kind?.assessments, "bp")).toBe(expected);
      }),
      { ...runs, numRuns: 30_000 },
    );
  });

  test("agrees on a glucose with its meal, its unit and its LO or HI", { timeout: patience }, () => {
    fc.assert(
      fc.property(glucoseInput, fc.option(near([105, 135, 480], 0, 2_000)), (input, minutes) => {
        const { amount: told, unit, flag } = input;
        fc.pre(told !== null || flag !== null);
        const context = contextSays(minutes);
        fc.pre(context === "fasting" || context === "pp2h" || context === "random");
        const reading =
          flag === "LO"
            ? { value: 1.1, unit: "mmol/L", comparator: "<" as const, shown: "< 1.1" }
            : flag === "HI"
              ? { value: 600, unit: "mg/dL", comparator: ">" as const, shown: "> 33.3" }
              : { value: unit === "mmol/L" ? (told ?? 0) / 100 : (told ?? 0), unit, comparator: undefined, shown: "" };
        const facts: PersonFacts = {
          diabetes: input.dm,
          insulin: input.insulin,
          pregnant: input.pregnant,
          previousUncontrolled: input.prev_uncontrolled,
          symptoms: input.symptoms,
          minutesSinceMeal: minutes,
        };
        const { shown, ...raw } = reading;
        const [kind] = assessVisit(
          [{ of: "glucose", readings: [{ quantity: "glucose", ...raw }], doubts: [] }],
          facts,
        ).kinds;
        const { decision, flags, tenths } = glucoseOpinion({ ...input, context });
        expect(visitSaid(kind?.assessments, "glucose")).toBe(written(decision, flags, shown || shownTenths(tenths)));
      }),
      { ...runs, numRuns: 30_000 },
    );
  });
});
