import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { plainCalendar } from "../../../core/care/hours.ts";
import { moveRecord, openRecord } from "../../../core/care/records.ts";
import { bodyOf } from "../../../core/journal/visit-results.ts";
import { careViews } from "../../../hub/care/care-views.ts";
import { migrate, schemaVersion } from "../../../hub/store/migrate.ts";
import { openEncrypted, type Database } from "../../../hub/store/open.ts";
import { contractText, contractedWith } from "../contracts-kit.ts";
import { Town } from "../parties.ts";

let town: Town;
const opened: Database[] = [];
afterEach(async () => {
  for (const db of opened.splice(0)) db.close();
  await town.end();
});

const databaseOf = (name: string): Database => {
  const file = openEncrypted(join(town.folder, name), town.key, schemaVersion);
  if (!file.ok) throw new Error(file.code);
  opened.push(file.db);
  return file.db;
};
const standing = (db: Database) => db.prepare("SELECT * FROM contracted ORDER BY resident").all();

test("folded anew from the journal, the same contracts stand: not who left, was declined, or only asked", async () => {
  town = await Town.open();
  const { care, clock } = town.hub.parts;
  const li = await town.person("li");
  const actor = { role: "station", id: "s" };
  const kept = await contractedWith(town.hub.parts, "kept", li.id);
  const left = await contractedWith(town.hub.parts, "left", li.id);
  const end = { kind: "end", by: "s", at: clock.now(), act: "touch" } as const;
  await care.move([{ of: "contract", id: left, input: end }], actor);
  const doctor = { org: "nowhere", tier: "township", person: li.id, name: "Li" } as const;
  const asked = contractText(uuidv7(), "asked", doctor);
  await care.open({ kind: "contract", at: clock.now(), by: "s", text: asked }, actor);
  const entries = town.hub.journal.entriesAfter(0, 1_000);
  await town.stop();

  const live = standing(databaseOf("hub.db"));
  expect(live).toMatchObject([{ resident: "kept", record: kept, doctor: li.id }]);
  const anew = databaseOf("anew.db");
  migrate(anew);
  const views = careViews(anew);
  for (const entry of entries) {
    const begun = bodyOf(entry, "care.opened");
    if (begun) views.put(openRecord(begun.opening));
    const move = bodyOf(entry, "care.moved")?.move;
    const before = move && views.record(move.id);
    const after = before && moveRecord(before, move, plainCalendar);
    if (after?.ok === true) views.put(after.record);
  }
  expect(standing(anew)).toEqual(live);
});
