import type { FaultCode } from "../../core/domain/faults.ts";
import type { Outcome } from "../../core/domain/outcome.ts";
import type { Clock } from "../../core/domain/time.ts";
import {
  conversationOf,
  createSession,
  type Effect,
  type Phase,
  type Profile,
  type Session,
  type SessionOptions,
} from "../../drivers/kit/index.ts";
import type { Channel } from "../channels/channel.ts";
import type { Logger } from "../log/logger.ts";
import { deviceLog } from "./device-log.ts";
import type { Line } from "./line.ts";

/** No session may hold a device longer, whatever its profile says. */
export const hardCapMs = 600_000;
/** After stop was asked for, the session has this long to end by itself. */
const stopGraceMs = 3_000;
/** After a stop the port stays open this long, so that what comes late is heard and refused instead of lying in wait. */
const lateMs = 1_000;

export type RunEnd = { readonly how: "finished" | "stopped" | "failed"; readonly code?: FaultCode };

/** The protocol's state when something was heard. */
export interface HeardWhen {
  /** Stop had been asked for. */
  readonly stopped: boolean;
  /** The session had ended. */
  readonly over: boolean;
  /** The device had been asked for a result: what comes sooner was left over in it or in the line. */
  readonly asked: boolean;
}

/** What a run tells, in the order it happened. */
export interface RunListener {
  phase(phase: Phase, latestMs: number): void;
  heard(outcome: Outcome, raw: Uint8Array, when: HeardWhen): void;
  /** Once. What is heard later is only told to be refused. */
  ended(end: RunEnd): void;
}

export interface RunParts {
  readonly line: Line;
  readonly channel: Channel;
  readonly clock: Clock;
  readonly log: Logger;
  /** How long ago the visit began: a memory is read back to there. */
  readonly visitAgeMs: number;
  readonly listener: RunListener;
  /** What is asked of the device, where it is not just its measurement: one kind of several, a control run, a task. */
  readonly asked?: Pick<SessionOptions, "of" | "purpose" | "task" | "values" | "job">;
  /** Speeds to try when nothing is understood; absent: those of the profile. */
  readonly speeds?: readonly number[];
  /** The kit's, unless a test hands in one that does not keep its promises. */
  readonly converse?: typeof createSession;
}

/**
 * One measurement on one device: drives the session of the kit over the channel, and holds the watchdog that the
 * session has no say in. It begins only by `begin`, is ended by `stop`, by the session, by the port's going or by the
 * watchdog, and each way out sends what the session sends to make the device safe, while there is a port to send it on.
 */
export class Run {
  readonly #parts: RunParts;
  readonly #profile: Profile;
  readonly #log: Logger;
  #channel: Channel;
  #session: Session;
  #leaveChannel: () => void = () => {};
  #cancelWake: () => void = () => {};
  #cancelCap: () => void = () => {};
  #cancelGrace: () => void = () => {};
  #stopped = false;
  /** How a run that was halted from outside is said to have ended. */
  #haltedAs: RunEnd | undefined;
  #gone = false;
  #end: RunEnd | undefined;
  /** Something that the device's profile knows was heard at this speed. */
  #understood = false;
  #phase: Phase | undefined;
  #speed: number;
  #speedsLeft: readonly number[];
  #switching = false;
  #released = false;
  #freed: () => void = () => {};
  #tellEnded: () => void = () => {};
  readonly #whenEnded: Promise<void>;
  /** Resolves when the device is free again. */
  readonly free: Promise<void>;

  constructor(parts: RunParts) {
    this.#parts = parts;
    this.#profile = parts.line.device.profile;
    this.#log = deviceLog(parts.log, parts.line.device);
    this.#channel = parts.channel;
    this.#session = this.#newSession();
    this.#speed = parts.line.device.baudRate;
    this.#speedsLeft = (parts.speeds ?? this.#profile.serial.baudChoices ?? []).filter(
      (speed) => speed !== this.#speed,
    );
    this.#whenEnded = new Promise((resolve) => (this.#tellEnded = resolve));
    this.free = new Promise((resolve) => (this.#freed = resolve));
  }

  get over(): boolean {
    return this.#end !== undefined;
  }

  /** The port was given back: nothing more is heard. */
  get released(): boolean {
    return this.#released;
  }

  /** The explicit act. Nothing was sent before. */
  begin(): void {
    const capMs = Math.min(conversationOf(this.#profile, this.#parts.asked ?? {}).totalMs + stopGraceMs, hardCapMs);
    this.#cancelCap = this.#parts.clock.after(capMs, () => {
      this.#log.warn("watchdog", { ms: capMs });
      this.#halt({ how: "failed", code: "device.tooLong" });
    });
    this.#attach(this.#channel);
    this.#carryOut(this.#session.begin(this.#now()));
  }

  /** Ends the measurement from outside; harmless when it is over. Resolves when it has ended. */
  stop(): Promise<void> {
    this.#halt({ how: "stopped" });
    return this.#whenEnded;
  }

  /** Asks the session to stop, and ends as `end` says even if it does not. */
  #halt(end: RunEnd): void {
    if (this.#stopped || this.#end !== undefined) return;
    this.#stopped = true;
    this.#haltedAs = end;
    this.#cancelGrace = this.#parts.clock.after(stopGraceMs, () => this.#finish(end));
    this.#carryOut(this.#session.stop(this.#now()));
  }

  #newSession(): Session {
    const { converse = createSession } = this.#parts;
    const { clock, visitAgeMs, asked } = this.#parts;
    // The device hangs in the same room: the wall time it is told is the station's own.
    const zoneMs = -new Date(clock.now()).getTimezoneOffset() * 60_000;
    const wallOffsetMs = clock.now() + zoneMs - this.#now();
    return converse(this.#profile, { sinceMs: this.#now() - visitAgeMs, wallOffsetMs, ...asked });
  }

  #now(): number {
    return this.#parts.clock.monotonic();
  }

