import { decoder, type Heard } from "./decoder.ts";
import { encode } from "./envelopes.ts";
import { createLinkEnd } from "./link.ts";
import { sampleValues, seededRandom, type SampleSource } from "./sample.ts";
import type { Profile, SimLine, SimValue } from "./schema.ts";
import { isMeasured, type Values } from "./value.ts";

/** Bytes that the device sends `afterMs` after what it heard. */
export interface Timed {
  readonly bytes: Uint8Array;
  readonly afterMs: number;
  /** Everything planned before and not yet sent is dropped: the device was told something else. */
  readonly instead?: true;
}

/** Faults every profile has; the others are named in its table. */
export const commonFaults = ["silent", "garbage", "cut", "half"] as const;
type CommonFault = (typeof commonFaults)[number];

export interface SimulatorOptions {
  /**
   * `silent`: hears, answers nothing. `garbage`: random bytes instead of frames. `cut`: falls silent in the middle of its
   * third frame. `half`: leaves out the second half of the frames that carry a result. Or a name of the profile's table.
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
  let framesSent = 0;

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
        return profile.push || framesSent >= 3
          ? bytes.subarray(0, framesSent === 3 || profile.push ? Math.ceil(bytes.length / 2) : 0)
          : bytes;
      case "half":
        return carriesResult(frame) ? bytes.subarray(0, Math.ceil(bytes.length / 2)) : bytes;
    }
  }
  function carriesResult(frame: string): boolean {
    return [profile.meaning[frame] ?? []].flat().some((rule) => "kind" in rule && rule.kind === "measurement");
  }
  function framed(frame: string, line: Readonly<Record<string, SimValue>>, source: SampleSource): Uint8Array {
    const values = sampleValues(profile, frame, { ...line, ...options.values?.[frame] }, source);
    return damaged(encode(profile, frame, values, link?.stamp()), frame);
  }
  /** The script's lines as bytes. The device's clock has moved on when a late line is sent. */
  function play(lines: readonly SimLine[], asked: Values, nowMs: number): readonly Timed[] {
    const wallNow = nowMs + (options.wallOffsetMs ?? 0);
    const source = (afterMs: number): SampleSource => ({ random, nowMs: wallNow + afterMs });
    const timed = lines.flatMap((line): readonly Timed[] => {
      if ("send" in line)
        return [{ bytes: framed(line.send, line.values, source(line.afterMs)), afterMs: line.afterMs }];
      if ("memory" in line) {
        const value = asked[line.by];
        const row = line.rows[isMeasured(value) ? value.value : Number(value)];
        return [
          {
            bytes:
              row === undefined
                ? framed(line.none.send, line.none.values, source(line.afterMs))
                : framed(line.memory, row, source(line.afterMs)),
            afterMs: line.afterMs,
          },
        ];
      }
      const last = line.points.at(-1)?.[0] ?? 0;
      return Array.from({ length: Math.floor(last / line.everyMs) + 1 }, (_, i) => {
        const ms = i * line.everyMs;
        return {
          bytes: framed(line.ramp, { [line.field]: Math.round(onLine(line.points, ms)) }, source(line.afterMs + ms)),
          afterMs: line.afterMs + ms,
        };
      });
    });
    return timed
      .filter(({ bytes }) => bytes.length > 0)
      .sort((a, b) => a.afterMs - b.afterMs)
      .map((each) => ({ ...each, afterMs: each.afterMs / speed }));
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
    const lines = play(answers[frame] ?? [], values, nowMs);
    const [head, ...rest] = [...first, ...lines];
    // A new command ends what the device was doing (a stop ends the stream of pressures).
    if (head === undefined) return [];
    return [{ ...head, instead: true }, ...rest];
  }

  return {
    hear: (chunk, nowMs) => hears.hearFrames(chunk).flatMap((heard) => answer(heard, nowMs)),
    press: (nowMs) => play(press, {}, nowMs),
  };
}

function onLine(points: readonly (readonly [number, number])[], ms: number): number {
  const next = points.findIndex(([at]) => at >= ms);
  const to = points[next] ?? points.at(-1);
  const from = points[Math.max(0, next - 1)] ?? to;
  if (to === undefined || from === undefined) return 0;
  return to[0] === from[0] ? to[1] : from[1] + ((to[1] - from[1]) * (ms - from[0])) / (to[0] - from[0]);
}
