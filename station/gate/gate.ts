import type { RefusalCode } from "../../core/domain/faults.ts";
import type { Doubt, MeasurementKind, Outcome } from "../../core/domain/outcome.ts";
import { allowsUnit, isQuantity, type Quantity, type Reading } from "../../core/domain/quantity.ts";
import { fenceOf, pulsePressure, within } from "../../core/rules/ranges.ts";

/** What the decoder heard as a whole result. Not a measurement before it went through the gate. */
export type Candidate = Extract<Outcome, { readonly kind: "measurement" }>;

/** Everything the gate may look at. All times are milliseconds since 1970 UTC of the station's clock. */
export interface Circumstances {
  readonly now: number;
  readonly deviceReady: boolean;
  /** The station's own clock is more than five minutes off the hub's: no moment it gives can be believed. */
  readonly stationClockWrong?: boolean;
  /** The condition of the device that comes first, for the record. */
  readonly gate?: string;
  /** The device is restricted: staff is present, the result is preliminary. */
  readonly preliminary?: boolean;
  /** Out of order, and let through by a counted override. */
  readonly override?: boolean;
  /** The visit that is open now. */
  readonly visit: { readonly id: string; readonly openedAt: number } | undefined;
  /** The measuring under way on this device. */
  readonly run:
    | {
        readonly visit: string;
        readonly of: MeasurementKind;
        /** From the moment stop was asked for. */
        readonly stopped: boolean;
        /** The device was asked for a result: what comes sooner was left over in it or in the line. */
        readonly asked: boolean;
      }
    | undefined;
  /** The device told the same result before, down to its own time. */
  readonly again?: boolean;
  /** Quantities the device's profile promises for this kind: what a whole result must have is chosen from them. */
  readonly promised: ReadonlySet<Quantity>;
  readonly deviceClock: {
    /** Device clock minus station clock, measured in this session; absent when the device told no time. */
    readonly offsetMs?: number;
    /** Beyond this the clock is said to be wrong. */
    readonly maxOffsetMs?: number;
  };
}

export type Verdict =
  | { readonly ok: true; readonly readings: readonly Reading[]; readonly doubts: readonly Doubt[] }
  | { readonly ok: false; readonly reason: RefusalCode; readonly detail?: string };

/** A meter tells whole seconds, and its answer takes a moment: the window of a stored reading is wider by this on both ends. */
export const windowToleranceMs = 2_000;

/**
 * The only door by which a number becomes a measurement (architecture §3). Pure. Questions are asked from the safest on:
 * is anybody being measured, may the device measure, is it this person's, is it whole, can it be true.
 * The numbers of a refused one never reach a page as a result.
 */
export function judge(candidate: Candidate, at: Circumstances): Verdict {
  const { run, visit } = at;
  if (run === undefined || visit === undefined || run.visit !== visit.id) return refused("gate.noVisit");
  if (run.stopped) return refused("gate.afterStop");
  if (!run.asked) return refused("gate.noVisit", "before the device was asked");
  if (!at.deviceReady) return refused("gate.deviceNotReady", at.gate);
  if (at.stationClockWrong === true) return refused("gate.clockWrong");
  if (candidate.of !== run.of) return refused("gate.noVisit", `${candidate.of} was not asked for`);
  return (
    stale(candidate, at, visit.openedAt) ??
    (at.again === true ? refused("gate.stale", "the result before it, told again") : undefined) ??
    wrongUnit(candidate) ??
    incomplete(candidate, at) ??
    impossible(candidate) ??
    passed(candidate, at)
  );
}

function passed(candidate: Candidate, at: Circumstances): Verdict {
  const doubts = new Set(candidate.doubts);
  if (candidate.readings.some((reading) => fenceOf(reading) === "unusual")) doubts.add("unusual");
  const difference = systolicMinusDiastolic(candidate.readings);
  if (difference !== undefined && !within(pulsePressure.soft, difference)) doubts.add("unusual");
  if (clockIsWrong(candidate, at)) doubts.add("deviceClockWrong");
  if (at.preliminary === true) doubts.add("preliminary");
  if (at.override === true) doubts.add("override");
  return { ok: true, readings: candidate.readings, doubts: [...doubts] };
}

