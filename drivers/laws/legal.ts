import { missingCase } from "../../core/domain/missing-case.ts";
import { type Value } from "../kit/value.ts";
import type { Field } from "../kit/index.ts";
import { isNumberField, rawLimits, scaledDown, scaledUp, scaleOf, type Scale } from "../kit/number-fields.ts";
import type { NumberField } from "../kit/schema.ts";
import { isTextField, type TextField } from "../kit/string-fields.ts";
import type { Values } from "../kit/index.ts";
import { isTextNumber, legalTextValues, standsInText, textNumberAt } from "./legal-text.ts";
import { isRecordField, legalRecordValues } from "./legal-records.ts";
import { wallMs, deviceTimeOf } from "../kit/device-time.ts";

/** Legal values of one field: the extremes, the special ones, and any number of random ones. */

const printable = "P02.00.0025/05/07~!ABCDEFGHIJKLMNOPQR";
const chinese = "张三李四王五血压正常";

/** Numbers that the field's own raw numbers give, within its limits, that mean nothing special. */
interface Steps {
  readonly first: number;
  readonly last: number;
  readonly scale: Scale;
}
function stepsOf(field: NumberField, values: Values): Steps {
  const scale = scaleOf(field, values) ?? { per: 1, times: 1, plus: 0 };
  const [low, high] = rawLimits(field);
  let first = Math.max(low, scaledDown(field.min, scale));
  let last = Math.min(high, scaledDown(field.max, scale));
  // Where a limit lies between two steps, the nearest step may be outside.
  while (first < last && scaledUp(first, scale) < field.min) first++;
  while (last > first && scaledUp(last, scale) > field.max) last--;
  return { first, last, scale };
}
const isSpecial = (field: NumberField, raw: number): boolean =>
  (field.special ?? []).some((mark) => raw >= mark.raw[0] && raw <= mark.raw[1]);
const withUnit = (field: NumberField, value: number): Value =>
  field.unit === undefined ? value : { value, unit: field.unit };

/**
 * The number at a share (0 to 1) of the way from the smallest to the largest. Of a field that can only say "low" or "high":
 * that. `values`: what else stands in the frame. */
export function numberAt(field: NumberField, share: number, values: Values): Value {
  const { first, last, scale } = stepsOf(field, values);
  let raw = Math.round(first + (last - first) * share);
  while (raw < last && isSpecial(field, raw)) raw++;
  while (raw > first && isSpecial(field, raw)) raw--;
  const [special] = isSpecial(field, raw) ? specialValues(field) : [];
  return special ?? withUnit(field, scaledUp(raw, scale));
}

function specialValues(field: NumberField): readonly Value[] {
  const { unit } = field;
  return (field.special ?? []).flatMap((mark): readonly Value[] => {
    if ("absent" in mark) return [null];
    return unit === undefined ? [] : [{ value: mark.value, comparator: mark.comparator, unit }];
  });
}

const textOfSize = (field: TextField, size: number, from = 0): Value => {
  const cut = (text: string, count: number): string =>
    Array.from({ length: count }, (_, i) => text[(from + i) % text.length] ?? "A").join("");
  switch (field.type) {
    case "ascii":
      return cut(printable, size);
    case "utf16le":
      return cut(chinese, size / 2);
    case "gb18030":
      return size % 2 === 0 ? cut(chinese, size / 2) : `${cut(chinese, (size - 1) / 2)}A`;
    case "raw":
      return cut("0123456789abcdef", 2 * size);
  }
};

