import { expect, test } from "vitest";
import { migrate } from "../../../../station/store/migrate.ts";
import { databaseAt, wholeTables } from "./steps.ts";

test("0080: what was kept stays as it is; no opinion counts as told, and no message waits", () => {
  const { db } = databaseAt(70);
  db.exec("INSERT INTO opinions VALUES ('o', 'v', 'c', 'd', 1, 2, 3)");
  const { opinions: _opinions, ...before } = wholeTables(db);
  migrate(db, 80);
  const { notices, opinions, ...rest } = wholeTables(db);
  expect(rest).toEqual(before);
  expect(notices).toEqual([]);
  expect(opinions).toEqual([
    { id: "o", visit: "v", call: "c", clinician: "d", written_at: 1, hub_seq: 2, seq: 3, told_seq: null },
  ]);
});
