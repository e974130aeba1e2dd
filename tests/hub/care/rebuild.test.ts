import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { dayMs, minuteMs, plainCalendar } from "../../../core/care/hours.ts";
import { moveRecord, openRecord, type CareOpening } from "../../../core/care/records.ts";
import { read, type Owner } from "../../../core/care/tasks.ts";
import { instant } from "../../../core/domain/time.ts";
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

/** A station's word that a message was heard: it stands in the station's journal. `after`: the hub's last entry by then. */
interface ToldAt {
  readonly after: number;
  readonly message: string;
  readonly at: string;
}

/**
 * People of a village over some weeks: dangers that climb and join, look-ups, follow-ups, letters, tasks missed and read, messages
 * that are heard, or are a person's task after a week.
 */
async function lived(
  seed: number,
  steps: number,
): Promise<{ readonly tells: readonly ToldAt[]; readonly aged: number }> {
  const station = (await town.station("Station", { branch: "village", hospital: "township" })).id;
  const tells: ToldAt[] = [];
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
    switch (Math.floor(random() * 10)) {
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
      case 6:
        await care.leave(
          {
            id,
            station,
            resident,
            from: { name: "hub" },
            // Most of them were left so long ago that nobody came to hear them.
            at: instant(at - Math.floor(random() * 10) * dayMs),
            sentences: [{ key: "loop.say.keepMeasuring" }],
            worse: ["loop.worse.callUs"],
          },
          actor,
          null,
        );
        break;
      case 7: {
        const waiting = pick((await care.messages(resident)).filter(({ told }) => told === undefined))?.message;
        if (waiting === undefined) break;
        tells.push({ after: town.hub.journal.head.seq, message: waiting.id, at: instant(at) });
        await care.told({ message: waiting.id }, { station, resident, at: instant(at) });
        break;
      }
      case 8: {
        const talk = (await care.ofResident(resident)).find(
          ({ kind, record }) => kind === "talk" && record.state === "open",
        )?.record.id;
        if (talk !== undefined)
          await care.move(
            [{ of: "talk", id: talk, input: { kind: "done", by, at, how: "phone", detail: "d" } }],
            actor,
          );
        break;
      }
      default:
        await care.age(at);
    }
  }
  await care.age(town.now());
  return { tells, aged: town.now() };
}

const rowsOf = (db: Database) =>
  ["care_records", "care_parties", "care_tasks", "care_messages"].map((table) =>
    db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all(),
  );

function folded(entries: readonly Entry[], { tells, aged }: Awaited<ReturnType<typeof lived>>, into: Database): void {
  const views = careViews(into);
  const toTell = [...tells];
  const heardBy = (seq: number): void => {
    for (let next = toTell[0]; next !== undefined && next.after < seq; next = toTell[0]) {
      views.tell(next.message, next.at);
      toTell.shift();
    }
  };
  for (const entry of entries) {
    heardBy(entry.seq);
    const left = bodyOf(entry, "message.left");
    if (left) views.putMessage(left);
    const begun = bodyOf(entry, "care.opened");
    const moved = bodyOf(entry, "care.moved");
    if (begun) views.put(openRecord(begun.opening));
    if (moved) {
      const before = views.record(moved.move.id);
      if (!before) throw new Error(`${moved.move.id} was moved before it was opened`);
      const after = moveRecord(before, moved.move, plainCalendar);
      if (!after.ok) throw new Error(after.code);
      views.put(after.record);
      // A person told what the station could not.
      if (after.record.kind === "talk" && moved.move.input.by !== after.record.record.station)
        for (const { message, told } of views.messages(after.record.record.resident))
          if (told === undefined) views.tell(message.id, instant(moved.move.input.at));
    }
    for (const id of [...(begun?.closed ?? []), ...(moved?.closed ?? [])]) views.dropTask(id);
    for (const task of [...(begun?.made ?? []), ...(moved?.made ?? [])]) views.putTask(task);
    const changed = bodyOf(entry, "task.climbed") ?? bodyOf(entry, "task.read") ?? bodyOf(entry, "task.handed");
    if (changed) views.putTask(changed);
  }
  heardBy(Infinity);
  // What a person sees to waits for nobody else: who saw to it is known from the journal, and time did the rest.
  for (const message of views.unheard(aged)) views.handOn(message.id);
}

test.each([1, 2, 3])("story %i: folded anew from the journal, the tables of care are the same", async (seed) => {
  const life = await lived(seed, 100);
  await town.stop();
  const live = database("hub.db");
  const entries = live
    .prepare<[], { entry: string }>("SELECT entry FROM entries ORDER BY seq")
    .all()
    .map(({ entry }) => JSON.parse(entry) as Entry);
  const types = new Set<string>(entries.map(({ type }) => type));
  expect(
    ["care.opened", "care.moved", "task.climbed", "task.read", "message.left"].filter((type) => !types.has(type)),
  ).toEqual([]);

  const anew = database("anew.db");
  migrate(anew);
  folded(entries, life, anew);
  const [records = [], parties = [], tasks = [], messages = []] = rowsOf(live);
  expect([records, parties, tasks, messages].every(({ length }) => length > 5)).toBe(true);
  expect(life.tells.length).toBeGreaterThan(0);
  expect(rowsOf(anew)).toEqual([records, parties, tasks, messages]);
});
