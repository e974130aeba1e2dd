import type { WorkLog, WorkLogLine } from "../../core/contract/technician-log.ts";
import { instant, type Clock } from "../../core/domain/time.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import { workCounts, workLine, type WorkLine } from "../../core/journal/work-log.ts";
import { dayOf, startOf } from "../../core/quality/local-day.ts";
import type { DeviceTable } from "../devices/table.ts";
import { findFont } from "../quality/font.ts";
import type { Store } from "../store/store.ts";
import { storeFaultOf, type Scribe } from "../visits/scribe.ts";
import type { Answer } from "../visits/visits.ts";
import type { Person } from "./sessions.ts";
import { aboutStaff, keptCode, type KeptCode } from "./staff.ts";
import { workLogDocument } from "./work-log-paper.ts";

export interface WorkLogParts {
  readonly store: Pick<Store, "entriesBetween" | "acts" | "entry">;
  readonly scribe: Scribe;
  readonly clock: Clock;
  readonly table: Pick<DeviceTable, "find" | "findProfile">;
  readonly station: { readonly name: string; readonly place: string; readonly simulated: boolean };
  /** Also of somebody who has left. */
  readonly nameOf: (staff: string) => string;
  /** Minutes that the wall clock is ahead of UTC at a moment. */
  readonly zoneMinutes: (ms: number) => number;
}

/** The day's work log: read out of the journal every time it is asked for. Nobody writes it, nobody can change it. */
export class WorkLogDesk {
  readonly #parts: WorkLogParts;

  constructor(parts: WorkLogParts) {
    this.#parts = parts;
  }

  async day(asked: string | undefined): Promise<Answer<WorkLog, "store.failed">> {
    try {
      return { ok: true, value: await this.#day(asked ?? this.#today()) };
    } catch (error) {
      storeFaultOf(error);
      return { ok: false, code: "store.failed" };
    }
  }

  async paper(
    person: Person,
    day: string,
  ): Promise<Answer<{ readonly name: string; readonly pdf: string }, "quality.noFont" | "store.failed">> {
    const font = findFont();
    if (font === undefined) return { ok: false, code: "quality.noFont" };
    const log = await this.day(day);
    if (!log.ok) return log;
    const { station, clock } = this.#parts;
    const zoneMinutes = this.#zoneOf(day);
    const printed = { font, station, printedBy: person.name, zoneMinutes, printedAt: instant(clock.now()) };
    return { ok: true, value: { name: `work-log-${day}.pdf`, pdf: await workLogDocument(log.value, printed) } };
  }

  /** Repeated with the same id: answered as the first time. */
  async remark(
    person: Person,
    id: string,
    day: string,
    text: string,
  ): Promise<Answer<null, KeptCode | "wire.badInput">> {
    // What has not happened yet cannot be remarked on.
    if (day > this.#today()) return { ok: false, code: "wire.badInput" };
    if ((await this.#parts.store.entry(id)) !== undefined) return { ok: true, value: null };
    const { scribe } = this.#parts;
    const kept = await scribe.keep(scribe.fact("day.remarked", { day, text }, { ...aboutStaff(person), id }));
    return kept.ok ? { ok: true, value: null } : { ok: false, code: keptCode(kept.code) };
  }

  async #day(day: string): Promise<WorkLog> {
    const { store } = this.#parts;
    const zone = this.#zoneOf(day);
    const entries = await store.entriesBetween(startOf(day, zone), startOf(day, zone, 1));
    const remarks = (await store.acts("remark")).filter((entry) => bodyOf(entry, "day.remarked")?.day === day);
    const lines = entries.flatMap((entry) => workLine(entry) ?? []).filter(({ kind }) => kind !== "day.remarked");
    return {
      day,
      today: this.#today(),
      lines: lines.map((line) => this.#shown(line)),
      remarks: remarks.flatMap((entry) => workLine(entry) ?? []).map((line) => this.#shown(line)),
      counts: workCounts(entries),
    };
  }

  #shown({ staff, device, values, ...line }: WorkLine): WorkLogLine {
    const { nameOf } = this.#parts;
    const named = values["staff"];
    return {
      ...line,
      values: { ...values, ...(typeof named === "string" ? { staff: nameOf(named) } : {}) },
      ...(staff === undefined ? {} : { who: nameOf(staff) }),
      ...(device === undefined ? {} : { device: this.#deviceName(device) }),
    };
  }

  #deviceName(id: string): string {
    const { table } = this.#parts;
    const device = table.find(id)?.device;
    if (device?.name !== undefined && device.name !== "") return device.name;
    const model = (device?.profile ?? table.findProfile(id.split("@")[0] ?? id))?.model;
    return model === undefined ? id : `${model.maker} ${model.name}`;
  }

  #today(): string {
    const now = this.#parts.clock.now();
    return dayOf(now, this.#parts.zoneMinutes(now));
  }

  /** Of the noon of a day: where clocks are changed, they are at night. */
  #zoneOf(day: string): number {
    return this.#parts.zoneMinutes(Date.parse(`${day}T12:00:00.000Z`));
  }
}
