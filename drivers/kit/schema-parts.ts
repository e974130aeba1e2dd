import { z } from "zod";
import { faults, type DeviceFaultCode } from "../../core/domain/faults.ts";
import { measurementKinds } from "../../core/domain/outcome.ts";
import { quantities, type Quantity, type Unit } from "../../core/domain/quantity.ts";

/** What every part of the schema is made of. */
export type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;

export const name = z.string().regex(/^[a-z][a-zA-Z0-9]*$/, "a name is camelCase");
export const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "an id is kebab-case");
export const hex = z.string().regex(/^([0-9a-fA-F]{2})+$/, "pairs of hex digits, no spaces");
export const byte = z.int().min(0).max(255);
export const at = z.int().min(0).max(65_535);
export const ms = z.int().min(1).max(3_600_000);
export const faultCode = z.enum(
  Object.keys(faults).filter((code) => code.startsWith("device.")) as [DeviceFaultCode, ...DeviceFaultCode[]],
);
export const quantity = z.enum(Object.keys(quantities) as [Quantity, ...Quantity[]]);
export const unit = z.enum([...new Set(Object.values(quantities).flatMap((info) => info.units))] as [Unit, ...Unit[]]);
export const comparator = z.enum(["<", ">"]);
export const kind = z.enum(measurementKinds);
