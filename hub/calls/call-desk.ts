import { v7 as uuidv7 } from "uuid";
import type { Clock } from "../../core/domain/time.ts";
import type { NewEntry } from "../../core/journal/entry.ts";
import type { Call, CallStore, JoinRequest, QueueStore } from "../ports/calls.ts";
import type { LineOf, Presence } from "../ports/presence.ts";
import type { RecordStore } from "../ports/records.ts";
import type { SignalBus } from "../ports/signal-bus.ts";
import type { Logger } from "../log.ts";
import { graceMs, interruptedMs, isRunning, next, reconnectMs, type CallInput } from "./rules.ts";

type Actor = NewEntry["actor"];

export interface CallDeskParts {
  readonly clock: Clock;
  readonly calls: CallStore;
  readonly queue: QueueStore;
  readonly records: RecordStore;
  readonly presence: Presence;
  readonly bus: SignalBus;
  readonly log: Logger;
}

/**
 * Keeps every open call in step with the lines of its two sides: what is lost is said, what stays lost ends a round. The
 * truth is in the store; this holds only timers, and makes them anew after a restart.
 */
export class CallDesk {
  readonly #parts: CallDeskParts;
  readonly #timers = new Map<string, { readonly ms: number; readonly cancel: () => void }>();
  readonly #running = new Map<string, readonly LineOf[]>();
  readonly #stopListening: () => void;
  #closed = false;

  constructor(parts: CallDeskParts) {
    this.#parts = parts;
    this.#stopListening = parts.presence.onChange((line) => this.#settleSoon((call) => linesOf(call).includes(line)));
  }

  /** Takes up the calls that a hub before this one left open. */
  async resume(): Promise<void> {
    for (const call of await this.#parts.calls.open()) await this.#settle(call);
  }

  /** Whether someone at this line is in a running call: such lines are watched more closely. */
  isRunning(line: LineOf): boolean {
    return [...this.#running.values()].some((lines) => lines.includes(line));
  }

  async join(request: JoinRequest): Promise<boolean> {
    const { ok, replaced } = await this.#parts.queue.join(request);
    // One station has one resident in front of it: an older call that is still open is over.
    for (const call of replaced) await this.apply(call, { kind: "hangUp" }, { role: "station", id: request.station });
    if (!ok) return false;
    const call = await this.#parts.calls.find(request.id);
    if (call) await this.#settle(call);
    this.#announce(request.id);
    return true;
  }

  async accept(call: string, clinician: { readonly id: string; readonly name: string }): Promise<Call | undefined> {
    const before = await this.#parts.calls.find(call);
    if (!before) return undefined;
    const about = {
      actor: { role: "doctor", id: clinician.id },
      subject: await this.#parts.records.subjectOf(before.station.id, before.visit),
      visit: before.visit,
    };
    const won = await this.#parts.queue.accept(call, clinician, this.#parts.clock.now(), [
      {
        ...about,
        id: uuidv7(),
        type: "access.decided",
        body: { role: "doctor", operation: "call.accept", allowed: true, about: call },
      },
      {
        ...about,
        id: uuidv7(),
        type: "consult.accepted",
        body: { call, clinician: { id: clinician.id, name: clinician.name }, station: before.station.id },
      },
    ]);
    if (!won) return undefined;
    this.#parts.bus.clear(call);
    const settled = await this.#settle(won);
    this.#announce(call);
    this.#parts.bus.announce(`inbox:${won.station.id}`);
    return settled;
  }

  /** Answers the call as it is afterwards, or undefined where there is none. */
  async apply(id: string, input: CallInput, actor: Actor): Promise<Call | undefined> {
    const { calls, records, bus } = this.#parts;
    const known = await calls.find(id);
    if (!known) return undefined;
    const subject = await records.subjectOf(known.station.id, known.visit);
    const result = await calls.change(id, (call) => {
      const change = next(call, input);
      if (!change) return undefined;
      const { outcome } = change;
      const entries: readonly NewEntry[] =
        outcome === undefined
          ? []
          : [
              {
                id: uuidv7(),
                type: "consult.finished",
                actor,
                subject,
                visit: call.visit,
                body: { call: id, station: call.station.id, how: outcome },
              },
            ];
      return { change, entries };
    });
    if (!result?.changed) return result?.call;
    const { call } = result;
    if (!isRunning(call)) bus.clear(id);
    if (call.outcome !== undefined) bus.announce(`inbox:${call.station.id}`);
    await this.#settle(call);
    this.#announce(id);
    return call;
  }

  close(): void {
    this.#closed = true;
    this.#stopListening();
    for (const { cancel } of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  #announce(call: string): void {
    this.#parts.bus.announce(`call:${call}`);
    this.#parts.bus.announce("queue");
  }

  #settleSoon(concerns: (call: Call) => boolean): void {
    const settle = async () => {
      for (const call of (await this.#parts.calls.open()).filter(concerns)) {
        await this.#settle(call);
        this.#parts.bus.announce(`call:${call.id}`);
      }
    };
    settle().catch((error: unknown) => {
      if (!this.#closed)
        this.#parts.log.error("settleFailed", { stack: error instanceof Error ? error.stack : String(error) });
    });
  }

  /** Brings state and timers in line with who is here now. */
  async #settle(call: Call): Promise<Call> {
    if (this.#closed) return call;
    const lines = linesOf(call);
    if (isRunning(call)) this.#running.set(call.id, lines);
    else this.#running.delete(call.id);
    const away = this.#isAway(call);
    const wait =
      !away || call.outcome !== undefined || call.state === "finished"
        ? undefined
        : isRunning(call)
          ? reconnectMs
          : call.state === "waiting"
            ? graceMs
            : interruptedMs;
    this.#arm(call.id, wait);
    if (isRunning(call) && away !== (call.state === "reconnecting")) {
      return (await this.apply(call.id, { kind: away ? "lineLost" : "lineBack" }, this.#hub)) ?? call;
    }
    return call;
  }

  /** One timer per call; it runs on while the same wait goes on. */
  #arm(call: string, ms: number | undefined): void {
    const there = this.#timers.get(call);
    if (there?.ms === ms) return;
    there?.cancel();
    this.#timers.delete(call);
    if (ms === undefined) return;
    const cancel = this.#parts.clock.after(ms, () => {
      this.#timers.delete(call);
      this.#giveUp(call).catch((error: unknown) => {
        this.#parts.log.error("timerFailed", { call, stack: error instanceof Error ? error.stack : String(error) });
      });
    });
    this.#timers.set(call, { ms, cancel });
  }

  async #giveUp(id: string): Promise<void> {
    const call = await this.#parts.calls.find(id);
    if (call && this.#isAway(call)) await this.apply(id, { kind: "awayTooLong" }, this.#hub);
  }

  #isAway(call: Call): boolean {
    return linesOf(call).some((line) => !this.#parts.presence.isHere(line));
  }

  get #hub(): Actor {
    return { role: "hub", id: this.#parts.records.hub };
  }
}

/** Whose lines a call hangs on: the station's always, the clinician's while the call runs. */
function linesOf(call: Call): readonly LineOf[] {
  return [
    `station:${call.station.id}`,
    ...(call.clinician && isRunning(call) ? [`person:${call.clinician.id}` as const] : []),
  ];
}
