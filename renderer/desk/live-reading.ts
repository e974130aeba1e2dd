import type { LiveMessage } from "../../core/contract/live.ts";
import type { Check } from "../../core/contract/views.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import { missingCase } from "../../core/domain/missing-case.ts";
import type { Measurement } from "../../core/journal/entry.ts";

type Reading = Measurement["readings"][number];
type Event = LiveMessage["event"];
type Phase = Extract<Event, { kind: "phase" }>["phase"];

/** Which way the cuff goes, as far as the last values show it. */
export type Motion = "rising" | "falling" | "level";

/** The measurement that is under way at the station, as the doctor sees it. Times are the station's, in UTC milliseconds. */
export interface LiveReading {
  readonly measurement: string;
  readonly of: Check;
  readonly startedAt: number;
  readonly lastAt: number;
  readonly phase: Phase | undefined;
  /** The newest values, one per quantity. */
  readonly readings: readonly Reading[];
  /** Values of the first quantity so far, for the curve; oldest first. */
  readonly trail: readonly { readonly at: number; readonly value: number }[];
  readonly motion: Motion;
  readonly confirming: boolean;
  readonly ended: { readonly how: "finished" | "stopped" | "failed"; readonly code: FaultCode | undefined } | undefined;
}

const longestTrail = 600;
/** A pulse makes the cuff's pressure tremble by this much, in mm[Hg]; less than it is no motion. */
const tremble = 2;

/** What is shown after one more message. A message about another measurement starts anew. */
export function hearLive(before: LiveReading | undefined, message: LiveMessage): LiveReading {
  const at = Date.parse(message.at);
  const known = before?.measurement === message.measurement ? before : begin(message, at);
  return take({ ...known, lastAt: at }, message.event, at);
}

/** The record has it now, or it ended without one: nothing is live any more. */
export function settle(
  live: LiveReading | undefined,
  recorded: (measurement: string) => boolean,
): LiveReading | undefined {
  return live && recorded(live.measurement) ? undefined : live;
}

function begin(message: LiveMessage, at: number): LiveReading {
  return {
    measurement: message.measurement,
    of: message.of,
    startedAt: at,
    lastAt: at,
    phase: undefined,
    readings: [],
    trail: [],
    motion: "level",
    confirming: false,
    ended: undefined,
  };
}

function take(live: LiveReading, event: Event, at: number): LiveReading {
  switch (event.kind) {
    case "phase":
      return { ...live, phase: event.phase };
    case "progress":
      return progress(live, event.readings, at);
    // A curve is for the eye beside the finger; the doctor's page draws numbers.
    case "wave":
      return live;
    case "confirm":
      return { ...live, readings: event.measurement.readings, confirming: true };
    case "accepted":
      return {
        ...live,
        readings: event.measurement.readings,
        confirming: false,
        ended: { how: "finished", code: undefined },
      };
    case "refused":
      return { ...live, confirming: false, ended: { how: "failed", code: event.reason } };
    case "fault":
      return { ...live, confirming: false, ended: { how: "failed", code: event.code } };
    case "ended":
      return { ...live, confirming: false, ended: { how: event.how, code: event.code ?? live.ended?.code } };
    default:
      return missingCase(event);
  }
}

function progress(live: LiveReading, readings: readonly Reading[], at: number): LiveReading {
  const first = readings[0];
  if (!first) return live;
  const others = live.readings.filter(({ quantity }) => !readings.some((reading) => reading.quantity === quantity));
  const trail = [...live.trail, { at, value: first.value }].slice(-longestTrail);
  return { ...live, readings: [...readings, ...others], trail, motion: motionOf(trail, live.motion) };
}

/** Compared with the highest and lowest of the last values, so that one trembling value does not turn the arrow. */
function motionOf(trail: LiveReading["trail"], before: Motion): Motion {
  const recent = trail.slice(-6).map(({ value }) => value);
  const first = recent[0];
  const last = recent.at(-1);
  if (first === undefined || last === undefined) return before;
  if (last - first > tremble) return "rising";
  return first - last > tremble ? "falling" : before;
}
