import { quantities, type Quantity, type Reading } from "../domain/quantity.ts";
import { rounded } from "./decimal.ts";
import { converted, type Analyte } from "./units.ts";

/** Both ends inclusive, in the first unit of the quantity. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

interface Fences {
  /** Outside: device error or mistyping; refused. */
  readonly hard: Range;
  /** Outside: possible but unusual; kept with a doubt. */
  readonly soft: Range;
}

/** rules.md §1. Grade P unless its table says otherwise. Quantities that are not here have no fence of their own. */
const fences = {
  "bp.systolic": { hard: { min: 50, max: 300 }, soft: { min: 80, max: 250 } },
  "bp.diastolic": { hard: { min: 20, max: 200 }, soft: { min: 40, max: 150 } },
  "pulse.rate": { hard: { min: 25, max: 250 }, soft: { min: 40, max: 150 } },
  glucose: { hard: { min: 0.6, max: 55 }, soft: { min: 2.2, max: 22.2 } },
  "cholesterol.total": { hard: { min: 0.5, max: 20 }, soft: { min: 2, max: 10 } },
  triglyceride: { hard: { min: 0.1, max: 50 }, soft: { min: 0.3, max: 10 } },
  "cholesterol.hdl": { hard: { min: 0.1, max: 5 }, soft: { min: 0.3, max: 2.5 } },
  "cholesterol.ldlCalculated": { hard: { min: 0.1, max: 15 }, soft: { min: 0.5, max: 7 } },
  spo2: { hard: { min: 50, max: 100 }, soft: { min: 85, max: 100 } },
  "body.temperature": { hard: { min: 30, max: 43 }, soft: { min: 35, max: 41 } },
  "body.height": { hard: { min: 50, max: 250 }, soft: { min: 80, max: 210 } },
  "body.weight": { hard: { min: 2, max: 300 }, soft: { min: 10, max: 200 } },
  "body.bmi": { hard: { min: 8, max: 80 }, soft: { min: 12, max: 50 } },
} as const satisfies Partial<Record<Quantity, Fences>>;

export type FencedQuantity = keyof typeof fences;

/** Systolic minus diastolic. The hard fence has no upper end. */
export const pulsePressure = {
  hard: { min: 10, max: Infinity },
  soft: { min: 20, max: 110 },
} as const satisfies Fences;

/** Values that are not quantities of a device yet; same table, same meaning. */
export const bodyRanges = {
  spo2: { min: 50, max: 100 },
  temperature: { min: 30, max: 43 },
  height: { min: 50, max: 250 },
  weight: { min: 2, max: 300 },
  bmi: { min: 8, max: 80 },
  waist: { min: 40, max: 200 },
} as const satisfies Record<string, Range>;

const isFenced = (quantity: Quantity): quantity is FencedQuantity => Object.hasOwn(fences, quantity);

export function hardRange(quantity: FencedQuantity): Range;
export function hardRange(quantity: Quantity): Range | undefined;
export function hardRange(quantity: Quantity): Range | undefined {
  return isFenced(quantity) ? fences[quantity].hard : undefined;
}

export function softRange(quantity: FencedQuantity): Range;
export function softRange(quantity: Quantity): Range | undefined;
export function softRange(quantity: Quantity): Range | undefined {
  return isFenced(quantity) ? fences[quantity].soft : undefined;
}

/** NaN and infinities are in no range. */
export const within = ({ min, max }: Range, value: number): boolean => value >= min && value <= max;

const analyteOf: Partial<Record<Quantity, Analyte>> = {
  glucose: "glucose",
  "cholesterol.total": "cholesterol",
  "cholesterol.hdl": "cholesterol",
  "cholesterol.ldlCalculated": "cholesterol",
  triglyceride: "triglyceride",
};

/**
 * The value that rules and screens use: in the quantity's first unit, with the decimals kept there (rules.md §0.4).
 * `undefined` where the unit has no conversion (ketone and creatinine in mg/dL) or the value is not finite.
 */
export function storedValue(reading: {
  readonly quantity: Quantity;
  readonly value: number;
  readonly unit: string;
}): number | undefined {
  const { quantity, value, unit } = reading;
  if (!Number.isFinite(value)) return undefined;
  if (unit === quantities[quantity].units[0]) return rounded(value, quantities[quantity].decimals);
  const analyte = analyteOf[quantity];
  return analyte !== undefined && unit === "mg/dL" ? converted(value, "mg/dL", "mmol/L", analyte) : undefined;
}

/**
 * What the fences say of one reading, in whichever unit it came. A limit mark (`<`, `>`) is judged by its number.
 * `unknown`: the catalogue has no fence, or no conversion, for it.
 */
export function fenceOf(reading: Reading): "impossible" | "unusual" | "usual" | "unknown" {
  if (!Number.isFinite(reading.value)) return "impossible";
  const value = storedValue(reading);
  if (value === undefined || !isFenced(reading.quantity)) return "unknown";
  if (!within(hardRange(reading.quantity), value)) return "impossible";
  return within(softRange(reading.quantity), value) ? "usual" : "unusual";
}
