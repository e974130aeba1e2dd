import { expect, test } from "vitest";
import { migrate } from "../../../../station/store/migrate.ts";
import { databaseAt, wholeTables } from "./steps.ts";

test("0120: what people are known by goes on leading to them, and nothing else changes", () => {
  const { db } = databaseAt(110);
  db.exec("INSERT INTO links VALUES ('ab', 'resident-1', 'phone', 7)");
  const before = wholeTables(db);
  migrate(db, 120);
  const { links, ...rest } = wholeTables(db);
  const { links: _before, ...others } = before;
  expect(rest).toEqual(others);
  expect(links).toEqual([{ key: "ab", resident: "resident-1", way: "phone", seq: 7, ended: 0 }]);
});
