import { fromHex } from "./hex.ts";
import type { Frame, Match, Profile } from "./schema.ts";

/** One frame of the table, ready to be looked for in a buffer. */
export interface CompiledFrame {
  readonly name: string;
  readonly frame: Frame;
  readonly minSize: number;
  readonly maxSize: number;
  /** Does everything that is there (`available` bytes from `start`) agree with the table for a frame of `size`? */
  fits(bytes: Uint8Array, start: number, available: number, size: number): boolean;
}

type Test = (bytes: Uint8Array, start: number, size: number) => boolean;

/** One test per byte, in the order of the offsets, so that a half frame can be judged by what has arrived. */
function byteTests(matches: readonly Match[]): readonly { readonly at: number; readonly test: Test }[] {
  return matches
    .flatMap((match) => {
      if ("any" in match) {
        const allowed = new Uint8Array(256);
        for (const value of match.any) allowed[value] = 1;
        const { at } = match;
        return [{ at, test: ((bytes, start) => allowed[bytes[start + at] as number] === 1) satisfies Test }];
      }
      if ("sizeMinus" in match) {
        const { at, sizeMinus } = match;
        return [
          { at, test: ((bytes, start, size) => (bytes[start + at] as number) + sizeMinus === size) satisfies Test },
        ];
      }
      const wanted = fromHex(match.is);
      const masks = match.mask === undefined ? undefined : fromHex(match.mask);
      return Array.from(wanted, (value, i) => {
        const at = match.at + i;
        const mask = masks?.[i] ?? 0xff;
        return { at, test: ((bytes, start) => ((bytes[start + at] as number) & mask) === value) satisfies Test };
      });
    })
    .sort((a, b) => a.at - b.at);
}

export function frameSizes(frame: Frame): readonly [number, number] {
  if (frame.size === undefined) return [0, 0];
  return typeof frame.size === "number" ? [frame.size, frame.size] : frame.size;
}

export function compileFrames(profile: Profile, to: "host" | "device"): readonly CompiledFrame[] {
  return Object.entries(profile.frames)
    .filter(([, frame]) => frame.to === to)
    .map(([name, frame]) => {
      const [minSize, maxSize] = frameSizes(frame);
      const tests = byteTests(frame.match ?? []);
      return {
        name,
        frame,
        minSize,
        maxSize,
        fits(bytes, start, available, size) {
          if (size < minSize || size > maxSize) return false;
          for (const { at, test } of tests) {
            if (at >= available) return true;
            if (!test(bytes, start, size)) return false;
          }
          return true;
        },
      };
    });
}
