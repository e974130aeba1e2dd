import type { Entry } from "../journal/entry.ts";
import { bodyOf } from "../journal/visit-results.ts";
import { isEntryType, type EntryType } from "../journal/entry.ts";
import {
  cuffErrorsInRow,
  cuffFaults,
  noFacts,
  selfTestFaults,
  type DeviceFacts,
  type Kept,
  type Latch,
  type Observed,
  type TrainingFact,
} from "./facts.ts";

/** The entries that say something about quality. Those of a visit come only while the station runs. */
export const qualityTypes = [
  "lot.opened",
  "lot.closed",
  "control.run",
  "control.reviewed",
  "calibration.recorded",
  "verification.recorded",
  "comparison.recorded",
  "device.cleaned",
  "operator.certified",
  "gate.changed",
  "override.used",
  "device.released",
  "results.underReview",
  "device.observed",
] as const satisfies readonly EntryType[];

/** Latched from the state that was kept, because what led to it belongs to visits. */
const keptInGate = ["cuffThrice", "selfTest", "identityChanged"] as const;

/**
 * Facts about quality, folded from entries in the order of the journal. The same entries give the same facts at every
 * start. Long lists grow in place: a station has years of controls, and every run is kept.
 */
export class Ledger {
  readonly #devices = new Map<string, Mutable>();
  readonly #training = new Map<string, TrainingFact>();

  device(id: string): DeviceFacts {
    return this.#devices.get(id) ?? noFacts;
  }

