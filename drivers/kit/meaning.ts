import { missingCase } from "../../core/domain/missing-case.ts";
import { doubts, type Doubt, type Outcome } from "../../core/domain/outcome.ts";
import type { Reading } from "../../core/domain/quantity.ts";
import { carrierOf, holds, plainAt } from "./places.ts";
import type { Rule } from "./schema.ts";
import { isMeasured, textOf, type Value, type Values } from "./value.ts";

/** What the fields of one frame mean: values in, outcomes out. */

type RuleOf<K extends Rule["kind"]> = Extract<Rule, { readonly kind: K }>;
type Notes = Readonly<Record<string, string>>;

export const outOfRange = (field: string, raw: string): Outcome => ({
  kind: "fault",
  code: "device.outOfRange",
  detail: `${field}: ${raw}`,
});

const numberOf = (value: Value | undefined): number => (isMeasured(value) ? value.value : Number(value));

function readingsOf(
  rows: readonly (readonly [string, string])[],
  values: Values,
): { readonly readings: readonly Reading[]; readonly notCalculable: boolean } {
  const readings: Reading[] = [];
  let notCalculable = false;
  for (const [quantity, field] of rows) {
    const value = values[field];
    if (isMeasured(value)) readings.push({ quantity, ...value } as Reading);
    else if (typeof value === "object" && value !== null && "notCalculable" in value) notCalculable = true;
  }
  return { readings, notCalculable };
}

function notGreater(pairs: readonly (readonly [string, string])[] | undefined, values: Values): Outcome | undefined {
  for (const [more, less] of pairs ?? []) {
    if ((values[more] ?? null) === null || (values[less] ?? null) === null) continue;
    if (numberOf(values[more]) <= numberOf(values[less]))
      return outOfRange(more, `${numberOf(values[more])} is not above ${less} ${numberOf(values[less])}`);
  }
  return undefined;
}

type DoubtSource = NonNullable<NonNullable<RuleOf<"measurement">["doubts"]>[Doubt]>;

function applies(source: DoubtSource, values: Values): boolean {
  if ("is" in source) return holds({ [source.field]: source.is }, values);
  if ("above" in source) return Number(plainAt(values, source.field)) > source.above;
  return plainAt(values, `${source[0]}.${source[1]}`) === true;
}

function doubtsOf(rule: RuleOf<"measurement">, values: Values): readonly Doubt[] {
  return doubts.filter((doubt) => {
    const source = rule.doubts?.[doubt];
    return source !== undefined && applies(source, values);
  });
}

/** What a resident's and a control result have in common. */
function resultOf(rule: RuleOf<"measurement" | "control">, values: Values, readings: readonly Reading[], other: Notes) {
  const deviceTime = rule.deviceTime === undefined ? null : values[rule.deviceTime];
  const notes: Record<string, string> = {};
  for (const [note, field] of Object.entries(rule.notes ?? {})) {
    const value = isMeasured(values[field]) ? numberOf(values[field]) : plainAt(values, field);
    if (value !== undefined) notes[note] = String(value);
  }
  Object.assign(notes, other);
  return {
    of: rule.of,
    readings,
    ...(typeof deviceTime === "string" ? { deviceTime } : {}),
    ...(rule.stored === true ? { stored: true } : {}),
    ...(Object.keys(notes).length > 0 ? { notes } : {}),
  };
}

const noNumber: Outcome = { kind: "fault", code: "device.unknown", detail: "no number in the result" };

function measurement(rule: RuleOf<"measurement">, values: Values, other: Notes): Outcome {
  const wrong = notGreater(rule.greater, values);
  if (wrong !== undefined) return wrong;
  const { readings, notCalculable } = readingsOf(rule.readings, values);
  if (readings.length === 0) return noNumber;
  const found: Doubt[] = [...(notCalculable ? (["notCalculable"] as const) : []), ...doubtsOf(rule, values)];
  const { of, ...rest } = resultOf(rule, values, readings, other);
  return { kind: "measurement", of, doubts: found, ...rest };
}

function fault(rule: RuleOf<"fault">, values: Values): Outcome | undefined {
  if (rule.code !== undefined) return { kind: "fault", code: rule.code };
  const said = rule.by === undefined ? undefined : plainAt(values, rule.by);
  if (said === undefined || typeof said === "boolean" || rule.ok?.includes(said) === true) return undefined;
  return {
    kind: "fault",
    code: rule.codes?.[String(said)] ?? rule.otherwise ?? "device.unknown",
    detail: String(said),
  };
}

function textsOf(fields: Readonly<Record<string, string>>, values: Values): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) => {
      const value = values[field] ?? null;
      return value === null ? [] : [[name, textOf(value)]];
    }),
  );
}

function factsOf(rule: RuleOf<"information">, values: Values): Readonly<Record<string, string | number>> {
  return Object.fromEntries(
    Object.entries(rule.values).flatMap(([name, field]) => {
      const value = isMeasured(values[field]) ? numberOf(values[field]) : plainAt(values, field);
      return value === undefined ? [] : [[name, typeof value === "boolean" ? Number(value) : value]];
    }),
  );
}

