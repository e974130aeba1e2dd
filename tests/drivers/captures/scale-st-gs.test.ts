import { expect, test } from "vitest";
import { hexOf, outcomes } from "./replay.ts";

// Dossier scale-st-gs-csv, examples.
test.each([
  ["ST,GS,+  4.876kg\r\n", 4.876],
  ["ST,NT,   065.4 kg\r\n", 65.4],
])("%j", (line, value) => {
  expect(outcomes("scale-st-gs", hexOf(line))).toEqual([
    { kind: "progress", of: "body", readings: [{ quantity: "body.weight", value, unit: "kg" }] },
  ]);
});
test.each(["ST,GS,   245.6 g\r\n", "ST,GS,+ 144.2lb\r\n"])("%j is no weight in kilograms", (line) => {
  expect(outcomes("scale-st-gs", hexOf(line))).toEqual([{ kind: "fault", code: "device.wrongUnit" }]);
});
