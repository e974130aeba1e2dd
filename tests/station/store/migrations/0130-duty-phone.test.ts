import { expect, test } from "vitest";
import { migrate } from "../../../../station/store/migrate.ts";
import { engineIn, newFolder } from "../kit.ts";
import { databaseAt, wholeTables } from "./steps.ts";

test("0130: what was kept stays as it is; no number is known yet", () => {
  const { db } = databaseAt(120);
  db.exec("INSERT INTO links VALUES ('ab', 'resident-1', 'phone', 7, 0)");
  const before = wholeTables(db);
  migrate(db, 130);
  const { duty_phone: phones, ...rest } = wholeTables(db);
  expect(rest).toEqual(before);
  expect(phones).toEqual([]);
});

test("0130: one number is known, the last one, and it outlives a computing of the views", () => {
  const engine = engineIn(newFolder());
  expect(engine.dutyPhone.find()).toBeUndefined();
  engine.dutyPhone.put("0500-0000000");
  engine.dutyPhone.put("0500-1111111");
  engine.rebuild();
  expect(engine.dutyPhone.find()).toBe("0500-1111111");
});
