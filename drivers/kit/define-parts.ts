import type { Quantity, UnitOf } from "../../core/domain/quantity.ts";
import type { Field, Frames } from "./schema.ts";

/** What the compiler knows of a frame table: names of frames and fields, units, bits, codes. */
export type NameOf<T> = Extract<keyof T, string>;
export type FieldsOf<F extends Frames, K extends keyof F> = F[K]["fields"];
export type FramesTo<F extends Frames, To extends "host" | "device"> = {
  [K in NameOf<F>]: F[K]["to"] extends To ? K : never;
}[NameOf<F>];

export type UnitIn<T> = T extends { readonly unit: infer U }
  ? U
  : T extends { readonly units: infer Us }
    ? keyof Us
    : never;
/** Quantities that may carry every unit the field may come in. */
export type QuantityFor<U> = [U] extends [never]
  ? never
  : { [Q in Quantity]: [U] extends [UnitOf<Q>] ? Q : never }[Quantity];

export type Named<Fields, T extends Field["type"]> = {
  [N in NameOf<Fields>]: Fields[N] extends { readonly type: T } ? N : never;
}[NameOf<Fields>];
/** Every type of field that holds a time says so in its name. */
export type TimeType = Extract<Field["type"], "datetime" | `${string}Time`>;
export type Numeric<Fields> = {
  [N in NameOf<Fields>]: Fields[N] extends { readonly min: number } ? N : never;
}[NameOf<Fields>];
export type WithBits<Fields> = {
  [N in NameOf<Fields>]: Fields[N] extends { readonly bits: object } ? N : never;
}[NameOf<Fields>];
/** `field.bit` */
export type BitOf<Fields> = {
  [N in WithBits<Fields>]: Fields[N] extends { readonly bits: infer B } ? `${N}.${NameOf<B>}` : never;
}[WithBits<Fields>];

/** `frame/field` of any frame to the host: what came just before. */
export type Carried<F extends Frames> = {
  [K in FramesTo<F, "host">]: `${K}/${NameOf<FieldsOf<F, K>>}` | `${K}/${BitOf<FieldsOf<F, K>>}`;
}[FramesTo<F, "host">];

export type Plain = number | string | boolean;
/** By place in the frame, or in one that came just before: the values that must stand there. */
export type WhenOf<F extends Frames, Fields> = {
  readonly [P in NameOf<Fields> | BitOf<Fields> | Carried<F>]?: readonly Plain[];
};
