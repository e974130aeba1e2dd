import type { Field, Value } from "../kit/index.ts";
import type { RecordField } from "../kit/schema-records.ts";

/** Legal values of a field in a message of records. The first is what an ordinary message carries. */

const types: readonly string[] = ["result", "recordTime", "recordText", "recordCode", "marks", "unmapped"];
export const isRecordField = (field: Field): field is RecordField => types.includes(field.type);

const absent = (field: { readonly required?: boolean | undefined }): readonly null[] =>
  field.required === true ? [] : [null];

export function legalRecordValues(field: RecordField): readonly [Value, ...Value[]] {
  switch (field.type) {
    case "result": {
      const measured = (Object.keys(field.units) as (keyof typeof field.units)[]).flatMap((unit): Value[] => {
        const limits = field.units[unit];
        if (limits === undefined) return [];
        const { min, max, decimals } = limits;
        const middle = Number(((min + max) / 2).toFixed(decimals));
        return [middle, min, max].flatMap((value): Value[] => [
          { value, unit },
          { value, unit, comparator: "<" },
          { value, unit, comparator: ">" },
        ]);
      });
      return [measured[0] ?? null, ...measured, { notCalculable: true }, ...absent(field)];
    }
    case "recordTime":
      return ["2024-02-29T07:30:00", "1999-12-31T23:59", "2099-01-01T00:00:00"];
    case "recordText":
      return ["SN0001", "a|b^c&d\\e~f", null];
    case "recordCode":
      return [field.known[0] ?? 0, ...field.known, 99_999, ...absent(field)];
    case "marks": {
      const all = (on: boolean): Value => Object.fromEntries(Object.keys(field.bits).map((bit) => [bit, on]));
      return [all(false), all(true)];
    }
    case "unmapped":
      return ["4711", "685/"];
  }
}