  #attach(channel: Channel): void {
    this.#channel = channel;
    const stopBytes = channel.onBytes((bytes) => {
      this.#log.bytes("←", bytes);
      this.#carryOut(this.#session.hear(bytes, this.#now()));
    });
    const stopGone = channel.onGone(() => {
      this.#gone = true;
      this.#parts.line.lost(this.#end === undefined);
      this.#finish(this.#stopped ? { how: "stopped" } : { how: "failed", code: "device.unplugged" });
    });
    this.#leaveChannel = () => {
      stopBytes();
      stopGone();
    };
  }

  #carryOut(effects: readonly Effect[]): void {
    for (const effect of effects) {
      switch (effect.do) {
        case "send":
          this.#log.bytes("→", effect.bytes);
          void this.#channel.write(effect.bytes);
          break;
        case "tell":
          this.#tell(effect.outcome, effect.raw);
          break;
        case "wake":
          this.#cancelWake();
          this.#cancelWake = this.#parts.clock.after(Math.max(0, effect.atMs - this.#now()), () =>
            this.#carryOut(this.#session.wake(this.#now())),
          );
          break;
        case "phase":
          // Beyond the first phase the device has answered, even where its answer is told to nobody.
          if (this.#phase !== undefined) this.#understand();
          this.#phase = effect.phase;
          this.#parts.listener.phase(effect.phase, latestMs(this.#profile, effect.phase, this.#parts.asked));
          break;
        case "end":
          if (this.#mayTryNextSpeed(effect.code)) void this.#switchSpeed();
          else
            this.#finish(
              this.#haltedAs ?? { how: effect.how, ...(effect.code === undefined ? {} : { code: effect.code }) },
            );
          break;
      }
    }
  }

  #tell(outcome: Outcome, raw: Uint8Array): void {
    if (outcome.kind === "discarded") this.#log.bytes("×", outcome.bytes);
    else if (raw.length > 0) this.#understand();
    // What the session found out by silence is not the last word while there is another speed to try.
    const silence = outcome.kind === "fault" && raw.length === 0;
    if (silence && this.#mayTryNextSpeed(outcome.code)) return;
    this.#parts.listener.heard(outcome, raw, {
      stopped: this.#stopped,
      over: this.#end !== undefined,
      asked: this.#phase !== undefined && this.#phase !== "contacting",
    });
  }

  #understand(): void {
    if (this.#understood) return;
    this.#understood = true;
    this.#parts.line.understoodAt(this.#speed);
  }

  /**
   * A device that was not understood may speak at another of its speeds. Only while nothing was understood and the session
   * is still asking who is there: then nothing can be moving.
   */
  #mayTryNextSpeed(code: FaultCode | undefined): boolean {
    const unheard = code === "device.silent" || code === "device.garbled";
    const asking = this.#phase === "contacting" || !this.#profile.actuates;
    return (
      unheard && asking && !this.#understood && !this.#stopped && this.#end === undefined && this.#speedsLeft.length > 0
    );
  }

  async #switchSpeed(): Promise<void> {
    const [speed, ...left] = this.#speedsLeft;
    if (speed === undefined) return;
    this.#log.info("trying another speed", { baudRate: speed });
    this.#speed = speed;
    this.#speedsLeft = left;
    this.#phase = undefined;
    this.#switching = true;
    this.#cancelWake();
    this.#leaveChannel();
    await this.#channel.close();
    const opened = await this.#parts.line.take(speed);
    this.#switching = false;
    if (!opened.ok) {
      this.#gone = true;
      const code = opened.code === "device.portMissing" ? "device.unplugged" : opened.code;
      this.#finish(this.#haltedAs ?? { how: "failed", code });
      await this.#release();
      return;
    }
    this.#channel = opened.channel;
    if (this.#haltedAs !== undefined) {
      // Halted while there was no port: nothing was begun on this one.
      this.#finish(this.#haltedAs);
      await this.#release();
      return;
    }
    this.#session = this.#newSession();
    this.#attach(opened.channel);
    this.#carryOut(this.#session.begin(this.#now()));
  }

  #finish(end: RunEnd): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    this.#cancelCap();
    this.#cancelGrace();
    this.#log.info("measured", { how: end.how, ...(end.code === undefined ? {} : { code: end.code }) });
    this.#parts.listener.ended(end);
    this.#tellEnded();
    if (this.#switching) return;
    // What a device says after a stop is heard and refused; what is sent during that time is only what the session sends.
    if (end.how === "finished" || this.#gone) void this.#release();
    else this.#parts.clock.after(lateMs, () => void this.#release());
  }

  async #release(): Promise<void> {
    if (this.#released) return;
    this.#released = true;
    this.#cancelWake();
    this.#leaveChannel();
    await this.#parts.line.give(this.#channel, !this.#gone);
    this.#freed();
  }
}

/** How long a phase may take at the most, from its beginning. */
export function latestMs(profile: Profile, phase: Phase, asked: RunParts["asked"] = {}): number {
  const { steps, totalMs } = conversationOf(profile, asked);
  const most = (step: (typeof steps)[number]): number => {
    switch (step.do) {
      case "ask":
        return step.withinMs * step.tries;
      // Three answers at the most.
      case "twice":
        return 3 * step.withinMs * step.tries;
      case "send":
        return step.pauseMs ?? 0;
      case "poll":
      case "settle":
        return step.withinMs;
      case "job":
      case "listen":
      case "readout":
      case "dump":
        return totalMs;
    }
  };
  const total = steps.filter((step) => step.phase === phase).reduce((sum, step) => sum + most(step), 0);
  return Math.min(total, totalMs);
}
