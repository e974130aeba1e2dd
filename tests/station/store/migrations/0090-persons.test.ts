import { expect, test } from "vitest";
import { migrate } from "../../../../station/store/migrate.ts";
import { engineIn, newFolder } from "../kit.ts";
import { databaseAt, wholeTables } from "./steps.ts";

test("0090: what was kept stays as it is; the new views are marked to be computed", () => {
  const { db } = databaseAt(80);
  db.exec("INSERT INTO secrets VALUES ('lookup', x'0102')");
  const before = wholeTables(db);
  migrate(db, 90);
  const { same, unclaimed, codes, meta, ...rest } = wholeTables(db);
  const { meta: _before, ...others } = before;
  expect(rest).toEqual(others);
  expect([same, unclaimed, codes]).toEqual([[], [], []]);
  expect(meta).toContainEqual({ name: "viewsStale", value: 1 });
});

test("0090: codes wait in the order kept, outlive a computing of the views, and are kept once", () => {
  const engine = engineIn(newFolder());
  engine.persons.put({ id: "later", what: "link", about: "r", code: "B ", keptAt: 20 });
  engine.persons.put({ id: "sooner", what: "ask", about: "v", code: "A", keptAt: 10 });
  engine.persons.put({ id: "sooner", what: "ask", about: "v", code: "changed", keptAt: 5 });
  engine.rebuild();
  expect(engine.persons.waiting()).toEqual([
    { id: "sooner", what: "ask", about: "v", code: "A", keptAt: 10 },
    { id: "later", what: "link", about: "r", code: "B ", keptAt: 20 },
  ]);
  engine.persons.drop("sooner");
  expect(engine.persons.waiting().map(({ id }) => id)).toEqual(["later"]);
});
