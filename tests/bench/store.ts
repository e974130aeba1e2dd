/**
 * `npm run bench -- store [--rows N] [--commits N] [--rounds N] [--dir FOLDER]`: the store against its peers and against the
 * disk itself, in one run and in turns. Bars are on ratios only; milliseconds depend on the machine.
 */
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import Sqlite from "better-sqlite3";
import { canonical } from "../../core/journal/chain.ts";
import type { NewEntry } from "../../core/journal/entry.ts";
import { openEngine } from "../../station/store/engine.ts";
import { Journal } from "../../station/store/journal.ts";
import { migrate } from "../../station/store/migrate.ts";
import { openEncrypted, type Database } from "../../station/store/open.ts";
import { historySql } from "../../station/store/queries.ts";
import { openStore } from "../../station/store/store.ts";
import { personKey } from "../../station/store/views/change.ts";
import { quantityCodes } from "../../station/store/views/codes.ts";
import { Views } from "../../station/store/views/apply.ts";
import { accepted, newId, random } from "./parts/store-data.ts";

const { values: options } = parseArgs({
  options: {
    rows: { type: "string", default: "1000000" },
    commits: { type: "string", default: "200" },
    rounds: { type: "string", default: "7" },
    dir: { type: "string", default: tmpdir() },
  },
});
const [rows, commits, rounds] = [Number(options.rows), Number(options.commits), Number(options.rounds)];
const folder = mkdtempSync(join(options.dir, "bench-store-"));
process.on("exit", () => {
  rmSync(folder, { recursive: true, force: true });
});
const key = new Uint8Array(32).fill(9);

const print = (line = "") => void process.stdout.write(`${line}\n`);
const quantile = (sorted: Float64Array, q: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? NaN;

interface Contestant {
  readonly name: string;
  /** One unit of work, done when it returns or resolves. */
  readonly once: () => unknown;
}
interface Figures {
  readonly p50: number;
  readonly p99: number;
}

/** How often one contestant works before it is the next one's turn. */
const turn = 10;

/** In short turns, so that a slow moment of the machine hits all alike. The first round only warms up. */
async function inTurns(contestants: readonly Contestant[], times: number): Promise<ReadonlyMap<string, Figures>> {
  const taken = new Map(contestants.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round <= rounds; round++) {
    for (let done = 0; done < times; done += turn) {
      for (const { name, once } of contestants) {
        const figures = round > 0 ? taken.get(name) : undefined;
        for (let n = 0; n < turn; n++) {
          const began = performance.now();
          const answer = once();
          if (answer instanceof Promise) await answer;
          figures?.push(performance.now() - began);
        }
      }
    }
  }
  return new Map(
    [...taken].map(([name, all]) => {
      const sorted = Float64Array.from(all).sort();
      return [name, { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) }];
    }),
  );
}

function table(figures: ReadonlyMap<string, Figures>): void {
  for (const [name, { p50, p99 }] of figures)
    print(`  ${name.padEnd(52)} p50 ${p50.toFixed(3).padStart(8)} ms   p99 ${p99.toFixed(3).padStart(8)} ms`);
}

let missed = 0;
/** One line per target. `holds`: whether the ratio keeps it. */
function target(what: string, ratio: number, wanted: string, holds: boolean): void {
  if (!holds) missed += 1;
  print(`  ${holds ? "reached" : "MISSED "}  ${what.padEnd(62)} ${ratio.toFixed(2)}x   target ${wanted}`);
}

function plain(name: string): Database {
  const db = new Sqlite(join(folder, name));
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = FULL");
  return db;
}

function encrypted(name: string): Database {
  const opened = openEncrypted({ file: join(folder, name), key, knows: Number.MAX_SAFE_INTEGER, mayCreate: true });
  if (!opened.ok) throw new Error(opened.code);
  return opened.db;
}

/** The ids and the numbers of a day at a station; the same for every contestant. */
const entryOf = (n: number): NewEntry => accepted(n);
const counted = () => {
  let n = 0;
  return () => entryOf(n++);
};

function oneRow(name: string, db: Database): Contestant {
  db.exec("CREATE TABLE results (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT");
  const insert = db.prepare<[string]>("INSERT INTO results (body) VALUES (?)");
  const next = counted();
  // The same payload as the product's: the entry as text. Making it is part of every contestant's time.
  return { name, once: () => insert.run(canonical(next())) };
}

