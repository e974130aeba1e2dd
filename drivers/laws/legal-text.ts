import type { Field, Value } from "../kit/index.ts";
import type { FieldOf } from "../kit/schema.ts";
import { standsInText, type TextField } from "../kit/text-codecs.ts";

/** Legal and impossible values of the fields that stand in a text. */

type TextNumber = FieldOf<"number">;
export const isTextNumber = (field: Field): field is TextNumber => field.type === "number";
export { standsInText };

const mostOf = (decimals: number | readonly [number, number] | undefined): number =>
  typeof decimals === "number" ? decimals : (decimals?.[1] ?? 0);
const withUnit = (field: TextNumber, value: number): Value =>
  field.unit === undefined ? value : { value, unit: field.unit };

/** The number at a share (0 to 1) of the way from the smallest to the largest. */
export function textNumberAt(field: TextNumber, share: number): Value {
  const value = Number((field.min + (field.max - field.min) * share).toFixed(mostOf(field.decimals)));
  return withUnit(field, Math.min(field.max, Math.max(field.min, value)));
}

function textOf(charset: string | undefined, size: number): string {
  const signs =
    charset === "digits" ? "4071829365" : charset === "alnum" ? "P02A0z9" : "P02.00.0025/05/07~!ABCDEFGHIJKLMNOPQR";
  return Array.from({ length: size }, (_, i) => signs[i % signs.length] ?? "A").join("");
}

/** Both extremes, every special, every code. The first is what an ordinary frame carries. */
export function legalTextValues(field: TextField): readonly [Value, ...Value[]] {
  const absent: readonly Value[] = field.key === undefined ? [] : [null];
  switch (field.type) {
    case "number": {
      const { unit } = field;
      const beyond = (field.special ?? []).flatMap(({ comparator, value }): readonly Value[] =>
        unit === undefined ? [] : [{ value, unit, comparator }],
      );
      const marked: readonly Value[] =
        field.comparators === true && unit !== undefined
          ? [
              { value: field.min, unit, comparator: "<" },
              { value: field.max, unit, comparator: ">" },
            ]
          : [];
      const none: readonly Value[] = field.absent === undefined ? absent : [null];
      return [textNumberAt(field, 0.5), textNumberAt(field, 0), textNumberAt(field, 1), ...beyond, ...marked, ...none];
    }
    case "amount": {
      const measured = Object.entries(field.units).flatMap(([unit, limits]) =>
        [limits.min, limits.max].flatMap((value): readonly Value[] => [
          { value, unit } as Value,
          { value, unit, comparator: "<" } as Value,
          { value, unit, comparator: ">" } as Value,
        ]),
      );
      const none: readonly Value[] = field.absent === undefined ? [] : [{ notCalculable: true }];
      return [measured[0] ?? null, ...measured, ...none, ...absent];
    }
    case "textCode":
      return [field.known[0] ?? "", ...field.known, ...absent];
    case "text": {
      const most = field.width ?? field.maxSize ?? 64;
      const sizes = [Math.min(most, 7), most, field.minSize ?? 0].map((size) => Math.max(size, field.minSize ?? 0));
      const texts = sizes.map((size) => textOf(field.charset, size));
      return [texts[0] ?? "", ...texts, ...(field.charset === "unicode" ? ["健康码A1"] : []), ...absent];
    }
    case "textTime": {
      const seconds = field.patterns[0]?.includes("ss") === true ? ":00" : "";
      return [`2024-02-29T07:30${seconds}`, `2000-01-01T00:00${seconds}`, `2099-12-31T23:59${seconds}`, null];
    }
  }
}

/** Just outside the limits, and what the field's places hold at most; only what it can write. */
export function impossibleTextValues(field: TextField): readonly Value[] {
  const outside = (
    { min, max }: { readonly min: number; readonly max: number },
    decimals: number,
    signed: boolean,
    most: number,
  ): readonly number[] => {
    const step = 10 ** -decimals;
    return [...new Set([min - step, max + step, 0, most].map((value) => Number(value.toFixed(decimals))))].filter(
      (value) => (value < min || value > max) && value <= most && (signed || value >= 0),
    );
  };
  if (field.type === "number") {
    const decimals = mostOf(field.decimals);
    const places = (field.width ?? 7) - (decimals === 0 ? 0 : decimals + 1) - (field.sign === undefined ? 0 : 1);
    const most = 10 ** Math.max(1, places) - 1;
    return outside(field, decimals, field.sign !== undefined, most).map((value) => withUnit(field, value));
  }
  if (field.type !== "amount") return [];
  return Object.entries(field.units).flatMap(([unit, limits]) =>
    outside(limits, mostOf(limits.decimals), false, 99_999).map((value) => ({ value, unit }) as Value),
  );
}
