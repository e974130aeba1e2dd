import type { MeasureEvent } from "../../core/contract/views.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import type { MeasurementKind } from "../../core/domain/outcome.ts";
import type { Clock } from "../../core/domain/time.ts";
import type { EntryBody, HeardBy, Measurement } from "../../core/journal/entry.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import { stationClockState } from "../../core/quality/station-clock.ts";
import type { Line } from "../devices/line.ts";
import { Run } from "../devices/run.ts";
import { stateOf } from "../devices/device.ts";
import type { DeviceGate } from "../gate/device-gate.ts";
import type { DeviceTable } from "../devices/table.ts";
import { Story, type Reading } from "../feed.ts";
import type { Logger } from "../log/logger.ts";
import type { Store } from "../store/store.ts";
import type { OpenVisit } from "../store/views/shapes.ts";
import { Hearing } from "./hearing.ts";
import type { Judge } from "./judge.ts";
import { storeFaultOf, type Scribe } from "./scribe.ts";
import type { Answer, Visits } from "./visits.ts";

export interface StartInput {
  readonly id: string;
  readonly visit: string;
  readonly of: MeasurementKind;
  readonly context: Measurement["context"];
  /** A doctor in the call asked for it. */
  readonly asked?: { readonly ask: string; readonly by: "touch" | "voice" } | undefined;
}

export type StartCode =
  | "visit.closed"
  | "consent.notGiven"
  | "device.noDevice"
  | "device.busy"
  | "device.portMissing"
  | "device.portBusy"
  | "device.portForbidden"
  | "gate.deviceNotReady"
  | "gate.clockWrong"
  | "gate.tooSoon"
  | "store.full"
  | "store.broken"
  | "store.failed";

export interface MeasuringParts {
  readonly store: Store;
  readonly scribe: Scribe;
  readonly clock: Clock;
  readonly log: Logger;
  readonly table: DeviceTable;
  readonly visits: Visits;
  readonly gate: DeviceGate;
  /** Hub clock minus station clock, where they were compared. */
  readonly hubAheadMs: () => number | undefined;
  readonly program: string;
  readonly judge: Judge;
  /** Who heard the resident of that visit say yes to that wish, in a call that runs now. */
  readonly heardYes: (visit: string, ask: string) => HeardBy | undefined;
  /** The store would not take something: the station's view must say so. */
  readonly onStoreTrouble: () => void;
}

/** One measuring from the start call to its last event. */
interface Act {
  readonly id: string;
  readonly visit: string;
  readonly open: OpenVisit;
  readonly of: MeasurementKind;
  readonly line: Line;
  readonly story: Story<MeasureEvent>;
  readonly run: Run;
  readonly hearing: Hearing;
}

/** Stories of measurements that are over and stay readable, for a page that comes back. */
const mostKept = 20;
/** A page that is away this long while something acts on a person is gone. */
const pageGoneMs = 2_000;

/** Measuring: the start that only an explicit call causes, every way to stop, and what is asked about a measurement later. */
export class Measuring {
  readonly #parts: MeasuringParts;
  readonly #acts = new Map<string, Act>();
  readonly #starting = new Map<string, Promise<Answer<{ readonly device: string }, StartCode>>>();
  #cancelPageGone: (() => void) | undefined;

  constructor(parts: MeasuringParts) {
    this.#parts = parts;
  }

