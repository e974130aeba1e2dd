import type { VisitView } from "../../core/contract/views.ts";
import type { Who } from "../../core/contract/visit-parts.ts";
import { consented, keptAs, type ConsentScope, type ConsentWay } from "../../core/domain/consent.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import type { Clock } from "../../core/domain/time.ts";
import type { EntryBody } from "../../core/journal/entry.ts";
import type { Helper } from "../../core/journal/visit-bodies.ts";
import { Feed, type Reading } from "../feed.ts";
import type { Logger } from "../log/logger.ts";
import type { VisitDesk, VisitGist } from "../consult/visit-desk.ts";
import type { Store } from "../store/store.ts";
import type { OpenVisit } from "../store/views/shapes.ts";
import { arrivalOf, resumable, saidBody, type Coming } from "./arrival.ts";
import { Attendance } from "./attendance.ts";
import { leftOver, unfinished } from "./recovery.ts";
import { storeFaultOf, type Scribe } from "./scribe.ts";
import { visitSeen } from "./visit-view.ts";

export type Answer<T, C extends FaultCode = FaultCode> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: C };

type StoreCode = Extract<FaultCode, `store.${string}`>;
export type OpenCode = StoreCode | "wire.badInput" | "identify.expired";
export type CloseReason = EntryBody<"visit.closed">["reason"];

export interface OpenInput {
  readonly id: string;
  readonly who: Who;
  readonly helper?: Helper | undefined;
}

/** Who comes, as the host itself knows, with what they said; `spend`: they are in, and the token is worth nothing any more. */
export interface Admitted extends Pick<Coming, "who" | "consents" | "way" | "sign" | "claim"> {
  readonly spend: () => void;
}

export interface VisitsParts {
  readonly store: Store;
  readonly scribe: Scribe;
  readonly log: Logger;
  readonly clock: Clock;
  /** New people of a simulated station are invented ones. */
  readonly simulated: boolean;
  readonly admit: (who: Who) => Promise<Answer<Admitted, "wire.badInput" | "identify.expired">>;
  /** How long a person sits before the first pressure, seconds. */
  readonly seatSeconds: number;
  /** A call for help of this visit, as it stands now. */
  readonly alarmOf: (visit: string) => VisitView["alarm"];
  /** Whether a doctor who hung up would like to speak again. */
  readonly ringBackOf: (visit: string) => VisitView["ringBack"];
  /** A device, or a call, is at work for this visit. */
  readonly busy: (visit: string) => boolean;
  /** The visit is over for the page, before it is closed in the journal. */
  readonly onLeft: (visit: string, reason: CloseReason) => void;
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
  readonly #attendance: Attendance;
  /** Opening and leaving happen one after the other. */
  #line: Promise<unknown> = Promise.resolve();