/** Wall times that every form of a time can say, to the second or the minute. */
const minuteForms: readonly string[] = ["ymdhm5", "bcdYmdhm5", "ymd16mh4"];
function timesOf(field: Extract<Field, { type: "datetime" }>): readonly [string, string] {
  switch (field.form) {
    case "ymdhms8":
      return ["2000-01-01T00:00:00", "2255-12-31T23:59:59"];
    case "ymdhm5":
      return ["2000-01-01T00:00", "2255-12-31T23:59"];
    case "bcdYmdhms6":
      return ["2000-01-01T00:00:00", "2099-12-31T23:59:59"];
    case "bcdYmdhm5":
      return ["2000-01-01T00:00", "2099-12-31T23:59"];
    case "ymd16mh4":
      return ["2000-01-01T00:00", "2127-12-31T23:59"];
    case "unix32le":
    case "unix32be":
      return ["1970-01-01T00:04:16", "2106-02-07T06:28:15"];
    case "since2000le32":
    case "since2000be32":
      return ["2000-01-01T00:00:00", "2136-02-07T06:28:15"];
  }
}

/** Both extremes, every special, every code. The first is what an ordinary frame carries. `values`: what else stands in the frame. */
export function legalValues(field: Field, values: Values = {}): readonly [Value, ...Value[]] {
  if (isNumberField(field))
    return [
      numberAt(field, 0.5, values),
      numberAt(field, 0, values),
      numberAt(field, 1, values),
      ...specialValues(field),
    ];
  if (isTextField(field)) {
    if (field.size !== undefined) return [textOfSize(field, field.size)];
    const largest = field.maxSize ?? 1;
    return [
      textOfSize(field, Math.min(largest, 17)),
      textOfSize(field, field.type === "gb18030" ? 2 : 1),
      textOfSize(field, largest),
    ];
  }
  if (standsInText(field)) return legalTextValues(field);
  switch (field.type) {
    case "flags": {
      const all = (on: boolean): Value => Object.fromEntries(Object.keys(field.bits).map((bit) => [bit, on]));
      return [all(false), all(true)];
    }
    case "code":
      return [field.known[0] ?? 0, ...field.known];
    case "datetime": {
      const [first, last] = timesOf(field);
      return [minuteForms.includes(field.form) ? "2024-02-29T07:30" : "2024-02-29T07:30:00", first, last];
    }
    case "row":
      return field.required ? ["3093537", "A", "SN-00042"] : ["P443", null, "a b c"];
    case "rowTime":
      return ["2015-06-17T12:35", null, "2099-12-31T23:59"];
    case "analyte": {
      const measured = Object.entries(field.units).flatMap(([unit, limits]) =>
        [limits.min, limits.max].flatMap((value) => {
          const plain = { value, unit } as Value;
          return [
            plain,
            { ...(plain as object), comparator: "<" } as Value,
            { ...(plain as object), comparator: ">" } as Value,
          ];
        }),
      );
      return [measured[0] ?? null, ...measured, { notCalculable: true }, null];
    }
    default:
      if (isRecordField(field)) return legalRecordValues(field);
      return missingCase(field);
  }
}

/** Any legal value. */
export function randomValue(field: Field, random: () => number, values: Values): Value {
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  if (isTextNumber(field))
    return random() < 0.9 ? textNumberAt(field, random()) : (pick(legalTextValues(field)) ?? null);
  if (isNumberField(field)) {
    const special = random() < 0.1 ? pick(specialValues(field)) : undefined;
    return special === undefined ? numberAt(field, random(), values) : special;
  }
  if (isTextField(field)) {
    const size = field.size ?? 2 * Math.ceil((random() * (field.maxSize ?? 2)) / 2);
    return textOfSize(
      field,
      Math.max(1, Math.min(size, field.size ?? field.maxSize ?? size)),
      Math.floor(random() * 32),
    );
  }
  switch (field.type) {
    case "flags":
      return Object.fromEntries(Object.keys(field.bits).map((bit) => [bit, random() < 0.5]));
    case "datetime": {
      const [first, last] = timesOf(field).map(wallMs) as [number, number];
      const stepMs = minuteForms.includes(field.form) ? 60_000 : 1000;
      const text = deviceTimeOf(first + Math.floor((random() * (last - first)) / stepMs) * stepMs);
      return minuteForms.includes(field.form) ? text.slice(0, 16) : text;
    }
    default:
      return pick(legalValues(field, values)) ?? null;
  }
}
