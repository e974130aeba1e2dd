import { v7 as uuidv7 } from "uuid";
import type { AlarmItem } from "../../core/contract/hub-alarms.ts";
import type { Directory } from "../ports/directory.ts";
import type { RecordStore } from "../ports/records.ts";
import type { SignalBus } from "../ports/signal-bus.ts";

export interface AlarmDeskParts {
  readonly directory: Directory;
  readonly records: RecordStore;
  readonly bus: SignalBus;
}

/** More than this are no calls for help but a station gone wrong; the newest count. */
const most = 200;

/**
 * Calls for help that nobody answered yet. Held in memory alone: every station says its own again on a new line, and that
 * each was raised and answered is in the journal.
 */
export class AlarmDesk {
  readonly #parts: AlarmDeskParts;
  readonly #open = new Map<string, AlarmItem>();
  readonly #over = new Set<string>();

  constructor(parts: AlarmDeskParts) {
    this.#parts = parts;
  }

  /** Oldest first. */
  open(): readonly AlarmItem[] {
    return [...this.#open.values()].sort((a, b) => a.at.localeCompare(b.at));
  }

  async raise(station: string, given: Pick<AlarmItem, "alarm" | "visit" | "reason" | "at">): Promise<void> {
    const { directory, records, bus } = this.#parts;
    const { alarm, visit, reason } = given;
    if (this.#open.has(alarm) || this.#over.has(alarm)) return;
    const known = await directory.station(station);
    this.#open.set(alarm, { ...given, station: { id: station, name: known?.name ?? "", place: known?.place ?? "" } });
    for (const id of [...this.#open.keys()].slice(0, -most)) this.#open.delete(id);
    bus.announce("alarms");
    const body = { alarm, reason, symptoms: [] };
    // The alarm's id is the entry's: told again after a restart, it is the same fact.
    await records.append([
      { id: alarm, type: "alarm.raised", actor: { role: "station", id: station }, subject: null, visit, body },
    ]);
  }

  /** Of another station's alarm there is nothing to end. */
  over(station: string, alarm: string): void {
    if (this.#open.get(alarm)?.station.id === station) this.#end(alarm);
  }

  /** The first who says so answered it; after that it is nobody's. */
  async answer(alarm: string, who: { readonly id: string; readonly name: string }): Promise<void> {
    const item = this.#open.get(alarm);
    if (item === undefined) return;
    const { records, bus } = this.#parts;
    const { station, visit } = item;
    const body = { alarm, by: who.name, how: "hub", station: station.id } as const;
    this.#end(alarm);
    try {
      await records.append([
        { id: uuidv7(), type: "alarm.answered", actor: { role: "doctor", id: who.id }, subject: null, visit, body },
      ]);
    } catch (error) {
      // The station was not told: it still calls.
      this.#over.delete(alarm);
      this.#open.set(alarm, item);
      bus.announce("alarms");
      throw error;
    }
    bus.announce(`inbox:${station.id}`);
  }

  #end(alarm: string): void {
    this.#open.delete(alarm);
    this.#over.add(alarm);
    for (const id of [...this.#over].slice(0, -most)) this.#over.delete(id);
    this.#parts.bus.announce("alarms");
  }
}
