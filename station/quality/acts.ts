import type { CalibrationValues } from "../../core/contract/quality.ts";
import type { MeasurementKind } from "../../core/domain/outcome.ts";
import { instant } from "../../core/domain/time.ts";
import type { EntryBody, EntryType, NewEntry } from "../../core/journal/entry.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import type { Lot, ReferenceInstrument, Staff } from "../../core/journal/quality-bodies.ts";
import { judgeCheck, referenceFault, type ReferenceFault } from "../../core/quality/checks.ts";
import { comparable, judgePairs, type Pair } from "../../core/quality/compare.ts";
import { lotEnds } from "../../core/quality/gate-assays.ts";
import { gateLimits, gateTable } from "../../core/quality/gate-table.ts";
import { endOf } from "../../core/quality/local-day.ts";
import { allowsUnit } from "../../core/domain/quantity.ts";
import type { Store } from "../store/store.ts";
import type { Kept, Scribe } from "../visits/scribe.ts";
import type { Answer } from "../visits/visits.ts";
import type { SignedInStaff } from "./desk.ts";
import type { GateWatch, Judged } from "./watch.ts";

export type KeptCode = Extract<Kept, { ok: false }>["code"] | "wire.badInput";
type Done<Code extends string = never> = Answer<{ readonly entry: string }, Extract<Code | KeptCode, ActCode>>;
export type ActCode =
  | KeptCode
  | ReferenceFault
  | "device.noDevice"
  | `quality.${
      | "lotExpired"
      | "unit"
      | "unknownLot"
      | "notCertified"
      | "analyte"
      | "samePerson"
      | "overrideSpent"
      | "overrideNotNeeded"
      | "overrideNever"
      | "nothingToRelease"
      | "noPassingRun"}`;

export interface ActsParts {
  readonly store: Store;
  readonly scribe: Scribe;
  readonly watch: GateWatch;
}

export const staffOf = ({ staff, name, role }: SignedInStaff): Staff => ({ id: staff, name, role });

/** What staff do about quality besides controls. One act after the other: each is judged over what the last one left. */
export class QualityActs {
  readonly #parts: ActsParts;
  #line: Promise<unknown> = Promise.resolve();

  constructor(parts: ActsParts) {
    this.#parts = parts;
  }