/** Only what comes out of a memory can be somebody else's; what is pushed while we listen is being measured now. */
export function stale(
  candidate: Pick<Candidate, "stored" | "deviceTime">,
  at: Pick<Circumstances, "now" | "deviceClock">,
  openedAt: number,
): Extract<Verdict, { ok: false }> | undefined {
  if (candidate.stored !== true) return undefined;
  const shown = deviceMs(candidate.deviceTime);
  if (shown === undefined || at.deviceClock.offsetMs === undefined) return refused("gate.noClock");
  const measuredAt = shown - at.deviceClock.offsetMs;
  const inside = measuredAt >= openedAt - windowToleranceMs && measuredAt <= at.now + windowToleranceMs;
  return inside ? undefined : refused("gate.stale");
}

function wrongUnit({ readings }: Candidate): Verdict | undefined {
  const wrong = readings.find(({ quantity, unit }) => !isQuantity(quantity) || !allowsUnit(quantity, unit));
  return wrong && refused("gate.unit", `${wrong.quantity} in ${wrong.unit}`);
}

const lipidPanel: readonly Quantity[] = [
  "cholesterol.total",
  "cholesterol.hdl",
  "cholesterol.ldlCalculated",
  "triglyceride",
];

function incomplete({ of, readings }: Candidate, { promised }: Circumstances): Verdict | undefined {
  const given = readings.map(({ quantity }) => quantity);
  // Two different systolic pressures are no pressure. Analytes without a row of their own share one, told apart by notes.
  const doubled = given.find((quantity, index) => quantity !== "analyte.other" && given.indexOf(quantity) !== index);
  if (doubled !== undefined) return refused("gate.incomplete", `${doubled} came twice`);
  const needed: readonly Quantity[] =
    of === "bloodPressure"
      ? ["bp.systolic", "bp.diastolic", ...(promised.has("pulse.rate") ? ["pulse.rate" as const] : [])]
      : of === "glucose"
        ? ["glucose"]
        : [];
  const missing = needed.find((quantity) => !given.includes(quantity));
  if (missing !== undefined) return refused("gate.incomplete", `${missing} is missing`);
  if (of === "lipids" && !lipidPanel.some((quantity) => given.includes(quantity)))
    return refused("gate.incomplete", "no lipid");
  return undefined;
}

function impossible({ readings }: Candidate): Verdict | undefined {
  const wild = readings.find((reading) => fenceOf(reading) === "impossible");
  if (wild !== undefined) return refused("gate.outOfRange", wild.quantity);
  const difference = systolicMinusDiastolic(readings);
  if (difference !== undefined && !within(pulsePressure.hard, difference))
    return refused("gate.outOfRange", "pulse pressure");
  return undefined;
}

/** By the device's own word of its time where the session asked for it; else by the time on its result. */
function clockIsWrong(candidate: Candidate, { now, deviceClock: { offsetMs, maxOffsetMs } }: Circumstances): boolean {
  const offset = offsetMs ?? (deviceMs(candidate.deviceTime) ?? now) - now;
  return Math.abs(offset) > (maxOffsetMs ?? Infinity);
}

function systolicMinusDiastolic(readings: readonly Reading[]): number | undefined {
  const valueOf = (quantity: Quantity): number | undefined =>
    readings.find((reading) => reading.quantity === quantity)?.value;
  const systolic = valueOf("bp.systolic");
  const diastolic = valueOf("bp.diastolic");
  return systolic === undefined || diastolic === undefined ? undefined : systolic - diastolic;
}

/** A device's wall time, read as the station's wall time: both hang in the same room. Milliseconds, or undefined if it is no time. */
export function deviceMs(deviceTime: string | undefined): number | undefined {
  const ms = deviceTime === undefined ? Number.NaN : Date.parse(deviceTime);
  return Number.isNaN(ms) ? undefined : ms;
}

function refused(reason: RefusalCode, detail?: string): Extract<Verdict, { ok: false }> {
  return { ok: false, reason, ...(detail === undefined ? {} : { detail }) };
}
