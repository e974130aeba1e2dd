import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { minuteMs, plainCalendar } from "../../../core/care/hours.ts";
import { moveRecord, openRecord, type CareOpening } from "../../../core/care/records.ts";
import { read, type Owner } from "../../../core/care/tasks.ts";
import type { Entry } from "../../../core/journal/entry.ts";
import { bodyOf } from "../../../core/journal/visit-results.ts";
import { careViews } from "../../../hub/care/care-views.ts";
import { migrate, schemaVersion } from "../../../hub/store/migrate.ts";
import { openEncrypted, type Database } from "../../../hub/store/open.ts";
import { randomOf } from "../random.ts";
import { Town } from "../parties.ts";

/** The tables of care hold nothing that the journal does not: folded anew from it they are the same, row by row. */
const village: Owner = { org: "village", tier: "village" };
const doctor = { org: "township", tier: "township", person: "li" } as const;
const county: Owner = { org: "county", tier: "county" };
const actor = { role: "doctor", id: "li" } as const;

let town: Town;
let opened: Database[];
beforeEach(async () => {
  opened = [];
  town = await Town.open();
  const { care } = town.hub.parts;
  await care.putOrg({ id: "county", name: "County", tier: "county" });
  await care.putOrg({ id: "township", name: "Township", tier: "township", above: "county" });
  await care.putOrg({ id: "village", name: "Village", tier: "village", above: "township" });
});
afterEach(async () => {
  for (const db of opened) db.close();
  await town.end();
});

function database(name: string): Database {
  const file = openEncrypted(join(town.folder, name), town.key, schemaVersion);
  if (!file.ok) throw new Error(file.code);
  opened.push(file.db);
  return file.db;
}

/** People of a village over some days: dangers that climb and join, look-ups, follow-ups, letters, tasks missed and read. */
async function lived(seed: number, steps: number): Promise<void> {
  const { care } = town.hub.parts;
  const random = randomOf(seed);
  const pick = <T>(of: readonly T[]): T | undefined => of[Math.floor(random() * of.length)];
  for (let step = 0; step < steps; step += 1) {
    town.clock.advance(Math.floor(random() * 40 * minuteMs));
    const at = town.now();
    const by = "li";
    const resident = `resident-${Math.floor(random() * 8)}`;
    const open = (opening: CareOpening) => care.open(opening, actor);
    const danger = (await care.ofResident(resident)).find(({ kind }) => kind === "danger")?.record.id;
    const id = uuidv7();
    switch (Math.floor(random() * 7)) {
      case 0: {
        const [severity, visit] = [random() < 0.5 ? 3 : 4, `visit-${resident}`] as const;
        await open({
          kind: "danger",
          at,
          by,
          text: { id, resident, visit, severity, what: "BP", first: village, doctor },
        });
        break;
      }
      case 1:
        await open({
          kind: "followUp",
          at,
          by,
          text: { id, resident, day: "2026-03-20", programmes: ["hypertension"], doctor, village },
        });
        break;
      case 2:
        await open({
          kind: "referral",
          at,
          by,
          text: {
            id,
            resident,
            direction: "up",
            priority: "urgent",
            from: doctor,
            to: county,
            reasons: ["other"],
            summary: "s",
          },
        });
        break;
      case 3:
        if (danger !== undefined)
          await care.move(
            [{ of: "danger", id: danger, input: { kind: "answer", by, at, outcome: "solved", detail: "d" } }],
            actor,
          );
        break;
      case 4:
        if (danger !== undefined)
          await care.move(
            [
              {
                of: "danger",
                id: danger,
                input: { kind: "check", by, at, found: pick(["well", "notFound"]) ?? "well", detail: "d" },
              },
            ],
            actor,
          );
        break;
      case 5: {
        const org = pick(["village", "township", "county"]) ?? "county";
        const task = pick(await care.tasks(org));
        if (!task) break;
        await care.changeTask(task.id, "task.read", actor, (there) => {
          const answer = read(there, { id: "li", org }, at);
          return answer.ok ? { ok: true, value: answer.task } : answer;
        });
        break;
      }
      default:
        await care.age(at);
    }
  }
}

const rowsOf = (db: Database) =>
  ["care_records", "care_parties", "care_tasks"].map((table) =>
    db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all(),
  );

function folded(entries: readonly Entry[], into: Database): void {
  const views = careViews(into);
  for (const entry of entries) {
    const begun = bodyOf(entry, "care.opened");
    const moved = bodyOf(entry, "care.moved");
    if (begun) views.put(openRecord(begun.opening));
    if (moved) {
      const before = views.record(moved.move.id);
      if (!before) throw new Error(`${moved.move.id} was moved before it was opened`);
      const after = moveRecord(before, moved.move, plainCalendar);
      if (!after.ok) throw new Error(after.code);
      views.put(after.record);
    }
    for (const id of [...(begun?.closed ?? []), ...(moved?.closed ?? [])]) views.dropTask(id);
    for (const task of [...(begun?.made ?? []), ...(moved?.made ?? [])]) views.putTask(task);
    const changed = bodyOf(entry, "task.climbed") ?? bodyOf(entry, "task.read") ?? bodyOf(entry, "task.handed");
    if (changed) views.putTask(changed);
  }
}

test.each([1, 2, 3])("story %i: folded anew from the journal, the tables of care are the same", async (seed) => {
  await lived(seed, 80);
  await town.stop();
  const live = database("hub.db");
  const entries = live
    .prepare<[], { entry: string }>("SELECT entry FROM entries ORDER BY seq")
    .all()
    .map(({ entry }) => JSON.parse(entry) as Entry);
  const types = new Set<string>(entries.map(({ type }) => type));
  expect(["care.opened", "care.moved", "task.climbed", "task.read"].filter((type) => !types.has(type))).toEqual([]);

  const anew = database("anew.db");
  migrate(anew);
  folded(entries, anew);
  const [records = [], parties = [], tasks = []] = rowsOf(live);
  expect([records.length, parties.length, tasks.length].every((count) => count > 5)).toBe(true);
  expect(rowsOf(anew)).toEqual([records, parties, tasks]);
});
