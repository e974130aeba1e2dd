import { expect, test } from "vitest";
import { migrate } from "../../../../station/store/migrate.ts";
import { engineIn, keep, newFolder, newId } from "../kit.ts";
import { databaseAt, wholeTables } from "./steps.ts";

test("0060: what was kept stays as it is; the new tables are empty and the views marked to be computed", () => {
  const { db } = databaseAt(50);
  db.exec(`
    DELETE FROM meta WHERE name = 'viewsStale';
    INSERT INTO links VALUES ('ab', 'r1', 'card', 1);
    INSERT INTO signs VALUES ('r1', 'fish', 2);
    INSERT INTO consents VALUES ('r1', 'keep', 1, '2026-11', 'e1', 5, 3);
    INSERT INTO secrets VALUES ('lookup', x'0102');
  `);
  const before = wholeTables(db);
  migrate(db, 60);
  const { family, looks, meta, ...rest } = wholeTables(db);
  expect({ ...rest, meta: before["meta"] }).toEqual(before);
  expect(rest).toMatchObject({ links: [{ key: "ab", resident: "r1" }], secrets: [{ name: "lookup" }] });
  expect([family, looks]).toEqual([[], []]);
  expect(before["meta"]).toEqual([]);
  expect(meta).toEqual([{ name: "viewsStale", value: 1 }]);
});

test("0060: one right for each pair, none once it is taken back, and every look; the same after a computing of the views", () => {
  const engine = engineIn(newFolder());
  const [owner, son, daughter] = [newId(), newId(), newId()];
  const by = { subject: owner, visit: null, actor: { role: "station", id: "host" } } as const;
  keep(
    engine,
    { ...by, id: newId(), type: "family.granted", body: { to: son, why: "grant" } },
    { ...by, id: newId(), type: "family.granted", body: { to: son, why: "guardian" } },
    { ...by, id: newId(), type: "family.granted", body: { to: daughter, why: "grant" } },
    { ...by, id: newId(), type: "family.ended", body: { to: daughter } },
    { ...by, id: newId(), type: "record.viewed", body: { by: son, role: "relative", what: "trend" } },
    { ...by, id: newId(), type: "record.viewed", body: { by: null, role: "doctor", what: "record" } },
  );
  const told = () => ({
    owner: engine.family.grantsAround(owner),
    son: engine.family.grantsAround(son),
    daughter: engine.family.grantsAround(daughter),
    looks: engine.family.looksAt(owner, 10).map(({ by: who, role }) => [who, role]),
  });
  const right = { owner, relative: son, why: "guardian" };
  const expected = {
    owner: [right],
    son: [right],
    daughter: [],
    looks: [
      [null, "doctor"],
      [son, "relative"],
    ],
  };
  expect(told()).toEqual(expected);
  engine.rebuild();
  expect(told()).toEqual(expected);
});
