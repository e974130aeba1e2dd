import type { CompiledFrame } from "./frame-table.ts";

/** Frames of one size, and the byte that tells most about which of them it is. */
export interface ToldByByte {
  /** Offset of that byte. */
  readonly at: number;
  /** By its value: the frames that are still possible, in the order of the table. */
  readonly left: readonly (readonly CompiledFrame[])[];
}

/** May this frame have that byte there? Only what tests that one byte is asked. */
function mayBe({ plain, others }: CompiledFrame, at: number, byte: number): boolean {
  for (let i = 0; i < plain.length; i += 3)
    if (plain[i] === at && (byte & (plain[i + 1] as number)) !== plain[i + 2]) return false;
  return others.every((test) => test.at !== at || test.allowed === undefined || test.allowed[byte] === 1);
}

const leftAt = (frames: readonly CompiledFrame[], at: number): ToldByByte["left"] => {
  const left: CompiledFrame[][] = [];
  for (let byte = 0; byte < 256; byte++) {
    const possible: CompiledFrame[] = [];
    for (const frame of frames) if (mayBe(frame, at, byte)) possible.push(frame);
    left.push(possible);
  }
  return left;
};

/** Undefined where there is nothing to tell apart. One look at a byte then takes the place of asking every frame of the size. */
function toldByByte(frames: readonly CompiledFrame[]): ToldByByte | undefined {
  if (frames.length < 2) return undefined;
  const offsets = new Set<number>();
  for (const { plain, others } of frames) {
    for (let i = 0; i < plain.length; i += 3) offsets.add(plain[i] as number);
    for (const { at } of others) offsets.add(at);
  }
  let best: ToldByByte | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const at of offsets) {
    const left = leftAt(frames, at);
    // How many are left to be asked, over all frames and the values by which each is told.
    const asked = left.reduce((sum, possible) => sum + possible.length ** 2, 0);
    if (asked >= fewest) continue;
    fewest = asked;
    best = { at, left };
  }
  return best;
}

/** Sizes that the same frames have share one table. */
export function toldBySize(bySize: readonly (readonly CompiledFrame[])[]): readonly (ToldByByte | undefined)[] {
  const made = new Map<string, ToldByByte | undefined>();
  const bySizeTold: (ToldByByte | undefined)[] = [];
  for (const frames of bySize) {
    const key = frames.map(({ index }) => index).join(" ");
    if (!made.has(key)) made.set(key, toldByByte(frames));
    bySizeTold.push(made.get(key));
  }
  return bySizeTold;
}
