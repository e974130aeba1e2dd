import type { MeasurementKind } from "../domain/outcome.ts";
import type { Quantity } from "../domain/quantity.ts";
import type { CalibrationKind } from "./vocabulary.ts";

/** One check with its interval (calibration.md §1.2, §5, §6). Days count from the moment of the last one. */
export interface PlannedCheck {
  readonly kind: CalibrationKind;
  readonly of: MeasurementKind;
  /** Without one the device is not in order. Others count only when they failed. */
  readonly required: boolean;
  /** The check is due; from here on the device is restricted. */
  readonly dueDays: number;
  /** The last day that is tolerated; after it the device is blocked. */
  readonly lastDays: number;
}

/** What a device must have to be in order. Follows from what it measures, never from which device it is. */
export interface QualityPlan {
  /** A yearly certificate of a metrology body: blood pressure, all-in-one, scale. */
  readonly verification: boolean;
  readonly checks: readonly PlannedCheck[];
  /** Analytes with daily controls. */
  readonly controls: readonly {
    readonly analyte: Quantity;
    readonly of: MeasurementKind;
    readonly bothLevels: boolean;
  }[];
  /** Compared with the laboratory twice a year. */
  readonly comparison: readonly MeasurementKind[];
  /** Uses strips or reagents that have lots. */
  readonly strips: readonly MeasurementKind[];
  /** Only a trained operator may use it (WS/T 781). */
  readonly trained: readonly MeasurementKind[];
}

const lipidAnalytes = ["cholesterol.total", "cholesterol.hdl", "triglyceride"] as const satisfies readonly Quantity[];
/** Analytes of other meters that control material exists for. What a device calculates from others has none. */
const chemistryAnalytes = [
  "uricAcid",
  "creatinine",
  "haemoglobin",
  "ketone",
  "lactate",
  "hba1c",
  "crp",
] as const satisfies readonly Quantity[];

const halfYear = { dueDays: 180, lastDays: 190 } as const;
/** Not asked for by any calendar of the gate: only a failed one counts. */
const whenDone = { dueDays: Number.POSITIVE_INFINITY, lastDays: Number.POSITIVE_INFINITY } as const;

/** `promised`: the quantities that the device's profile says it measures. */
export function planOf(measures: readonly MeasurementKind[], promised: ReadonlySet<Quantity>): QualityPlan {
  const has = (kind: MeasurementKind): boolean => measures.includes(kind);
  const check = (
    of: MeasurementKind,
    kind: CalibrationKind,
    days: Pick<PlannedCheck, "dueDays" | "lastDays">,
  ): PlannedCheck[] => (has(of) ? [{ kind, of, required: days !== whenDone, ...days }] : []);
  const controls = (of: MeasurementKind, analytes: readonly Quantity[], bothLevels: boolean) =>
    has(of) ? analytes.filter((analyte) => promised.has(analyte)).map((analyte) => ({ analyte, of, bothLevels })) : [];
  const among = (kinds: readonly MeasurementKind[]): readonly MeasurementKind[] => kinds.filter(has);
  const weighs = has("body") && promised.has("body.weight");
  return {
    verification: has("bloodPressure") || weighs,
    checks: [
      ...check("bloodPressure", "staticPressure", halfYear),
      ...check("bloodPressure", "leakage", halfYear),
      ...check("bloodPressure", "repeatability", whenDone),
      ...check("bloodPressure", "overPressure", whenDone),
      ...check("oximetry", "oximeter", halfYear),
      ...check("temperature", "thermometer", halfYear),
      // Three months, and the same ten days of grace as the half-yearly ones (P).
      ...(weighs ? check("body", "scale", { dueDays: 90, lastDays: 100 }) : []),
      ...(promised.has("body.height") ? check("body", "height", halfYear) : []),
    ],
    controls: [
      // Where the vendor sells one level of glucose control only, that one (P); lipids always two (LIPID2023 annex §2.3).
      ...controls("glucose", ["glucose"], false),
      ...controls("lipids", lipidAnalytes, true),
      ...controls("chemistry", chemistryAnalytes, false),
    ],
    comparison: among(["glucose", "lipids"]),
    strips: among(["glucose", "lipids"]),
    trained: among(["glucose", "lipids", "chemistry"]),
  };
}
