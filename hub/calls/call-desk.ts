import type { CallMode, OutcomeCode } from "../../core/domain/calls.ts";
import type { Clock } from "../../core/domain/time.ts";
import type { NewEntry } from "../../core/journal/entry.ts";
import type { Logger } from "../log.ts";
import type { Call, CallStore, VisitCall } from "../ports/calls.ts";
import type { Directory } from "../ports/directory.ts";
import type { LineOf, Presence } from "../ports/presence.ts";
import type { RecordStore } from "../ports/records.ts";
import type { SignalBus } from "../ports/signal-bus.ts";
import { entriesOf } from "./call-entries.ts";
import { deadlineOf } from "./deadlines.ts";
import { isIn, lineOf } from "./participants.ts";
import type { RingBacks } from "./ring-backs.ts";
import { dropped, inHandsOf, isQueued, isRunning, newCall, next, settled, type CallInput } from "./rules.ts";
import { isOffered, overtaken, type Taker } from "./waiting.ts";

type Actor = NewEntry["actor"];

export interface CallDeskParts {
  readonly clock: Clock;
  readonly calls: CallStore;
  readonly directory: Pick<Directory, "station" | "contractedDoctor">;
  readonly records: Pick<RecordStore, "hub" | "subjectOf">;
  readonly presence: Presence;
  readonly bus: Pick<SignalBus, "announce" | "clear">;
  readonly ringBacks: Pick<RingBacks, "doctorFor" | "taken">;
  readonly log: Logger;
}

export interface Joining {
  readonly id: string;
  readonly station: string;
  readonly visit: string;
  readonly mode: Exclude<CallMode, "doctors">;
  readonly shownName: string;
  readonly severity: number;
  readonly worst?: string;
  /** The resident, where the station says; otherwise as the visit's entries say. */
  readonly resident?: string;
}

export interface Applied {
  readonly call: Call;
  /** False: the input meant nothing to the call as it was. */
  readonly changed: boolean;
}

export type Accepted =
  | { readonly ok: true; readonly call: Call }
  | {
      readonly ok: false;
      readonly code: "consult.ended" | "consult.alreadyTaken" | "consult.notYours" | "consult.notNext";
    };

/**
 * Keeps every open call in step with the lines of those in it, and with time: what is lost is said, what stays lost ends a
 * round, what nobody takes is offered to more. The truth is in the store; this holds only timers, and makes them anew after a
 * restart.
 */
export class CallDesk {
  readonly #parts: CallDeskParts;
  readonly #timers = new Map<string, { readonly at: number; readonly cancel: () => void }>();
  readonly #running = new Map<string, readonly LineOf[]>();
  readonly #stopListening: () => void;
  #closed = false;

  constructor(parts: CallDeskParts) {
    this.#parts = parts;
    this.#stopListening = parts.presence.onChange((line) => this.#settleSoon(line));
  }

