import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const css = readFileSync(new URL("../../renderer/parts/tokens.css", import.meta.url), "utf8");
const colors = new Map(
  [...css.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name = "", hex = ""]) => [name, hex]),
);

/** WCAG 2.2 relative luminance of `#rrggbb`. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const color = (name: string): string => {
  const hex = colors.get(name);
  if (hex === undefined) throw new Error(`tokens.css has no --${name}`);
  return hex;
};
const named = (start: RegExp) => [...colors.keys()].filter((name) => start.test(name));

const planes = named(/^plane/);
const inks = named(/^ink/);
const onOwn = named(/^on-/).map((on) => [on, on.replace("on-", "")] as const);

describe("text on every surface has a contrast of 7:1", () => {
  test("the tokens were read", () => expect([planes.length, inks.length, onOwn.length]).toEqual([4, 3, 12]));
  test.each(inks.flatMap((ink) => planes.map((plane) => [ink, plane] as const)))("--%s on --%s", (ink, plane) => {
    expect(contrast(color(ink), color(plane))).toBeGreaterThanOrEqual(7);
  });
  test.each(onOwn)("--%s on --%s", (on, under) => {
    expect(contrast(color(on), color(under))).toBeGreaterThanOrEqual(7);
  });
  // Device states and severities are also written straight on the page.
  test.each(planes.map((plane) => [plane]))("the word for ready on --%s", (plane) => {
    expect(contrast(color("on-sev-0"), color(plane))).toBeGreaterThanOrEqual(7);
  });
});

describe("what can be touched is seen", () => {
  test.each(planes.flatMap((plane) => [["line-strong", plane] as const, ["focus", plane] as const]))(
    "--%s against --%s is 3:1",
    (edge, plane) => {
      expect(contrast(color(edge), color(plane))).toBeGreaterThanOrEqual(3);
    },
  );
});

describe("severities differ without hue", () => {
  test("the gravest is told by lightness alone", () => {
    expect(luminance(color("sev-4"))).toBeLessThan(0.15);
    for (const milder of ["sev-0", "sev-1", "sev-2", "sev-3"]) expect(luminance(color(milder))).toBeGreaterThan(0.7);
  });
});
