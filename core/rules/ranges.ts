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
  /** The soft fence is an adult's: a child has none of its own. */
  readonly ofAdults?: boolean;
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
  "body.height": { hard: { min: 50, max: 250 }, soft: { min: 120, max: 210 }, ofAdults: true },
  "body.weight": { hard: { min: 2, max: 300 }, soft: { min: 30, max: 200 }, ofAdults: true },
  "body.bmi": { hard: { min: 8, max: 80 }, soft: { min: 13, max: 60 } },
  "body.waist": { hard: { min: 40, max: 200 }, soft: { min: 50, max: 150 } },
} as const satisfies Partial<Record<Quantity, Fences>>;

export type FencedQuantity = keyof typeof fences;

/** Systolic minus diastolic. The hard fence has no upper end. */
export const pulsePressure = {
  hard: { min: 10, max: Infinity },
  soft: { min: 20, max: 110 },
} as const satisfies Fences;

export const adultAge = 18;

const isFenced = (quantity: Quantity): quantity is FencedQuantity => Object.hasOwn(fences, quantity);

export function hardRange(quantity: FencedQuantity): Range;
export function hardRange(quantity: Quantity): Range | undefined;
export function hardRange(quantity: Quantity): Range | undefined {
  return isFenced(quantity) ? fences[quantity].hard : undefined;
}

/** `age` in years; an unknown age is taken for an adult's, so that what is odd is asked about once more. */
export function softRange(quantity: FencedQuantity, age?: number): Range;
export function softRange(quantity: Quantity, age?: number): Range | undefined;
export function softRange(quantity: Quantity, age: number = adultAge): Range | undefined {
  if (!isFenced(quantity)) return undefined;
  const own: Fences = fences[quantity];
  return own.ofAdults === true && age < adultAge ? own.hard : own.soft;
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
export function fenceOf(reading: Reading, age?: number): "impossible" | "unusual" | "usual" | "unknown" {
  if (!Number.isFinite(reading.value)) return "impossible";
  const value = storedValue(reading);
  if (value === undefined || !isFenced(reading.quantity)) return "unknown";
  if (!within(hardRange(reading.quantity), value)) return "impossible";
  return within(softRange(reading.quantity, age), value) ? "usual" : "unusual";
}
