import {
  delimitersOf,
  parseRecord,
  textsAt,
  type Delimiters,
  type Dialect,
  type Place,
  type RecordLine,
} from "./records.ts";

/** The results that belong together, with the records that stand above them. */
export interface RecordGroup {
  /** The nearest record of each type before the results. */
  readonly above: ReadonlyMap<string, RecordLine>;
  readonly results: readonly RecordLine[];
  readonly comments: readonly RecordLine[];
}
export interface RecordMessage {
  readonly delimiters: Delimiters;
  readonly groups: readonly RecordGroup[];
  /** The message without its results: what it says when there is none. */
  readonly whole: RecordGroup;
}

const linesOf = (text: string): readonly string[] => text.split(/[\r\n]+/).filter((line) => line !== "");

/** One transfer may carry several messages, one after the other. Undefined when one of them is none or is not whole. */
export function parseMessages(
  dialect: Dialect,
  group: "order" | "result",
  text: string,
): readonly RecordMessage[] | undefined {
  const parts: string[][] = [[]];
  for (const line of linesOf(text)) {
    parts.at(-1)?.push(line);
    if (dialect.last !== undefined && new RegExp(`^${dialect.last}\\W`).test(line)) parts.push([]);
  }
  if (parts.length > 1 && parts.at(-1)?.length === 0) parts.pop();
  const messages = parts.flatMap((lines) => parseMessage(dialect, group, lines) ?? []);
  return messages.length === parts.length ? messages : undefined;
}

/**
 * Lines to records to groups. Undefined when it is no message: no header first, delimiters that cannot be told apart, a line
 * that is no record, a second header, or anything behind the record that ends it.
 */
function parseMessage(
  dialect: Dialect,
  group: "order" | "result",
  lines: readonly string[],
): RecordMessage | undefined {
  const delimiters = delimitersOf(dialect, lines[0] ?? "");
  if (delimiters === undefined) return undefined;
  const records: RecordLine[] = [];
  for (const line of lines) {
    const record = parseRecord(dialect, delimiters, line);
    if (record === undefined) return undefined;
    records.push(record);
  }
  if (records.filter((record) => record.type === dialect.header).length !== 1) return undefined;
  if (dialect.last !== undefined && records.findIndex((record) => record.type === dialect.last) !== records.length - 1)
    return undefined;
  return { delimiters, ...grouped(dialect, group, records) };
}

function grouped(
  dialect: Dialect,
  by: "order" | "result",
  records: readonly RecordLine[],
): { readonly groups: readonly RecordGroup[]; readonly whole: RecordGroup } {
  const groups: { above: Map<string, RecordLine>; results: RecordLine[]; comments: RecordLine[] }[] = [];
  const whole = { above: new Map<string, RecordLine>(), results: [], comments: [] as RecordLine[] };
  const above = new Map<string, RecordLine>();
  let current: (typeof groups)[number] | undefined;
  for (const record of records) {
    if (record.type === dialect.result) {
      if (current === undefined || by === "result") {
        current = { above: new Map(above), results: [], comments: [] };
        groups.push(current);
      }
      current.results.push(record);
    } else if (record.type === dialect.comment) {
      whole.comments.push(record);
      current?.comments.push(record);
    } else {
      whole.above.set(record.type, record);
      const level = dialect.levels.indexOf(record.type);
      if (record.type === dialect.late && current?.above.has(record.type) === false)
        current.above.set(record.type, record);
      else {
        if (level >= 0) {
          for (const below of dialect.levels.slice(level + 1)) above.delete(below);
          current = undefined;
        }
        above.set(record.type, record);
      }
    }
  }
  return { groups, whole };
}

/** Every text at a place of a group: of all its results, of all its comments, or of the record above them. */
export function textsIn(dialect: Dialect, delimiters: Delimiters, group: RecordGroup, place: Place): readonly string[] {
  const one = group.above.get(place.record);
  const records =
    place.record === dialect.result
      ? group.results
      : place.record === dialect.comment
        ? group.comments
        : one === undefined
          ? []
          : [one];
  return records.flatMap((record) => textsAt(dialect, delimiters, record, place));
}
