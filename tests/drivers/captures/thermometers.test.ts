import { describe, expect, test } from "vitest";
import { findProfile } from "../../../drivers/find-profile.ts";
import { createSession, fromHex } from "../../../drivers/kit/index.ts";
import { play } from "../../../drivers/laws/play.ts";
import { counter, outcomes } from "./replay.ts";

/** The sum of the dossier: the low byte of all bytes before it. */
const summed = (hex: string): string => {
  const sum = Buffer.from(hex, "hex").reduce((all, byte) => (all + byte) & 0xff, 0);
  return hex + sum.toString(16).padStart(2, "0");
};

// Computed from the layouts of the makers' pages (dossier thermometer-ir-uart-modules.md, B and C); no recording was found.
describe.each([
  ["thermometer-gy-mcu90614", "66660104"],
  ["thermometer-gy-mcu90615", "5a5a4504"],
])("%s", (id, head) => {
  const count = counter(id);
  const hear = (object: string, ambient: string) => outcomes(id, summed(head + object + ambient));
  test("36.52 °C in a room of 24.10 °C", () => {
    count();
    expect(hear("0e44", "096a")).toMatchObject([
      {
        kind: "progress",
        of: "temperature",
        readings: [
          { quantity: "body.temperature", value: 36.52, unit: "Cel" },
          { quantity: "ambient.temperature", value: 24.1, unit: "Cel" },
        ],
      },
    ]);
  });
  test.each([
    ["a wall of 24.10 °C", "096a", "096a"],
    ["a cup of 55.00 °C", "157c", "096a"],
    ["a room of 40.00 °C", "0e44", "0fa0"],
  ])("%s gives no number to keep, however often it is said", (_what, object, ambient) => {
    const session = createSession(findProfile(id)!);
    session.begin(0);
    const frame = fromHex(summed(head + object + ambient));
    const effects = Array.from({ length: 100 }, (_, i) => session.hear(frame, 100 + 200 * i)).flat();
    expect(effects.filter((effect) => effect.do === "tell" && effect.outcome.kind === "measurement")).toEqual([]);
  });
  test("a wrong sum is no frame", () => {
    const frame = summed(`${head}0e44096a`);
    expect(outcomes(id, `${frame.slice(0, -2)}00`)).toMatchObject([{ kind: "discarded" }]);
  });
  test("settles to one measurement", () => {
    const { outcomes: told, end } = play(findProfile(id)!);
    expect(end?.how).toBe("finished");
    expect(told.filter(({ kind }) => kind === "measurement")).toHaveLength(1);
  });
});
