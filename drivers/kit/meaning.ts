import type { Doubt, Outcome } from "../../core/domain/outcome.ts";
import type { Reading } from "../../core/domain/quantity.ts";
import type { Rule } from "./schema.ts";
import { isMeasured, textOf, type Value, type Values } from "./value.ts";

/** What the fields of one frame mean: values in, outcomes out. */

export const outOfRange = (field: string, raw: string): Outcome => ({
  kind: "fault",
  code: "device.outOfRange",
  detail: `${field}: ${raw}`,
});

const numberOf = (value: Value | undefined): number => (isMeasured(value) ? value.value : Number(value));

function readingsOf(
  rows: readonly (readonly [string, string])[],
  values: Values,
): { readonly readings: readonly Reading[]; readonly notCalculable: boolean; readonly present: boolean } {
  const readings: Reading[] = [];
  let notCalculable = false;
  for (const [quantity, field] of rows) {
    const value = values[field];
    if (isMeasured(value)) readings.push({ quantity, ...value } as Reading);
    else if (typeof value === "object" && value !== null) notCalculable = true;
  }
  return { readings, notCalculable, present: notCalculable || readings.length > 0 };
}

type MeasurementRule = Extract<Rule, { kind: "measurement" }>;

function measurement(rule: MeasurementRule, values: Values, other: Readonly<Record<string, string>>): Outcome {
  for (const [more, less] of rule.greater ?? []) {
    if (numberOf(values[more]) <= numberOf(values[less]))
      return outOfRange(more, `${numberOf(values[more])} is not above ${less} ${numberOf(values[less])}`);
  }
  const { readings, notCalculable } = readingsOf(rule.readings, values);
  if (readings.length === 0) return { kind: "fault", code: "device.unknown", detail: "no number in the result" };
  const doubts: Doubt[] = notCalculable ? ["notCalculable"] : [];
  for (const [doubt, [field, bit]] of Object.entries(rule.doubts ?? {})) {
    const bits = values[field];
    if (typeof bits === "object" && bits !== null && (bits as Readonly<Record<string, unknown>>)[bit] === true)
      doubts.push(doubt as Doubt);
  }
  const deviceTime = rule.deviceTime === undefined ? null : values[rule.deviceTime];
  const notes: Record<string, string> = {};
  for (const [note, field] of Object.entries(rule.notes ?? {})) {
    const value = values[field] ?? null;
    if (value !== null) notes[note] = isMeasured(value) ? String(value.value) : textOf(value);
  }
  Object.assign(notes, other);
  return {
    kind: "measurement",
    of: rule.of,
    readings,
    doubts,
    ...(typeof deviceTime === "string" ? { deviceTime } : {}),
    ...(rule.stored === true ? { stored: true } : {}),
    ...(Object.keys(notes).length > 0 ? { notes } : {}),
  };
}

export function outcomesOf(
  rules: readonly Rule[],
  values: Values,
  other: Readonly<Record<string, string>>,
): readonly Outcome[] {
  const outcomes: Outcome[] = [];
  let rest = other;
  for (const rule of rules) {
    switch (rule.kind) {
      case "progress":
        outcomes.push({ kind: "progress", of: rule.of, readings: readingsOf(rule.readings, values).readings });
        break;
      case "measurement":
        // With several rules for one frame, a panel that is not on it says nothing.
        if (rules.length > 1 && !readingsOf(rule.readings, values).present) break;
        outcomes.push(measurement(rule, values, rest));
        rest = {};
        break;
      case "fault": {
        const code = Number(values[rule.by]);
        outcomes.push({ kind: "fault", code: rule.codes[String(code)] ?? rule.otherwise, detail: String(code) });
        break;
      }
      case "information":
        outcomes.push({
          kind: "information",
          about: rule.about,
          values: Object.fromEntries(
            Object.entries(rule.values).map(([name, field]) => [
              name,
              isMeasured(values[field]) ? numberOf(values[field]) : (values[field] as string | number),
            ]),
          ),
        });
        break;
    }
  }
  return outcomes;
}
