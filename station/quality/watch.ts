import type { MeasurementKind } from "../../core/domain/outcome.ts";
import type { Clock } from "../../core/domain/time.ts";
import type { Entry, NewEntry } from "../../core/journal/entry.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import type { DeviceFacts, Observed, TrainingFact } from "../../core/quality/facts.ts";
import { gateOf, type GateAnswer } from "../../core/quality/gate.ts";
import { Ledger } from "../../core/quality/ledger.ts";
import type { Moment } from "../../core/quality/local-day.ts";
import { planOf, type QualityPlan } from "../../core/quality/plan.ts";
import { snapshotOf } from "../../core/quality/snapshot.ts";
import type { ConditionCode } from "../../core/quality/vocabulary.ts";
import { promisedBy, type Device } from "../devices/device.ts";
import type { DeviceTable } from "../devices/table.ts";
import type { DeviceGate, Passage } from "../gate/device-gate.ts";
import type { Logger } from "../log/logger.ts";
import type { Store } from "../store/store.ts";
import type { Scribe } from "../visits/scribe.ts";
import type { StaffGate } from "./desk.ts";

/** Who says in the table of devices that one is out of use. */
export const holder = "quality";
/** A wall clock may be set while we wait: the gate is asked at least this often. */
const longestWaitMs = 3_600_000;
/** A device's clock is worth a new fact when it moved by this much. */
const clockStepMs = 30_000;

export interface WatchParts {
  readonly store: Store;
  readonly scribe: Scribe;
  readonly clock: Clock;
  readonly log: Logger;
  readonly table: DeviceTable;
  readonly staff: Pick<StaffGate, "list">;
  /** Minutes that the wall clock is ahead of UTC at a moment. */
  readonly zoneMinutes: (ms: number) => number;
  /** Runs what nobody waits for; closing does. */
  readonly aside: (work: Promise<void>) => void;
  readonly onChange: () => void;
}

/** One device with all that the gate knows and says of it. */
export interface Judged {
  readonly device: Device;
  readonly plan: QualityPlan;
  readonly facts: DeviceFacts;
  readonly gate: GateAnswer;
}

/**
 * Keeps the state of every device: folds what the journal keeps into facts, asks the gate at every new fact and at every
 * date that passes, takes devices out of use at once, and writes every change of state down.
 */
export class GateWatch implements DeviceGate {
  readonly #parts: WatchParts;
  readonly #ledger = new Ledger();
  readonly #plans = new WeakMap<Device, QualityPlan>();
  /** Heard of the device just now, before the journal has it. */
  readonly #heard = new Map<string, Observed>();
  readonly #judged = new Map<string, Judged>();
  /** State and conditions that were last written down. */
  readonly #written = new Map<string, string>();
  #lastSeq = 0;
  #cancelWake: () => void = () => {};
  #begun = false;
  #closed = false;
  #busy = false;

  constructor(parts: WatchParts) {
    this.#parts = parts;
  }

