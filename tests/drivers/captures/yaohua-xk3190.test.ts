import { describe, expect, test } from "vitest";
import { counter, outcomes, present, text } from "./replay.ts";

const count = counter("yaohua-xk3190");
const lines = text("scale-xk3190/frames.hex")
  .split("\n")
  .filter((line) => /^[0-9A-F ]+$/i.test(line));

describe.skipIf(!present)("scale-xk3190", () => {
  test.each([
    ["the empty weighbridge", 0, 0],
    ["a vehicle", 1, 1560],
  ])("%s", (_what, line, value) => {
    count();
    expect(outcomes("yaohua-xk3190", lines[line] ?? "")).toEqual([
      { kind: "progress", of: "body", readings: [{ quantity: "body.weight", value, unit: "kg" }] },
    ]);
  });
  test("is all of what was logged", () => expect(lines).toHaveLength(2));
});
