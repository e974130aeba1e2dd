import type { FaultCode } from "../../core/domain/faults.ts";
import type { Clock } from "../../core/domain/time.ts";
import type { Profile } from "../../drivers/kit/index.ts";
import type { Line } from "../devices/line.ts";
import { Run, type RunEnd } from "../devices/run.ts";
import type { Logger } from "../log/logger.ts";
import type { Answer } from "../visits/visits.ts";

export type ClockSetCode =
  | "technician.noClock"
  | "device.busy"
  | "device.portMissing"
  | "device.portBusy"
  | "device.portForbidden"
  | "device.silent"
  | "device.garbled"
  | "device.unplugged";

export function canSetClock(profile: Profile): boolean {
  return profile.tasks?.setClock !== undefined;
}

/** Local wall time, `YYYY-MM-DDTHH:mm:ss`: the device hangs in the same room as the station. */
export function wallTime(ms: number): string {
  const offsetMs = -new Date(ms).getTimezoneOffset() * 60_000;
  return new Date(ms + offsetMs).toISOString().slice(0, 19);
}

/** Runs the profile's task that sets the clock. Answers the time that was set, as the device was told it. */
export async function setClock(line: Line, clock: Clock, log: Logger): Promise<Answer<{ to: string }, ClockSetCode>> {
  const { device } = line;
  if (!canSetClock(device.profile)) return { ok: false, code: "technician.noClock" };
  if (device.busy) return { ok: false, code: "device.busy" };
  const opened = await line.take();
  if (!opened.ok) return opened;
  const to = wallTime(clock.now());
  let end: (ended: RunEnd) => void = () => undefined;
  const ended = new Promise<RunEnd>((resolve) => (end = resolve));
  const run = new Run({
    line,
    channel: opened.channel,
    clock,
    log,
    visitAgeMs: 0,
    asked: { task: "setClock" },
    listener: { phase: () => undefined, heard: () => undefined, ended: end },
  });
  run.begin();
  const { how, code } = await ended;
  await run.free;
  return how === "finished" ? { ok: true, value: { to } } : { ok: false, code: clockCode(code) };
}

function clockCode(code: FaultCode | undefined): ClockSetCode {
  return code === "device.garbled" || code === "device.unplugged" ? code : "device.silent";
}