function product(name: string, db: Database): Contestant {
  migrate(db);
  const journal = new Journal(db, "bench", new Views(db));
  const next = counted();
  return { name, once: () => journal.append([{ entries: [next()], heardAt: Date.now(), monoMs: performance.now() }]) };
}

function inPlace(): Contestant {
  const file = openSync(join(folder, "floor"), "w+");
  const page = Buffer.alloc(4_096, 1);
  for (let at = 0; at < 1_024; at++) writeSync(file, page, 0, page.length, at * page.length);
  fdatasyncSync(file);
  process.on("exit", () => {
    closeSync(file);
  });
  let at = 0;
  return {
    name: "floor: write 4 KiB in place + fdatasync",
    once: () => {
      writeSync(file, page, 0, page.length, (at++ % 1_024) * page.length);
      fdatasyncSync(file);
    },
  };
}

async function commitBench(): Promise<void> {
  print(
    `\nOne result per commit, WAL, synchronous=FULL: ${String(commits)} commits x ${String(rounds)} rounds in turns`,
  );
  const opened = openEngine({ folder: join(folder, "engine"), key, reserveBytes: 0 });
  const threaded = await openStore({ folder: join(folder, "thread"), key, reserveBytes: 0 });
  if (!opened.ok || !threaded.ok) throw new Error("the store does not open");
  const { engine } = opened;
  const { store } = threaded;
  const [nextOfEngine, nextOfStore] = [counted(), counted()];
  const names = {
    floor: "floor: write 4 KiB in place + fdatasync",
    plainRow: "plain, one row",
    row: "encrypted, one row",
    plainProduct: "plain, product's append (hash, chain, views)",
    product: "PRODUCT: encrypted append (hash, chain, views)",
    thread: "PRODUCT through its thread",
  };
  const figures = await inTurns(
    [
      inPlace(),
      oneRow(names.plainRow, plain("plain-row.db")),
      oneRow(names.row, encrypted("row.db")),
      product(
        names.plainProduct,
        plain("plain-product.db").exec(
          "CREATE TABLE meta (name TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID",
        ),
      ),
      {
        name: names.product,
        once: () => engine.append([{ entries: [nextOfEngine()], heardAt: Date.now(), monoMs: performance.now() }]),
      },
      { name: names.thread, once: () => store.append([nextOfStore()]) },
    ],
    commits,
  );
  table(figures);
  const of = (name: string): Figures => figures.get(name) ?? { p50: NaN, p99: NaN };
  const ratio = (a: string, b: string, q: keyof Figures) => of(a)[q] / of(b)[q];
  const compare = (what: string, a: string, b: string, q: keyof Figures, bar: number) => {
    const reached = ratio(a, b, q);
    target(`${what}, ${q}`, reached, `<= ${bar.toFixed(2)}x`, reached <= bar);
  };
  print();
  compare("one row: encrypted vs plain", names.row, names.plainRow, "p50", 1.15);
  compare("one row: encrypted vs plain", names.row, names.plainRow, "p99", 1.15);
  compare("one row: encrypted vs floor", names.row, names.floor, "p50", 1.5);
  compare("product: encrypted vs the same work in plain", names.product, names.plainProduct, "p50", 1.15);
  compare("product: encrypted vs the same work in plain", names.product, names.plainProduct, "p99", 1.15);
  compare("product: with hash, chain and views vs one plain row", names.product, names.plainRow, "p50", 1.15);
  compare("product: with hash, chain and views vs floor", names.product, names.floor, "p50", 1.5);
  engine.close();
  await store.close();
}

const quantityNames = ["bp.systolic", "bp.diastolic", "pulse.rate", "glucose", "cholesterol.total"] as const;

/** `rows` readings in the order in which they happen: by date, then everybody. */
function* readings() {
  const dates = 100;
  const people = Math.max(1, Math.round(rows / (dates * quantityNames.length)));
  const next = random(1);
  const persons = Array.from({ length: people }, (_, at) => personKey(newId(at)));
  const start = Date.UTC(2016, 0, 1);
  let seq = 0;
  for (let date = 0; date < dates; date++) {
    for (const [at, person] of persons.entries()) {
      const heardAt = start + date * 36.5 * 86_400_000 + at * 1_000;
      seq += 1;
      for (const [nth, quantity] of quantityNames.entries())
        yield [person, quantityCodes[quantity], heardAt, seq, nth, Math.round(next() * 200), 1, null, null];
    }
  }
}

