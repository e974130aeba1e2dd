import { quantities } from "../domain/quantity.ts";
import type { MessageKey } from "../i18n/message.ts";
import { actionCodes, type Assessment } from "./assessment.ts";
import { hardRange, storedValue, within, type FencedQuantity } from "./ranges.ts";
import { converted, molarUnits, type Analyte, type MolarUnit } from "./units.ts";
import { fixed, product } from "./decimal.ts";
import type { KeptReading } from "./visit-facts.ts";

/** How finely a device reports: whole mg/dL, or the decimals kept in mmol/L. In parts of one unit. */
const partsOf = (quantity: FencedQuantity, unit: MolarUnit): number =>
  unit === "mg/dL" ? 1 : 10 ** quantities[quantity].decimals;

const isMolar = (unit: string): unit is MolarUnit => molarUnits.some((one) => one === unit);

/** Every value, as kept, that a limit mark may stand for: strictly beyond the limit and inside the hard range. */
function possibleValues(quantity: FencedQuantity, analyte: Analyte, { raw }: KeptReading): readonly number[] {
  if (!isMolar(raw.unit)) return [];
  const unit = raw.unit;
  const parts = partsOf(quantity, unit);
  const range = hardRange(quantity);
  const top = Math.ceil((converted(range.max, "mmol/L", unit, analyte) + 1) * parts);
  const limit = product(raw.value, parts, 6);
  const first = raw.comparator === "<" ? 0 : Math.floor(limit) + 1;
  const last = raw.comparator === "<" ? Math.ceil(limit) - 1 : top;
  const steps = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) / parts);
  return steps.flatMap((value) => {
    const kept = storedValue({ quantity, value, unit });
    return kept !== undefined && within(range, kept) ? [kept] : [];
  });
}

const isMilder = (a: Assessment, b: Assessment): boolean =>
  a.severity === b.severity
    ? actionCodes.findIndex((code) => code === a.action) < actionCodes.findIndex((code) => code === b.action)
    : a.severity < b.severity;

/**
 * A result such as `< 2.59`. Where every value it can stand for gets the same class, it gets that class. Where the sign
 * leaves the class open it is not classified: `category`, never below severity 1. What is certain still counts: if even
 * the mildest possible class sends the person to a doctor, its severity, action and sentence stand. Policy (P).
 */
export function assessBeyond(
  reading: KeptReading & { readonly quantity: FencedQuantity },
  analyte: Analyte,
  open: { readonly category: string; readonly rule: string; readonly adviceKey: MessageKey },
  classify: (value: number) => Assessment,
): Assessment {
  const [first = classify(reading.value), ...others] = possibleValues(reading.quantity, analyte, reading).map((value) =>
    classify(value),
  );
  const same = others.every(({ category, action, severity }) => {
    return category === first.category && action === first.action && severity === first.severity;
  });
  if (same) return first;
  const mildest = others.reduce((milder, one) => (isMilder(one, milder) ? one : milder), first);
  if (mildest.severity >= 2) return { ...mildest, category: open.category, flags: [], rule: open.rule };
  return { ...open, severity: 1, action: "SHOW_ONLY", flags: [] };
}

/** The value with its sign and decimals, in the first unit: "< 2.59", "7.0". */
export function shownValue({ quantity, raw, value }: KeptReading): string {
  const number = fixed(value, quantities[quantity].decimals);
  return raw.comparator === undefined ? number : `${raw.comparator} ${number}`;
}
