import type { ResidentCard, VisitView } from "../../core/contract/views.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import type { Entry, EntryBody, Resident } from "../../core/journal/entry.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import { Feed, type Reading } from "../feed.ts";
import type { Logger } from "../log/logger.ts";
import type { VisitDesk, VisitGist } from "../consult/visit-desk.ts";
import type { Store } from "../store/store.ts";
import type { OpenVisit } from "../store/views/shapes.ts";
import { storeFaultOf, type Scribe } from "./scribe.ts";
import { shownName } from "./shown-name.ts";
import { visitParts } from "./story.ts";

export type Answer<T, C extends FaultCode = FaultCode> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: C };

type StoreCode = Extract<FaultCode, `store.${string}`>;
export type CloseReason = EntryBody<"visit.closed">["reason"];

export interface VisitsParts {
  readonly store: Store;
  readonly scribe: Scribe;
  readonly log: Logger;
  /** Stops what runs for a visit and settles what waits for an answer; done before the visit is closed. */
  readonly settle: (visit: string) => Promise<void>;
  /** Somebody came, or the last of what belonged to a visit is over. */
  readonly onPresence?: () => void;
}

/** At most this many closed visits stay in memory, for opinions that come late and for repeated calls. */
const mostKept = 50;

/**
 * The visits of this start. Nothing is kept here that the journal does not say: every view is computed from the entries
 * of the visit, so that a visit looks the same after a restart. At most one visit is open.
 */
export class Visits implements VisitDesk {
  readonly #parts: VisitsParts;
  readonly #feeds = new Map<string, Feed<VisitView>>();
  #gist: VisitGist | undefined;
  #current: OpenVisit | undefined;
  /** Visits that are being closed: what they measured may still be talking. */
  readonly #leaving = new Set<string>();
  /** Opening and leaving happen one after the other. */
  #line: Promise<unknown> = Promise.resolve();

  constructor(parts: VisitsParts) {
    this.#parts = parts;
  }

  /** The open visit; undefined from the moment somebody asked to leave it. */
  get current(): OpenVisit | undefined {
    return this.#current;
  }

  /** A visit is open, or not yet closed. */
  get occupied(): boolean {
    return this.#current !== undefined || this.#leaving.size > 0;
  }

  /**
   * Ends what a crash left open: numbers that nobody confirmed are refused, measurements without an end have failed,
   * the visit is closed. The person has gone; nothing of it may be taken up by the next one.
   * Answers which devices were at work.
   */
  async recover(): Promise<readonly string[]> {
    const { store, scribe, log } = this.#parts;
    const atWork: string[] = [];
    for (const visit of await store.openVisits()) {
      const story = await store.entriesOfVisit(visit.id);
      atWork.push(...unfinished(story).map(({ device }) => device));
      const entries = leftOver(story, visit, scribe);
      const closed = scribe.fact(
        "visit.closed",
        { reason: "hostStopped" },
        { visit: visit.id, subject: visit.resident },
      );
      const kept = await scribe.keep(...entries, closed);
      log.warn("visit recovered", { visit: visit.id, count: entries.length, ...(kept.ok ? {} : { code: kept.code }) });
    }
    return atWork;
  }

  open(id: string, residentId: string | null): Promise<Answer<VisitView, StoreCode | "wire.badInput">> {
    return this.#inLine(async () => {
      const { store, scribe } = this.#parts;
      if ((await store.visit(id)) !== undefined) return { ok: true, value: await this.#load(id) };
      const resident = residentId === null ? undefined : await store.resident(residentId);
      if (residentId !== null && resident === undefined) return { ok: false, code: "wire.badInput" };
      const ready = await store.ready();
      if (!ready.ok) return ready;
      if (this.#current !== undefined) await this.#close(this.#current, "replaced");
      const kind = residentId === null ? "guest" : "resident";
      const actor = { role: "resident", id: residentId ?? "guest" };
      const kept = await scribe.keep(
        scribe.fact("visit.opened", { kind }, { visit: id, subject: residentId, actor, id }),
      );
      if (!kept.ok) return kept;
      const summary = await store.visit(id);
      if (summary === undefined) throw new Error("a visit that was kept cannot be found");
      this.#current = { id, kind, resident: residentId, openedAt: summary.openedAt };
      this.#parts.onPresence?.();
      return { ok: true, value: await this.#load(id) };
    });
  }

  leave(id: string, reason: CloseReason): Promise<void> {
    // From now on nothing begins for this visit, even while what runs is being stopped.
    const current = this.#current?.id === id ? this.#current : undefined;
    if (current === undefined) return Promise.resolve();
    this.#leaving.add(id);
    this.#current = undefined;
    return this.#inLine(() => this.#close(current, reason));
  }

  /** The view, now and after every change, until the visit is closed. Undefined when there is no such open visit. */
  watch(id: string, signal?: AbortSignal): Reading<VisitView> | undefined {
    const feed = this.#feeds.get(id);
    return feed === undefined || feed.closed ? undefined : feed.read(signal);
  }

  /** The last view of a visit that is or was open; undefined when it is not known here. */
  viewOf(id: string): VisitView | undefined {
    return this.#feeds.get(id)?.value;
  }

  /** Only the open visit can be shown to a doctor. */
  find(id: string): VisitGist | undefined {
    return this.#current?.id === id ? this.#gist : undefined;
  }

  changed(id: string): void {
    void this.refresh(id);
  }

  /** Something was kept about this visit: reads it again and tells who watches. */
  async refresh(id: string): Promise<void> {
    if (!this.#feeds.has(id)) return;
    try {
      await this.#load(id);
    } catch (error) {
      // The fact is kept; only its showing failed, and the next change shows it.
      this.#parts.log.error("visit not read", { visit: id, code: storeFaultOf(error) });
    }
  }

  /** The station goes down: nobody is left alone with an open visit. */
  async close(): Promise<void> {
    const current = this.#current;
    this.#current = undefined;
    await this.#inLine(async () => {
      if (current !== undefined) await this.#close(current, "hostStopped");
    });
  }

