import { quantities, type Quantity } from "../domain/quantity.ts";
import { storedValue } from "./ranges.ts";

interface AnyReading {
  readonly quantity: string;
  readonly value: number;
  readonly unit: string;
  readonly comparator?: "<" | ">" | undefined;
}

/**
 * The reading as people here read it: in the catalogue's first unit (mmol/L for what a meter may tell in mg/dL), so that the
 * number shown is the number judged. The sign stays. Where there is no conversion the reading comes back as it is. The
 * device's own value and unit are what is kept; this is for screens only.
 */
export function shownReading<R extends AnyReading>(reading: R): R {
  if (!Object.hasOwn(quantities, reading.quantity)) return reading;
  const quantity = reading.quantity as Quantity;
  const unit = quantities[quantity].units[0];
  if (reading.unit === unit) return reading;
  const value = storedValue({ quantity, value: reading.value, unit: reading.unit });
  return value === undefined ? reading : { ...reading, value, unit };
}
