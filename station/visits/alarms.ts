import { v7 as newId } from "uuid";
import type { AlarmView } from "../../core/contract/visit-parts.ts";
import { instant, type Clock } from "../../core/domain/time.ts";
import type { Logger } from "../log/logger.ts";
import { StoreFault } from "../store/store.ts";
import type { Scribe } from "./scribe.ts";
import type { Visits } from "./visits.ts";

/** A call for help as it goes to the hub. */
export interface AlarmCall {
  readonly id: string;
  readonly visit: string;
  readonly reason: AlarmView["reason"];
  readonly symptoms: readonly string[];
  /** UTC. */
  readonly at: string;
}

/** The way to the duty doctor. */
export interface AlarmHub {
  /** True when the hub has it; false when there is no line now. */
  readonly raise: (alarm: AlarmCall) => Promise<boolean>;
  /** Somebody is there: nobody else needs to come. */
  readonly over: (alarm: string) => Promise<void>;
}

export interface AlarmsParts {
  readonly scribe: Scribe;
  readonly visits: Pick<Visits, "current" | "viewOf" | "showAlarm">;
  readonly clock: Clock;
  readonly log: Logger;
  /** Absent: there is no hub. */
  readonly hub?: AlarmHub | undefined;
}

/** Told again this often while the line is away. */
const againMs = 2_000;

/**
 * Calls for help. The page is told first, before the disk and the hub, because neither may be in order just then; what
 * cannot be kept sounds all the same. Nothing here is refused and nothing throws.
 */
export class Alarms {
  readonly #parts: AlarmsParts;
  /** By visit; the last one of each. */
  readonly #alarms = new Map<string, AlarmView>();
  #cancelAgain: () => void = () => {};
  #closed = false;

  constructor(parts: AlarmsParts) {
    this.#parts = parts;
  }

  /** The last one of a visit, as it stands now; undefined when there was none in this start. */
  of(visit: string): AlarmView | undefined {
    return this.#alarms.get(visit);
  }

  async raise(given: {
    readonly id: string;
    readonly visit: string;
    readonly reason: AlarmView["reason"];
    readonly symptoms: readonly string[];
  }): Promise<void> {
    const { id, visit, reason, symptoms } = given;
    if (this.#alarms.get(visit)?.id === id) return;
    const { scribe, clock } = this.#parts;
    const raisedAt = instant(clock.now());
    this.#show(visit, { id, raisedAt, reason, symptoms: [...symptoms], state: "sounding" });
    void this.#tell({ id, visit, reason, symptoms, at: raisedAt });
    const body = { alarm: id, reason, symptoms: [...symptoms] };
    await this.#keep(visit, () => scribe.keep(scribe.fact("alarm.raised", body, this.#about(visit, id))));
  }

  /** A visit ends. `severity`: of a number that nobody confirmed. What is an emergency, and nobody was told of, is told now. */
  async leave(visit: string, severity: number): Promise<void> {
    const view = this.#parts.visits.viewOf(visit);
    if (Math.max(severity, view?.overall?.severity ?? 0) < 4) return;
    if ((this.#alarms.get(visit) ?? view?.alarm) !== undefined) return;
    await this.raise({ id: newId(), visit, reason: "result", symptoms: view?.answers.symptoms ?? [] });
  }

  /** Somebody is there. `hub`: the duty doctor said so. Harmless when nothing sounds. */
  async answered(visit: string, id: string | undefined, how: "here" | "hub" | "mistake", by: string): Promise<void> {
    // One of before a restart is in the journal alone.
    const alarm = this.#alarms.get(visit) ?? this.#parts.visits.viewOf(visit)?.alarm;
    if (alarm === undefined || alarm.state === "answered") return;
    const { scribe } = this.#parts;
    this.#show(visit, { ...alarm, state: "answered" });
    if (how !== "hub") this.#over(alarm.id);
    const body = { alarm: alarm.id, by, how };
    const about = this.#about(visit, id);
    const actor = how === "hub" ? { role: "doctor", id: by } : about.actor;
    await this.#keep(visit, () => scribe.keep(scribe.fact("alarm.answered", body, { ...about, actor })));
  }

  /** The duty doctor answered one of them. */
  async answeredByHub(alarm: string, entry: string, by: string): Promise<void> {
    const found = [...this.#alarms].find(([, { id }]) => id === alarm);
    if (found !== undefined) await this.answered(found[0], entry, "hub", by);
  }

  /** A new line to the hub, which may have forgotten: what still sounds is told again. */
  lineUp(): void {
    for (const [visit, { id, reason, symptoms, raisedAt, state }] of this.#alarms)
      if (state !== "answered") void this.#tell({ id, visit, reason, symptoms, at: raisedAt });
  }

  /** Nobody is told any more. */
  close(): void {
    this.#closed = true;
    this.#cancelAgain();
  }

  #show(visit: string, alarm: AlarmView): void {
    this.#alarms.set(visit, alarm);
    this.#parts.visits.showAlarm(visit);
  }

  #over(id: string): void {
    const { hub, log } = this.#parts;
    void hub?.over(id).catch((error: unknown) => log.warn("alarm's end not told", { why: String(error) }));
  }

  async #tell(call: AlarmCall): Promise<void> {
    const { hub, clock, log } = this.#parts;
    if (hub === undefined || this.#closed) return;
    const told = await hub.raise(call).catch((error: unknown) => {
      log.warn("alarm not told", { why: String(error) });
      return false;
    });
    const alarm = this.#alarms.get(call.visit);
    if (alarm?.id !== call.id) return;
    // Answered while it was being told.
    if (alarm.state === "answered") return this.#over(call.id);
    if (told) this.#show(call.visit, { ...alarm, state: "told" });
    else this.#cancelAgain = clock.after(againMs, () => void this.#tell(call));
  }

  async #keep(visit: string, write: () => Promise<unknown>): Promise<void> {
    try {
      await write();
    } catch (error) {
      const why = error instanceof StoreFault ? error.code : String(error);
      this.#parts.log.error("alarm not kept", { visit, why });
    }
  }

  #about(visit: string, id?: string) {
    const { current } = this.#parts.visits;
    const subject = current?.id === visit ? current.resident : null;
    const actor = { role: "resident", id: subject ?? "guest" };
    return { visit, subject, actor, ...(id === undefined ? {} : { id }) };
  }
}
