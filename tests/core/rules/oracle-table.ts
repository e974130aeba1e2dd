/**
 * A decision table as rules.md prints it, read as text and evaluated: the second opinion that the rules are held against.
 * It shares nothing with the product's code. A row is `RULE ; condition ; CATEGORY ; severity ; ACTION ; key ; marks`; the
 * first row whose condition holds decides. A condition joins `name`, `name=word` and `name>=number` (also `<`, `>`, `<=`, `=`)
 * by `and`, `or`, `not` and parentheses.
 */
export type Facts = Readonly<Record<string, number | boolean | string>>;

export interface Decision {
  readonly rule: string;
  readonly category: string;
  readonly severity: number;
  readonly action: string;
  readonly key: string;
  /** The last column, by words. */
  readonly marks: readonly string[];
}

type Condition = (facts: Facts) => boolean;

function known(facts: Facts, name: string): number | boolean | string {
  const value = facts[name];
  if (value === undefined) throw new Error(`the table asks for ${name}, which nobody told`);
  return value;
}

const compare: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  ">=": (a, b) => a >= b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  "<": (a, b) => a < b,
  "=": (a, b) => a === b,
};

export function condition(text: string): Condition {
  const tokens = text.match(/\(|\)|[<>]=?|=|[\w.]+/g) ?? [];
  let at = 0;
  const next = (): string => tokens[at++] ?? "";
  const either = (): Condition => {
    const parts = [both()];
    while (tokens[at] === "or") {
      at++;
      parts.push(both());
    }
    return (facts) => parts.some((part) => part(facts));
  };
  const both = (): Condition => {
    const parts = [one()];
    while (tokens[at] === "and") {
      at++;
      parts.push(one());
    }
    return (facts) => parts.every((part) => part(facts));
  };
  const one = (): Condition => {
    const name = next();
    if (name === "not") {
      const inner = one();
      return (facts) => !inner(facts);
    }
    if (name === "(") {
      const inner = either();
      if (next() !== ")") throw new Error(`a parenthesis is open in: ${text}`);
      return inner;
    }
    if (name === "otherwise") return () => true;
    const sign = compare[tokens[at] ?? ""];
    if (sign === undefined) return (facts) => known(facts, name) === true;
    at++;
    const limit = next();
    return Number.isNaN(Number(limit))
      ? (facts) => known(facts, name) === limit
      : (facts) => sign(Number(known(facts, name)), Number(limit));
  };
  const whole = either();
  if (at !== tokens.length) throw new Error(`not understood: ${text}`);
  return whole;
}

const cells = (line: string): readonly string[] => line.split(";").map((cell) => cell.trim());
const lines = (text: string): readonly string[] => text.split("\n").filter((line) => line.trim() !== "");

export function decisionTable(text: string): (facts: Facts) => Decision {
  const rows = lines(text).map((line) => {
    const [rule = "", when = "", category = "", severity = "", action = "", key = "", marks = ""] = cells(line);
    const decision = {
      rule,
      category,
      severity: Number(severity),
      action,
      key,
      marks: marks.split(" ").filter(Boolean),
    };
    return { holds: condition(when), decision };
  });
  return (facts) => {
    const row = rows.find(({ holds }) => holds(facts));
    if (row === undefined) throw new Error("no row decides");
    return row.decision;
  };
}

/** The rules that a table names, each once, so that a test can see to it that all of them are reached. */
export const rulesIn = (text: string): readonly string[] => [
  ...new Set(lines(text).map((line) => cells(line)[0] ?? "")),
];

/** Rows `FLAG ; condition`: every flag whose condition holds. */
export function flagTable(text: string): (facts: Facts) => readonly string[] {
  const rows = lines(text).map((line) => {
    const [name = "", when = ""] = cells(line);
    return { name, holds: condition(when) };
  });
  return (facts) => rows.filter(({ holds }) => holds(facts)).map(({ name }) => name);
}

/** "RULE CATEGORY severity ACTION key flag|flag value": what both opinions are written as to be compared. */
export function written(decision: Omit<Decision, "marks">, flags: readonly string[], value = "-"): string {
  const { rule, category, severity, action, key } = decision;
  return [rule, category, severity, action, key, [...new Set(flags)].sort().join("|") || "-", value].join(" ");
}

/** rules.md §2: an emergency symptom raises every result, category kept; what already says 120 keeps its sentence. */
export function raised(decision: Decision, emergency: boolean): Decision {
  return emergency && decision.action !== "EMERGENCY_120"
    ? { ...decision, severity: 4, action: "EMERGENCY_120", key: "em.symptom" }
    : decision;
}

/** Symptom sets of rules.md §2. */
const sets = {
  EM: "SX_CHEST_PAIN SX_STROKE SX_CONSCIOUS SX_DYSPNEA SX_BACK_PAIN SX_SEIZURE SX_BLEED",
  BPX: "SX_CHEST_PAIN SX_STROKE SX_CONSCIOUS SX_DYSPNEA SX_BACK_PAIN SX_SEIZURE SX_BLEED SX_SEVERE_HEADACHE SX_VOMIT SX_VISION SX_PALPITATION",
  LOWX: "SX_FAINT SX_COLD_SWEAT",
  DKX: "SX_VOMIT SX_ABDOMINAL SX_ACETONE SX_DEEP_BREATH SX_CONSCIOUS",
  CONSCIOUS: "SX_CONSCIOUS",
  TREMOR: "SX_SWEAT_TREMOR",
  POLY: "SX_POLY",
} as const;

/** Which sets somebody's symptoms touch, as facts for a table. */
export const symptomFacts = (symptoms: readonly string[]): Facts =>
  Object.fromEntries(
    Object.entries(sets).map(([name, members]) => [name, symptoms.some((one) => members.split(" ").includes(one))]),
  );

export const allSymptoms: readonly string[] = [
  ...sets.BPX.split(" "),
  ...sets.LOWX.split(" "),
  ...sets.DKX.split(" "),
  "SX_SWEAT_TREMOR",
  "SX_POLY",
  "SX_EDEMA",
  "SX_STIFF_NECK",
].filter((one, index, all) => all.indexOf(one) === index);
