import { fieldCodec } from "../../../drivers/kit/fields.ts";
import { fromHex, toHex, type Field, type Value, type Values } from "../../../drivers/kit/index.ts";

/** One field of a frame, read and written by itself. */
export const wide = { min: -1e12, max: 1e12 } as const;
export const read = (field: Field, hex: string, fields: Readonly<Record<string, Field>> = {}) =>
  fieldCodec(field, fields).read(fromHex(hex), 0, hex.length / 2);
export const written = (field: Field, value: Value, size: number, values: Values = {}): string => {
  const bytes = new Uint8Array(size);
  fieldCodec(field, {}).write(bytes, 0, size, value, values);
  return toHex(bytes);
};
export const impossible = (raw: string) => ({ impossible: true, raw });
