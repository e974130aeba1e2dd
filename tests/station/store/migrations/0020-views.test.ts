import { expect, test } from "vitest";
import { emptyHead, entryAfter } from "../../../../core/journal/append.ts";
import { canonical } from "../../../../core/journal/chain.ts";
import type { Entry } from "../../../../core/journal/entry.ts";
import { sha256 } from "../../../../station/store/identity.ts";
import { migrate } from "../../../../station/store/migrate.ts";
import { identityOf } from "../../../../station/store/identity.ts";
import type { Database } from "../../../../station/store/open.ts";
import { entryColumns, entryValues } from "../../../../station/store/rows.ts";
import { aResident, engineIn, keep, newFolder, registered, VisitStory } from "../kit.ts";
import { databaseAt, wholeTables } from "./steps.ts";

const entries = [registered(aResident()), ...new VisitStory(null).all()];

/** Writes as the program of version 10 did: journal only. */
function writeJournal(db: Database): readonly Entry[] {
  let head = emptyHead(identityOf(db, "station-1").owner);
  return entries.map((offered) => {
    const entry = entryAfter(head, offered, { heardAt: Date.UTC(2026, 0, 1) + 1_000, monoMs: 1 }, sha256);
    db.prepare(
      `INSERT INTO entries (${entryColumns}) VALUES (${entryColumns
        .split(",")
        .map(() => "?")
        .join()})`,
    ).run(...entryValues(entry, canonical(entry.body)));
    head = { owner: entry.owner, seq: entry.seq, hash: entry.hash };
    return entry;
  });
}

test("0020: the journal stays as it is, the views are new and marked to be computed", () => {
  const { db } = databaseAt(10);
  writeJournal(db);
  const before = wholeTables(db);
  migrate(db, 20);
  const { entries: after, identity, signed_head, meta, ...views } = wholeTables(db);
  expect({ entries: after, identity, signed_head }).toEqual({
    entries: before["entries"],
    identity: before["identity"],
    signed_head: before["signed_head"],
  });
  expect(meta).toEqual([{ name: "viewsStale", value: 1 }]);
  expect(Object.values(views).flat()).toEqual([]);
});

test("0020: the next start computes the views from the journal, as if they had always been there", () => {
  const { folder, db } = databaseAt(10);
  const written = writeJournal(db);
  db.close();
  const migrated = engineIn(folder);
  expect(migrated.tail(0, 100)).toEqual(written);
  const fresh = engineIn(newFolder(), { owner: "station-1" });
  keep(fresh, ...entries);
  expect(migrated.views.dump()).toEqual(fresh.views.dump());
});

test("0020: views are computed once, not at every start", () => {
  const { folder, db } = databaseAt(20);
  db.close();
  const engine = engineIn(folder);
  keep(engine, ...entries);
  engine.views.clear();
  engine.close();
  expect(engineIn(folder).views.dump().visits).toEqual([]);
});