  /** Takes up the calls that a hub before this one left open. */
  async resume(): Promise<void> {
    for (const call of await this.#parts.calls.open()) await this.#settle(call);
  }

  /** Whether someone at this line is in a running call: such lines are watched more closely. */
  isRunning(line: LineOf): boolean {
    return [...this.#running.values()].some((lines) => lines.includes(line));
  }

  /** Joining twice is joining once. False: the call is over, or is another station's. */
  async join(asked: Joining): Promise<boolean> {
    const { calls, directory, records, clock } = this.#parts;
    const actor = { role: "station", id: asked.station };
    const station = await directory.station(asked.station);
    if (!station) return false;
    const resident = asked.resident ?? (await records.subjectOf(asked.station, asked.visit));
    const contracted = resident === null ? undefined : await directory.contractedDoctor(resident);
    const { id, visit, mode, shownName, severity, worst } = asked;
    const call = newCall(
      {
        id,
        mode,
        visit,
        shownName,
        severity,
        ...(worst === undefined ? {} : { worst }),
        ...(contracted === undefined ? {} : { contracted }),
        station,
      },
      clock.now(),
    );
    if (await this.#putIn(call, actor, resident)) return true;
    const there = await calls.find(id);
    if (there?.station?.id !== asked.station || there.state === "finished") return false;
    await this.apply(id, { kind: "comeBack", id: asked.station }, actor);
    return true;
  }

  /** In the queue, or straight with the doctor who asked for it and is there: so nobody else can take it in between. */
  async #putIn(call: VisitCall, actor: Actor, subject: string | null): Promise<boolean> {
    const { calls, presence, ringBacks, bus, clock } = this.#parts;
    const doctor = call.mode === "stored" ? undefined : await ringBacks.doctorFor(call.station.id, call.visit);
    const put = await calls.insert(call.id, (open) => {
      const isFree = (taker: Taker) => presence.isHere(`person:${taker.id}`) && !open().some(isTalkOf(taker));
      if (!doctor || !isFree(doctor)) return { call, entries: [] };
      const given = inHandsOf(call, doctor, clock.now());
      const { role, id } = doctor;
      return { call: given, entries: entriesOf(call, given, { kind: "accept", taker: doctor }, { role, id }, subject) };
    });
    if (!put) return false;
    await this.#giveWay(call, actor);
    await this.#settle(put);
    this.#announce(put);
    if (call.mode !== "stored") ringBacks.taken(call.station.id, call.visit, call.id);
    if (put.clinician) bus.announce(`inbox:${call.station.id}`);
    return true;
  }

  /** A talk between colleagues: its owner is the one who asks. */
  async begin(call: Call, input: CallInput, actor: Actor): Promise<Applied | undefined> {
    if (!(await this.#parts.calls.insert(call.id, () => ({ call, entries: [] })))) return undefined;
    await this.#settle(call);
    return this.apply(call.id, input, actor);
  }

  /**
   * A waiting call, out of the queue: exactly one taker gets it, and nobody before an equal who waits longer. Codes:
   * `consult.ended`, `consult.alreadyTaken`, `consult.notYours` (not offered to this one yet), `consult.notNext`.
   */
  async accept(id: string, taker: Taker): Promise<Accepted> {
    let code: Exclude<Accepted, { ok: true }>["code"] | undefined;
    const applied = await this.#change(
      id,
      (call, at, open) => {
        code = noTo(taker, call, open);
        return code === undefined ? next(call, { kind: "accept", taker }, at) : undefined;
      },
      { kind: "accept", taker },
      { role: taker.role, id: taker.id },
    );
    if (applied?.changed) return { ok: true, call: applied.call };
    if (!applied || applied.call.outcome !== undefined) return { ok: false, code: "consult.ended" };
    if (code !== undefined) return { ok: false, code };
    return { ok: false, code: applied.call.state === "finished" ? "consult.ended" : "consult.alreadyTaken" };
  }

  async finish(call: string, id: string, role: Actor["role"], code?: OutcomeCode): Promise<Applied | undefined> {
    return this.apply(call, { kind: "finish", id, ...(code === undefined ? {} : { code }) }, { role, id });
  }

  /** `undefined` where there is no such call. */
  async apply(id: string, input: CallInput, actor: Actor): Promise<Applied | undefined> {
    return this.#change(id, (call, at) => next(call, input, at), input, actor);
  }

  /** Somebody will not come back to any call: nobody waits for their line. */
  async drop(person: string, actor: Actor): Promise<void> {
    for (const { id, participants } of await this.#parts.calls.open())
      if (participants.some((one) => one.id === person))
        await this.#change(id, (call, at) => dropped(call, person, at), { kind: "expire", id: person }, actor);
  }

  close(): void {
    this.#closed = true;
    this.#stopListening();
    for (const { cancel } of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  async #change(
    id: string,
    decide: (call: Call, at: number, open: () => readonly Call[]) => Call | undefined,
    input: CallInput,
    actor: Actor,
  ): Promise<Applied | undefined> {
    const { calls, clock, records, bus } = this.#parts;
    const known = await calls.find(id);
    if (!known) return undefined;
    const subject = known.visit === undefined ? null : await records.subjectOf(known.station.id, known.visit);
    let before = known;
    const result = await calls.change(id, (call, open) => {
      before = call;
      const after = decide(call, clock.now(), open);
      return after && { call: after, entries: entriesOf(call, after, input, actor, subject) };
    });
    if (!result?.changed) return result;
    const { call } = result;
    if (!isRunning(call) || call.round !== before.round) bus.clear(id);
    const toStation = call.outcome !== undefined || call.clinician?.id !== before.clinician?.id;
    if (call.station && toStation) bus.announce(`inbox:${call.station.id}`);
    const settledNow = await this.#settle(call);
    this.#announce(call);
    return { call: settledNow, changed: true };
  }

  /** One station has one resident in front of it: an older call of it is over, or waits for a doctor to call back. */
  async #giveWay(call: Call, actor: Actor): Promise<void> {
    const older = (await this.#parts.calls.open()).filter(
      (one) => one.id !== call.id && one.mode !== "doctors" && one.station?.id === actor.id,
    );
    for (const one of older) {
      if (one.state === "finished" || (one.mode === "stored" && one.visit !== call.visit)) continue;
      const input: CallInput = one.visit === call.visit ? { kind: "replaced" } : { kind: "hangUp", id: actor.id };
      await this.apply(one.id, input, actor);
    }
  }

  #announce({ id, participants }: Call): void {
    this.#parts.bus.announce(`call:${id}`);
    this.#parts.bus.announce("queue");
    for (const { kind, id: person } of participants) if (kind === "person") this.#parts.bus.announce(`calls:${person}`);
  }

  #settleSoon(line: LineOf): void {
    const settle = async () => {
      const open = await this.#parts.calls.open();
      for (const call of open.filter((one) => one.participants.some((party) => lineOf(party) === line))) {
        await this.#settle(call);
        this.#parts.bus.announce(`call:${call.id}`);
      }
    };
    settle().catch((error: unknown) => {
      if (!this.#closed)
        this.#parts.log.error("settleFailed", { stack: error instanceof Error ? error.stack : String(error) });
    });
  }

  /** Brings state and timer in line with who is here now. */
  async #settle(call: Call): Promise<Call> {
    if (this.#closed) return call;
    const { presence, clock } = this.#parts;
    const isHere = (party: Parameters<typeof lineOf>[0]) => presence.isHere(lineOf(party));
    // Written only where there is something to write.
    if (settled(call, isHere, clock.now())) {
      const input = { kind: "lineLost", id: "" } as const;
      const hub = { role: "hub", id: this.#parts.records.hub };
      const moved = await this.#change(call.id, (now, at) => settled(now, isHere, at), input, hub);
      if (moved?.changed) return moved.call;
      if (moved) return this.#watch(moved.call);
    }
    return this.#watch(call);
  }

  #watch(call: Call): Call {
    if (isRunning(call)) this.#running.set(call.id, call.participants.filter(isIn).map(lineOf));
    else this.#running.delete(call.id);
    this.#arm(call);
    return call;
  }

  /** One timer per call: the next thing that time alone does. */
  #arm(call: Call): void {
    const due = deadlineOf(call);
    const there = this.#timers.get(call.id);
    if (there && there.at === due?.at) return;
    there?.cancel();
    this.#timers.delete(call.id);
    if (!due) return;
    const cancel = this.#parts.clock.after(Math.max(0, due.at - this.#parts.clock.now()), () => {
      this.#timers.delete(call.id);
      this.#fallDue(call.id).catch((error: unknown) => {
        if (!this.#closed)
          this.#parts.log.error("timerFailed", {
            call: call.id,
            stack: error instanceof Error ? error.stack : String(error),
          });
      });
    });
    this.#timers.set(call.id, { at: due.at, cancel });
  }

  async #fallDue(id: string): Promise<void> {
    const { calls, clock, records } = this.#parts;
    const call = await calls.find(id);
    if (!call || this.#closed) return;
    const due = deadlineOf(call);
    // Something moved it while the timer ran out.
    if (due && due.at <= clock.now()) await this.apply(id, due.input, { role: "hub", id: records.hub });
    else this.#arm(call);
  }
}

const isTalkOf =
  ({ id }: Taker) =>
  (call: Call): boolean =>
    isRunning(call) && call.mode !== "stored" && call.clinician?.id === id;

/** Why a waiting call is not this one's to take, as everything stands now. */
function noTo(
  taker: Taker,
  call: Call,
  open: () => readonly Call[],
): "consult.notYours" | "consult.notNext" | undefined {
  if (!isQueued(call) || call.outcome !== undefined) return undefined;
  if (!isOffered(call, taker)) return "consult.notYours";
  const others = open();
  // Who has this resident before them already takes up nobody else.
  const goesOn = others.some((one) => one.visit === call.visit && one.clinician?.id === taker.id);
  return !goesOn && overtaken(call, others, taker) ? "consult.notNext" : undefined;
}
