import type { MessageKey } from "../i18n/message.ts";

/** What to do next, least pressing first (rules.md §0.3). OV-01 decides ties by this order. */
export const actionCodes = [
  "ROUTINE",
  "SHOW_ONLY",
  "CLASSIFY",
  "FOLLOWUP_3M",
  "LIFESTYLE",
  "RECHECK_DAYS",
  "REJECT",
  "REPEAT_NOW",
  "DOCTOR_4W",
  "DOCTOR_2W",
  "DOCTOR_1W",
  "DOCTOR_3D",
  "REFER_UP",
  "DOCTOR_TODAY",
  "HYPO_TREAT_NOW",
  "EMERGENCY_120",
] as const;

/** About a device, never about a person; not part of OV-01 (calibration.md). */
export const deviceActionCodes = ["ALLOW", "REVIEW", "QC_REPEAT", "BLOCK_DEVICE"] as const;

export type PersonActionCode = (typeof actionCodes)[number];
export type ActionCode = PersonActionCode | (typeof deviceActionCodes)[number];

/** 0 green, 1 blue, 2 yellow, 3 orange (doctor today), 4 red (emergency). */
export type Severity = 0 | 1 | 2 | 3 | 4;

/** What a rule says about a value. It is a reference for a doctor, never a diagnosis. */
export interface Assessment {
  readonly category: string;
  readonly severity: Severity;
  readonly action: ActionCode;
  /** Sorted, no doubles. */
  readonly flags: readonly string[];
  /** Only where the rule computes something; a value that is the input itself is not repeated. */
  readonly value?: string;
  readonly adviceKey?: MessageKey;
  /** The row of rules.md that decided, such as `BP-24`. */
  readonly rule: string;
}

/** One row of a decision table. The first row whose `when` holds decides. */
export interface Row<Case> {
  readonly rule: string;
  readonly when: (c: Case) => boolean;
  readonly category: string | ((c: Case) => string);
  readonly severity: Severity;
  readonly action: ActionCode;
  readonly adviceKey?: MessageKey;
  readonly flags?: (c: Case) => readonly string[];
}

export const sortedFlags = (flags: readonly string[]): readonly string[] => [...new Set(flags)].sort();

/** The names whose condition holds, as flags. */
export const flagsWhere = (conditions: Readonly<Record<string, boolean>>): readonly string[] =>
  Object.keys(conditions).filter((name) => conditions[name]);

/** Every table ends in a row that always holds; a table without one is a bug. */
export function decide<Case>(rows: readonly Row<Case>[], c: Case): Assessment {
  const row = rows.find(({ when }) => when(c));
  if (row === undefined) throw new Error(`no row of ${rows[0]?.rule ?? "an empty table"} decides`);
  return {
    category: typeof row.category === "string" ? row.category : row.category(c),
    severity: row.severity,
    action: row.action,
    flags: sortedFlags(row.flags?.(c) ?? []),
    ...(row.adviceKey === undefined ? {} : { adviceKey: row.adviceKey }),
    rule: row.rule,
  };
}

/** One step of a scale: the step with the highest `from` that the value reaches decides. */
export interface Band {
  readonly from: number;
  readonly rule: string;
  readonly category: string;
  readonly severity: Severity;
  readonly action: ActionCode;
  readonly adviceKey: MessageKey;
}

/** `bands` is ordered from the highest `from` to the lowest; the lowest must lie below every value that can come. */
export function band(bands: readonly Band[], value: number): Assessment {
  const found = bands.find(({ from }) => value >= from);
  if (found === undefined) throw new Error(`no band for ${value}`);
  const { category, severity, action, adviceKey, rule } = found;
  return { category, severity, action, flags: [], adviceKey, rule };
}
