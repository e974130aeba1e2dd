import { expect, test } from "vitest";
import { migrate } from "../../../../station/store/migrate.ts";
import { engineIn, newFolder } from "../kit.ts";
import { databaseAt, wholeTables } from "./steps.ts";

test("0050: what was kept stays as it is; the new tables are empty and the views marked to be computed", () => {
  const { db } = databaseAt(40);
  const before = wholeTables(db);
  migrate(db, 50);
  const { links, signs, consents, secrets, meta, ...rest } = wholeTables(db);
  expect({ ...rest, meta: before["meta"] }).toEqual(before);
  expect([links, signs, consents, secrets]).toEqual([[], [], [], []]);
  expect(meta).toEqual([{ name: "viewsStale", value: 1 }]);
});

test("0050: the secret is one for each station, and survives a computing of the views", () => {
  const [engine, other] = [engineIn(newFolder()), engineIn(newFolder())];
  const secret = engine.people.lookupSecret();
  engine.rebuild();
  expect(engine.people.lookupSecret()).toEqual(secret);
  expect(secret).toHaveLength(32);
  expect(other.people.lookupSecret()).not.toEqual(secret);
});