  #inLine<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#line.then(work);
    this.#line = done.catch(() => undefined);
    return done;
  }

  async #close(visit: OpenVisit, reason: CloseReason): Promise<void> {
    const { scribe, settle, log } = this.#parts;
    this.#leaving.add(visit.id);
    if (this.#current?.id === visit.id) this.#current = undefined;
    try {
      await settle(visit.id);
    } finally {
      this.#leaving.delete(visit.id);
      this.#parts.onPresence?.();
    }
    const actor = reason === "left" ? { role: "resident", id: visit.resident ?? "guest" } : undefined;
    const about = { visit: visit.id, subject: visit.resident, ...(actor === undefined ? {} : { actor }) };
    const kept = await scribe.keep(scribe.fact("visit.closed", { reason }, about));
    // A closing that cannot be kept is made up for at the next start; the person leaves all the same.
    if (!kept.ok) log.error("visit not closed", { visit: visit.id, code: kept.code });
    await this.#load(visit.id);
    this.#feeds.get(visit.id)?.close();
    for (const id of [...this.#feeds.keys()].slice(0, -mostKept)) this.#feeds.delete(id);
  }

  async #load(id: string): Promise<VisitView> {
    const { store } = this.#parts;
    const summary = await store.visit(id);
    if (summary === undefined) throw new Error("no such visit in the journal");
    const resident = summary.resident === null ? undefined : await store.resident(summary.resident);
    const { kind, openedAt, results, refusals, opinions, overall } = summary;
    const view: VisitView = {
      ...visitParts(await store.entriesOfVisit(id), {}),
      id,
      kind,
      ...(resident === undefined ? {} : { resident: cardOf(resident) }),
      openedAt,
      // A visit that is being left is closed for the page, whatever the disk says.
      closed: summary.closed !== undefined || this.#current?.id !== id,
      results: [...results],
      refusals: [...refusals],
      ...(overall === undefined ? {} : { overall }),
      opinions: [...opinions],
    };
    const worst = worstOf(view);
    if (this.#current?.id === id) {
      this.#gist = {
        visit: id,
        subject: summary.resident,
        shownName: resident === undefined ? "" : shownName(resident.name),
        severity: overall?.severity ?? 0,
        ...(worst === undefined ? {} : { worst }),
      };
    }
    const feed = this.#feeds.get(id);
    if (feed === undefined) this.#feeds.set(id, new Feed(view));
    else feed.set(view);
    if (summary.closed !== undefined) this.#feeds.get(id)?.close();
    return view;
  }
}

export function cardOf({ id, name, birthYear, sex, specimen }: Resident): ResidentCard {
  return { id, shownName: shownName(name), birthYear, sex, specimen };
}

/** Category of the most severe assessment, if there is any. */
function worstOf({ results }: VisitView): string | undefined {
  return results
    .flatMap(({ assessments }) => assessments)
    .reduce<{ readonly severity: number; readonly category?: string }>(
      (worst, each) => (each.severity > worst.severity ? each : worst),
      { severity: -1 },
    ).category;
}

/** What is missing in the story of a visit that was cut off. */
function leftOver(entries: readonly Entry[], visit: OpenVisit, scribe: Scribe) {
  const about = { visit: visit.id, subject: visit.resident };
  const settled = new Set(
    entries.flatMap((entry) => {
      const refused = bodyOf(entry, "measurement.refused");
      const accepted = bodyOf(entry, "measurement.accepted");
      return refused?.measurement ?? accepted?.id ?? [];
    }),
  );
  const cutOff = new Set(unfinished(entries).map(({ measurement }) => measurement));
  return entries.flatMap((entry) => {
    const heard = bodyOf(entry, "measurement.heard");
    const started = bodyOf(entry, "measurement.started");
    if (heard !== undefined && !settled.has(heard.id)) {
      const { id, of, readings, provenance, times } = heard;
      const refused = {
        measurement: id,
        of,
        reason: "gate.notConfirmed",
        detail: "the station stopped",
        readings,
        provenance,
        times,
      };
      return [scribe.fact("measurement.refused", refused, about)];
    }
    if (started !== undefined && cutOff.has(started.measurement)) {
      return [scribe.fact("measurement.ended", { measurement: started.measurement, how: "failed" }, about)];
    }
    return [];
  });
}

/** Measurements that began and have no end. */
function unfinished(entries: readonly Entry[]): readonly EntryBody<"measurement.started">[] {
  const ended = new Set(entries.flatMap((entry) => bodyOf(entry, "measurement.ended")?.measurement ?? []));
  return entries
    .flatMap((entry) => bodyOf(entry, "measurement.started") ?? [])
    .filter(({ measurement }) => !ended.has(measurement));
}
