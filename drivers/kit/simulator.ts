import { decoder, type Heard } from "./decoder.ts";
import { encode, envelopeFor, kindOf } from "./envelopes.ts";
import { createLinkEnd } from "./link.ts";
import { rulesOf } from "./rules.ts";
import { momentOf, sampleValues, seededRandom, type SampleSource } from "./sample.ts";
import type { Profile, SimLine, SimValue } from "./schema.ts";
import { isMeasured, type Values } from "./value.ts";

/** Bytes that the device sends `afterMs` after what it heard. */
export interface Timed {
  readonly bytes: Uint8Array;
  readonly afterMs: number;
  /** Everything planned before and not yet sent is dropped: the device was told something else. */
  readonly instead?: true;
  /** A stream goes on: what is planned when this was sent, in ms from then. */
  readonly more?: (nowMs: number) => readonly Timed[];
}

/** A stream without an end is planned for so long at a time. */
const planMs = 60_000;

/** Faults every profile has; the others are named in its table. */
export const commonFaults = ["silent", "garbage", "cut", "half"] as const;
type CommonFault = (typeof commonFaults)[number];

export interface SimulatorOptions {
  /**
   * `silent`: hears, answers nothing. `garbage`: random bytes instead of frames. `cut`: falls silent in the middle of its
   * third frame or of its first result, whichever comes first. `half`: leaves out the second half of the frames that carry a result. Or a name of the profile's table.
   */
  readonly fault?: string;
  readonly seed?: number;
  /** Values for the frames sent, by frame and field, instead of the script's. */
  readonly values?: Readonly<Record<string, Readonly<Record<string, SimValue>>>>;
  /** What must be added to `nowMs` to get the wall time that the device's clock shows (ms on a scale without zones). */
  readonly wallOffsetMs?: number;
  /** 2: everything takes half the time. */
  readonly speed?: number;
}

export interface Simulator {
  /** `nowMs` moves the device's clock; with `wallOffsetMs` 0 it is that clock. */
  hear(chunk: Uint8Array, nowMs: number): readonly Timed[];
  /** Somebody uses the device itself. Empty for a device that only answers. */
  press(nowMs: number): readonly Timed[];
  /** The line was opened. Empty for a device that waits to be spoken to. */
  open(nowMs: number): readonly Timed[];
}

/** Names of the faults the device can play: the profile's own first. */
export function faultsOf(profile: Profile): readonly string[] {
  return [...Object.keys(profile.simulate.faults), ...commonFaults];
}