  /** The last one of each operator and kind. */
  get training(): readonly TrainingFact[] {
    return [...this.#training.values()];
  }

  get devices(): readonly string[] {
    return [...this.#devices.keys()];
  }

  /** Answers the device that the entry says something about; undefined when it is none or about all of them. */
  take(entry: Entry): string | undefined {
    if (!isEntryType(entry.type)) return undefined;
    const kept: Kept = { entry: entry.id, at: Date.parse(entry.heardAt) };
    const trained = bodyOf(entry, "operator.certified");
    if (trained !== undefined) {
      const { operator, of, validUntil } = trained;
      this.#training.set(`${operator.id} ${of}`, { ...kept, operator, of, validUntil });
      return undefined;
    }
    const device = deviceOf(entry);
    if (device === undefined) return undefined;
    const facts = this.#devices.get(device) ?? empty();
    this.#devices.set(device, facts);
    for (const fold of folds) fold(facts, entry, kept);
    return device;
  }
}

type Mutable = {
  -readonly [K in keyof DeviceFacts]: DeviceFacts[K] extends readonly (infer T)[] ? T[] : DeviceFacts[K];
};

const empty = (): Mutable => ({
  ...noFacts,
  lots: [],
  allLots: [],
  runs: [],
  certificates: [],
  comparisons: [],
  latches: [],
  overrides: [],
  reviews: [],
});

function deviceOf(entry: Entry): string | undefined {
  const body: Readonly<Record<string, unknown>> = entry.body;
  if (typeof body["device"] === "string") return body["device"];
  return (
    bodyOf(entry, "lot.opened")?.lot.device ??
    bodyOf(entry, "verification.recorded")?.certificate.device ??
    bodyOf(entry, "measurement.accepted")?.provenance.device
  );
}

type Fold = (facts: Mutable, entry: Entry, kept: Kept) => void;

const folds: readonly Fold[] = [takeLots, takeControl, takeCheck, takePapers, takeRelease, takeGate, takeWord];

function takeLots(facts: Mutable, entry: Entry, kept: Kept): void {
  const opened = bodyOf(entry, "lot.opened");
  if (opened !== undefined) {
    const { lot } = opened;
    // One vial of each is in use: a new one takes the place of the old one.
    facts.lots = facts.lots.filter(
      (each) => each.lot.kind !== lot.kind || each.lot.analyte !== lot.analyte || each.lot.level !== lot.level,
    );
    facts.lots.push({ ...kept, lot, by: opened.by });
    facts.allLots.push({ ...kept, lot, by: opened.by });
  }
  const closed = bodyOf(entry, "lot.closed");
  if (closed !== undefined)
    facts.lots = facts.lots.filter(({ lot }) => lot.kind !== closed.kind || lot.lot !== closed.lot);
}

function takeControl(facts: Mutable, entry: Entry, kept: Kept): void {
  const run = bodyOf(entry, "control.run");
  if (run === undefined) return;
  facts.runs.push({ ...kept, run });
  observe(facts, run);
  if (run.verdict === "rejected")
    latch(facts, {
      ...kept,
      code: "controlRejected",
      reportedBy: run.operator.id,
      about: `${run.analyte} ${run.level}`,
    });
  if (run.verdict === "passed") checked(facts);
}

function takeCheck(facts: Mutable, entry: Entry, kept: Kept): void {
  const record = bodyOf(entry, "calibration.recorded");
  if (record === undefined) return;
  facts.checks = { ...facts.checks, [record.kind]: { ...kept, record } };
  observe(facts, record);
  if (record.verdict === "failed") return;
  if (record.baseline !== undefined && facts.baseline === undefined) facts.baseline = record.baseline;
  checked(facts);
}

function takePapers(facts: Mutable, entry: Entry, kept: Kept): void {
  const verified = bodyOf(entry, "verification.recorded");
  if (verified !== undefined) {
    facts.certificate = { ...kept, certificate: verified.certificate };
    facts.certificates.push(facts.certificate);
    // The certificate is about one unit: this one is the registered one from now on. A specimen is about none.
    if (!verified.specimen) facts.registeredSerial = verified.certificate.serialNumber;
  }
  const compared = bodyOf(entry, "comparison.recorded");
  if (compared !== undefined) {
    const { pairs, verdict, by } = compared;
    facts.comparisons.push({ ...kept, pairs, verdict, by });
  }
  if (entry.type === "device.cleaned") facts.cleaned = kept;
  const month = bodyOf(entry, "control.reviewed");
  if (month !== undefined) facts.reviewedMonths = { ...facts.reviewedMonths, [month.month]: month.by.name };
  const review = bodyOf(entry, "results.underReview");
  if (review !== undefined) facts.reviews.push({ ...kept, review });
}

function takeRelease(facts: Mutable, entry: Entry, kept: Kept): void {
  const released = bodyOf(entry, "device.released");
  if (released !== undefined) {
    // Who signs for another unit registers it.
    if (released.conditions.includes("identityChanged") && facts.observed.serialNumber !== undefined)
      facts.registeredSerial = facts.observed.serialNumber;
    facts.latches = facts.latches.filter(({ code }) => !released.conditions.includes(code));
    facts.cuffErrors = { count: 0, at: 0 };
  }
  const used = bodyOf(entry, "override.used");
  if (used !== undefined)
    facts.overrides.push({ ...kept, until: Date.parse(used.until), by: used.by, reason: used.reason });
}

function takeGate(facts: Mutable, entry: Entry, kept: Kept): void {
  const changed = bodyOf(entry, "gate.changed");
  if (changed === undefined) return;
  facts.gate = { state: changed.to, at: kept.at, codes: changed.conditions.map(({ code }) => code).join() };
  for (const { code } of changed.conditions) {
    const latching = keptInGate.find((each) => each === code);
    if (latching !== undefined) latch(facts, { ...kept, code: latching, reportedBy: "station" });
  }
}

/** What is heard of the device itself while it works. */
function takeWord(facts: Mutable, entry: Entry, kept: Kept): void {
  const observed = bodyOf(entry, "device.observed");
  if (observed !== undefined) observe(facts, observed);
  const accepted = bodyOf(entry, "measurement.accepted");
  if (accepted !== undefined) facts.cuffErrors = { count: 0, at: 0 };
  if (entry.type === "device.clockSet") observe(facts, { clockOffsetMs: 0 });
  const faulted = bodyOf(entry, "device.faulted");
  if (faulted === undefined) return;
  if (selfTestFaults.has(faulted.code)) latch(facts, { ...kept, code: "selfTest", reportedBy: "station" });
  if (!cuffFaults.has(faulted.code)) return;
  facts.cuffErrors = { count: facts.cuffErrors.count + 1, at: kept.at };
  if (facts.cuffErrors.count >= cuffErrorsInRow) latch(facts, { ...kept, code: "cuffThrice", reportedBy: "station" });
}

/** One of each kind is enough; the first one says since when and by whom. */
function latch(facts: Mutable, next: Latch): void {
  const same = ({ code, about }: Latch): boolean => code === next.code && about === next.about;
  if (!facts.latches.some(same)) facts.latches.push(next);
}

function checked(facts: Mutable): void {
  if (facts.observed.firmware !== undefined) facts.checkedFirmware = facts.observed.firmware;
}

function observe(facts: Mutable, { serialNumber, firmware, stripCode, clockOffsetMs }: Observed): void {
  facts.observed = {
    ...facts.observed,
    ...(serialNumber === undefined ? {} : { serialNumber }),
    ...(firmware === undefined ? {} : { firmware }),
    ...(stripCode === undefined ? {} : { stripCode }),
    ...(clockOffsetMs === undefined ? {} : { clockOffsetMs }),
  };
  // Where no certificate names a unit, the first one that was heard is the registered one.
  if (facts.registeredSerial === undefined && serialNumber !== undefined) facts.registeredSerial = serialNumber;
  if (facts.checkedFirmware === undefined && firmware !== undefined) facts.checkedFirmware = firmware;
}