function spoken(rule: Exclude<Rule, RuleOf<"ignore">>, values: Values, other: Notes): Outcome | undefined {
  switch (rule.kind) {
    case "progress": {
      const { readings } = readingsOf(rule.readings, values);
      return notGreater(rule.greater, values) ?? { kind: "progress", of: rule.of, readings };
    }
    case "measurement":
      return measurement(rule, values, other);
    case "control": {
      const { readings } = readingsOf(rule.readings, values);
      return readings.length === 0 ? noNumber : { kind: "control", ...resultOf(rule, values, readings, other) };
    }
    case "fault":
      return fault(rule, values);
    case "information": {
      const facts = factsOf(rule, values);
      // Facts that are not there (a header's, with the second result of a message) are not told.
      const silent = Object.keys(rule.values).length > 0 && Object.keys(facts).length === 0;
      return silent ? undefined : { kind: "information", about: rule.about, values: facts };
    }
    case "wave": {
      const samples = Object.entries(rule.samples).map(([channel, fields]) => [
        channel,
        fields.map((field) => numberOf(values[field])),
      ]);
      return { kind: "wave", of: rule.of, samples: Object.fromEntries(samples) as Readonly<Record<string, number[]>> };
    }
    case "scan":
      return { kind: "scan", text: textOf(values[rule.text] ?? "") };
    case "identity":
      return { kind: "identity", card: textsOf(rule.card, values) };
    default:
      return missingCase(rule);
  }
}

const carriesNumbers: readonly Outcome["kind"][] = ["measurement", "control", "progress", "wave"];

/**
 * Which results of a frame have something to say. Alone, always. With several on one frame: those with numbers; a panel that
 * is not on it, or of which nothing could be calculated, is silent beside them. Where no panel has a number but one was
 * tried, that one says so, once.
 */
function speakingPanels<R extends RuleOf<"measurement" | "control">>(
  rules: readonly R[],
  values: Values,
): ReadonlySet<R> {
  if (rules.length <= 1) return new Set(rules);
  const heard = rules.map((rule) => ({ rule, ...readingsOf(rule.readings, values) }));
  const withNumbers = heard.filter(({ readings }) => readings.length > 0);
  const tried = heard.filter(({ notCalculable }) => notCalculable).slice(0, 1);
  return new Set((withNumbers.length > 0 ? withNumbers : tried).map(({ rule }) => rule));
}

/**
 * What the rules of a frame say to its values. `other`: free facts that the envelope found; they go with the first result.
 * When a fault rule has spoken, the numbers that came with it are not told, wherever they stand.
 */
export function outcomesOf(rules: readonly Rule[], values: Values, other: Notes): readonly Outcome[] {
  const outcomes: Outcome[] = [];
  let rest = other;
  let failed = false;
  const isResult = (rule: Rule): rule is RuleOf<"measurement" | "control"> =>
    rule.kind === "measurement" || rule.kind === "control";
  const speaking = speakingPanels(
    rules.filter((rule) => isResult(rule)).filter(({ when }) => holds(when, values)),
    values,
  );
  for (const rule of rules) {
    if (!holds(rule.when, values)) continue;
    if (rule.kind === "ignore") break;
    if (isResult(rule) && !speaking.has(rule)) continue;
    const outcome = spoken(rule, values, rest);
    if (outcome === undefined) continue;
    if (isResult(rule)) rest = {};
    failed ||= rule.kind === "fault";
    outcomes.push(outcome);
  }
  return failed ? outcomes.filter(({ kind }) => !carriesNumbers.includes(kind)) : outcomes;
}

/** Every place that a rule reads. */
function placesOf(rule: Rule): readonly string[] {
  const conditions = Object.keys(rule.when ?? {});
  switch (rule.kind) {
    case "measurement":
    case "control": {
      const sources = rule.kind === "measurement" ? Object.values(rule.doubts ?? {}) : [];
      return [
        ...conditions,
        ...rule.readings.map(([, place]) => place),
        ...sources.map((source) => ("field" in source ? source.field : source[0])),
        ...(rule.deviceTime === undefined ? [] : [rule.deviceTime]),
        ...Object.values(rule.notes ?? {}),
      ];
    }
    case "progress":
      return [...conditions, ...rule.readings.map(([, place]) => place)];
    case "fault":
      return [...conditions, ...(rule.by === undefined ? [] : [rule.by])];
    case "information":
      return [...conditions, ...Object.values(rule.values)];
    case "wave":
    case "scan":
    case "identity":
    case "ignore":
      return conditions;
    default:
      return missingCase(rule);
  }
}

/** The frames whose fields these rules use: what they said is kept until then. */
export function carriersOf(rules: readonly Rule[]): readonly string[] {
  const carriers = rules.flatMap(placesOf).flatMap((place) => carrierOf(place) ?? []);
  return [...new Set(carriers)];
}
