import { describe, expect, test } from "vitest";
import { compileFrames, fits, type CompiledFrame } from "../../../drivers/kit/frame-table.ts";
import { toldBySize } from "../../../drivers/kit/told-by-byte.ts";
import { registry } from "../../../drivers/registry.generated.ts";

const binary = registry.filter((profile) => profile.envelopes.host.kind === "binary");

function bySizeOf(table: readonly CompiledFrame[]): readonly (readonly CompiledFrame[])[] {
  const largest = Math.max(...table.map(({ maxSize }) => maxSize));
  return Array.from({ length: largest + 1 }, (_, size) =>
    table.filter(({ minSize, maxSize }) => minSize <= size && size <= maxSize),
  );
}

test.each(binary.map((profile) => [profile.id, profile] as const))(
  "%s: by one byte no frame is left out that could be it, and the others keep their order",
  (_id, profile) => {
    const bySize = bySizeOf(compileFrames(profile, "host"));
    for (const [size, told] of toldBySize(bySize).entries()) {
      const frames = bySize[size] ?? [];
      expect(told === undefined).toBe(
        frames.length < 2 || frames.every(({ plain, others }) => plain.length + others.length === 0),
      );
      if (told === undefined) continue;
      for (let byte = 0; byte < 256; byte++) {
        const bytes = new Uint8Array(size).fill(byte, told.at, told.at + 1);
        // Nothing but the byte that tells is looked at: zeros elsewhere are no reason against a frame.
        const alone = frames.filter((frame) => fits(onlyAt(frame, told.at), bytes, 0, size, size));
        expect(told.left[byte]?.map(({ name }) => name)).toEqual(alone.map(({ name }) => name));
      }
    }
  },
);

/** The frame as far as one byte tells it. */
function onlyAt(frame: CompiledFrame, at: number): CompiledFrame {
  const plain = [];
  for (let i = 0; i < frame.plain.length; i += 3) if (frame.plain[i] === at) plain.push(...frame.plain.slice(i, i + 3));
  return {
    ...frame,
    plain: Int32Array.from(plain),
    others: frame.others.filter((test) => test.at === at && test.allowed !== undefined),
  };
}

test("where several have a size, a byte leaves fewer to be asked", () => {
  const profile = registry.find(({ id }) => id === "taidoc-fora");
  if (!profile) throw new Error("it is in the registry");
  const told = toldBySize(bySizeOf(compileFrames(profile, "host")))[8];
  expect(told?.at).toBe(1);
  expect(told?.left[0x54]?.map(({ name }) => name)).toContain("entering");
  expect(Math.max(...(told?.left.map((frames) => frames.length) ?? []))).toBeLessThan(7);
});

describe("frames made for it", () => {
  const frame = (index: number, plain: readonly number[], more: Partial<CompiledFrame> = {}): CompiledFrame =>
    ({
      name: `f${String(index)}`,
      index,
      plain: Int32Array.from(plain),
      others: [],
      ...more,
    }) as unknown as CompiledFrame;
  const among = (...values: readonly number[]) => {
    const allowed = new Uint8Array(256);
    for (const value of values) allowed[value] = 1;
    return allowed;
  };
  const names = (told: ReturnType<typeof toldBySize>[number], byte: number) =>
    told?.left[byte]?.map(({ name }) => name);

  test("are told by the byte that leaves fewest, wherever it stands", () => {
    const [told] = toldBySize([[frame(0, [3, 255, 9, 7, 255, 1]), frame(1, [3, 255, 9, 7, 255, 2])]]);
    expect([told?.at, told?.left.length]).toEqual([7, 256]);
    expect([names(told, 1), names(told, 2), names(told, 3)]).toEqual([["f0"], ["f1"], []]);
  });
  test("are told by the first of two bytes that tell as much", () => {
    const [told] = toldBySize([[frame(0, [2, 255, 1, 5, 255, 1]), frame(1, [2, 255, 2, 5, 255, 2])]]);
    expect(told?.at).toBe(2);
  });
  test("may be told by some of the bits of a byte", () => {
    const [told] = toldBySize([[frame(0, [4, 0x80, 0x80]), frame(1, [4, 0x80, 0])]]);
    expect([names(told, 0xff), names(told, 0x7f)]).toEqual([["f0"], ["f1"]]);
  });
  test("may be told by a byte of several values, and not by one that says the size", () => {
    const told = (more: CompiledFrame["others"][number]) =>
      toldBySize([[frame(0, [], { others: [more] }), frame(1, [])]])[0];
    const several = told({ at: 6, allowed: among(1, 2) });
    expect([several?.at, names(several, 2), names(several, 3)]).toEqual([6, ["f0", "f1"], ["f1"]]);
    expect(names(told({ at: 6, sizeMinus: 1 }), 3)).toEqual(["f0", "f1"]);
  });
  test("have one table for all sizes that the same of them have, and no other", () => {
    const [one, two, three, many] = [1, 2, 3, 23].map((index) => frame(index, [1, 255, index]));
    if (!one || !two || !three || !many) throw new Error("four were made");
    const [first, second, again] = toldBySize([
      [one, two, three],
      [one, many],
      [one, two, three],
    ]);
    expect(again).toBe(first);
    expect(names(second, 23)).toEqual(["f23"]);
    expect(toldBySize([[], [one]])).toEqual([undefined, undefined]);
  });
});
