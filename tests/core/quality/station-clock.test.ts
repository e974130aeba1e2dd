import { expect, test } from "vitest";
import { stationClockState } from "../../../core/quality/station-clock.ts";

test.each([
  [undefined, "unknown"],
  [0, "right"],
  [60_000, "right"],
  [-60_000, "right"],
  [60_001, "off"],
  [-60_001, "off"],
  [300_000, "off"],
  [-300_000, "off"],
  [300_001, "wrong"],
  [-300_001, "wrong"],
] as const)("a hub that is %s ms ahead makes the station's clock %s", (hubAheadMs, state) => {
  expect(stationClockState(hubAheadMs)).toBe(state);
});
