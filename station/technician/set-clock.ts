import type { FaultCode } from "../../core/domain/faults.ts";
import type { Clock } from "../../core/domain/time.ts";
import type { Profile } from "../../drivers/kit/index.ts";
import type { Device } from "../devices/device.ts";
import type { Line } from "../devices/line.ts";
import { Run, type RunEnd } from "../devices/run.ts";
import type { Logger } from "../log/logger.ts";
import type { Answer } from "../visits/visits.ts";
import { learn } from "./probe.ts";

export type ClockSetCode =
  | "technician.noClock"
  | "technician.clockOff"
  | "device.busy"
  | "device.portMissing"
  | "device.portBusy"
  | "device.portForbidden"
  | "device.silent"
  | "device.garbled"
  | "device.unplugged";

/** Devices tell whole seconds, some only minutes. */
const toleranceMs = 61_000;

export function canSetClock(profile: Profile): boolean {
  return profile.tasks?.setClock !== undefined;
}

/** Local wall time, `YYYY-MM-DDTHH:mm:ss`: the device hangs in the same room as the station. */
export function wallTime(ms: number): string {
  const offsetMs = -new Date(ms).getTimezoneOffset() * 60_000;
  return new Date(ms + offsetMs).toISOString().slice(0, 19);
}

/**
 * Runs the profile's task that sets the clock. Answers the time that was set, as the device was told it;
 * `technician.clockOff` when the device then told another time than that.
 */
export async function setClock(line: Line, clock: Clock, log: Logger): Promise<Answer<{ to: string }, ClockSetCode>> {
  const { device } = line;
  if (!canSetClock(device.profile)) return { ok: false, code: "technician.noClock" };
  if (device.busy) return { ok: false, code: "device.busy" };
  const opened = await line.take();
  if (!opened.ok) return opened;
  const to = wallTime(clock.now());
  const before = device.clockOffsetMs;
  // What was known of it is no longer so; the device may tell its new time while it is set.
  device.clockOffsetMs = undefined;
  let end: (ended: RunEnd) => void = () => undefined;
  const ended = new Promise<RunEnd>((resolve) => (end = resolve));
  const run = new Run({
    line,
    channel: opened.channel,
    clock,
    log,
    visitAgeMs: 0,
    asked: { task: "setClock" },
    listener: { phase: () => undefined, heard: (outcome) => learn(device, outcome, clock), ended: end },
  });
  run.begin();
  const { how, code } = await ended;
  await run.free;
  if (how !== "finished") {
    device.clockOffsetMs ??= before;
    return { ok: false, code: clockCode(code) };
  }
  const told = offsetOf(device);
  device.clockOffsetMs ??= 0;
  return told !== undefined && Math.abs(told) > toleranceMs
    ? { ok: false, code: "technician.clockOff" }
    : { ok: true, value: { to } };
}

/** As it is now: it may have been told meanwhile. */
const offsetOf = ({ clockOffsetMs }: Pick<Device, "clockOffsetMs">): number | undefined => clockOffsetMs;

function clockCode(code: FaultCode | undefined): ClockSetCode {
  return code === "device.garbled" || code === "device.unplugged" ? code : "device.silent";
}
