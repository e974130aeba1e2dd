import type { Database } from "../open.ts";
import type { Entry } from "../../../core/journal/entry.ts";
import { viewTables, type Change, type Row, type ViewTable } from "./change.ts";
import { project } from "./project.ts";

/** Carries projected changes into the tables. Statements are prepared once per shape of change. */
export class Views {
  readonly #db: Database;
  readonly #run = new Map<string, (values: readonly unknown[]) => void>();

  constructor(db: Database) {
    this.#db = db;
  }

  /** Inside the caller's transaction. */
  take(entry: Entry): void {
    for (const change of project(entry)) this.#carry(change);
  }

  clear(): void {
    for (const table of viewTables) this.#db.exec(`DELETE FROM ${table}`);
  }

  /** Whole tables in a fixed order of rows, for comparing. */
  dump(): Readonly<Record<ViewTable, readonly Row[]>> {
    const rows = (table: ViewTable) =>
      this.#db.prepare<[], Row>(`SELECT * FROM ${table} ORDER BY ${this.#columns(table).join(", ")}`).all();
    const tables: Partial<Record<ViewTable, readonly Row[]>> = {};
    for (const table of viewTables) tables[table] = rows(table);
    return tables as Required<typeof tables>;
  }

  #columns(table: ViewTable): readonly string[] {
    return this.#db
      .prepare<[string], { name: string }>("SELECT name FROM pragma_table_info(?)")
      .all(table)
      .map(({ name }) => name);
  }

  #carry(change: Change): void {
    const where = change.kind === "set" ? change.where : {};
    const columns = Object.keys(change.row);
    const shape = `${change.kind} ${change.table} ${columns.join()} ${Object.keys(where).join()}`;
    let run = this.#run.get(shape);
    if (run === undefined) {
      const statement = this.#db.prepare(sqlOf(change, columns));
      run = (values) => void statement.run(...values);
      this.#run.set(shape, run);
    }
    run([...Object.values(change.row), ...Object.values(where)]);
  }
}

/** Names come from the projectors' own source, never from data. */
function sqlOf(change: Change, columns: readonly string[]): string {
  const assign = (names: readonly string[]) => names.map((name) => `${name} = ?`).join(", ");
  const insert = `INTO ${change.table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`;
  switch (change.kind) {
    case "put":
      return `INSERT OR REPLACE ${insert}`;
    case "add":
      return `INSERT OR IGNORE ${insert}`;
    case "merge": {
      const others = columns.filter((name) => name !== change.key).map((name) => `${name} = excluded.${name}`);
      return `INSERT ${insert} ON CONFLICT (${change.key}) DO UPDATE SET ${others.join(", ")}`;
    }
    case "set": {
      const tests = Object.keys(change.where).map((name) => `${name} IS ?`);
      if (change.present !== undefined) tests.push(`${change.present} IS NOT NULL`);
      return `UPDATE ${change.table} SET ${assign(columns)} WHERE ${tests.join(" AND ")}`;
    }
  }
}