  /** A second call with the same id is answered as the first was, and starts nothing. */
  start(input: StartInput): Promise<Answer<{ readonly device: string }, StartCode>> {
    const act = this.#acts.get(input.id);
    if (act !== undefined) return Promise.resolve({ ok: true, value: { device: act.line.device.id } });
    const pending = this.#starting.get(input.id);
    if (pending !== undefined) return pending;
    const starting = this.#start(input)
      .catch((error: unknown) => this.#storeTrouble(storeFaultOf(error)))
      .finally(() => this.#starting.delete(input.id));
    this.#starting.set(input.id, starting);
    return starting;
  }

  watch(id: string, signal?: AbortSignal): Reading<MeasureEvent> | undefined {
    return this.#acts.get(id)?.story.read(signal);
  }

  /** Always answered. Resolves when the device was stopped and the end is kept. */
  async stop(id: string): Promise<void> {
    // A stop may overtake the start it means.
    await this.#starting.get(id);
    const act = this.#acts.get(id);
    await act?.run.stop();
    await act?.hearing.settled();
  }

  async confirm(
    id: string,
    same: boolean,
  ): Promise<Answer<Record<string, never>, "gate.noVisit" | "store.failed" | "store.full">> {
    const act = this.#acts.get(id);
    return act === undefined ? { ok: false, code: "gate.noVisit" } : act.hearing.confirm(same);
  }

  /** Stops what runs for a visit; numbers that wait for an answer are refused. Answers how grave they would have been, 0 to 4. */
  async settle(visit: string): Promise<number> {
    await Promise.allSettled(this.#starting.values());
    const acts = [...this.#acts.values()].filter((act) => act.visit === visit);
    const severities = await Promise.all(
      acts.map(async ({ open, run, hearing }) => {
        await run.stop();
        await hearing.settled();
        const { waiting } = hearing;
        await hearing.withdraw();
        return waiting === undefined ? 0 : this.#parts.judge.severityWith(open, waiting);
      }),
    );
    return Math.max(0, ...severities);
  }

  /** A device still talks, or is listened to, for a measurement. */
  get atWork(): boolean {
    return this.#starting.size > 0 || [...this.#acts.values()].some(({ run }) => !run.released);
  }

  /** A measurement of this visit runs: nobody has to touch the screen. */
  busy(visit: string): boolean {
    return [...this.#acts.values()].some((act) => act.visit === visit && !act.run.over);
  }

  /** Ends what is being measured on a device; resolves when that has ended. */
  async stopOn(device: string): Promise<void> {
    const acts = [...this.#acts.values()].filter(({ line }) => line.device.id === device);
    await Promise.all(acts.map(({ run }) => run.stop()));
  }

  /** The page's line was lost. What acts on a person goes on for two seconds, in case the page comes back. */
  pageGone(): void {
    this.#cancelPageGone ??= this.#parts.clock.after(pageGoneMs, () => {
      this.#cancelPageGone = undefined;
      for (const { run, line } of this.#acts.values()) if (line.device.profile.actuates) void run.stop();
    });
  }

  pageHere(): void {
    this.#cancelPageGone?.();
    this.#cancelPageGone = undefined;
  }

  async close(): Promise<void> {
    this.pageHere();
    await Promise.all(
      [...this.#acts.values()].map(async ({ run, hearing }) => {
        await run.stop();
        await run.free;
        await hearing.withdraw();
      }),
    );
  }

  async #start({
    id,
    visit: visitId,
    of,
    context,
    asked,
  }: StartInput): Promise<Answer<{ readonly device: string }, StartCode>> {
    const { store, scribe, clock, table, visits } = this.#parts;
    const visit = visits.current;
    if (visit?.id !== visitId) return { ok: false, code: "visit.closed" };
    // Started before a restart: that one is over, and a repeat starts nothing.
    const before = await store.entry(id);
    if (before !== undefined) {
      const { device } = bodyOf(before, "measurement.started") ?? {};
      return device === undefined ? { ok: false, code: "visit.closed" } : { ok: true, value: { device } };
    }
    const heardBy = asked?.by === "voice" ? this.#parts.heardYes(visitId, asked.ask) : undefined;
    if (asked?.by === "voice" && heardBy === undefined) return { ok: false, code: "consent.notGiven" };
    const ready = await store.ready();
    if (!ready.ok) return this.#storeTrouble(ready.code);
    if (stationClockState(this.#parts.hubAheadMs()) === "wrong") return { ok: false, code: "gate.clockWrong" };
    if (await this.#tooSoon(visit, of)) return { ok: false, code: "gate.tooSoon" };
    const taken = await this.#parts.judge.contextOf(visitId, of, context);
    const line = table.lineFor(of, (device) => this.#parts.gate.passage(device, of).ready);
    if (line === undefined) return { ok: false, code: "device.noDevice" };
    const { device } = line;
    // A device that was just stopped is listened to for a moment longer; a new start waits for that rather than failing.
    const ended = [...this.#acts.values()].filter((act) => act.line === line && act.run.over);
    await Promise.all(ended.map(({ run }) => run.free));
    const { state } = stateOf(device);
    if (state === "busy") return { ok: false, code: "device.busy" };
    if (state === "out" || !this.#parts.gate.passage(device, of).ready)
      return { ok: false, code: "gate.deviceNotReady" };
    if (!device.present) return { ok: false, code: "device.portMissing" };
    // Between the look at the state and this line nothing else ran: the device cannot be taken twice.
    const opened = await line.take();
    if (!opened.ok) return opened;
    await this.#withdrawOlder(visitId, of);
    const started = scribe.fact(
      "measurement.started",
      { measurement: id, of, device: device.id, ...agreedOf(asked, heardBy) },
      { visit: visit.id, subject: visit.resident, actor: { role: "resident", id: visit.resident ?? "guest" }, id },
    );
    const kept = await scribe.keep(started);
    if (!kept.ok) {
      await line.give(opened.channel, true);
      return this.#storeTrouble(kept.code);
    }
    const story = new Story<MeasureEvent>();
    story.push({ kind: "phase", phase: "opening", latestMs: 1_000 });
    const hearing = new Hearing({ ...this.#parts, id, visit, of, context: taken, line, story });
    const visitAgeMs = Math.max(0, clock.now() - Date.parse(visit.openedAt));
    const { log } = this.#parts;
    const run = new Run({ line, channel: opened.channel, clock, log, visitAgeMs, listener: hearing, asked: { of } });
    this.#acts.set(id, { id, visit: visitId, open: visit, of, line, story, run, hearing });
    this.#forgetOldest();
    // The visit may have been left while the port was opened: then nothing moves.
    if (visits.current?.id === visitId) run.begin();
    else await run.stop();
    return { ok: true, value: { device: device.id } };
  }

  /** Rest between two pressures (rules.md §3.1). Other kinds only advise a wait: nobody is kept from measuring a low glucose again. */
  async #tooSoon(visit: OpenVisit, of: MeasurementKind): Promise<boolean> {
    if (of !== "bloodPressure") return false;
    const summary = await this.#parts.store.visit(visit.id);
    const notBefore = summary?.results.find((result) => result.of === of)?.notBefore;
    return notBefore !== undefined && this.#parts.clock.now() < Date.parse(notBefore);
  }

  /** Who starts again without having answered has not confirmed. */
  async #withdrawOlder(visit: string, of: MeasurementKind): Promise<void> {
    const older = [...this.#acts.values()].filter((act) => act.visit === visit && act.of === of);
    await Promise.all(older.map(({ hearing }) => hearing.withdraw()));
  }

  #storeTrouble(code: FaultCode): Answer<never, StartCode> {
    this.#parts.onStoreTrouble();
    return { ok: false, code: code === "store.full" || code === "store.broken" ? code : "store.failed" };
  }

  #forgetOldest(): void {
    for (const [id, { story }] of this.#acts) {
      if (this.#acts.size <= mostKept) return;
      if (story.closed) this.#acts.delete(id);
    }
  }
}

/** How the resident agreed to what a doctor asked for. */
function agreedOf(
  asked: StartInput["asked"],
  heardBy: HeardBy | undefined,
): Pick<EntryBody<"measurement.started">, "agreed"> {
  if (asked === undefined) return {};
  const { ask } = asked;
  return { agreed: heardBy === undefined ? { by: "touch", ask } : { by: "voice", ask, heardBy } };
}
