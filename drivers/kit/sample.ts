import type { Unit } from "../../core/domain/quantity.ts";
import { deviceTimeOf, wallMs } from "./device-time.ts";
import type { Field, Profile, SimValue } from "./schema.ts";
import type { Value, Values } from "./value.ts";

/** Numbers in 0 ≤ n < 1, the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface SampleSource {
  random(): number;
  /** The simulated device's own wall time, in ms on a scale without zones. */
  readonly nowMs: number;
}

const calm: SampleSource = { random: () => 0.5, nowMs: wallMs("2026-01-01T08:00:00") };

const mostOf = (decimals: number | readonly [number, number] | undefined): number =>
  typeof decimals === "number" ? decimals : (decimals?.[1] ?? 0);
/** Decimals in which a number of this field is drawn. */
function decimalsOf(field: Field, unit: Unit | undefined): number {
  if (field.type === "analyte" || field.type === "result")
    return unit === undefined ? 0 : (field.units[unit]?.decimals ?? 0);
  if (field.type === "amount") return unit === undefined ? 0 : mostOf(field.units[unit]?.decimals);
  if (field.type === "number") return mostOf(field.decimals);
  if ("decimals" in field && typeof field.decimals === "number") return field.decimals;
  return "per" in field && field.per !== undefined ? Math.ceil(Math.log10(field.per)) : 0;
}

function sampleOne(field: Field, value: SimValue, source: SampleSource): Value {
  if (value === null || typeof value !== "object") return value;
  const asked = value as {
    readonly agoMs?: number;
    readonly between?: readonly [number, number];
    readonly unit?: Unit;
  };
  if (asked.agoMs !== undefined) {
    const text = deviceTimeOf(source.nowMs - asked.agoMs);
    return field.type === "rowTime" || (field.type === "textTime" && !field.patterns[0]?.includes("ss"))
      ? text.slice(0, 16)
      : text;
  }
  if (asked.between === undefined) return value as Value;
  const [low, high] = asked.between;
  const { unit } = asked;
  const number = Number((low + (high - low) * source.random()).toFixed(decimalsOf(field, unit)));
  return unit === undefined ? number : { value: number, unit };
}

type Line = Readonly<Record<string, SimValue>>;
interface Over {
  readonly over: readonly (readonly [number, SimValue])[];
}
const isOver = (value: SimValue | undefined): value is Extract<SimValue, Over> =>
  typeof value === "object" && value !== null && "over" in value && Array.isArray(value.over);

/** What a line says so many ms after it began. */
export function momentOf(line: Line, sinceMs: number): Line {
  return Object.fromEntries(
    Object.entries(line).map(([name, value]) => {
      if (!isOver(value)) return [name, value];
      const current = value.over.filter(([at]) => at <= sinceMs).at(-1) ?? value.over[0];
      return [name, current?.[1] ?? null];
    }),
  );
}

/** The line at each time at which one of its values changes. */
export function everyMoment(line: Line): readonly Line[] {
  const times = new Set(Object.values(line).flatMap((value) => (isOver(value) ? value.over.map(([at]) => at) : [0])));
  return times.size === 0 ? [line] : [...times].map((at) => momentOf(line, at));
}

/** Fields of records that a message need not have: what a script does not name is not there. */
function absentFrom(field: Field): Value | undefined {
  switch (field.type) {
    case "result":
    case "recordTime":
    case "recordText":
    case "recordCode":
    case "unmapped":
      return null;
    case "marks":
      return Object.fromEntries(Object.keys(field.bits).map((bit) => [bit, false]));
    default:
      return undefined;
  }
}

/** Values for one frame from a script's line. Throws when the line names other fields than the frame has. */
export function sampleValues(
  profile: Profile,
  frame: string,
  line: Readonly<Record<string, SimValue>>,
  source: SampleSource = calm,
): Values {
  const fields = profile.frames[frame]?.fields ?? {};
  for (const name of Object.keys(line))
    if (fields[name] === undefined) throw new Error(`${frame} has no field ${name}`);
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      const value = line[name];
      if (value !== undefined) return [name, sampleOne(field, value, source)];
      const absent = absentFrom(field);
      if (absent === undefined) throw new Error(`no value for ${frame}.${name}`);
      return [name, absent];
    }),
  );
}
