import { expect, test } from "vitest";
import { migrate } from "../../../../station/store/migrate.ts";
import { engineIn, newFolder } from "../kit.ts";
import { databaseAt, wholeTables } from "./steps.ts";

test("0100: what was kept stays as it is; the new view is marked to be computed", () => {
  const { db } = databaseAt(90);
  db.exec("INSERT INTO codes VALUES ('id', 'link', 'r', 'CODE', 5)");
  const before = wholeTables(db);
  migrate(db, 100);
  const { contracts, team, meta, ...rest } = wholeTables(db);
  const { meta: _before, ...others } = before;
  expect(rest).toEqual(others);
  expect([contracts, team]).toEqual([[], []]);
  expect(meta).toContainEqual({ name: "viewsStale", value: 1 });
});

test("0100: the team stays in its order, is replaced whole, and outlives a computing of the views", () => {
  const { contracts, rebuild } = team();
  const member = (id: string) => ({ id, name: id, role: "doctor", org: "o", orgName: "O", tier: "township" }) as const;
  contracts.putTeam([member("b"), member("a"), member("c")]);
  contracts.putTeam([member("z"), member("a")]);
  rebuild();
  expect(contracts.team()).toEqual([member("z"), member("a")]);
});

function team() {
  const engine = engineIn(newFolder());
  return { contracts: engine.contracts, rebuild: () => engine.rebuild() };
}
