import { escaped, parsePlace, type Delimiters, type Dialect, type Place } from "./records.ts";
import { ownDelimiters, type ResultPlaces } from "./records-place.ts";
import type { RecordField, RecordsEnvelope, RecordTest, ResultField } from "./schema-records.ts";
import { isMeasured, textOf, type Measured, type Value, type Values } from "./value.ts";

/** Values → one message, as the device writes it. */

type Texts = Map<number, Map<number, string>>;

class Draft {
  readonly #records = new Map<string, Texts[]>();

  add(type: string): Texts {
    const texts: Texts = new Map();
    const list = this.#records.get(type) ?? [];
    this.#records.set(type, [...list, texts]);
    return texts;
  }
  /** Into every record of the type; into a new one where there is none. Results are never made that way. */
  set(place: Place, text: string, results: string): void {
    const known = this.#records.get(place.record);
    const into = known ?? (place.record === results ? [] : [this.add(place.record)]);
    for (const record of into) put(record, place, text);
  }
  of(type: string): readonly Texts[] {
    return this.#records.get(type) ?? [];
  }
}

function put(record: Texts, { field, component = 1 }: Place, text: string): void {
  const components = record.get(field) ?? new Map<number, string>();
  record.set(field, components.set(component, text));
}

function line(dialect: Dialect, delimiters: Delimiters, type: string, texts: Texts): string {
  const from = dialect.firstField(type);
  const last = Math.max(from - 1, ...texts.keys());
  const fields = Array.from({ length: last - from + 1 }, (_, i) => {
    const components = texts.get(from + i) ?? new Map<number, string>();
    const most = Math.max(0, ...components.keys());
    return Array.from({ length: most }, (_each, at) => components.get(at + 1) ?? "").join(delimiters.component);
  });
  return [type, ...fields].join(delimiters.field);
}

const decimalsOf = (field: ResultField, value: Measured): number => field.units[value.unit]?.decimals ?? 0;
const unitText = (field: ResultField, { unit }: Measured): string => field.units[unit]?.texts?.[0] ?? unit;

/** Values of one frame as record lines. Throws when a value does not belong to its field: that is a bug. */
export function writeMessage(
  dialect: Dialect,
  envelope: RecordsEnvelope,
  places: ResultPlaces,
  says: readonly RecordTest[],
  fields: Readonly<Record<string, RecordField>>,
  values: Values,
): readonly string[] {
  const own = ownDelimiters(dialect, envelope);
  const draft = new Draft();
  const set = (place: Place, text: string): void => draft.set(place, escaped(own, text), dialect.result);
  draft.set(parsePlace(`${dialect.header}-2`), envelope.delimiters.slice(1), dialect.result);
  if (dialect.header === "MSH") {
    set(parsePlace("MSH-10"), "1");
    set(parsePlace("MSH-11"), "P");
  }
  const results = Object.entries(fields).flatMap(([name, field]): [ResultField, Value][] =>
    field.type === "result" && (values[name] ?? null) !== null ? [[field, values[name] ?? null]] : [],
  );
  if (results.length > 0 && envelope.group === "order")
    for (const type of dialect.levels.slice(1)) set(parsePlace(`${type}-${dialect.firstField(type)}`), "1");
  results.forEach(([field, value], i) => {
    const record = draft.add(dialect.result);
    const write = (place: Place, text: string): void => put(record, place, escaped(own, text));
    write({ record: dialect.result, field: dialect.firstField(dialect.result) }, String(i + 1));
    write(places.code, field.codes[0] ?? "");
    const accepted = envelope.statuses.accepted[0] ?? "";
    if (places.status !== undefined && accepted !== "") write(places.status, accepted);
    if (isMeasured(value)) {
      write(places.value, `${value.comparator ?? ""}${value.value.toFixed(decimalsOf(field, value))}`);
      write(places.unit, unitText(field, value));
      if (value.comparator !== undefined) write(places.flags, value.comparator);
    } else write(places.value, "---");
  });
  for (const { at, is, starts } of says) {
    const text = is?.[0] ?? starts?.[0];
    if (text !== undefined && text !== "" && at[0] !== undefined) set(parsePlace(at[0]), text);
  }
  for (const [name, field] of Object.entries(fields)) {
    const value = values[name] ?? null;
    if (value === null) continue;
    switch (field.type) {
      case "recordTime":
        set(parsePlace(field.from[0] ?? ""), textOf(value).replaceAll(/\D/g, ""));
        break;
      case "recordText":
        set(parsePlace(field.at), textOf(value));
        break;
      case "recordCode":
        set(parsePlace(field.at), field.prefix + textOf(value));
        break;
      case "marks": {
        const bits = value as Readonly<Record<string, boolean>>;
        const texts = Object.entries(field.bits).flatMap(([bit, text]) => (bits[bit] === true ? [text] : []));
        const between = field.split ?? own.repeat;
        const joined = texts.map((text) => escaped(own, text)).join(between);
        if (joined !== "") draft.set(parsePlace(field.at), joined, dialect.result);
        break;
      }
      case "unmapped": {
        for (const code of textOf(value).split(" ")) {
          const record = draft.add(dialect.result);
          put(
            record,
            { record: dialect.result, field: dialect.firstField(dialect.result) },
            String(draft.of(dialect.result).length),
          );
          put(record, places.code, escaped(own, code));
          put(record, places.value, "1");
        }
        break;
      }
      case "result":
        break;
    }
  }
  if (dialect.last !== undefined) {
    const last = draft.add(dialect.last);
    put(last, parsePlace(`${dialect.last}-2`), "1");
    put(last, parsePlace(`${dialect.last}-3`), "N");
  }
  const order = [
    ...dialect.levels,
    dialect.result,
    dialect.comment,
    ...(dialect.last === undefined ? [] : [dialect.last]),
  ];
  return order.flatMap((type) => draft.of(type).map((texts) => line(dialect, own, type, texts)));
}
