import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Practice } from "../../core/domain/practice.ts";
import { migrate, schemaVersion } from "../../hub/store/migrate.ts";
import { openEncrypted } from "../../hub/store/open.ts";
import { contractedWith } from "./contracts-kit.ts";
import { Town, until } from "./parties.ts";

let town: Town;
beforeEach(async () => {
  town = await Town.open();
});
afterEach(() => town.end());

const township: Practice = { org: "t1", orgName: "Township 1", tier: "township", licence: "L-1" };

test("a colleague is shown with practice and whether a desk is open, oneself not", async () => {
  const own = await (await town.person("li", "doctor", township)).connect();
  const heart: Practice = { org: "c", orgName: "County", tier: "county", licence: "L-2", specialty: "Heart" };
  const specialist = await town.person("chen", "specialist", heart);
  await town.person("wu", "technician");
  const list = await own.client.people.colleagues();
  const chen = { id: specialist.id, name: "Dr chen", role: "specialist", practice: heart };
  expect(await until(list, () => true)).toEqual([{ ...chen, here: false }]);
  const line = await specialist.connect();
  expect(await until(list, (all) => all.some((one) => one.here))).toEqual([{ ...chen, here: true }]);
  expect(await line.client.me.whoami()).toMatchObject({ role: "specialist", practice: heart });
  await line.drop();
  const [gone] = await until(list, (all) => all.some((one) => !one.here));
  expect(gone).toEqual({ ...chen, here: false, lastHere: new Date(town.clock.now()).toISOString() });
});

test("a station is paired by its code and can be paired anew", async () => {
  const { directory } = town.hub.parts;
  const station = await town.station("S", { branch: "v1", hospital: "t1" });
  expect(await directory.station(station.id)).toMatchObject({ branch: "v1", hospital: "t1" });
  await directory.pairStation(station.id, { hospital: "t2" });
  expect(await directory.station(station.id)).toEqual({
    id: station.id,
    name: "S",
    place: "Village 3",
    publicKey: station.publicKey,
    hospital: "t2",
  });
});

test("a resident has one contracted doctor, or none", async () => {
  const { directory, care, clock } = town.hub.parts;
  const [li, wang] = [await town.person("li"), await town.person("wang")];
  expect(await directory.contractedDoctor("r")).toBeUndefined();
  await contractedWith(town.hub.parts, "r", li.id);
  const id = await contractedWith(town.hub.parts, "r", wang.id);
  expect(await directory.contractedDoctor("r")).toBe(wang.id);
  expect([await directory.contractedWith(li.id), await directory.contractedWith(wang.id)]).toEqual([[], ["r"]]);
  const end = { kind: "end", by: "s", at: clock.now(), act: "touch" } as const;
  await care.move([{ of: "contract", id, input: end }], { role: "station", id: "s" });
  expect(await directory.contractedDoctor("r")).toBeUndefined();
});

test("the step to practices keeps accounts, their sessions and their calls", () => {
  const folder = mkdtempSync(join(tmpdir(), "hub-practices-"));
  const opened = openEncrypted(join(folder, "hub.db"), new Uint8Array(32), schemaVersion);
  if (!opened.ok) throw new Error(opened.code);
  const { db } = opened;
  migrate(db, 40);
  db.exec(`
    INSERT INTO accounts VALUES ('a', 'li', 'Dr Li', 'doctor', 'hash', 0);
    INSERT INTO sessions VALUES ('s', 'a', 1, 2);
    INSERT INTO stations VALUES ('k', 'Station', 'Place', 'key');
    INSERT INTO enrol_codes VALUES ('c', 5, 'k');
    INSERT INTO calls VALUES ('id', 'k', 'v', 'N', 3, NULL, 'active', 7, 1, 'a', 1, 1, NULL);
    INSERT INTO call_rounds VALUES ('id', 1, 'a', 8);
  `);
  migrate(db, 50);
  const all = (table: string) => db.prepare(`SELECT * FROM ${table}`).all();
  const nowhere = { org: null, org_name: null, tier: null, specialty: null, licence: null };
  expect(all("accounts")).toEqual([
    { id: "a", account: "li", name: "Dr Li", role: "doctor", password_hash: "hash", demo: 0, ...nowhere },
  ]);
  expect(all("sessions")).toEqual([{ hash: "s", account: "a", made_at: 1, seen_at: 2 }]);
  expect(all("stations")).toMatchObject([{ id: "k", branch: null, hospital: null }]);
  expect(all("calls")).toMatchObject([{ id: "id", clinician: "a", state: "active" }]);
  expect(db.pragma("foreign_key_check")).toEqual([]);
  expect(() => db.exec("DELETE FROM accounts")).toThrow(/FOREIGN KEY/);
  db.close();
  rmSync(folder, { recursive: true, force: true });
});
