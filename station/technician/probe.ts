import type { Clock } from "../../core/domain/time.ts";
import type { Outcome } from "../../core/domain/outcome.ts";
import { createSession, decoder, type Profile } from "../../drivers/kit/index.ts";
import type { Channel } from "../channels/channel.ts";
import type { Tap } from "../channels/tap.ts";
import type { Device } from "../devices/device.ts";
import type { Line } from "../devices/line.ts";
import { Run, type RunEnd } from "../devices/run.ts";
import type { Logger } from "../log/logger.ts";
import type { Talk } from "./doctor.ts";

/** A device that is not asked anything is listened to this long. */
const listenMs = 8_000;
/** Speeds in use, the likeliest first; tried when a device that was asked is not understood. */
const commonSpeeds = [9_600, 115_200, 19_200, 38_400, 57_600, 4_800, 2_400, 1_200] as const;

type Step = Profile["session"]["steps"][number];

export interface ProbeParts {
  readonly tap: Tap;
  readonly clock: Clock;
  readonly log: Logger;
  /** A result that came meanwhile: nobody is being measured. */
  readonly onUnasked: (device: Device, outcome: Outcome, raw: Uint8Array) => void;
}

/**
 * The questions of a profile's session that can be asked of a device nobody sits at: who is there, and of a device that
 * does not act on a person what it says about itself. Nothing that starts or reads out a measurement.
 */
export function questionsOf(profile: Profile): readonly Step[] {
  const steps = profile.session.steps.filter(
    (step) =>
      // What is sent without an answer wakes a device up for the question that follows.
      (step.do === "send" && step.acts !== true && step.phase === "contacting") ||
      (step.do === "ask" &&
        step.acts !== true &&
        (step.phase === "contacting" || (step.phase === "reading" && !profile.actuates))),
  );
  return steps.some((step) => step.do === "ask") ? steps : [];
}

/** The longest that a probe may take. */
export function probeMs(profile: Profile): number {
  const questions = questionsOf(profile);
  if (questions.length === 0) return listenMs;
  const once = questions.reduce((sum, step) => sum + (step.do === "ask" ? step.withinMs * step.tries : 0), 0);
  return once * (1 + commonSpeeds.length);
}

/**
 * Speaks to the device, or only listens where there is nothing to ask, and counts what comes. Takes over the open channel
 * and gives it back. Never throws.
 */
export async function probe(line: Line, channel: Channel, parts: ProbeParts): Promise<Talk> {
  const { tap, clock, log, onUnasked } = parts;
  const { device } = line;
  const { profile } = device;
  const questions = questionsOf(profile);
  const asked = questions.length > 0;
  const steps: Profile["session"]["steps"] = asked
    ? questions
    : [{ do: "listen", phase: "contacting", firstMs: listenMs, silenceMs: Math.min(listenMs, 2_000) }];
  const examination: Profile = { ...profile, session: { ...profile.session, steps } };
  const counted = countOn(tap, device);
  let end: (ended: RunEnd) => void = () => undefined;
  const ended = new Promise<RunEnd>((resolve) => (end = resolve));
  const run = new Run({
    line,
    channel,
    clock,
    log,
    visitAgeMs: 0,
    speeds: asked ? [...new Set([...(profile.serial.baudChoices ?? []), ...commonSpeeds])] : [],
    converse: (_profile, options) => createSession(examination, options),
    listener: {
      phase: () => undefined,
      heard: (outcome, raw) => {
        learn(device, outcome, clock);
        if (outcome.kind === "measurement") onUnasked(device, outcome, raw);
      },
      ended: end,
    },
  });
  run.begin();
  const { code } = await ended;
  await run.free;
  const counts = counted();
  const last = counts.at(-1);
  // All questions were answered: the session then finds that there is no result, which nobody had asked for.
  const understood = code === undefined || code === "device.noRecord" || (last?.frames ?? 0) > 0;
  // What came at speeds that were only tried is no fault of a device that was understood at another.
  const told = understood ? last : counts.toSorted((one, other) => other.bytes - one.bytes)[0];
  const { speed, ...heard } = told ?? { speed: device.baudRate, bytes: 0, frames: 0, broken: 0, noise: 0 };
  if (understood) line.understoodAt(speed);
  return { asked, ...(understood ? { understoodAt: speed } : {}), ...heard };
}

type Count = Omit<Talk, "asked" | "understoodAt"> & { readonly speed: number };

/** Counts what the line says from now on: one count for each speed it is opened with, with ears of its own; the last is the present one. */
function countOn(tap: Tap, device: Device): () => readonly Count[] {
  const fresh = (speed: number) => ({ speed, bytes: 0, frames: 0, broken: 0, noise: 0 });
  let ears = decoder(device.profile);
  let count = fresh(tap.openWith(device.port)?.baudRate ?? device.baudRate);
  const counts = [count];
  const take = (heard: ReturnType<typeof ears.hearFrames>): void => {
    for (const { frame, outcomes } of heard) {
      if (frame !== undefined) count.frames += 1;
      for (const outcome of outcomes) {
        if (outcome.kind !== "discarded") continue;
        if (outcome.reason === "noise") count.noise += outcome.bytes.length;
        else count.broken += 1;
      }
    }
  };
  const leave = tap.listen(device.port, {
    opened: ({ baudRate }) => {
      ears = decoder(device.profile);
      counts.push((count = fresh(baudRate)));
    },
    bytes: (direction, chunk) => {
      if (direction === "out") return;
      count.bytes += chunk.length;
      take(ears.hearFrames(chunk));
    },
    closed: () => take(ears.flushFrames()),
  });
  return () => {
    leave();
    take(ears.flushFrames());
    return counts;
  };
}

/** What a device says about itself outside of a measurement. */
export function learn(device: Device, outcome: Outcome, clock: Pick<Clock, "now">): void {
  if (outcome.kind !== "information") return;
  const { deviceTime, serial, version } = outcome.values;
  const shown = typeof deviceTime === "string" ? Date.parse(deviceTime) : Number.NaN;
  if (!Number.isNaN(shown)) device.clockOffsetMs = shown - clock.now();
  if (typeof serial === "string") device.serialNumber = serial;
  if (typeof version === "string") device.firmware = version;
}