  constructor(parts: VisitsParts) {
    this.#parts = parts;
    this.#attendance = new Attendance({
      clock: parts.clock,
      busy: () => this.#busy(),
      onWarning: () => this.#showIdle(),
      onOver: () => {
        if (this.#current !== undefined) void this.leave(this.#current.id, "idle");
      },
    });
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
      const about = { visit: visit.id, subject: await this.#subjectOf(visit.resident) };
      const entries = leftOver(story, about, scribe);
      const closed = scribe.fact("visit.closed", { reason: "hostStopped" }, about);
      const kept = await scribe.keep(...entries, closed);
      log.warn("visit recovered", { visit: visit.id, count: entries.length, ...(kept.ok ? {} : { code: kept.code }) });
    }
    return atWork;
  }

  /** A new visit, or the one of the same person that was cut off. Repeating it is harmless. */
  open({ id, who, helper }: OpenInput): Promise<Answer<VisitView, OpenCode>> {
    return this.#inLine(async () => {
      const { store, scribe } = this.#parts;
      const before = await store.entry(id);
      if (before !== undefined) {
        const opened = before.type === "visit.opened" || before.type === "visit.resumed";
        if (!opened || before.visit === null) return { ok: false, code: "wire.badInput" };
        return { ok: true, value: await this.#load(before.visit) };
      }
      const admitted = await this.#parts.admit(who);
      if (!admitted.ok) return admitted;
      const ready = await store.ready();
      if (!ready.ok) return ready;
      if (this.#current !== undefined) await this.#close(this.#current, "replaced");
      const { spend, ...coming } = admitted.value;
      const { visit, entries } = await arrivalOf({ ...coming, id, helper }, this.#parts);
      // First the code, for what is asked about is lost without it; a code of no visit is let go by itself.
      const code = coming.who.kind === "guest" ? coming.who.code?.text : undefined;
      if (code !== undefined)
        await store.putCode({ id, what: "ask", about: visit.id, code: code.reveal(), keptAt: this.#parts.clock.now() });
      const kept = await scribe.keep(...entries);
      if (!kept.ok) return kept;
      spend();
      const summary = await store.visit(visit.id);
      if (summary === undefined) throw new Error("a visit that was kept cannot be found");
      // Who watched it before it was cut off was told that it is closed.
      this.#feeds.delete(visit.id);
      this.#current = { ...visit, openedAt: summary.openedAt };
      this.#attendance.begin();
      this.#parts.onPresence?.();
      return { ok: true, value: await this.#load(visit.id) };
    });
  }

  /** The person's visit is open, or was cut off so shortly ago that it can go on. */
  async resumes(resident: string): Promise<boolean> {
    if (this.#current?.resident === resident) return true;
    return resumable(await this.#parts.store.lastVisitOf(resident), this.#parts.clock.now()) !== undefined;
  }

  /** Somebody is there. */
  touch(id: string): void {
    if (this.#current?.id === id) this.#attendance.touch();
  }

  /**
   * Somebody agrees, or no longer does. Withdrawing `keep` takes nothing back and ends nothing: what the visit keeps from
   * then on has no name.
   */
  async consent(given: {
    readonly id: string;
    readonly visit: string;
    readonly scope: ConsentScope;
    readonly given: boolean;
    readonly way: ConsentWay;
  }): Promise<Answer<Record<string, never>, "visit.closed" | StoreCode>> {
    const { store, scribe } = this.#parts;
    const open = this.#current;
    const { id, scope, way } = given;
    if (open?.id !== given.visit) return { ok: false, code: "visit.closed" };
    const resident = (await store.visit(open.id))?.resident ?? null;
    const before = (await store.consentsOf(resident ?? open.id))[scope];
    const no = before?.given === true ? "consent.withdrawn" : "consent.refused";
    const about = { visit: open.id, subject: resident, actor: { role: "resident", id: resident ?? "guest" }, id };
    // A repeat is the fact that is kept already, whatever it was called.
    if ((await store.entry(id)) === undefined) {
      const kept = await scribe.keep(scribe.fact(given.given ? "consent.given" : no, saidBody(scope, way), about));
      if (!kept.ok) return kept;
    }
    const subject = await this.#subjectOf(resident);
    if (this.#isOpen(open.id)) this.#current = { ...open, resident: subject };
    await this.refresh(open.id);
    return { ok: true, value: {} };
  }

  leave(id: string, reason: CloseReason): Promise<void> {
    // From now on nothing begins for this visit, even while what runs is being stopped.
    const current = this.#current?.id === id ? this.#current : undefined;
    if (current === undefined) return Promise.resolve();
    this.#leaving.add(id);
    this.#over(current, reason);
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

  news(): void {
    if (this.#current !== undefined) this.changed(this.#current.id);
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

  /** At once, whatever the disk does: a call for help is seen before it is kept. */
  showAlarm(id: string): void {
    const feed = this.#feeds.get(id);
    const alarm = this.#parts.alarmOf(id);
    if (feed !== undefined && alarm !== undefined) feed.set({ ...feed.value, alarm });
  }

  /** The station goes down: nobody is left alone with an open visit. */
  async close(): Promise<void> {
    const current = this.#current;
    if (current !== undefined) this.#over(current, "hostStopped");
    await this.#inLine(async () => {
      if (current !== undefined) await this.#close(current, "hostStopped");
    });
    // One that was being opened meanwhile.
    const late = this.#current;
    if (late !== undefined) await this.#close(late, "hostStopped");
  }

  /** Over for the page at once: it must not wait until a cuff has let its air out. */
  #over(visit: OpenVisit, reason: CloseReason): void {
    if (this.#current?.id !== visit.id) return;
    this.#current = undefined;
    this.#attendance.end();
    const feed = this.#feeds.get(visit.id);
    if (feed !== undefined) feed.set({ ...withoutIdle(feed.value), closed: true });
    this.#parts.onLeft(visit.id, reason);
  }

  #isOpen(id: string): boolean {
    return this.#current?.id === id;
  }

  /** Under whose name a visit is kept now. */
  async #subjectOf(resident: string | null): Promise<OpenVisit["resident"]> {
    if (resident === null) return null;
    const keep = consented(await this.#parts.store.consentsOf(resident), "keep");
    return keep === undefined ? null : keptAs(resident, keep);
  }

  /** Nobody has to touch anything: a device measures, a rest runs, a doctor is waited for or talks. */
  #busy(): boolean {
    const open = this.#current;
    if (open === undefined) return false;
    const { busy, clock } = this.#parts;
    const view = this.#feeds.get(open.id)?.value;
    const seated = view?.rest === undefined ? 0 : Date.parse(view.rest.since) + view.rest.seconds * 1_000;
    const rests = (view?.results ?? []).map(({ notBefore }) => (notBefore === undefined ? 0 : Date.parse(notBefore)));
    // Who waits for help touches nothing.
    const calls = view?.alarm !== undefined && view.alarm.state !== "answered";
    return calls || busy(open.id) || [seated, ...rests].some((until) => clock.now() < until);
  }

  #showIdle(): void {
    const feed = this.#current === undefined ? undefined : this.#feeds.get(this.#current.id);
    feed?.set({ ...withoutIdle(feed.value), ...this.#idle() });
  }

  #idle(): Pick<VisitView, "idle"> {
    const { endsAt } = this.#attendance;
    return endsAt === undefined ? {} : { idle: { endsAt } };
  }

  #inLine<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#line.then(work);
    this.#line = done.catch(() => undefined);
    return done;
  }

  async #close(visit: OpenVisit, reason: CloseReason): Promise<void> {
    const { scribe, settle, log } = this.#parts;
    this.#leaving.add(visit.id);
    this.#over(visit, reason);
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
    const { store, clock, seatSeconds, alarmOf, ringBackOf } = this.#parts;
    const seen = await visitSeen(store, id, { now: clock.now(), seatSeconds });
    const open = this.#isOpen(id);
    const alarm = alarmOf(id);
    const ringBack = ringBackOf(id);
    const view: VisitView = {
      ...seen.view,
      ...(alarm === undefined ? {} : { alarm }),
      ...(ringBack === undefined ? {} : { ringBack }),
      ...(open ? this.#idle() : {}),
      // A visit that is being left is closed for the page, whatever the disk says.
      closed: seen.view.closed || !open,
    };
    if (this.#current?.id === id) this.#gist = { ...seen.gist, visit: id, subject: this.#current.resident };
    const feed = this.#feeds.get(id);
    if (feed === undefined) this.#feeds.set(id, new Feed(view));
    else feed.set(view);
    if (seen.view.closed) this.#feeds.get(id)?.close();
    return view;
  }
}

function withoutIdle({ idle: _asked, ...view }: VisitView): VisitView {
  return view;
}
