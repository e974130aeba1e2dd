import type { CalibrationValues } from "../../../core/contract/quality.ts";
import type { TechnicianKey } from "../../../core/i18n/technician.ts";
import type { CalibrationKind } from "../../../core/quality/vocabulary.ts";

/** One line of a check's table: what is written at the left, and what is filled in already. */
export interface CheckRow {
  readonly label: TechnicianKey;
  readonly given: readonly string[];
}

/** How a check is written down. `values` makes the record of the rows that are filled; every list in their order. */
export interface CheckTable {
  readonly columns: readonly { readonly label: TechnicianKey; readonly unit: string }[];
  readonly rows: readonly CheckRow[];
  /** Judged points per row, in the rules' order; 0: the verdict is over all rows. */
  readonly pointsPerRow: 0 | 1 | 2;
  readonly values: (rows: readonly (readonly number[])[], at: readonly number[]) => CalibrationValues;
}

const at = (row: readonly number[], index: number): number => row[index] ?? 0;
const both = (row: readonly number[]) => ({ reference: at(row, 0), shown: at(row, 1) });
const pair = (unit: string) =>
  [
    { label: "tech.check.reference", unit },
    { label: "tech.check.shown", unit },
  ] as const;

const steps = [0, 50, 100, 150, 200, 250];
const pressures: readonly CheckRow[] = [
  ...steps.map((step) => ({ label: "tech.check.up" as const, given: [String(step), ""] })),
  ...steps.toReversed().map((step) => ({ label: "tech.check.down" as const, given: [String(step), ""] })),
];
const nominal = (label: TechnicianKey, points: readonly string[]): readonly CheckRow[] =>
  points.map((point) => ({ label, given: [point, ""] }));

/** The points of calibration.md §1.2–§1.4 and §5; a reference that shows a little more or less is written as it shows. */
export const checkTables: Readonly<Record<CalibrationKind, CheckTable>> = {
  staticPressure: {
    columns: pair("mm[Hg]"),
    rows: pressures,
    pointsPerRow: 1,
    values: (rows, index) => ({
      kind: "staticPressure",
      points: rows.map((row, n) => ({ ...both(row), direction: at(index, n) < steps.length ? "up" : "down" })),
    }),
  },
  leakage: {
    columns: [
      { label: "tech.check.from", unit: "mm[Hg]" },
      { label: "tech.check.to", unit: "mm[Hg]" },
    ],
    rows: [
      { label: "tech.check.withCuff", given: ["250", ""] },
      { label: "tech.check.withCuff", given: ["50", ""] },
      { label: "tech.check.withoutCuff", given: ["250", ""] },
    ],
    pointsPerRow: 1,
    values: (rows, index) => ({
      kind: "leakage",
      points: rows.map((row, n) => ({ from: at(row, 0), to: at(row, 1), withCuff: at(index, n) < 2 })),
    }),
  },
  repeatability: {
    columns: [
      { label: "tech.check.systolic", unit: "mm[Hg]" },
      { label: "tech.check.diastolic", unit: "mm[Hg]" },
    ],
    rows: Array.from({ length: 10 }, () => ({ label: "tech.check.run" as const, given: ["", ""] })),
    pointsPerRow: 0,
    values: (rows) => ({
      kind: "repeatability",
      runs: rows.map((row) => ({ systolic: at(row, 0), diastolic: at(row, 1) })),
    }),
  },
  overPressure: {
    columns: [
      { label: "tech.check.releasedAt", unit: "mm[Hg]" },
      { label: "tech.check.held", unit: "s" },
    ],
    rows: [{ label: "tech.check.run", given: ["", ""] }],
    pointsPerRow: 0,
    values: ([row = []]) => ({ kind: "overPressure", releasedAt: at(row, 0), heldSeconds: at(row, 1) }),
  },
  scale: {
    columns: pair("kg"),
    rows: nominal("tech.check.weight", ["20", "50", "100"]),
    pointsPerRow: 1,
    values: (rows) => ({ kind: "scale", points: rows.map(both) }),
  },
  thermometer: {
    columns: pair("Cel"),
    rows: nominal("tech.check.bath", ["35.0", "37.0", "41.0"]),
    pointsPerRow: 1,
    values: (rows) => ({ kind: "thermometer", points: rows.map(both) }),
  },
  oximeter: {
    columns: [
      ...pair("%"),
      { label: "tech.check.referencePulse", unit: "/min" },
      { label: "tech.check.shownPulse", unit: "/min" },
    ],
    rows: Array.from({ length: 3 }, () => ({ label: "tech.check.run" as const, given: ["", "", "", ""] })),
    pointsPerRow: 2,
    values: (rows) => ({
      kind: "oximeter",
      points: rows.map((row) => ({ ...both(row), referencePulse: at(row, 2), shownPulse: at(row, 3) })),
    }),
  },
  height: {
    columns: pair("cm"),
    rows: nominal("tech.check.rule", ["100", "150", "180"]),
    pointsPerRow: 1,
    values: (rows) => ({ kind: "height", points: rows.map(both) }),
  },
  clock: {
    columns: [{ label: "tech.check.drift", unit: "s" }],
    rows: [{ label: "tech.check.run", given: [""] }],
    pointsPerRow: 0,
    values: ([row = []]) => ({ kind: "clock", driftSeconds: at(row, 0) }),
  },
};

/** Those compared with a reference instrument. */
export const needsReference = (kind: CalibrationKind): boolean =>
  !(["repeatability", "overPressure", "clock"] as readonly CalibrationKind[]).includes(kind);
