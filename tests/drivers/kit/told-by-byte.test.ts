import { expect, test } from "vitest";
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
