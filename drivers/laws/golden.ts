import { encode, type Profile, type Value, type Values } from "../kit/index.ts";
import { isNumberField } from "../kit/number-fields.ts";
import { sampleValues } from "../kit/sample.ts";
import { isTextNumber, textNumberAt } from "./legal-text.ts";
import { legalValues, numberAt, randomValue } from "./legal.ts";

/** What a field says before the fields whose decimals it tells. */
function inOrder(
  profile: Profile,
  frame: string,
): readonly (readonly [string, NonNullable<Profile["frames"][string]>["fields"][string]])[] {
  const fields = Object.entries(profile.frames[frame]?.fields ?? {});
  const later = ([, field]: (typeof fields)[number]): number =>
    field.type === "digits" && typeof field.decimals === "object" ? 1 : 0;
  return [...fields].sort((a, b) => later(a) - later(b));
}

/** An ordinary frame: no two numbers equal, the first number the largest. `fixed`: what is given; the rest suits it. */
export function ordinary(profile: Profile, frame: string, fixed: Values = {}): Values {
  let step = 0;
  const values: Record<string, Value> = {};
  for (const [name, field] of inOrder(profile, frame)) {
    const given = fixed[name];
    if (given !== undefined) {
      values[name] = given;
      continue;
    }
    values[name] = isNumberField(field)
      ? numberAt(field, Math.max(0.05, 0.5 - 0.1 * step++), values)
      : isTextNumber(field)
        ? textNumberAt(field, Math.max(0.05, 0.5 - 0.1 * step++))
        : legalValues(field, values)[0];
  }
  return inTableOrder(profile, frame, values);
}

/** A legal frame, as different as they come. */
export function randomFrame(profile: Profile, frame: string, random: () => number): Values {
  const values: Record<string, Value> = {};
  for (const [name, field] of inOrder(profile, frame)) values[name] = randomValue(field, random, values);
  return inTableOrder(profile, frame, values);
}

function inTableOrder(profile: Profile, frame: string, values: Values): Values {
  return Object.fromEntries(
    Object.keys(profile.frames[frame]?.fields ?? {}).map((name): [string, Value] => [name, values[name] ?? null]),
  );
}

export function hostFrames(profile: Profile): readonly string[] {
  return Object.entries(profile.frames).flatMap(([name, frame]) => (frame.to === "host" ? [name] : []));
}

export function goldenBytes(profile: Profile, frame: string): Uint8Array {
  return encode(profile, frame, ordinary(profile, frame));
}

/** This frame as the healthy simulated device sends it, in every script of its table. */
export function simulatedFrames(profile: Profile, frame: string): readonly Uint8Array[] {
  const { answers, press = [], onOpen = [] } = profile.simulate;
  return [...Object.values(answers).flat(), ...press, ...onOpen].flatMap((line) => {
    const values =
      "send" in line && line.send === frame
        ? [line.values]
        : "memory" in line && line.memory === frame
          ? line.rows
          : [];
    return values
      .filter(
        (each) => !Object.values(each).some((value) => typeof value === "object" && value !== null && "over" in value),
      )
      .map((each) => encode(profile, frame, sampleValues(profile, frame, each)));
  });
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

export { legalValues } from "./legal.ts";
