import type { QualityView } from "../../core/contract/quality.ts";
import type { Clock } from "../../core/domain/time.ts";
import type { Entry } from "../../core/journal/entry.ts";
import type { StationClockState } from "../../core/quality/station-clock.ts";
import type { DeviceTable } from "../devices/table.ts";
import { Feed, type Reading } from "../feed.ts";
import type { Logger } from "../log/logger.ts";
import type { Store } from "../store/store.ts";
import type { Scribe } from "../visits/scribe.ts";
import { QualityActs } from "./acts.ts";
import { Controls } from "./controls.ts";
import type { StaffGate } from "./desk.ts";
import { specimenFacts } from "./specimens.ts";
import { viewOfQuality } from "./view.ts";
import { GateWatch, localZone, type Judged } from "./watch.ts";

export interface QualityParts {
  readonly store: Store;
  readonly scribe: Scribe;
  readonly clock: Clock;
  readonly log: Logger;
  readonly table: DeviceTable;
  readonly staff: StaffGate;
  /** As the station says of itself on a printed record. */
  readonly station: { readonly name: string; readonly place: string; readonly simulated: boolean };
  /** Invented facts are made where some are wanting: simulated devices may be tried, and tests begin with a station in order. */
  readonly specimens: boolean;
  /** The station's own clock against the hub's. */
  readonly stationClock: () => StationClockState;
  /** Runs what nobody waits for; closing does. */
  readonly aside: (work: Promise<void>) => void;
  /** Minutes that the wall clock is ahead of UTC; the machine's own where absent. */
  readonly zoneMinutes?: (ms: number) => number;
}

/** Quality at the station: the gate that every device obeys, and what staff do to keep it open. */
export class Quality {
  readonly watch: GateWatch;
  readonly acts: QualityActs;
  readonly controls: Controls;
  readonly #parts: QualityParts;
  readonly #feed: Feed<number>;
  #changes = 0;
  /** Devices for which specimens are being written. */
  readonly #making = new Set<string>();

  constructor(parts: QualityParts) {
    this.#parts = parts;
    this.#feed = new Feed(0);
    const zoneMinutes = parts.zoneMinutes ?? localZone;
    this.watch = new GateWatch({ ...parts, zoneMinutes, onChange: () => this.#changed() });
    this.acts = new QualityActs({ ...parts, watch: this.watch });
    this.controls = new Controls({ ...parts, watch: this.watch, acts: this.acts });
  }

  get parts(): QualityParts {
    return this.#parts;
  }

  /** Reads what is kept, and writes the specimens that are wanting. */
  async begin(): Promise<void> {
    await this.watch.begin();
    if (this.#parts.specimens) await Promise.all(this.watch.all().map((judged) => this.#supply(judged)));
  }

  /** What is on the disk now. */
  heard(entries: readonly Entry[]): void {
    this.controls.heard(entries);
    this.watch.heard(entries);
  }

  /** For one member of staff: it says what they may sign. */
  view(staff: string): QualityView {
    const { simulated } = this.#parts.station;
    return viewOfQuality(this.watch.all(), this.watch.training, this.watch.moment, { simulated, staff });
  }

  /** The present view first, then one at every change, until the signal. */
  async *views(staff: string, signal: AbortSignal): AsyncGenerator<QualityView, void, void> {
    const changes: Reading<number> = this.#feed.read(signal);
    for await (const _ of changes) yield this.view(staff);
  }

  async close(): Promise<void> {
    await this.controls.close();
    this.watch.close();
    this.#feed.close();
  }

  #changed(): void {
    this.#changes += 1;
    this.#feed.set(this.#changes);
    if (!this.#parts.specimens) return;
    for (const judged of this.watch.all()) {
      if (judged.gate.conditions.length > 0) this.#parts.aside(this.#supply(judged));
    }
  }

  async #supply(judged: Judged): Promise<void> {
    const { id } = judged.device;
    if (this.#making.has(id)) return;
    const facts = specimenFacts(judged, this.#parts.scribe, this.watch.moment);
    if (facts.length === 0) return;
    this.#making.add(id);
    try {
      await this.#parts.scribe.keep(...facts);
    } finally {
      this.#making.delete(id);
    }
  }
}