  inLine<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#line.then(work);
    this.#line = done.catch(() => undefined);
    return done;
  }

  /** The entry of this id, when the act was kept before: a repeat is answered as the first was. */
  async before<T extends EntryType>(id: string, type: T): Promise<EntryBody<T> | undefined> {
    const entry = await this.#parts.store.entry(id);
    return entry && bodyOf(entry, type);
  }

  openLot(
    who: SignedInStaff,
    id: string,
    lot: Lot,
  ): Promise<Done<"device.noDevice" | "quality.lotExpired" | "quality.unit">> {
    return this.#once(id, "lot.opened", () => {
      const found = this.#find(lot.device);
      if (found === undefined) return no("device.noDevice");
      const { now, zoneMinutes } = this.#parts.watch.moment;
      const ends = lotEnds({ lot }, zoneMinutes);
      if (now >= Math.min(ends.expired, ends.openedTooLong)) return no("quality.lotExpired");
      if (lot.analyte !== undefined && lot.unit !== undefined && !allowsUnit(lot.analyte, lot.unit))
        return no("quality.unit");
      return this.#keep(who, id, "lot.opened", { lot, by: staffOf(who), specimen: false });
    });
  }

  closeLot(
    who: SignedInStaff,
    id: string,
    { device, lot, kind }: Pick<Lot, "device" | "lot" | "kind">,
  ): Promise<Done<"quality.unknownLot">> {
    return this.#once(id, "lot.closed", () => {
      const { lots } = this.#parts.watch.factsOf(device);
      if (!lots.some((fact) => fact.lot.lot === lot && fact.lot.kind === kind)) return no("quality.unknownLot");
      return this.#keep(who, id, "lot.closed", { device, lot, kind, by: staffOf(who) });
    });
  }

  review(
    who: SignedInStaff,
    id: string,
    {
      device,
      month,
      comment,
    }: { readonly device: string; readonly month: string; readonly comment?: string | undefined },
  ): Promise<Done<"device.noDevice">> {
    return this.#once(id, "control.reviewed", () => {
      if (this.#find(device) === undefined) return no("device.noDevice");
      const body = { device, month, by: staffOf(who), ...(comment === undefined ? {} : { comment }) };
      return this.#keep(who, id, "control.reviewed", body);
    });
  }

  /** Judged, then kept, whatever the verdict. */
  check(
    who: SignedInStaff,
    id: string,
    given: {
      readonly device: string;
      readonly values: CalibrationValues;
      readonly reference?: ReferenceInstrument | undefined;
      readonly room?: EntryBody<"calibration.recorded">["room"];
      readonly comment?: string | undefined;
    },
  ): Promise<Answer<EntryBody<"calibration.recorded">, KeptCode | ReferenceFault | "device.noDevice">> {
    return this.inLine(async () => {
      const before = await this.before(id, "calibration.recorded");
      if (before !== undefined) return { ok: true, value: before };
      const { watch } = this.#parts;
      const { device, values, reference, room, comment } = given;
      const found = this.#find(device);
      if (found === undefined) return no("device.noDevice");
      const fault = referenceFault(values.kind, reference, watch.moment);
      if (fault !== undefined) return no(fault);
      const judged = judgeCheck(values, found.facts.baseline);
      const { serialNumber, firmware } = found.facts.observed;
      const body: EntryBody<"calibration.recorded"> = {
        id,
        device,
        kind: values.kind,
        points: [...judged.points],
        ...(reference === undefined ? {} : { reference }),
        ...(room === undefined ? {} : { room }),
        verdict: judged.verdict,
        flags: [...judged.flags],
        ...(judged.baseline === undefined ? {} : { baseline: judged.baseline }),
        technician: staffOf(who),
        at: instant(watch.moment.now),
        ...(serialNumber === undefined ? {} : { serialNumber }),
        ...(firmware === undefined ? {} : { firmware }),
        ...(comment === undefined ? {} : { comment }),
        specimen: false,
      };
      const kept = await this.#keep(who, id, "calibration.recorded", body);
      return kept.ok ? { ok: true, value: body } : kept;
    });
  }

  verify(
    who: SignedInStaff,
    id: string,
    certificate: EntryBody<"verification.recorded">["certificate"],
  ): Promise<Done<"device.noDevice">> {
    return this.#once(id, "verification.recorded", () => {
      if (this.#find(certificate.device) === undefined) return no("device.noDevice");
      return this.#keep(who, id, "verification.recorded", { certificate, by: staffOf(who), specimen: false });
    });
  }

  compare(
    who: SignedInStaff,
    id: string,
    device: string,
    pairs: readonly Pair[],
  ): Promise<Answer<EntryBody<"comparison.recorded">, KeptCode | "device.noDevice" | "quality.analyte">> {
    return this.inLine(async () => {
      const before = await this.before(id, "comparison.recorded");
      if (before !== undefined) return { ok: true, value: before };
      const found = this.#find(device);
      if (found === undefined) return no("device.noDevice");
      const measures = new Set<string>(found.plan.controls.map(({ analyte }) => analyte));
      if (!pairs.every(({ analyte }) => comparable(analyte) && measures.has(analyte))) return no("quality.analyte");
      const judged = judgePairs(pairs);
      const body: EntryBody<"comparison.recorded"> = {
        device,
        pairs: [...judged.pairs],
        verdict: judged.verdict,
        by: staffOf(who),
        at: instant(this.#parts.watch.moment.now),
        specimen: false,
      };
      const kept = await this.#keep(who, id, "comparison.recorded", body);
      return kept.ok ? { ok: true, value: body } : kept;
    });
  }

  clean(who: SignedInStaff, id: string, device: string): Promise<Done<"device.noDevice">> {
    return this.#once(id, "device.cleaned", () =>
      this.#find(device) === undefined
        ? no("device.noDevice")
        : this.#keep(who, id, "device.cleaned", { device, by: staffOf(who), specimen: false }),
    );
  }

  /** Nobody certifies themselves. */
  train(
    who: SignedInStaff,
    id: string,
    {
      operator,
      of,
      validUntil,
    }: { readonly operator: Staff; readonly of: MeasurementKind; readonly validUntil: string },
  ): Promise<Done<"quality.samePerson">> {
    return this.#once(id, "operator.certified", () =>
      operator.id === who.staff
        ? no("quality.samePerson")
        : this.#keep(who, id, "operator.certified", { operator, of, validUntil, by: staffOf(who), specimen: false }),
    );
  }

  /** Opens a blocked device for a while. Counted in a window; what is known to be wrong stays shut. */
  override(
    who: SignedInStaff,
    id: string,
    device: string,
    reason: string,
  ): Promise<
    Answer<
      EntryBody<"override.used">,
      KeptCode | "device.noDevice" | "quality.overrideSpent" | "quality.overrideNotNeeded" | "quality.overrideNever"
    >
  > {
    return this.inLine(async () => {
      const before = await this.before(id, "override.used");
      if (before !== undefined) return { ok: true, value: before };
      const found = this.#find(device);
      if (found === undefined) return no("device.noDevice");
      const { conditions, override, overridesUsed } = found.gate;
      const blocking = conditions.filter(({ state }) => state === "blocked").map(({ code }) => code);
      if (blocking.length === 0 || override !== undefined) return no("quality.overrideNotNeeded");
      if (blocking.some((code) => gateTable[code].override === "never")) return no("quality.overrideNever");
      const { limit, lastsMs } = gateLimits.overrides;
      if (overridesUsed >= limit) return no("quality.overrideSpent");
      const body: EntryBody<"override.used"> = {
        device,
        reason,
        by: staffOf(who),
        until: instant(this.#parts.watch.moment.now + lastsMs),
        count: overridesUsed + 1,
        limit,
        conditions: blocking,
      };
      const kept = await this.#keep(who, id, "override.used", body);
      return kept.ok ? { ok: true, value: body } : kept;
    });
  }

  /** Signed by another than who reported it, over a run or a check that passed after it. */
  release(
    who: SignedInStaff,
    id: string,
    device: string,
    reason: string,
  ): Promise<
    Done<
      | "device.noDevice"
      | "quality.nothingToRelease"
      | "quality.noPassingRun"
      | "quality.samePerson"
      | "quality.notCertified"
    >
  > {
    return this.#once(id, "device.released", () => {
      const found = this.#find(device);
      if (found === undefined) return no("device.noDevice");
      const { latches } = found.facts;
      if (latches.length === 0) return no("quality.nothingToRelease");
      if (this.#trainingExpired(who.staff)) return no("quality.notCertified");
      if (latches.some(({ reportedBy }) => reportedBy === who.staff)) return no("quality.samePerson");
      const evidence = latches.map(({ at, about }) => passingAfter(found, at, about));
      const [first] = evidence;
      if (first === undefined || evidence.includes(undefined)) return no("quality.noPassingRun");
      return this.#keep(who, id, "device.released", {
        device,
        reason,
        by: staffOf(who),
        reportedBy: latches.map(({ reportedBy }) => reportedBy).join(" "),
        evidence: first,
        conditions: latches.map(({ code }) => code),
      });
    });
  }

  /** Trained once, and not in force any more (§6, last line). Who was never trained signs by the role alone. */
  #trainingExpired(staff: string): boolean {
    const { training, moment } = this.#parts.watch;
    const own = training.filter(({ operator }) => operator.id === staff);
    return own.length > 0 && own.every(({ validUntil }) => moment.now >= endOf(validUntil, moment.zoneMinutes));
  }

  #find(device: string): Judged | undefined {
    return this.#parts.watch.find(device);
  }

  #once<Code extends string>(
    id: string,
    type: EntryType,
    work: () => Promise<Done<Code>> | Done<Code>,
  ): Promise<Done<Code>> {
    return this.inLine(async () =>
      (await this.before(id, type)) === undefined ? work() : { ok: true, value: { entry: id } },
    );
  }

  async #keep<T extends EntryType>(
    { staff, role }: SignedInStaff,
    id: string,
    type: T,
    body: EntryBody<T>,
  ): Promise<Answer<{ readonly entry: string }, KeptCode>> {
    const { scribe } = this.#parts;
    const actor: NewEntry["actor"] = { role, id: staff };
    const kept = await scribe.keep(scribe.fact(type, body, { visit: null, subject: null, actor, id }));
    return kept.ok ? { ok: true, value: { entry: id } } : kept;
  }
}

/** A control of the same analyte and level for a control's fault; for another fault any control or check that passed. */
function passingAfter({ facts }: Judged, at: number, about: string | undefined): string | undefined {
  const run = facts.runs.findLast(
    (each) =>
      each.at > at &&
      each.run.verdict === "passed" &&
      (about === undefined || about === `${each.run.analyte} ${each.run.level}`),
  );
  const check = Object.values(facts.checks).find((each) => each.at > at && each.record.verdict === "passed");
  return run?.entry ?? (about === undefined ? check?.entry : undefined);
}

const no = <const Code extends string>(code: Code): { readonly ok: false; readonly code: Code } => ({
  ok: false,
  code,
});
