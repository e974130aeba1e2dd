import type { Result } from "../contract/views.ts";
import type { Quantity } from "../domain/quantity.ts";
import { mealOf } from "../rules/visit-facts.ts";
import type { PlanText } from "./plan.ts";
import { mostGoals, mostPlanTasks, type GoalKind, type PlanTaskKind } from "./plan-kinds.ts";
import { daysLater, nextFollowUp, type Programme, type Standing } from "./schedule.ts";

/**
 * A plan out of the rules: what a resident's own readings and the last follow-up say, for a doctor to change and sign. Never more
 * than a draft.
 */
const looked = [
  "bp.systolic",
  "bp.diastolic",
  "glucose",
  "cholesterol.total",
  "cholesterol.ldlCalculated",
  "triglyceride",
  "body.bmi",
  "body.waist",
] as const satisfies readonly Quantity[];
export type PlanQuantity = (typeof looked)[number];

/** The newest number of one kind, in the first unit of its quantity. `at`: UTC. A glucose counts only if it was fasting. */
export interface Seen {
  readonly quantity: PlanQuantity;
  readonly value: number;
  readonly at: string;
}

/** What the rules look at. */
export interface PlanFacts {
  readonly ageYears: number;
  readonly sex?: "female" | "male";
  readonly standings: readonly Standing[];
  readonly seen: readonly Seen[];
  readonly smokes: boolean;
  readonly drinks: boolean;
}

interface PlanRule {
  readonly when: (facts: PlanFacts) => boolean;
  readonly goals: readonly GoalKind[];
  readonly tasks: readonly PlanTaskKind[];
  /** What it looked at: shown to the doctor. */
  readonly from?: { readonly programme?: Programme; readonly quantities?: readonly PlanQuantity[] };
}

const has = (programme: Programme) => (facts: PlanFacts) =>
  facts.standings.some((standing) => standing.programme === programme);
const missed = (programme: Programme) => (facts: PlanFacts) =>
  facts.standings.some(
    (one) => one.programme === programme && one.control !== "controlled" && one.control !== "stable",
  );
const atLeast = (quantity: PlanQuantity, limit: number) => (facts: PlanFacts) =>
  facts.seen.some((one) => one.quantity === quantity && one.value >= limit);
const any =
  (...tests: readonly ((facts: PlanFacts) => boolean)[]) =>
  (facts: PlanFacts) =>
    tests.some((test) => test(facts));

/** 140/90 and 130/80: HTN2025; fasting 7.0: NBPHS3; lipids: the borders of the Chinese guideline of 2023; BMI 24 and waist: WS/T 428. */
const pressureHigh = any(atLeast("bp.systolic", 140), atLeast("bp.diastolic", 90));
const pressured = any(has("hypertension"), pressureHigh);
const sugared = any(has("diabetes"), atLeast("glucose", 7));
const fat = any(
  atLeast("cholesterol.total", 5.2),
  atLeast("cholesterol.ldlCalculated", 3.4),
  atLeast("triglyceride", 1.7),
);
const wide = (facts: PlanFacts) => atLeast("body.waist", facts.sex === "female" ? 85 : 90)(facts);
const heavy = atLeast("body.bmi", 24);

const pressure = { programme: "hypertension", quantities: ["bp.systolic", "bp.diastolic"] } as const;
const sugar = { programme: "diabetes", quantities: ["glucose"] } as const;
const lipids = { quantities: ["cholesterol.total", "cholesterol.ldlCalculated", "triglyceride"] } as const;

/** In the order of weight: of too many goals or tasks the last ones are left to the doctor. */
const rules: readonly PlanRule[] = [
  { when: (f) => pressured(f) && sugared(f), goals: ["pressureBelow130"], tasks: [], from: pressure },
  {
    when: (f) => pressured(f) && !sugared(f) && f.ageYears < 65,
    goals: ["pressureBelow140"],
    tasks: [],
    from: pressure,
  },
  {
    when: (f) => pressured(f) && !sugared(f) && f.ageYears >= 65,
    goals: ["pressureBelow150"],
    tasks: [],
    from: pressure,
  },
  { when: sugared, goals: ["fastingGlucoseBelow7"], tasks: [], from: sugar },
  { when: any(has("hypertension"), has("diabetes")), goals: [], tasks: ["takeMedicine"] },
  { when: any(missed("hypertension"), pressureHigh), goals: [], tasks: ["measurePressureDaily"] },
  // Whoever measures every day need not be told to do so every week.
  {
    when: (f) => pressured(f) && !missed("hypertension")(f) && !pressureHigh(f),
    goals: [],
    tasks: ["measurePressureWeekly"],
  },
  { when: pressured, goals: [], tasks: ["saltBelow5"] },
  { when: sugared, goals: [], tasks: ["measureGlucoseWeekly"] },
  { when: has("diabetes"), goals: [], tasks: ["footCheck"] },
  { when: fat, goals: ["lipidsAtTarget"], tasks: ["walk30"], from: lipids },
  { when: heavy, goals: ["weightDown5Percent"], tasks: ["weighWeekly", "walk30"], from: { quantities: ["body.bmi"] } },
  { when: (f) => wide(f) && !heavy(f), goals: ["waistDown"], tasks: ["walk30"], from: { quantities: ["body.waist"] } },
  { when: (f) => f.smokes, goals: ["noSmoking"], tasks: ["stopSmoking"] },
  { when: (f) => f.drinks, goals: ["noAlcohol"], tasks: [] },
  { when: (f) => f.ageYears >= 65, goals: [], tasks: ["yearlyCheck"] },
  { when: () => true, goals: [], tasks: ["comeToStation"] },
];