  /** Folds what is kept. Nothing is out of use for want of facts before this. */
  async begin(): Promise<void> {
    for (const entry of await this.#parts.store.acts("quality")) this.#take(entry);
    this.#begun = true;
    this.refresh();
  }

  close(): void {
    this.#closed = true;
    this.#cancelWake();
  }

  get moment(): Moment {
    const now = this.#parts.clock.now();
    return { now, zoneMinutes: this.#parts.zoneMinutes(now) };
  }

  /** By the journal, and by the list of staff. */
  get training(): readonly TrainingFact[] {
    const listed = this.#parts.staff.list().flatMap(({ id, name, role, certifiedUntil }) =>
      certifiedUntil === undefined
        ? []
        : (["glucose", "lipids", "chemistry"] as const).map((of) => ({
            entry: id,
            at: 0,
            operator: { id, name, role },
            of,
            validUntil: certifiedUntil,
          })),
    );
    return [...listed, ...this.#ledger.training];
  }

  all(): readonly Judged[] {
    return this.#parts.table.devices().flatMap(({ id }) => this.find(id) ?? []);
  }

  find(id: string): Judged | undefined {
    return this.#judged.get(id);
  }

  /** Also of a device that is not plugged in or assigned any more. */
  factsOf(id: string): DeviceFacts {
    return this.#ledger.device(id);
  }

  /** Entries that are on the disk. One that comes twice is taken once. */
  heard(entries: readonly Entry[]): void {
    // What is kept before the beginning is read back in its place.
    if (!this.#begun) return;
    const touched = new Set<string>();
    let everybody = false;
    for (const entry of entries) {
      const device = this.#take(entry);
      if (device !== undefined) touched.add(device);
      everybody ||= entry.type === "operator.certified" || entry.type.startsWith("staff.");
    }
    if (everybody || touched.size > 0) this.refresh();
  }

  /** A device said who it is: in force at once, and kept. */
  observed({ id, serialNumber, firmware }: Device): void {
    this.#note(id, { serialNumber, firmware });
  }

  /** How far the clock of a device is off, in ms. What was tied to its time by this very offset counts; the next one waits. */
  clockRead(id: string, clockOffsetMs: number): void {
    const known = this.#known(id).clockOffsetMs ?? 0;
    if (Math.abs(clockOffsetMs - known) >= clockStepMs) this.#note(id, { clockOffsetMs: Math.round(clockOffsetMs) });
  }

  #known(id: string): Observed {
    return { ...this.#ledger.device(id).observed, ...this.#heard.get(id) };
  }

  #note(id: string, said: Observed): void {
    const known = this.#known(id);
    const names = ["serialNumber", "firmware", "clockOffsetMs"] as const;
    const news: Observed = Object.fromEntries(
      names.flatMap((name) => (said[name] === undefined || said[name] === known[name] ? [] : [[name, said[name]]])),
    );
    if (Object.keys(news).length === 0) return;
    this.#heard.set(id, { ...this.#heard.get(id), ...news });
    this.refresh();
    const { scribe, aside } = this.#parts;
    aside(this.#kept(scribe.fact("device.observed", { device: id, ...news }, { visit: null, subject: null })));
  }

  /** May a number of this kind be taken from this device now, and under which conditions? */
  passage(device: Device, of: MeasurementKind): Passage {
    const { plan, facts, gate } = this.#judged.get(device.id) ?? this.#judge(device);
    const state = gate.stateFor(of);
    const override = state === "blocked" && gate.override !== undefined;
    const first = gate.conditions.find((each) => each.of === undefined || each.of === of);
    return {
      ready: state !== "blocked" || override,
      ...(first === undefined ? {} : { why: first.code }),
      preliminary: state === "restricted",
      override,
      quality: snapshotOf(of, plan, facts, gate, this.moment),
    };
  }

  /** The table changed: asked again when there are other devices in it. */
  devicesChanged(): void {
    if (this.#parts.table.devices().every((device) => this.#judged.get(device.id)?.device === device)) return;
    this.refresh();
  }

  /** Asks the gate about every device. Called at every change and every date. */
  refresh(): void {
    // Taking a device out is itself a change of the table that asks again.
    if (!this.#begun || this.#closed || this.#busy) return;
    this.#busy = true;
    const devices = this.#parts.table.devices();
    const judged = devices.map((device) => this.#judge(device));
    for (const each of judged) {
      this.#judged.set(each.device.id, each);
      this.#enforce(each);
      this.#write(each);
    }
    this.#busy = false;
    this.#wakeAt(judged.flatMap(({ gate }) => gate.nextAt ?? []));
    this.#parts.onChange();
  }

  #judge(device: Device): Judged {
    const plan = this.#planOf(device);
    const kept = this.#ledger.device(device.id);
    const facts = { ...kept, observed: { ...kept.observed, ...this.#heard.get(device.id) } };
    return { device, plan, facts, gate: gateOf(device.profile.measures, plan, facts, this.training, this.moment) };
  }

  #planOf(device: Device): QualityPlan {
    const known = this.#plans.get(device);
    if (known !== undefined) return known;
    const { profile } = device;
    const promised = new Set(profile.measures.flatMap((of) => [...promisedBy(profile, of)]));
    const plan = planOf(profile.measures, promised);
    this.#plans.set(device, plan);
    return plan;
  }

  #take(entry: Entry): string | undefined {
    if (entry.seq <= this.#lastSeq) return undefined;
    this.#lastSeq = entry.seq;
    const device = this.#ledger.take(entry);
    const accepted = bodyOf(entry, "measurement.accepted");
    if (accepted?.times.deviceOffsetMs !== undefined)
      this.clockRead(accepted.provenance.device, accepted.times.deviceOffsetMs);
    // The technician set it: what was heard before is past.
    if (device !== undefined && entry.type === "device.clockSet")
      this.#heard.set(device, { ...this.#heard.get(device), clockOffsetMs: 0 });
    return device;
  }

  #enforce({ device, gate }: Judged): void {
    const blocked = gate.state === "blocked" && gate.override === undefined;
    const reasons = gate.conditions.filter(({ state }) => state === "blocked");
    this.#parts.table.hold(
      device.id,
      holder,
      blocked
        ? reasons.map(({ since }) => ({ code: "gate.deviceNotReady", ...(since === undefined ? {} : { since }) }))
        : [],
    );
  }

  /** Every change of state is an event (§6): what, when, by which rule, on what evidence. */
  #write({ device, gate, facts }: Judged): void {
    const says = `${gate.state} ${gate.conditions.map(({ code, about }) => `${code} ${about ?? ""}`).join()}`;
    const before = this.#written.get(device.id);
    this.#written.set(device.id, says);
    if (before === says) return;
    const known = facts.gate;
    // At a start: nothing changed since it was last written.
    if (before === undefined && known?.state === gate.state && known.codes === gate.conditions.map(codeOf).join())
      return;
    const [first] = gate.conditions;
    const { scribe, aside, log } = this.#parts;
    log.info("gate", { device: device.id, state: gate.state, ...(first === undefined ? {} : { code: first.code }) });
    const body = {
      device: device.id,
      from: known?.state ?? null,
      to: gate.state,
      conditions: [...gate.conditions],
      ...(first?.evidence === undefined ? {} : { evidence: first.evidence }),
    };
    aside(this.#kept(scribe.fact("gate.changed", body, { visit: null, subject: null })));
  }

  async #kept(fact: NewEntry): Promise<void> {
    await this.#parts.scribe.keep(fact);
  }

  #wakeAt(moments: readonly number[]): void {
    this.#cancelWake();
    const { now } = this.moment;
    const wait = Math.min(longestWaitMs, ...moments.map((at) => Math.max(0, at - now)));
    this.#cancelWake = this.#parts.clock.after(wait, () => this.refresh());
  }
}

const codeOf = ({ code }: { readonly code: ConditionCode }): ConditionCode => code;

/** The machine's own zone. */
export function localZone(ms: number): number {
  return -new Date(ms).getTimezoneOffset();
}
