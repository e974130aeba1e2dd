import type { FaultCode } from "../../core/domain/faults.ts";
import type { Outcome } from "../../core/domain/outcome.ts";
import {
  createSession,
  createSimulator,
  type Effect,
  type Profile,
  type SessionOptions,
  type SimulatorOptions,
  type Timed,
} from "../kit/index.ts";

export interface Played {
  readonly outcomes: readonly Outcome[];
  /** The exact bytes of each outcome. */
  readonly raws: readonly Uint8Array[];
  /** What the host sent, and when. */
  readonly sent: readonly { readonly atMs: number; readonly bytes: Uint8Array }[];
  readonly phases: readonly string[];
  readonly end: { readonly how: string; readonly code?: FaultCode; readonly atMs: number } | undefined;
}

export interface PlayOptions {
  readonly session?: SessionOptions;
  readonly simulator?: SimulatorOptions;
  /** The person presses stop at this time. */
  readonly stopAtMs?: number;
  /** Cuts what the device sends into pieces of this size. */
  readonly pieces?: number;
}

const beganMs = 1_800_000_000_000;

/** A whole session against the simulated device, in virtual time and through real bytes. Ends by itself or after 20,000 events. */
export function play(
  profile: Profile,
  { session: sessionOptions, simulator, stopAtMs, pieces }: PlayOptions = {},
): Played {
  const session = createSession(profile, { sinceMs: beganMs - 60_000, ...sessionOptions });
  const device = createSimulator(profile, { seed: 7, ...simulator });
  let now = beganMs;
  let wakeAt = Number.POSITIVE_INFINITY;
  let stopAt = stopAtMs === undefined ? Number.POSITIVE_INFINITY : beganMs + stopAtMs;
  let planned: { readonly atMs: number; readonly bytes: Uint8Array; readonly more?: Timed["more"] }[] = [];
  const outcomes: Outcome[] = [];
  const raws: Uint8Array[] = [];
  const sent: { atMs: number; bytes: Uint8Array }[] = [];
  const phases: string[] = [];
  let end: Played["end"];

  const plan = (timed: readonly Timed[]): void => {
    for (const { bytes, afterMs, instead, more } of timed) {
      if (instead === true) planned = [];
      planned.push({ atMs: now + afterMs, bytes, ...(more === undefined ? {} : { more }) });
    }
    planned.sort((a, b) => a.atMs - b.atMs);
  };
  const carryOut = (effects: readonly Effect[]): void => {
    for (const effect of effects) {
      switch (effect.do) {
        case "send":
          sent.push({ atMs: now - beganMs, bytes: effect.bytes });
          plan(device.hear(effect.bytes, now));
          break;
        case "tell":
          outcomes.push(effect.outcome);
          raws.push(effect.raw);
          break;
        case "wake":
          wakeAt = effect.atMs;
          break;
        case "phase":
          phases.push(effect.phase);
          break;
        case "end":
          end = { how: effect.how, atMs: now - beganMs, ...(effect.code === undefined ? {} : { code: effect.code }) };
          break;
      }
    }
  };
  plan(device.open(now));
  carryOut(session.begin(now));
  if (profile.push) plan(device.press(now));
  for (let events = 0; end === undefined && events < 20_000; events++) {
    const next = planned[0];
    now = Math.max(now, Math.min(wakeAt, stopAt, next?.atMs ?? Number.POSITIVE_INFINITY));
    if (now >= stopAt) {
      stopAt = Number.POSITIVE_INFINITY;
      carryOut(session.stop(now));
    } else if (next !== undefined && next.atMs <= now) {
      planned.shift();
      plan(next.more?.(now) ?? []);
      const size = pieces ?? next.bytes.length;
      for (let at = 0; at < next.bytes.length; at += size)
        carryOut(session.hear(next.bytes.subarray(at, at + size), now));
    } else {
      wakeAt = Number.POSITIVE_INFINITY;
      carryOut(session.wake(now));
    }
  }
  return { outcomes, raws, sent, phases, end };
}