/** Why a goal was drafted: the numbers, or the programme that the person is followed in. */
export interface PlanGround {
  readonly goal: GoalKind;
  readonly seen: readonly Seen[];
  readonly programme?: Programme;
}
export interface PlanDraft extends Pick<PlanText, "goals" | "tasks" | "review"> {
  readonly grounds: readonly PlanGround[];
}

/** Undefined where no rule has a goal. The review is the next follow-up's day, or in twelve weeks. */
export function draftPlan(facts: PlanFacts, today: string): PlanDraft | undefined {
  const fitting = rules.filter(({ when }) => when(facts));
  const goals = distinct(fitting.flatMap((rule) => rule.goals)).slice(0, mostGoals);
  if (goals.length === 0) return undefined;
  const tasks = distinct(fitting.flatMap((rule) => rule.tasks)).slice(0, mostPlanTasks);
  const grounds = fitting.flatMap(({ goals: asked, from = {} }) =>
    asked
      .filter((goal) => goals.includes(goal))
      .map((goal): PlanGround => {
        const { programme, quantities = [] } = from;
        const seen = facts.seen.filter(({ quantity }) => quantities.includes(quantity));
        const followed = programme !== undefined && has(programme)(facts);
        return { goal, seen, ...(followed ? { programme } : {}) };
      }),
  );
  return { goals, tasks, review: nextFollowUp(today, facts.standings)?.day ?? daysLater(today, 84), grounds };
}

const distinct = <T>(all: readonly T[]): readonly T[] => [...new Set(all)];

const isLooked = (quantity: string): quantity is PlanQuantity => looked.some((one) => one === quantity);

/** To the first unit of its quantity, by the usual factors; undefined: not comparable. */
const factors: Readonly<Partial<Record<PlanQuantity, Readonly<Record<string, number>>>>> = {
  "bp.systolic": { "mm[Hg]": 1 },
  "bp.diastolic": { "mm[Hg]": 1 },
  glucose: { "mmol/L": 1, "mg/dL": 1 / 18.016 },
  "cholesterol.total": { "mmol/L": 1, "mg/dL": 1 / 38.67 },
  "cholesterol.ldlCalculated": { "mmol/L": 1, "mg/dL": 1 / 38.67 },
  triglyceride: { "mmol/L": 1, "mg/dL": 1 / 88.57 },
  "body.bmi": { "kg/m2": 1 },
  "body.waist": { cm: 1 },
};

/**
 * The newest number of every kind over any visits: of a result with several measurements (three pressures) their mean, as it was
 * judged. What is only a limit ("> 33") is none.
 */
export function seenIn(visits: readonly { readonly results: readonly Result[] }[]): readonly Seen[] {
  const found = new Map<PlanQuantity, Seen>();
  const put = (one: Seen) => {
    const known = found.get(one.quantity);
    if (known === undefined || known.at < one.at) found.set(one.quantity, one);
  };
  for (const { measurements, assessments } of visits.flatMap(({ results }) => results)) {
    const at = measurements
      .map(({ times }) => times.heardAt)
      .toSorted()
      .at(-1);
    if (at === undefined) continue;
    const heard = new Map<PlanQuantity, number[]>();
    for (const { readings, context } of measurements)
      for (const { quantity, value, unit, comparator } of readings) {
        if (!isLooked(quantity) || comparator !== undefined) continue;
        if (quantity === "glucose" && mealOf(context, {}) !== "fasting") continue;
        const factor = factors[quantity]?.[unit];
        if (factor !== undefined) heard.set(quantity, [...(heard.get(quantity) ?? []), value * factor]);
      }
    for (const [quantity, values] of heard) put({ quantity, at, value: rounded(quantity, values) });
    // Worked out from weight and height: no reading of its own.
    const bmi = Number(assessments.find(({ domain }) => domain === "bmi")?.value);
    if (bmi > 0 && !heard.has("body.bmi")) put({ quantity: "body.bmi", at, value: bmi });
  }
  return looked.flatMap((quantity) => found.get(quantity) ?? []);
}

function rounded(quantity: PlanQuantity, values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const digits = quantity.startsWith("bp.") ? 0 : 1;
  return Number(mean.toFixed(digits));
}
