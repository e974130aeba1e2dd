import type { Unit } from "../../core/domain/quantity.ts";
import { checkedTime } from "./device-time.ts";
import { parsePlace, textsAt, turned, type Delimiters, type Dialect, type RecordLine } from "./records.ts";
import type { RecordGroup } from "./records-group.ts";
import { partsIn, type ResultPlaces } from "./records-place.ts";
import type { RecordField, RecordsEnvelope, ResultField } from "./schema-records.ts";
import { isImpossible, type Impossible, type Value } from "./value.ts";

/** Groups of records → values. */

export interface RecordReading {
  readonly values: Readonly<Record<string, Value>>;
  readonly impossible?: { readonly field: string; readonly raw: string };
}

/** How a group is read: all of it follows from the profile. */
export interface RecordReader {
  readonly dialect: Dialect;
  readonly envelope: RecordsEnvelope;
  readonly places: ResultPlaces;
}

/** `YYYYMMDDHHMM[SS]` and whatever follows (fractions, a zone); null for a date alone or a time that cannot be. */
export function recordTimeOf(text: string): string | null {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?!\d)/.exec(text);
  if (parts === null) return null;
  const part = (i: number): number => Number(parts[i]);
  return checkedTime(part(1), part(2), part(3), part(4), part(5), parts[6] === undefined ? undefined : part(6));
}

interface ResultText {
  readonly code: string;
  readonly value: string;
  readonly unit: string;
  readonly comparators: readonly string[];
  readonly status: string;
}

function resultText(
  { dialect, envelope, places }: RecordReader,
  delimiters: Delimiters,
  record: RecordLine,
): ResultText {
  const first = (place: typeof places.code): string => textsAt(dialect, delimiters, record, place)[0] ?? "";
  const flags = textsAt(dialect, delimiters, record, places.flags).flatMap((flag) =>
    envelope.flagSplit === undefined ? [flag] : flag.split(envelope.flagSplit),
  );
  // HL7's structured number carries its operator as a component of its own: `<^5.6`.
  const value = [1, 2, 3].map((component) => first({ ...places.value, component })).join("");
  return {
    code: first(places.code),
    value,
    unit: first(places.unit),
    comparators: flags.filter((flag) => flag === "<" || flag === ">"),
    status: places.status === undefined ? (envelope.statuses.accepted[0] ?? "") : first(places.status),
  };
}

const unitOf = (field: ResultField, text: string): Unit | undefined =>
  (Object.keys(field.units) as Unit[]).find((unit) => (field.units[unit]?.texts ?? [unit]).includes(text));

/** One number with its unit and operator. A text without any digit is "not calculable"; never a zero, never a guess. */
function resultValue(field: ResultField, { value, unit: unitText, comparators }: ResultText): Value | Impossible {
  if (!/\d/.test(value)) return { notCalculable: true };
  const impossible = { impossible: true, raw: `${comparators.join("")}${value} ${unitText}` } as const;
  const parts = /^([<>]?) *(\d{1,6}(?:\.\d{1,4})?)$/.exec(value);
  const unit = unitOf(field, unitText);
  const limits = unit === undefined ? undefined : field.units[unit];
  if (parts === null || unit === undefined || limits === undefined) return impossible;
  const number = Number(parts[2]);
  const said = new Set([...comparators, ...(parts[1] === "" ? [] : [parts[1]])]);
  if (said.size > 1 || number < limits.min || number > limits.max) return impossible;
  const [comparator] = said;
  return { value: number, unit, ...(comparator === "<" || comparator === ">" ? { comparator } : {}) };
}

/** Is everything there without which the group is another frame? */
export function hasRequired(
  { dialect, places }: RecordReader,
  delimiters: Delimiters,
  group: RecordGroup,
  fields: Readonly<Record<string, RecordField>>,
): boolean {
  return Object.values(fields).every((field) => {
    if (!("required" in field) || field.required !== true) return true;
    if (field.type === "recordCode")
      return partsIn(dialect, delimiters, group, field.at, undefined).some((text) => text.startsWith(field.prefix));
    return group.results.some((record) =>
      field.codes.includes(textsAt(dialect, delimiters, record, places.code)[0] ?? ""),
    );
  });
}

/** The values of one frame. `first`: it is the first group of its message. */
export function readGroup(
  reader: RecordReader,
  delimiters: Delimiters,
  group: RecordGroup,
  fields: Readonly<Record<string, RecordField>>,
  first: boolean,
): RecordReading {
  const { dialect, envelope } = reader;
  const texts = group.results.map((record) => resultText(reader, delimiters, record));
  const values: Record<string, Value> = {};
  let impossible: RecordReading["impossible"];
  const filled = (at: string, split?: string): readonly string[] =>
    partsIn(dialect, delimiters, group, at, split).filter((text) => text !== "");
  const nested = (at: string): readonly string[] => {
    const place = parsePlace(at);
    const record = group.above.get(place.record);
    const texts = record === undefined ? [] : textsAt(dialect, delimiters, turned(delimiters, record), place);
    return texts.filter((text) => text !== "");
  };
  for (const [name, field] of Object.entries(fields)) {
    values[name] = null;
    if ("once" in field && field.once === true && !first) continue;
    switch (field.type) {
      case "result": {
        const own = texts.filter(({ code }) => field.codes.includes(code));
        const said = own.flatMap((text): (Value | Impossible)[] => {
          if (envelope.statuses.cannot.includes(text.status)) return [{ notCalculable: true }];
          return envelope.statuses.accepted.includes(text.status) ? [resultValue(field, text)] : [];
        });
        const [value = null, another] = said;
        // The same test twice in one group: nobody can say which one counts.
        if (another !== undefined) impossible ??= { field: name, raw: own.map((each) => each.value).join(", ") };
        else if (isImpossible(value)) impossible ??= { field: name, raw: value.raw };
        else values[name] = value;
        break;
      }
      case "recordTime":
        values[name] = field.from.flatMap((at) => filled(at).map(recordTimeOf)).find((time) => time !== null) ?? null;
        break;
      case "recordText":
        values[name] = (field.nested === true ? nested(field.at) : filled(field.at))[0] ?? null;
        break;
      case "recordCode": {
        const behind = filled(field.at)
          .find((text) => text.startsWith(field.prefix))
          ?.slice(field.prefix.length);
        values[name] = behind !== undefined && /^\d{1,9}$/.test(behind) ? Number(behind) : null;
        break;
      }
      case "marks": {
        const set = filled(field.at, field.split);
        values[name] = Object.fromEntries(Object.entries(field.bits).map(([bit, text]) => [bit, set.includes(text)]));
        break;
      }
      case "unmapped": {
        const known = Object.values(fields).flatMap((each) => (each.type === "result" ? each.codes : []));
        const codes = texts.map(({ code }) => code).filter((code) => code !== "" && !known.includes(code));
        values[name] = codes.length === 0 ? null : codes.join(" ");
        break;
      }
    }
  }
  return { values, ...(impossible === undefined ? {} : { impossible }) };
}
