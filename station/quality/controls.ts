import { v7 as newId } from "uuid";
import type { ControlEvent } from "../../core/contract/quality.ts";
import type { ControlRecord } from "../../core/journal/quality-bodies.ts";
import { instant, type Clock } from "../../core/domain/time.ts";
import type { Quantity, Reading } from "../../core/domain/quantity.ts";
import type { Entry, NewEntry } from "../../core/journal/entry.ts";
import { judgeControl } from "../../core/quality/chart.ts";
import type { LotFact } from "../../core/quality/facts.ts";
import { analyteKind, lotEnds } from "../../core/quality/gate-assays.ts";
import { dayMs, endOf, startOf } from "../../core/quality/local-day.ts";
import type { StationClockState } from "../../core/quality/station-clock.ts";
import type { ControlLevel } from "../../core/quality/vocabulary.ts";
import { shownReading } from "../../core/rules/shown-reading.ts";
import { Run } from "../devices/run.ts";
import type { DeviceTable } from "../devices/table.ts";
import { Story } from "../feed.ts";
import type { Logger } from "../log/logger.ts";
import type { Store } from "../store/store.ts";
import type { Scribe } from "../visits/scribe.ts";
import type { Answer } from "../visits/visits.ts";
import { staffOf, type KeptCode, type QualityActs } from "./acts.ts";
import { ControlHearing } from "./control-hearing.ts";
import type { SignedInStaff } from "./desk.ts";
import type { GateWatch, Judged } from "./watch.ts";

export interface ControlsParts {
  readonly store: Store;
  readonly scribe: Scribe;
  readonly clock: Clock;
  readonly log: Logger;
  readonly table: DeviceTable;
  readonly watch: GateWatch;
  readonly acts: QualityActs;
  /** The station's own clock against the hub's. */
  readonly stationClock: () => StationClockState;
}

export interface ControlInput {
  readonly id: string;
  readonly device: string;
  readonly analyte: Quantity;
  readonly level: ControlLevel;
  readonly lot: string;
  readonly comment?: string | undefined;
  readonly room?: ControlRecord["room"];
}

export type Hint = Extract<ControlEvent, { kind: "run" }>["hint"];
export interface Recorded {
  readonly run: ControlRecord;
  readonly hint: Hint;
}
type LotCode =
  "quality.unknownLot" | "quality.lotExpired" | "quality.notCertified" | "device.noDevice" | "gate.clockWrong";
export type StartCode =
  LotCode | KeptCode | "device.busy" | "device.portMissing" | "device.portBusy" | "device.portForbidden";

/** What a control run needs besides the value. */
export interface Prepared {
  readonly judged: Judged;
  readonly control: LotFact;
}

/** Where a value came from. */
export interface Source {
  readonly byHand: boolean;
  readonly rawHex: readonly string[];
}

interface Act {
  readonly story: Story<ControlEvent>;
  readonly run: Run;
  readonly hearing: ControlHearing;
}

/** A memory is read back this far for a control that the device itself marks. */
const memoryMs = 30 * 60_000;
/** A result that the device does not mark counts from the first start on, for this long. */
const windowMs = 15 * 60_000;
/** Runs that are over and stay readable. */
const mostKept = 20;

/**
 * Controls: on the device, or read off its display. Whatever comes of it is a control run; no path leads from here to a
 * measurement, a visit or a resident.
 */
export class Controls {
  readonly #parts: ControlsParts;
  readonly #acts = new Map<string, Act>();
  /** When a control was first begun on a device, by whom; forgotten when a resident comes. */
  readonly #windows = new Map<string, { readonly since: number; readonly staff: string }>();

  constructor(parts: ControlsParts) {
    this.#parts = parts;
  }

  /** A resident came: what a memory holds from now on may be theirs. */
  heard(entries: readonly Entry[]): void {
    if (entries.some(({ type }) => type === "visit.opened")) this.#windows.clear();
  }

