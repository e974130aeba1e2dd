import { fromHex } from "./hex.ts";
import { packedTests } from "./packing.ts";
import type { Frame, Match, Profile } from "./schema.ts";

/** One frame of the table, ready to be looked for in a buffer. */
export interface CompiledFrame {
  readonly name: string;
  readonly frame: Frame;
  /** Its place among the frames of its direction. */
  readonly index: number;
  readonly minSize: number;
  readonly maxSize: number;
  /** The highest offset that a test looks at. */
  readonly lastTest: number;
  /** Where the only test looks, if one masked byte is all that tells the frame: no list is walked then. */
  readonly onlyAt: number;
  readonly onlyMask: number;
  readonly onlyIs: number;
  /** Byte tests by offset, as numbers in threes (offset, mask, value): the framer runs them without a call per byte. */
  readonly plain: Int32Array;
  /** The other tests: one of several values, or the frame's own size. By offset. */
  readonly others: readonly { readonly at: number; readonly allowed?: Uint8Array; readonly sizeMinus?: number }[];
}

/** Offset, mask, value. */
type Test = readonly [number, number, number];

function plainTests(matches: readonly Match[], packed: boolean, size: number): Int32Array {
  const tests = matches.flatMap((match) => {
    if (!("is" in match)) return [];
    const masks = match.mask === undefined ? undefined : fromHex(match.mask);
    return Array.from(fromHex(match.is), (value, i): Test => [match.at + i, masks?.[i] ?? 0xff, value]);
  });
  const onWire = packed ? packedTests(tests, size) : tests;
  return Int32Array.from([...onWire].sort((a, b) => a[0] - b[0]).flat());
}

function otherTests(matches: readonly Match[]): CompiledFrame["others"] {
  return matches
    .flatMap((match): CompiledFrame["others"] => {
      if ("sizeMinus" in match) return [{ at: match.at, sizeMinus: match.sizeMinus }];
      if (!("any" in match)) return [];
      const allowed = new Uint8Array(256);
      for (const value of match.any) allowed[value] = 1;
      return [{ at: match.at, allowed }];
    })
    .sort((a, b) => a.at - b.at);
}

/** Does everything that is there (`available` bytes from `start`) agree with the table for a frame of this (fitting) size? */
export function fits(frame: CompiledFrame, bytes: Uint8Array, start: number, available: number, size: number): boolean {
  const { plain, others } = frame;
  for (let i = 0; i < plain.length; i += 3) {
    const at = plain[i] as number;
    if (at >= available) break;
    if (((bytes[start + at] as number) & (plain[i + 1] as number)) !== plain[i + 2]) return false;
  }
  if (others.length === 0) return true;
  for (const { at, allowed, sizeMinus } of others) {
    if (at >= available) break;
    const byte = bytes[start + at] as number;
    if (allowed !== undefined ? allowed[byte] !== 1 : byte + (sizeMinus ?? 0) !== size) return false;
  }
  return true;
}

/** Further than any frame reaches: there is no such test. */
const nowhere = 65_536;
/** What is told by nothing but its size is told by a byte that may be anything. */
function onlyTest(plain: Int32Array, others: CompiledFrame["others"]): readonly number[] {
  if (others.length > 0 || plain.length > 3) return [nowhere, 0, 0];
  return plain.length === 0 ? [0, 0, 0] : [...plain];
}

export function frameSizes(frame: Frame): readonly [number, number] {
  if (frame.size === undefined) return [0, 0];
  return typeof frame.size === "number" ? [frame.size, frame.size] : frame.size;
}

export function compileFrames(profile: Profile, to: "host" | "device"): readonly CompiledFrame[] {
  const table: CompiledFrame[] = [];
  const envelope = to === "host" ? profile.envelopes.host : profile.envelopes.device;
  const packed = envelope?.kind === "binary" && envelope.packing === "highBits";
  for (const [name, frame] of Object.entries(profile.frames)) {
    if (frame.to !== to) continue;
    const [minSize, maxSize] = frameSizes(frame);
    const matches = frame.match ?? [];
    const [plain, others] = [plainTests(matches, packed, minSize), otherTests(matches)];
    const lastTest = Math.max(0, plain.at(-3) ?? 0, others.at(-1)?.at ?? 0);
    const [onlyAt = nowhere, onlyMask = 0, onlyIs = 0] = onlyTest(plain, others);
    const index = table.length;
    // Written out, not spread: the engine keeps the numbers in the object only where it sees their names.
    table.push({ name, frame, index, minSize, maxSize, lastTest, onlyAt, onlyMask, onlyIs, plain, others });
  }
  return table;
}
