import { expect, test } from "vitest";
import { migrate } from "../../../../station/store/migrate.ts";
import { databaseAt, wholeTables } from "./steps.ts";

test("0010: a new database gets an empty journal and keeps what was there", () => {
  const { db } = databaseAt(0);
  db.exec("INSERT INTO meta VALUES ('note', 'kept')");
  migrate(db, 10);
  expect(wholeTables(db)).toEqual({
    meta: [{ name: "note", value: "kept" }],
    identity: [],
    entries: [],
    signed_head: [],
  });
  expect(db.pragma("user_version", { simple: true })).toBe(10);
});
