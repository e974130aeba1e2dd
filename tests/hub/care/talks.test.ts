import { afterEach, beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { unheardMs } from "../../../core/care/talk.ts";
import type { MessageLeft, MessageTold } from "../../../core/care/messages.ts";
import { instant } from "../../../core/domain/time.ts";
import type { Practice } from "../../../core/domain/practice.ts";
import { codeOf, Town, until, type Line, type StationParty } from "../parties.ts";

/** What a person owes a resident: the words that no station could tell, and those that were asked for. */

const village: Practice = { org: "village", orgName: "Village", tier: "village", licence: "S-1" };
const county: Practice = { org: "county", orgName: "County", tier: "county", licence: "S-3" };

let town: Town;
let station: StationParty;
let kiosk: Line;
let nurse: Line;
let auditor: Line;
let resident: string;

beforeEach(async () => {
  town = await Town.open();
  const { care } = town.hub.parts;
  await care.putOrg({ id: "county", name: "County", tier: "county" });
  await care.putOrg({ id: "township", name: "Township", tier: "township", above: "county" });
  await care.putOrg({ id: "village", name: "Village", tier: "village", above: "township" });
  station = await town.station("Station", { branch: "village", hospital: "township" });
  kiosk = await station.connect();
  nurse = await (await town.person("zhou", "villageDoctor", village)).connect();
  auditor = await (await town.person("shen", "auditor", county)).connect();
  resident = uuidv7();
});
afterEach(async () => {
  for (const line of [kiosk, nurse, auditor]) await line.drop();
  await town.end();
});

/** Left a week ago, so that nobody's session ends meanwhile. */
const leave = async (change: Partial<MessageLeft> = {}): Promise<string> => {
  const message: MessageLeft = {
    id: uuidv7(),
    station: station.id,
    resident,
    from: { name: "hub" },
    at: instant(town.now() - unheardMs),
    sentences: [{ key: "loop.say.prescriptionReady" }],
    worse: ["loop.worse.callUs"],
    ...change,
  };
  await town.hub.parts.care.leave(message, { role: "hub", id: "hub" }, null);
  return message.id;
};

async function tell(message: string, by = resident, talk?: MessageTold["talk"]): Promise<void> {
  const about = { actor: { role: "resident", id: by }, subject: by, visit: null };
  const body = { message, how: ["shown" as const], ...(talk === undefined ? {} : { talk }) };
  station.write({ ...about, id: uuidv7(), type: "message.told", body });
  await kiosk.client.journal.ship(station.shipment());
}

const owed = async (org: string) => (await town.hub.parts.care.tasks(org)).map(({ kind }) => kind);

/** Time works. */
const age = () => town.hub.parts.care.age(town.now());

test("what nobody heard for a week is one task of the village, whatever waits; heard at the station it is done", async () => {
  const [first, second] = [await leave(), await leave()];
  await town.hub.parts.care.age(town.now() - 1);
  expect(await owed("village")).toEqual([]);
  await age();
  await age();
  expect(await owed("village")).toEqual(["talk.unheard"]);
  await tell(first);
  expect(await owed("village")).toEqual(["talk.unheard"]);
  await tell(second);
  expect(await owed("village")).toEqual([]);
});

test("a person who tells it says how, and nothing of it waits any more", async () => {
  const message = await leave();
  await age();
  const [task] = await until(await nurse.client.task.watch(), (list) => list.length === 1);
  const id = task?.about.id ?? "";
  expect((await nurse.client.talk.about({ id })).id).toBe(message);
  expect(await codeOf(auditor.client.talk.done({ id, how: "phone", detail: "Specimen" }))).toBe("care.notYours");
  const done = await nurse.client.talk.done({ id, how: "phone", detail: "Specimen: told" });
  expect(done).toMatchObject({ state: "done", done: { how: "phone" } });
  expect(await owed("village")).toEqual([]);
  const [told] = await town.hub.parts.care.messages(resident);
  expect(told?.told).toBe(instant(town.now()));
});

test("whoever is missed climbs", async () => {
  await leave();
  await age();
  town.clock.advance(10 * 24 * 3_600_000);
  await town.hub.parts.care.age(town.now());
  expect([await owed("village"), await owed("township")]).toEqual([[], ["talk.unheard"]]);
});

test("who wants to talk about their opened record is the county's task, seen by the auditor, once", async () => {
  const message = await leave({ sentences: [{ key: "loop.say.recordOpened" }] });
  await tell(message, resident, true);
  await tell(message, resident, true);
  const tasks = await until(await auditor.client.task.watch(), (list) => list.length > 0);
  expect(tasks.map(({ kind, resident: of }) => [kind, of])).toEqual([["talk.asked", resident]]);
  const id = tasks[0]?.about.id ?? "";
  expect((await auditor.client.talk.about({ id })).sentences).toEqual([{ key: "loop.say.recordOpened" }]);
  await auditor.client.talk.done({ id, how: "phone", detail: "Specimen: explained" });
  expect(await owed("county")).toEqual([]);
});

test("a message is told to its resident alone, at its station alone", async () => {
  const [another, elsewhere] = [await leave(), await leave({ station: "another" })];
  await tell(another, uuidv7(), true);
  await tell(elsewhere, resident, true);
  expect((await town.hub.parts.care.messages(resident)).map(({ told }) => told)).toEqual([undefined, undefined]);
  expect(await owed("county")).toEqual([]);
});