  async start(who: SignedInStaff, input: ControlInput): Promise<Answer<Record<string, never>, StartCode>> {
    const { store, table, clock, log, watch } = this.#parts;
    if (this.#acts.has(input.id) || (await store.entry(input.id)) !== undefined) return { ok: true, value: {} };
    const prepared = this.#prepare(who, input);
    if (!prepared.ok) return prepared;
    const line = table.find(input.device);
    if (line === undefined) return { ok: false, code: "device.noDevice" };
    if (line.device.busy) return { ok: false, code: "device.busy" };
    if (!line.device.present) return { ok: false, code: "device.portMissing" };
    const opened = await line.take();
    if (!opened.ok) return opened;
    const story = new Story<ControlEvent>();
    const hearing: ControlHearing = new ControlHearing({
      analyte: input.analyte,
      story,
      clock,
      log,
      device: line.device,
      plainSince: this.#windowOf(input.device, who.staff),
      isKnown: (deviceTime) => this.#isKnown(input.device, deviceTime),
      observed: (device, offsetMs) => {
        watch.observed(device);
        if (offsetMs !== undefined) watch.clockRead(device.id, offsetMs);
      },
      record: (readings, rawHex) => this.#recordAll(who, input, readings, rawHex),
      stop: () => void run.stop(),
    });
    const of = analyteKind(prepared.value.judged.plan, input.analyte);
    const run = new Run({
      line,
      channel: opened.channel,
      clock,
      log,
      visitAgeMs: memoryMs,
      listener: hearing,
      asked: { purpose: "control", ...(of === undefined ? {} : { of }) },
    });
    this.#acts.set(input.id, { story, run, hearing });
    this.#forgetOldest();
    run.begin();
    return { ok: true, value: {} };
  }

  watch(id: string, signal: AbortSignal | undefined) {
    return this.#acts.get(id)?.story.read(signal);
  }

  async stop(id: string): Promise<void> {
    const act = this.#acts.get(id);
    await act?.run.stop();
    await act?.hearing.settled();
  }

  async close(): Promise<void> {
    await Promise.all(
      [...this.#acts.values()].map(async ({ run, hearing }) => {
        await run.stop();
        await run.free;
        await hearing.settled();
      }),
    );
  }

  /** Read off the display. */
  enter(
    who: SignedInStaff,
    input: ControlInput & { readonly value: number; readonly unit: string },
  ): Promise<Answer<Recorded, LotCode | KeptCode | "quality.unit">> {
    const { analyte, value, unit } = input;
    // The unit is checked against the lot's, whose own was checked against the analyte when it was opened.
    const reading = { quantity: analyte, value, unit } as Reading;
    return this.#record(who, input, reading, { byHand: true, rawHex: [] });
  }

  #prepare(who: SignedInStaff, { device, analyte, level, lot }: ControlInput): Answer<Prepared, LotCode> {
    const { watch, stationClock } = this.#parts;
    // A control counts for its day: without a clock it counts for none.
    if (stationClock() === "wrong") return { ok: false, code: "gate.clockWrong" };
    const judged = watch.find(device);
    if (judged === undefined) return { ok: false, code: "device.noDevice" };
    const control = judged.facts.lots.find(
      (fact) =>
        fact.lot.kind === "control" && fact.lot.lot === lot && fact.lot.analyte === analyte && fact.lot.level === level,
    );
    if (control === undefined) return { ok: false, code: "quality.unknownLot" };
    const { now, zoneMinutes } = watch.moment;
    const ends = lotEnds(control, zoneMinutes);
    if (now >= Math.min(ends.expired, ends.openedTooLong)) return { ok: false, code: "quality.lotExpired" };
    if (!this.#isCertified(who.staff, judged, analyte)) return { ok: false, code: "quality.notCertified" };
    return { ok: true, value: { judged, control } };
  }

