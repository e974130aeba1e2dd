import { expect, test } from "vitest";
import { migrate } from "../../../../station/store/migrate.ts";
import { databaseAt, wholeTables } from "./steps.ts";

test("0110: what was kept stays as it is; nobody takes anything and nothing was asked for", () => {
  const { db } = databaseAt(100);
  db.exec("INSERT INTO notices VALUES ('n', 'r', 1, 2, NULL)");
  const before = wholeTables(db);
  migrate(db, 110);
  const { medicines, wishes, ...rest } = wholeTables(db);
  expect(rest).toEqual(before);
  expect([medicines, wishes]).toEqual([[], []]);
});
