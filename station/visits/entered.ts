import type { RefusalCode } from "../../core/domain/faults.ts";
import type { Doubt, MeasurementKind } from "../../core/domain/outcome.ts";
import { allowsUnit, isQuantity, type Quantity, type Reading } from "../../core/domain/quantity.ts";
import { instant } from "../../core/domain/time.ts";
import { hand, type Measurement } from "../../core/journal/entry.ts";
import { isEntered, judgedMeasurements } from "../../core/rules/visit-facts.ts";
import { fenceOf, pulsePressure, storedValue, within } from "../../core/rules/ranges.ts";

/** Which numbers a person may type for each kind; those of `whole` only together. */
const typed: Readonly<
  Record<MeasurementKind, { readonly may: readonly Quantity[]; readonly whole: readonly Quantity[] }>
> = {
  bloodPressure: { may: ["bp.systolic", "bp.diastolic", "pulse.rate"], whole: ["bp.systolic", "bp.diastolic"] },
  glucose: { may: ["glucose"], whole: ["glucose"] },
  lipids: {
    may: ["cholesterol.total", "cholesterol.hdl", "cholesterol.ldlCalculated", "triglyceride"],
    whole: [],
  },
  oximetry: { may: ["spo2", "pulse.rate"], whole: ["spo2"] },
  temperature: { may: ["body.temperature"], whole: ["body.temperature"] },
  body: { may: ["body.height", "body.weight", "body.waist"], whole: [] },
  chemistry: { may: [], whole: [] },
};

export type EnterCode = Extract<RefusalCode, "gate.outOfRange" | "gate.unit">;

export interface Entered {
  readonly id: string;
  readonly visit: string;
  readonly of: MeasurementKind;
  readonly readings: Measurement["readings"];
}

/**
 * Typed numbers as a measurement of their own, marked as such and without a device. `gate.unit`: a quantity that does not
 * belong to this kind, or a unit that the rules cannot take. `gate.outOfRange`: impossible, twice the same, or half of a
 * pressure.
 */
export function enteredMeasurement(
  { id, visit, of, readings }: Entered,
  by: { readonly now: number; readonly program: string; readonly simulated: boolean },
): { readonly ok: true; readonly value: Measurement } | { readonly ok: false; readonly code: EnterCode } {
  const { may, whole } = typed[of];
  const numbers = readings.flatMap((reading) => readingOf(reading) ?? []);
  const strange = numbers.some((reading) => !may.includes(reading.quantity) || storedValue(reading) === undefined);
  if (numbers.length !== readings.length || strange) return { ok: false, code: "gate.unit" };
  const given = numbers.map(({ quantity }) => quantity);
  const isWhole = whole.every((quantity) => given.includes(quantity)) && new Set(given).size === given.length;
  const gap = pressureGap(numbers);
  const possible =
    numbers.every((reading) => fenceOf(reading) !== "impossible") &&
    (gap === undefined || within(pulsePressure.hard, gap));
  if (!isWhole || !possible) return { ok: false, code: "gate.outOfRange" };
  const odd =
    numbers.some((reading) => fenceOf(reading) === "unusual") ||
    (gap !== undefined && !within(pulsePressure.soft, gap));
  const doubts: Doubt[] = odd ? ["unusual"] : [];
  const { program, simulated } = by;
  return {
    ok: true,
    value: {
      id,
      visit,
      of,
      readings,
      doubts,
      provenance: {
        device: hand,
        profile: hand,
        profileVersion: program,
        program,
        simulated,
        port: hand,
        rawHex: [],
      },
      times: { heardAt: instant(by.now) },
      context: { entered: true },
    },
  };
}

/** Unit and quantity belong together, or it is no reading. */
function readingOf({ quantity, unit, value, comparator }: Measurement["readings"][number]): Reading | undefined {
  if (!isQuantity(quantity) || !allowsUnit(quantity, unit)) return undefined;
  // The unit was just seen to be one of the quantity's; the union of all pairs cannot say so.
  return { quantity, unit, value, ...(comparator === undefined ? {} : { comparator }) } as Reading;
}

function pressureGap(numbers: readonly Reading[]): number | undefined {
  const of = (quantity: Quantity) => numbers.find((reading) => reading.quantity === quantity)?.value;
  const [systolic, diastolic] = [of("bp.systolic"), of("bp.diastolic")];
  return systolic === undefined || diastolic === undefined ? undefined : systolic - diastolic;
}

/**
 * Typed numbers count where no device told the same; where one did, they are judged for themselves, `beside` it. Of weight,
 * height and waist each is told by itself, so one of them may be typed and another heard.
 */
export function apart(taken: readonly Measurement[]): {
  readonly counted: readonly Measurement[];
  readonly beside: readonly Measurement[];
} {
  const judged = new Set<unknown>(judgedMeasurements(taken));
  const heard = taken.filter((each) => each.of === "body" && !isEntered(each));
  const told = new Set(heard.flatMap(({ readings }) => readings.map(nameOf)));
  const counted = taken.flatMap((each): readonly Measurement[] => {
    if (!judged.has(each)) return [];
    if (each.of !== "body" || !isEntered(each)) return [each];
    const readings = each.readings.filter((reading) => !told.has(nameOf(reading)));
    return readings.length === 0 ? [] : [{ ...each, readings }];
  });
  return { counted, beside: taken.filter((each) => !judged.has(each)) };
}

const nameOf = ({ quantity }: { readonly quantity: string }): string => quantity;