  #isCertified(staff: string, { plan }: Judged, analyte: string): boolean {
    const of = analyteKind(plan, analyte);
    if (of === undefined || !plan.trained.includes(of)) return true;
    const { training, moment } = this.#parts.watch;
    return training.some(
      (each) => each.operator.id === staff && each.of === of && moment.now < endOf(each.validUntil, moment.zoneMinutes),
    );
  }

  #windowOf(device: string, staff: string): number {
    const now = this.#parts.clock.now();
    const open = this.#windows.get(device);
    if (open !== undefined && open.staff === staff && now - open.since <= windowMs) return open.since;
    this.#windows.set(device, { since: now, staff });
    return now;
  }

  /** A record of the memory that was taken as a control before. */
  #isKnown(device: string, deviceTime: string): boolean {
    return this.#parts.watch.factsOf(device).runs.some(({ run }) => run.deviceTime === deviceTime);
  }

  /** The analyte that was asked for, and those of the same vial that the device measured along with it. */
  async #recordAll(
    who: SignedInStaff,
    input: ControlInput,
    readings: readonly Reading[],
    source: { readonly rawHex: readonly string[]; readonly deviceTime?: string },
  ): Promise<Answer<Recorded, LotCode | KeptCode | "quality.unit" | "quality.analyte">> {
    const { watch } = this.#parts;
    const asked = readings.find(({ quantity }) => quantity === input.analyte);
    if (asked === undefined) return { ok: false, code: "quality.analyte" };
    const first = await this.#record(who, input, asked, { byHand: false, ...source });
    const { lots } = watch.factsOf(input.device);
    for (const reading of readings) {
      const along = lots.some(
        ({ lot }) => lot.analyte === reading.quantity && lot.lot === input.lot && lot.level === input.level,
      );
      if (reading === asked || !along) continue;
      await this.#record(who, { ...input, id: newId(), analyte: reading.quantity }, reading, {
        byHand: false,
        ...source,
      });
    }
    return first;
  }

  /** Judged over what is kept, then kept: the run, and when it failed, which results must be looked at. */
  #record(
    who: SignedInStaff,
    input: ControlInput,
    reading: Reading,
    source: Source & { readonly deviceTime?: string },
  ): Promise<Answer<Recorded, LotCode | KeptCode | "quality.unit">> {
    const { acts, scribe, watch } = this.#parts;
    return acts.inLine(async () => {
      const before = await acts.before(input.id, "control.run");
      if (before !== undefined) return { ok: true, value: { run: before, hint: hintOf(before) } };
      const prepared = this.#prepare(who, input);
      if (!prepared.ok) return prepared;
      const { judged, control } = prepared.value;
      // A meter that tells mg/dL is held against a vial in mmol/L by the number that a resident would be shown.
      const { value, unit } = reading.unit === control.lot.unit ? reading : shownReading(reading);
      if (unit !== control.lot.unit) return { ok: false, code: "quality.unit" };
      const run = this.#judge(who, input, value, source, prepared.value);
      const about = { visit: null, subject: null, actor: { role: who.role, id: who.staff } };
      const facts: NewEntry[] = [scribe.fact("control.run", run, { ...about, id: input.id })];
      if (run.verdict === "failed" || run.verdict === "rejected") {
        const review = await this.#review(judged, run);
        if (review !== undefined) facts.push(scribe.fact("results.underReview", review, about));
      }
      const kept = await scribe.keep(...facts);
      watch.refresh();
      return kept.ok ? { ok: true, value: { run, hint: hintOf(run) } } : kept;
    });
  }

  #judge(
    who: SignedInStaff,
    { id, device, analyte, level, lot, comment, room }: ControlInput,
    value: number,
    { byHand, rawHex, deviceTime }: Source & { readonly deviceTime?: string },
    { judged: { facts }, control }: Prepared,
  ): ControlRecord {
    const { now, zoneMinutes } = this.#parts.watch.moment;
    const strip = facts.lots.find((fact) => fact.lot.kind !== "control");
    const found = judgeControl(
      facts.runs,
      {
        key: { analyte, level, lot },
        value,
        at: now,
        lots: {
          control,
          stripExpired: strip !== undefined && now >= lotEnds(strip, zoneMinutes).expired,
          controlExpired: now >= lotEnds(control, zoneMinutes).expired,
          openedDays: Math.floor((now - startOf(control.lot.openedOn, zoneMinutes)) / dayMs),
        },
      },
      zoneMinutes,
    );
    const { serialNumber, firmware } = facts.observed;
    return {
      id,
      device,
      analyte,
      level,
      lot,
      ...(strip === undefined ? {} : { strip: strip.lot.lot }),
      value,
      unit: control.lot.unit ?? "",
      range: control.lot.range ?? { low: value, high: value },
      ...(found.own === undefined ? {} : { z: found.own.z, mean: found.own.mean, sd: found.own.sd }),
      verdict: found.verdict,
      rules: [...found.rules],
      operator: staffOf(who),
      byHand,
      ...(comment === undefined ? {} : { comment }),
      ...(room === undefined ? {} : { room }),
      at: instant(now),
      ...(deviceTime === undefined ? {} : { deviceTime }),
      ...(serialNumber === undefined ? {} : { serialNumber }),
      ...(firmware === undefined ? {} : { firmware }),
      rawHex: [...rawHex],
      specimen: false,
    };
  }

  /** Results since the last good control of this analyte and level that nobody is looking at yet (§2.2). */
  async #review({ device, plan, facts }: Judged, run: ControlRecord) {
    const of = analyteKind(plan, run.analyte);
    if (of === undefined) return undefined;
    const good = facts.runs.findLast(
      (each) => each.run.analyte === run.analyte && each.run.level === run.level && each.run.verdict === "passed",
    );
    const listed = new Set(facts.reviews.flatMap(({ review }) => review.measurements));
    const since = await this.#parts.store.measuredOn(device.id, of, good?.at ?? 0);
    const measurements = since.filter((id) => !listed.has(id));
    if (measurements.length === 0) return undefined;
    return { device: device.id, control: run.id, since: good === undefined ? null : instant(good.at), measurements };
  }

  #forgetOldest(): void {
    for (const [id, { story }] of this.#acts) {
      if (this.#acts.size <= mostKept) return;
      if (story.closed) this.#acts.delete(id);
    }
  }
}

export function hintOf({ verdict }: ControlRecord): Hint {
  const hints = { passed: "done", warning: "repeat", failed: "repeatNewStrip", rejected: "blocked" } as const;
  return hints[verdict];
}
