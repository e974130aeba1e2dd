import { encode, type Profile, type Value, type Values } from "../../drivers/kit/index.ts";
import { hostFrames, legalValues, ordinary } from "../../drivers/laws/golden.ts";

const telling = [
  0x00, 0x01, 0x02, 0x03, 0x0a, 0x0d, 0x10, 0x20, 0x30, 0x39, 0x3c, 0x3d, 0x7f, 0x80, 0xaa, 0xcc, 0xfe, 0xff,
];
/** Longer inputs find nothing that shorter ones do not. */
const mostBytes = 4_096;

/** A frame of the table with other values, so that what lies behind the check is reached as well. */
export function frameWith(profile: Profile, random: () => number): Uint8Array | undefined {
  const names = hostFrames(profile);
  const frame = names[Math.floor(random() * names.length)];
  if (frame === undefined) return undefined;
  const values: Record<string, Value> = { ...ordinary(profile, frame) };
  for (const [name, field] of Object.entries(profile.frames[frame]?.fields ?? {})) {
    const legal = legalValues(field);
    if (random() < 0.5) values[name] = legal[Math.floor(random() * legal.length)] ?? null;
    if ("min" in field && random() < 0.2)
      values[name] = Math.floor(random() * 2 ** (8 * (1 + Math.floor(random() * 4))));
  }
  try {
    return encode(profile, frame, values satisfies Values);
  } catch {
    return undefined; // That value does not fit into that field.
  }
}

/** Another input made of these: one to four changes. */
export function mutated(inputs: readonly Uint8Array[], profile: Profile, random: () => number): Uint8Array {
  const below = (limit: number): number => Math.floor(random() * limit);
  const one = (): Uint8Array => inputs[below(inputs.length)] ?? new Uint8Array(0);
  let bytes: number[] = [...(random() < 0.25 ? (frameWith(profile, random) ?? one()) : one())];
  for (let changes = 1 + below(4); changes > 0; changes--) {
    const at = below(bytes.length + 1);
    const size = 1 + below(random() < 0.8 ? 4 : 40);
    switch (below(7)) {
      case 0:
        if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8));
        break;
      case 1:
        if (at < bytes.length) bytes[at] = random() < 0.5 ? below(256) : (telling[below(telling.length)] ?? 0);
        break;
      case 2:
        bytes.splice(at, 0, ...Array.from({ length: size }, () => below(256)));
        break;
      case 3:
        bytes.splice(at, size);
        break;
      case 4:
        bytes.splice(at, 0, ...bytes.slice(below(bytes.length + 1)).slice(0, size));
        break;
      case 5:
        bytes = [...bytes.slice(0, at), ...one().slice(below(8))];
        break;
      case 6:
        bytes = [...bytes, ...(frameWith(profile, random) ?? one())];
        break;
    }
  }
  return Uint8Array.from(bytes.slice(0, mostBytes));
}
