import type { Entry, EntryBody, EntryType } from "../../../core/journal/entry.ts";

/** The tables that are views, in the order in which whole tables are listed and compared. */
export const viewTables = [
  "residents",
  "visits",
  "measurements",
  "readings",
  "refusals",
  "opinions",
  "devices",
  "consults",
  "assessments",
  "held_heads",
  "acts",
  "links",
  "signs",
  "consents",
  "family",
  "looks",
  "same",
  "unclaimed",
  "notices",
  "medicines",
  "wishes",
  "contracts",
] as const;
export type ViewTable = (typeof viewTables)[number];

export type Cell = string | number | Uint8Array | null;
export type Row = Readonly<Record<string, Cell>>;

/**
 * What an entry does to a view, as data.
 * - `put`: the row, replacing the one with the same primary key.
 * - `add`: the row, unless its primary key is there already.
 * - `set`: the columns, in every row that agrees with `where` and, if `present` is given, has that column filled.
 * - `merge`: makes the row if its key is new, else sets only the columns given.
 */
export type Change =
  | { readonly kind: "put"; readonly table: ViewTable; readonly row: Row }
  | { readonly kind: "add"; readonly table: ViewTable; readonly row: Row }
  | {
      readonly kind: "set";
      readonly table: ViewTable;
      readonly where: Row;
      readonly present?: string;
      readonly row: Row;
    }
  | { readonly kind: "merge"; readonly table: ViewTable; readonly key: string; readonly row: Row };

/** Pure: the same entry gives the same changes, today and at a rebuild in ten years. */
export type Projector<T extends EntryType> = (body: EntryBody<T>, entry: Entry) => readonly Change[];

export const put = (table: ViewTable, row: Row): Change => ({ kind: "put", table, row });
export const add = (table: ViewTable, row: Row): Change => ({ kind: "add", table, row });
export const set = (table: ViewTable, where: Row, row: Row): Change => ({ kind: "set", table, where, row });
export const merge = (table: ViewTable, key: string, row: Row): Change => ({ kind: "merge", table, key, row });

/** Milliseconds since 1970 UTC of an instant. */
export const at = (instant: string): number => Date.parse(instant);

/** Under whom a fact is filed: the resident, or the visit where the person is a guest. */
export const personOf = (entry: Entry): string | null => entry.subject ?? entry.visit;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A person as the key of the readings: the 16 bytes of a UUID in its usual spelling; of any other text, `t:` and its UTF-8. */
export function personKey(person: string): Uint8Array {
  return uuid.test(person) ? Buffer.from(person.replaceAll("-", ""), "hex") : Buffer.from(`t:${person}`, "utf8");
}
