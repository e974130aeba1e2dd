import type { OfferedKind } from "../../../core/domain/outcome.ts";
import { quantities, type Quantity } from "../../../core/domain/quantity.ts";
import type { Measurement } from "../../../core/journal/entry.ts";
import type { PictureName } from "../../parts/picture.tsx";

/** One number that a person may type, in the first unit of its quantity. `must`: the check is nothing without it. */
export interface Field {
  readonly quantity: Quantity;
  readonly picture: PictureName;
  readonly must: boolean;
}

const field = (quantity: Quantity, picture: PictureName, must = false): Field => ({ quantity, picture, must });

export const fieldsOf: Readonly<Record<OfferedKind, readonly Field[]>> = {
  bloodPressure: [
    field("bp.systolic", "bloodPressure", true),
    field("bp.diastolic", "bloodPressure", true),
    field("pulse.rate", "oximetry"),
  ],
  glucose: [field("glucose", "glucose", true)],
  lipids: [
    field("cholesterol.total", "lipids", true),
    field("cholesterol.hdl", "lipids"),
    field("triglyceride", "lipids"),
    field("cholesterol.ldlCalculated", "lipids"),
  ],
  oximetry: [field("spo2", "oximetry", true), field("pulse.rate", "oximetry")],
  temperature: [field("body.temperature", "temperature", true)],
  body: [field("body.height", "height"), field("body.weight", "body"), field("body.waist", "waist")],
};

/** What stands in the field after a key: at most four digits, one point, and no more decimals than are kept. */
export function typed(before: string, key: string, decimals: number): string {
  const after = before === "0" && key !== "." ? key : before + key;
  const pattern = decimals === 0 ? /^\d{1,3}$/u : new RegExp(`^\\d{1,3}(?:\\.\\d{0,${decimals}})?$`, "u");
  return pattern.test(after) ? after : before;
}

/** The typed numbers as readings; what is empty or left out is not among them. */
export function readingsOf(
  fields: readonly Field[],
  values: Readonly<Record<string, string | undefined>>,
): Measurement["readings"] {
  return fields.flatMap(({ quantity }) => {
    const words = values[quantity];
    const unit = quantities[quantity].units[0];
    return words === undefined || words === "" ? [] : [{ quantity, value: Number(words), unit }];
  });
}