const columns = "person, quantity, heard_at, seq, nth, value, unit, comparator, doubts";

/** Fills a table and opens the file anew, so that every contestant starts with an empty cache of the usual size. */
function filled(name: string, open: (file: string) => Database, heap: boolean): Database {
  const began = performance.now();
  const db = open(name);
  db.exec("CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID");
  migrate(db);
  db.pragma("cache_size = -400000");
  if (heap) {
    db.exec(`DROP TABLE readings; CREATE TABLE readings (row INTEGER PRIMARY KEY, person BLOB NOT NULL, quantity INTEGER NOT NULL, heard_at INTEGER NOT NULL,
      seq INTEGER NOT NULL, nth INTEGER NOT NULL, value REAL NOT NULL, unit INTEGER NOT NULL, comparator TEXT, doubts TEXT) STRICT;
      CREATE INDEX readings_by_person ON readings (person, quantity, heard_at)`);
  }
  const insert = db.prepare(`INSERT INTO readings (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  db.transaction(() => {
    for (const row of readings()) insert.run(...row);
  })();
  db.pragma("wal_checkpoint(TRUNCATE)");
  const { bytes } = db
    .prepare<[], { bytes: number }>(
      "SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()",
    )
    .get() ?? { bytes: 0 };
  db.close();
  const seconds = (performance.now() - began) / 1_000;
  print(
    `  loaded ${name.padEnd(26)} ${seconds.toFixed(1).padStart(6)} s  ${(rows / seconds).toFixed(0).padStart(8)} rows/s  ${(bytes / 1e6).toFixed(0).padStart(5)} MB`,
  );
  return open(name);
}

async function historyBench(): Promise<void> {
  print(`\nTen years of one resident and quantity (100 rows) out of ${String(rows)}, at random`);
  const names = {
    product: "PRODUCT: encrypted, clustered",
    plainClustered: "plain, clustered",
    plainHeap: "plain, heap table + index",
    heap: "encrypted, heap table + index (Signal's layout)",
  };
  const people = Math.max(1, Math.round(rows / (100 * quantityNames.length)));
  const asker = (name: string, db: Database): Contestant => {
    const next = random(2);
    const ask = db
      .prepare<[Uint8Array, number, number]>(
        name === names.product || name === names.plainClustered
          ? historySql
          : historySql.replace(", seq DESC, nth DESC", ""),
      )
      .raw();
    return {
      name,
      once: () => {
        const found = ask.all(
          personKey(newId(Math.floor(next() * people))),
          quantityCodes[quantityNames[Math.floor(next() * quantityNames.length)] ?? "glucose"],
          100,
        );
        if (found.length !== Math.min(100, found.length) || found.length === 0) throw new Error("nothing found");
      },
    };
  };
  const figures = await inTurns(
    [
      asker(names.product, filled("clustered-encrypted", encrypted, false)),
      asker(names.plainClustered, filled("clustered-plain", plain, false)),
      asker(names.plainHeap, filled("heap-plain", plain, true)),
      asker(names.heap, filled("heap-encrypted", encrypted, true)),
    ],
    100,
  );
  table(figures);
  const p50 = (name: string) => figures.get(name)?.p50 ?? NaN;
  print();
  const faster = p50(names.heap) / p50(names.product);
  target("history: faster than the encrypted heap, p50", faster, ">= 20x", faster >= 20);
  const plainHeap = p50(names.plainHeap) / p50(names.product);
  target("history: faster than the plain heap, p50", plainHeap, ">= 1x", plainHeap >= 1);
  const slower = p50(names.product) / p50(names.plainClustered);
  target("history: vs plain clustered, p50", slower, "<= 1.50x", slower <= 1.5);
}

const load = () =>
  loadavg()
    .map((value) => value.toFixed(2))
    .join(" ");
print(
  `store: SQLite ${String(new Sqlite(":memory:").prepare("SELECT sqlite_version()").pluck().get())}, folder in ${options.dir}, load average ${load()}`,
);
if (commits > 0) await commitBench();
if (rows > 0) await historyBench();
print(`\nload average at the end ${load()}; ${String(missed)} targets missed`);
process.exitCode = missed > 0 ? 1 : 0;
