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

function sampleOne(field: Field, value: SimValue, source: SampleSource): Value {
  if (value === null || typeof value !== "object") return value;
  const asked = value as {
    readonly agoMs?: number;
    readonly between?: readonly [number, number];
    readonly unit?: Unit;
  };
  if (asked.agoMs !== undefined) {
    const text = deviceTimeOf(source.nowMs - asked.agoMs);
    return field.type === "rowTime" ? text.slice(0, 16) : text;
  }
  if (asked.between === undefined) return value as Value;
  const [low, high] = asked.between;
  const { unit } = asked;
  const decimals = field.type === "analyte" && unit !== undefined ? (field.units[unit]?.decimals ?? 0) : 0;
  const number = Number((low + (high - low) * source.random()).toFixed(decimals));
  return unit === undefined ? number : { value: number, unit };
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
      if (value === undefined) throw new Error(`no value for ${frame}.${name}`);
      return [name, sampleOne(field, value, source)];
    }),
  );
}
