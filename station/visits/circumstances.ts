import type { MeasurementKind } from "../../core/domain/outcome.ts";
import { stationClockState } from "../../core/quality/station-clock.ts";
import { promisedBy, stateOf } from "../devices/device.ts";
import type { Line } from "../devices/line.ts";
import type { DeviceGate } from "../gate/device-gate.ts";
import type { Circumstances } from "../gate/gate.ts";
import type { OpenVisit } from "../store/views/shapes.ts";
import type { HeardResult } from "./bodies.ts";
import type { Visits } from "./visits.ts";

/** Where and for whom something is measured. */
export interface MeasuredAt {
  readonly visit: OpenVisit;
  readonly of: MeasurementKind;
  readonly line: Line;
  readonly visits: Visits;
  readonly gate: DeviceGate;
  readonly hubAheadMs: () => number | undefined;
}

/** What the gate asks about a number. `clockOffsetMs`: device clock minus station clock, where it was told in this session. */
export function circumstancesOf(
  { heardAt, when }: Pick<HeardResult, "heardAt" | "when">,
  {
    line,
    of,
    visit,
    visits,
    gate,
    hubAheadMs,
    clockOffsetMs,
  }: MeasuredAt & { readonly clockOffsetMs: number | undefined },
): Circumstances {
  const current = visits.current;
  const { profile } = line.device;
  const maxOffsetMs = profile.clock?.maxOffsetMs;
  const passage = gate.passage(line.device, of);
  return {
    now: heardAt,
    deviceReady: stateOf(line.device).state !== "out" && passage.ready,
    stationClockWrong: isClockWrong(hubAheadMs),
    ...(passage.why === undefined ? {} : { gate: passage.why }),
    preliminary: passage.preliminary,
    override: passage.override,
    // While a visit is being left it is still the visit this was measured in: the stop says why it does not count.
    visit:
      current === undefined || current.id === visit.id
        ? { id: visit.id, openedAt: Date.parse(visit.openedAt) }
        : { id: current.id, openedAt: Date.parse(current.openedAt) },
    run:
      when.over && !when.stopped
        ? undefined
        : { visit: visit.id, of, stopped: when.stopped || current?.id !== visit.id, asked: when.asked },
    promised: promisedBy(profile, of),
    deviceClock: {
      ...(clockOffsetMs === undefined ? {} : { offsetMs: clockOffsetMs }),
      ...(maxOffsetMs === undefined ? {} : { maxOffsetMs }),
    },
  };
}

/** Why a number that was heard well does not count any more by the time that somebody says it is right. */
export function whyNotCount({
  gate,
  line,
  of,
  hubAheadMs,
}: Pick<MeasuredAt, "gate" | "line" | "of" | "hubAheadMs">): "gate.deviceNotReady" | "gate.clockWrong" | undefined {
  if (stateOf(line.device).state === "out" || !gate.passage(line.device, of).ready) return "gate.deviceNotReady";
  return isClockWrong(hubAheadMs) ? "gate.clockWrong" : undefined;
}

const isClockWrong = (hubAheadMs: () => number | undefined): boolean => stationClockState(hubAheadMs()) === "wrong";