/** A device that speaks from its own profile. Pure: the same seed and times give the same bytes. */
export function createSimulator(profile: Profile, options: SimulatorOptions = {}): Simulator {
  const common = commonFaults.find((name): name is CommonFault => name === options.fault);
  const own = options.fault === undefined || common !== undefined ? undefined : profile.simulate.faults[options.fault];
  if (options.fault !== undefined && common === undefined && own === undefined) {
    throw new Error(`${profile.id} has no fault ${options.fault}; it has ${faultsOf(profile).join(", ")}`);
  }
  const hears = decoder(profile, { side: "device" });
  const link = profile.link === undefined ? undefined : createLinkEnd(profile, profile.link, "device");
  const random = seededRandom(options.seed ?? 1);
  const speed = options.speed ?? 1;
  const answers = { ...profile.simulate.answers, ...own?.answers };
  const press = own?.press ?? profile.simulate.press ?? [];
  const onOpen = own?.onOpen ?? profile.simulate.onOpen ?? [];
  /** How often the host said what. */
  const said = new Map<string, number>();
  let framesSent = 0;
  let cutOff = false;
  const host = envelopeFor(profile, "host");
  const speaker = host === undefined ? undefined : kindOf(host).speaker?.(host, own?.bends);

  function damaged(bytes: Uint8Array, frame: string): Uint8Array {
    framesSent++;
    switch (common) {
      case undefined:
        return bytes;
      case "silent":
        return bytes.subarray(0, 0);
      case "garbage":
        return bytes.map(() => Math.floor(random() * 256));
      case "cut":
        if (!cutOff && !profile.push && framesSent < 3 && !carriesResult(frame)) return bytes;
        if (cutOff) return bytes.subarray(0, 0);
        cutOff = true;
        return bytes.subarray(0, Math.ceil(bytes.length / 2));
      case "half":
        return carriesResult(frame) ? bytes.subarray(0, Math.ceil(bytes.length / 2)) : bytes;
    }
  }
  /** A whole result, or in a stream the frames that become one. */
  function carriesResult(frame: string): boolean {
    const settles = [profile.session, ...Object.values(profile.sessionFor ?? {})].some(({ steps }) =>
      steps.some((step) => step.do === "settle" && step.frame === frame),
    );
    return settles || rulesOf(profile, frame).some(({ kind }) => ["measurement", "scan", "identity"].includes(kind));
  }
  function framed(frame: string, line: Readonly<Record<string, SimValue>>, source: SampleSource): Uint8Array {
    const values = sampleValues(profile, frame, { ...line, ...options.values?.[frame] }, source);
    return damaged(encode(profile, frame, values, link?.stamp()), frame);
  }
  /** Is it this line's turn, after what the host has said so far? */
  function isDue({ times, once, until }: SimLine, asked: string | undefined): boolean {
    const count = asked === undefined ? 1 : (said.get(asked) ?? 0);
    if (times !== undefined && (count < times[0] || count > times[1])) return false;
    return (once === undefined || said.has(once)) && (until === undefined || !said.has(until));
  }
  /** One line as bytes. The device's clock has moved on when a late frame is sent. */
  function playLine(line: SimLine, asked: Values, nowMs: number): readonly Timed[] {
    const source = (afterMs: number): SampleSource => ({
      random,
      nowMs: nowMs + (options.wallOffsetMs ?? 0) + afterMs,
    });
    const { afterMs } = line;
    if ("send" in line) return [{ bytes: framed(line.send, momentOf(line.values, 0), source(afterMs)), afterMs }];
    if ("stream" in line) return playStream(line, 0, nowMs);
    if ("memory" in line) {
      const value = asked[line.by];
      const row = line.rows[(isMeasured(value) ? value.value : Number(value)) - (line.first ?? 0)];
      const [frame, values] = row === undefined ? [line.none?.send, line.none?.values] : [line.memory, row];
      return frame === undefined || values === undefined
        ? []
        : [{ bytes: framed(frame, momentOf(values, 0), source(afterMs)), afterMs }];
    }
    const last = line.points.at(-1)?.[0] ?? 0;
    return Array.from({ length: Math.floor(last / line.everyMs) + 1 }, (_, i) => {
      const ms = i * line.everyMs;
      const values = { ...momentOf(line.values ?? {}, ms), [line.field]: Math.round(onLine(line.points, ms)) };
      return { bytes: framed(line.ramp, values, source(afterMs + ms)), afterMs: afterMs + ms };
    });
  }
  /** From frame `from` on; `nowMs`: when the stream was asked for, or when the part before it had been sent. */
  function playStream(
    line: Extract<SimLine, { readonly stream: string }>,
    from: number,
    nowMs: number,
  ): readonly Timed[] {
    const most = Math.max(1, Math.floor(planMs / line.everyMs));
    const length = Math.min(most, (line.count ?? Number.POSITIVE_INFINITY) - from);
    const begin = from === 0 ? line.afterMs : line.everyMs;
    const goesOn = line.count === undefined || from + length < line.count;
    return Array.from({ length }, (_, i): Timed => {
      const afterMs = begin + i * line.everyMs;
      const source = { random, nowMs: nowMs + (options.wallOffsetMs ?? 0) + afterMs };
      const bytes = framed(line.stream, momentOf(line.values, (from + i) * line.everyMs), source);
      if (i < length - 1 || !goesOn) return { bytes, afterMs };
      return { bytes, afterMs, more: (later) => paced(playStream(line, from + length, later)) };
    });
  }
  /** In order and at the asked speed, without what a silent device does not send. */
  function paced(timed: readonly Timed[]): readonly Timed[] {
    return timed
      .filter(({ bytes }) => bytes.length > 0)
      .sort((a, b) => a.afterMs - b.afterMs)
      .map((each) => ({ ...each, afterMs: each.afterMs / speed }));
  }
  function play(lines: readonly SimLine[], frame: string | undefined, asked: Values, nowMs: number): readonly Timed[] {
    return paced(lines.filter((line) => isDue(line, frame)).flatMap((line) => playLine(line, asked, nowMs)));
  }
  function answer({ frame, values, raw }: Heard, nowMs: number): readonly Timed[] {
    if (frame === undefined) return [];
    const first: Timed[] = [];
    if (link !== undefined) {
      const received = link.receive(frame, raw);
      if (received === "ack" || received === "duplicate") return [];
      if (received === "reset") {
        link.restart();
        const bytes = damaged(link.resetPacket(), frame);
        return bytes.length === 0 ? [] : [{ bytes, afterMs: 20 / speed, instead: true }];
      }
      const bytes = damaged(link.acknowledgement(), frame);
      if (bytes.length > 0) first.push({ bytes, afterMs: 20 / speed });
    }
    said.set(frame, (said.get(frame) ?? 0) + 1);
    const lines = play(answers[frame] ?? [], frame, values, nowMs);
    const [head, ...rest] = [...first, ...lines];
    // A new command ends what the device was doing (a stop ends the stream of pressures).
    if (head === undefined) return [];
    return [{ ...head, instead: true }, ...rest];
  }

  /** What a script says, on a line where every piece waits for an answer: one message after the other. */
  function spoken(timed: readonly Timed[], nowMs: number): readonly Timed[] {
    const begin = timed[0]?.afterMs;
    if (speaker === undefined || begin === undefined) return timed;
    const messages = timed.map(({ bytes }) => bytes);
    return speaker.say(messages, nowMs + begin).map((each) => ({ ...each, afterMs: each.afterMs + begin }));
  }

  return {
    hear: (chunk, nowMs) =>
      speaker?.hear(chunk, nowMs) ?? hears.hearFrames(chunk).flatMap((heard) => answer(heard, nowMs)),
    press: (nowMs) => spoken(play(press, undefined, {}, nowMs), nowMs),
    open: (nowMs) => spoken(play(onOpen, undefined, {}, nowMs), nowMs),
  };
}

function onLine(points: readonly (readonly [number, number])[], ms: number): number {
  const next = points.findIndex(([at]) => at >= ms);
  const to = points[next] ?? points.at(-1);
  const from = points[Math.max(0, next - 1)] ?? to;
  if (to === undefined || from === undefined) return 0;
  return to[0] === from[0] ? to[1] : from[1] + ((to[1] - from[1]) * (ms - from[0])) / (to[0] - from[0]);
}
