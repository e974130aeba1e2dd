import { afterEach, beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import type { NewEntry } from "../../../core/journal/entry.ts";
import type { Practice } from "../../../core/domain/practice.ts";
import { openKey, opinionWish, Town, type Line, type StationParty } from "../parties.ts";

/** Whatever is dangerous is owed by somebody: also where nobody called, and until an answer that named an outcome. */
const township: Practice = { org: "township", orgName: "Township", tier: "township", licence: "S-1" };
const resident = "resident-1";
let town: Town;
let station: StationParty;
let kiosk: Line;
let desk: Line;

beforeEach(async () => {
  town = await Town.open();
  const { care } = town.hub.parts;
  await care.putOrg({ id: "township", name: "Township", tier: "township" });
  await care.putOrg({ id: "village", name: "Village", tier: "village", above: "township" });
  station = await town.station("Station", { branch: "village", hospital: "township" });
  kiosk = await station.connect();
  const doctor = await town.person("li", "doctor", township);
  desk = await doctor.connect();
  await openKey(desk, doctor);
});
afterEach(() => town.end());

const dangers = async (of = resident) =>
  (await town.hub.parts.care.ofResident(of)).flatMap((one) => (one.kind === "danger" ? [one.record] : []));

/** `later`: milliseconds until the station has a line to ship it. */
async function result(visit: string, severity: 2 | 3, next: "none" | "second", later = 0): Promise<void> {
  const before = station.journal.length;
  station.write({
    id: uuidv7(),
    type: "assessment.made",
    actor: { role: "station", id: station.id },
    subject: resident,
    visit,
    body: {
      of: "bloodPressure",
      measurements: [uuidv7()],
      rules: "specimen",
      assessments: [
        { domain: "bp", category: "BP_GRADE3", severity, action: "DOCTOR_TODAY", flags: [], rule: "BP-30" },
      ],
      next,
    },
  });
  if (later > 0) {
    await kiosk.drop();
    town.clock.advance(later);
    kiosk = await station.connect();
  }
  await kiosk.client.journal.ship(station.shipment(before));
}

test.each([
  [3, "none", 1],
  [3, "second", 0],
  [2, "none", 0],
] as const)("a result of severity %i with %s to follow makes %i record", async (severity, next, count) => {
  await result("visit-1", severity, next);
  expect(await dangers()).toHaveLength(count);
  expect(await town.hub.parts.care.tasks("village")).toHaveLength(count);
});

test("several results of a visit are one danger, and another visit is another", async () => {
  await result("visit-1", 3, "none");
  await result("visit-1", 3, "none");
  await result("visit-2", 3, "none");
  const records = await dangers();
  expect(records.map(({ visit }) => visit).toSorted()).toEqual(["visit-1", "visit-2"]);
  expect(records[0]).toMatchObject({ severity: 3, what: "BP_GRADE3", first: { org: "village" } });
});

test("a result that comes after weeks is history and calls nobody", async () => {
  const days = 15 * 24 * 60 * 60 * 1_000;
  await result("visit-1", 3, "none", days);
  expect(await dangers()).toEqual([]);
});

test("who answers a call for help answers its record: the look-up is owed next", async () => {
  const alarm = uuidv7();
  await kiosk.client.alarm.raise({ alarm, visit: "visit-1", reason: "symptom", at: "2026-03-02T08:00:00.000Z" });
  await desk.client.alarm.answer({ alarm });
  expect(await dangers("visit:visit-1")).toMatchObject([
    { id: alarm, state: "answered", answer: { outcome: "calledBack", detail: `alarm:${alarm}` } },
  ]);
  const { care } = town.hub.parts;
  expect(await care.tasks("village")).toEqual([]);
  expect((await care.tasks("township")).map(({ kind }) => kind)).toEqual(["danger.check"]);
});

const written = async (...entries: readonly Pick<NewEntry, "type" | "body" | "subject" | "visit">[]): Promise<void> => {
  const before = station.journal.length;
  for (const entry of entries)
    station.write({ id: uuidv7(), actor: { role: "station", id: station.id }, ...entry } as NewEntry);
  await kiosk.client.journal.ship(station.shipment(before));
};
const raise = (alarm: string) =>
  kiosk.client.alarm.raise({ alarm, visit: "visit-1", reason: "result", at: "2026-03-02T08:00:00.000Z" });

test("a call for help that came before anybody knew whose visit it is, and the result of that visit, are one danger", async () => {
  const alarm = uuidv7();
  await raise(alarm);
  expect((await dangers("visit:visit-1")).map(({ id }) => id)).toEqual([alarm]);
  await written({ type: "visit.opened", subject: resident, visit: "visit-1", body: { kind: "resident" } });
  await result("visit-1", 3, "none");
  expect(await dangers("visit:visit-1")).toEqual([]);
  expect((await dangers()).map(({ id, joined }) => [id, joined?.length])).toEqual([[alarm, 1]]);
  const { care } = town.hub.parts;
  expect((await care.tasks("village")).map(({ resident: of }) => of)).toEqual([resident]);
});

test("the result alone says whose it is, too", async () => {
  const alarm = uuidv7();
  await raise(alarm);
  await result("visit-1", 3, "none");
  expect((await dangers()).map(({ id }) => id)).toEqual([alarm]);
});

test("a guest's danger is the person's who says later that the visit was theirs, and nobody's who says it was not", async () => {
  const alarm = uuidv7();
  await raise(alarm);
  await desk.client.alarm.answer({ alarm });
  const claim = (mine: boolean) =>
    written({ type: "visit.claimed", subject: resident, visit: null, body: { visit: "visit-1", mine } });
  await claim(false);
  expect(await dangers()).toEqual([]);
  await claim(true);
  await claim(true);
  expect(await dangers()).toMatchObject([{ id: alarm, state: "answered", resident }]);
  expect((await town.hub.parts.care.tasks("township")).map(({ resident: of }) => of)).toEqual([resident]);
});

test.each([
  ["solved", "answered"],
  // A referral that was not made yet: the danger stays owed.
  ["refer", "raised"],
] as const)("a stored call closed as %s leaves its danger %s", async (outcome, state) => {
  const [visit, call] = [uuidv7(), uuidv7()];
  await result(visit, 3, "none");
  await kiosk.client.queue.join({ call, visit, shownName: "S*", severity: 3, mode: "stored" });
  await desk.client.work.take({ call });
  await desk.client.opinion.sign(opinionWish(call));
  await desk.client.work.answer({ call, outcome });
  const records = await dangers();
  expect(records.map((one) => one.state)).toEqual([state]);
});

test("a consultation closed with an outcome answers the danger of its visit, and no other's", async () => {
  const [visit, call] = [uuidv7(), uuidv7()];
  await result(visit, 3, "none");
  await result("visit-2", 3, "none");
  await kiosk.client.queue.join({ call, visit, shownName: "S*", severity: 3, mode: "assisted" });
  await desk.client.call.accept({ call });
  await desk.client.visit.finish({ call, outcome: "emergency" });
  const states = (await dangers()).map((one) => [one.visit, one.state, one.answer?.outcome]);
  expect(states).toHaveLength(2);
  expect(states).toContainEqual([visit, "answered", "emergency"]);
  expect(states).toContainEqual(["visit-2", "raised", undefined]);
});

const alarm = async (visit: string, reason: "symptom" | "result" | "asked", id: string = uuidv7()) => {
  await kiosk.client.alarm.raise({ alarm: id, visit, reason, at: new Date(town.now()).toISOString() });
  return id;
};

test("a result and a later call for help of the same visit are one danger that has climbed", async () => {
  await result("visit-1", 3, "none");
  const [first] = await dangers();
  town.clock.advance(30_000);
  await alarm("visit-1", "symptom");
  const records = await dangers();
  expect(records).toHaveLength(1);
  expect(records[0]).toMatchObject({ id: first?.id, severity: 4, what: "symptom", state: "raised", since: town.now() });
  const [task, ...others] = await town.hub.parts.care.tasks("village");
  expect([task?.due, others]).toEqual([town.now() + 60_000, []]);
});

test("what is less urgent joins a call for help and lets it stand", async () => {
  // Whose visit it is is known by then.
  await result("visit-1", 2, "none");
  const id = await alarm("visit-1", "symptom");
  const [before] = await dangers();
  town.clock.advance(30_000);
  await result("visit-1", 3, "none");
  const [after, ...others] = await dangers();
  expect(others).toEqual([]);
  expect(after).toMatchObject({ id, severity: 4, what: before?.what, since: before?.since });
});

test("an alarm told twice joins once, also when the danger was answered in between", async () => {
  await result("visit-1", 3, "none");
  const id = await alarm("visit-1", "symptom");
  const [one] = await dangers();
  await town.hub.parts.care.move(
    [
      {
        of: "danger",
        id: one?.id ?? "",
        input: { kind: "answer", by: "li", at: town.now(), outcome: "solved", detail: "spoken to" },
      },
    ],
    { role: "doctor", id: "li" },
  );
  await alarm("visit-1", "symptom", id);
  const records = await dangers();
  expect(records.map(({ state }) => state)).toEqual(["answered"]);
});

test("a call for help after the answer is a danger of its own", async () => {
  await result("visit-1", 3, "none");
  const [one] = await dangers();
  await town.hub.parts.care.move(
    [
      {
        of: "danger",
        id: one?.id ?? "",
        input: { kind: "answer", by: "li", at: town.now(), outcome: "solved", detail: "spoken to" },
      },
    ],
    { role: "doctor", id: "li" },
  );
  await alarm("visit-1", "symptom");
  expect((await dangers()).map(({ state }) => state).toSorted()).toEqual(["answered", "raised"]);
});
