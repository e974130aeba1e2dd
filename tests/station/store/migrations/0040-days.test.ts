import { expect, test } from "vitest";
import { migrate } from "../../../../station/store/migrate.ts";
import { engineIn, keep, newFolder, newId } from "../kit.ts";
import { databaseAt, wholeTables } from "./steps.ts";

const by = { subject: null, visit: null, actor: { role: "technician", id: "t1" } } as const;

test("0040: every row stays as it is", () => {
  const { db } = databaseAt(30);
  const before = wholeTables(db);
  migrate(db, 40);
  expect(wholeTables(db)).toEqual(before);
});

test("0040: the entries of a stretch of time come in the order kept, its first moment with it and its last without", () => {
  const engine = engineIn(newFolder());
  keep(
    engine,
    ...["a", "b", "c"].map((staff) => ({ id: newId(), type: "staff.signedIn", body: { staff }, ...by }) as const),
  );
  const all = engine.tail(0, 10);
  const at = Date.parse(all[0]?.heardAt ?? "");
  expect(engine.queries.entriesBetween(at, at + 1)).toEqual(all.filter(({ heardAt }) => Date.parse(heardAt) === at));
  expect(engine.queries.entriesBetween(at - 10, at)).toEqual([]);
});
