import { gateLimits } from "./gate-table.ts";

/**
 * The station's own clock against its hub (calibration.md §5). `unknown`: no hub told the time yet, or the clock was set
 * since; nothing is held against the station then. `off`: a warning. `wrong`: nothing new is measured until it is right.
 */
export const stationClockStates = ["unknown", "right", "off", "wrong"] as const;
export type StationClockState = (typeof stationClockStates)[number];

/** `hubAheadMs`: the hub's clock minus the station's. Exactly 60 s and exactly five minutes still pass. */
export function stationClockState(hubAheadMs: number | undefined): StationClockState {
  if (hubAheadMs === undefined) return "unknown";
  const apart = Math.abs(hubAheadMs);
  if (apart > gateLimits.clockBlockMs) return "wrong";
  return apart > gateLimits.clockWarnMs ? "off" : "right";
}
