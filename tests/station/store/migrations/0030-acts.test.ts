import { expect, test } from "vitest";
import { migrate } from "../../../../station/store/migrate.ts";
import { engineIn, keep, newFolder, newId } from "../kit.ts";
import { databaseAt, wholeTables } from "./steps.ts";

const by = { subject: null, visit: null, actor: { role: "technician", id: "t1" } } as const;

test("0030: what was kept stays as it is; the new tables are empty and the views marked to be computed", () => {
  const { db } = databaseAt(20);
  const before = wholeTables(db);
  migrate(db, 30);
  const { acts, staff_secrets: secrets, meta, ...rest } = wholeTables(db);
  expect({ ...rest, meta: before["meta"] }).toEqual(before);
  expect([acts, secrets]).toEqual([[], []]);
  expect(meta).toEqual([{ name: "viewsStale", value: 1 }]);
});

test("0030: acts are read back whole and in order, by family; the secrets survive a computing of the views", () => {
  const engine = engineIn(newFolder());
  const added = { staff: "t1", name: "样本", role: "technician", specimen: true } as const;
  keep(
    engine,
    { id: newId(), type: "staff.added", body: added, ...by },
    { id: newId(), type: "staff.signedIn", body: { staff: "t1" }, ...by },
    { id: newId(), type: "device.withdrawn", body: { device: "a@b", reason: "脏" }, ...by },
    { id: newId(), type: "staff.retired", body: { staff: "t1" }, ...by },
  );
  engine.pins.put("t1", "verifier");
  engine.pins.tried("t1", 3, 5);
  engine.rebuild();
  expect(engine.queries.acts("staff").map(({ type }) => type)).toEqual(["staff.added", "staff.retired"]);
  expect(engine.queries.acts("device").map(({ body }) => body)).toEqual([{ device: "a@b", reason: "脏" }]);
  expect(engine.pins.find("t1")).toEqual({ verifier: "verifier", wrong: 3, triedAt: 5 });
});
