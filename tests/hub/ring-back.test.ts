import { afterEach, beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import type { CallView } from "../../core/contract/hub-calls.ts";
import { ringBackMs } from "../../core/domain/calls.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import { codeOf, Town, until, visitEntries, type Line, type PersonParty, type StationParty } from "./parties.ts";

/** A doctor who hung up asks to speak again: the resident's next call of the visit is theirs, and of nobody else. */

let town: Town;
let station: StationParty;
let doctor: PersonParty;
let kiosk: Line;
let desk: Line;
let other: Line;
let otherId: string;
let visit: string;
let call: string;

beforeEach(async () => {
  town = await Town.open();
  station = await town.station();
  doctor = await town.person("li");
  kiosk = await station.connect();
  desk = await doctor.connect();
  const wu = await town.person("wu");
  otherId = wu.id;
  other = await wu.connect();
  visit = uuidv7();
  station.write(...visitEntries(visit, uuidv7()));
  await kiosk.client.journal.ship(station.shipment());
  call = await join();
  await desk.client.call.accept({ call });
});
afterEach(() => town.end());

async function join(): Promise<string> {
  const id = uuidv7();
  await kiosk.client.queue.join({ call: id, visit, shownName: "S* One", severity: 2 });
  return id;
}
const hangUp = () => desk.client.call.hangUp({ call });
const ringBack = (line: Line = desk) => line.client.call.ringBack({ call });
const view = (want: (now: CallView) => boolean = () => true) =>
  desk.client.call.watch({ call }).then((feed) => until(feed, want));
const told = async () => (await view()).ringBack;
const asked = (line: Line = kiosk) => line.client.call.ringBacks().then((feed) => until(feed, () => true));
const waiting = async (line: Line) =>
  (await until(await line.client.queue.watch(), () => true)).map((item) => [item.call, item.state, item.mine]);

test("the station hears who asks, and the next call of the visit is that doctor's", async () => {
  await hangUp();
  await ringBack();
  expect(await asked()).toEqual([{ call, visit, clinician: { id: doctor.id, name: "Dr li" } }]);
  expect(await told()).toEqual({ state: "asked" });

  const next = await join();
  expect(await told()).toEqual({ state: "taken", next });
  expect(await asked()).toEqual([]);
  expect(await waiting(other)).toEqual([]);
  expect(await codeOf(other.client.call.accept({ call: next }))).toBe("consult.alreadyTaken");
  const mine = await desk.client.call.accept({ call: next });
  expect(mine).toMatchObject({ state: "ringing", clinician: { id: doctor.id }, peer: "here" });
  expect(mine.ticket).toBeDefined();
  await kiosk.client.call.mediaUp({ call: next });
  await desk.client.call.mediaUp({ call: next });
  await until(await kiosk.client.call.watch({ call: next }), ({ state }) => state === "active");

  const entries = town.hub.journal.entriesAfter(0, 1_000);
  const accepted = entries.flatMap((entry) => bodyOf(entry, "consult.accepted") ?? []);
  expect(accepted.map((body) => [body.call, body.clinician.id])).toEqual([
    [call, doctor.id],
    [next, doctor.id],
  ]);
});

test("asked twice is asked once, and it is written down who asked", async () => {
  await hangUp();
  await ringBack();
  await ringBack();
  expect(await asked()).toHaveLength(1);
  const decisions = town.hub.journal.entriesAfter(0, 1_000).flatMap((entry) => bodyOf(entry, "access.decided") ?? []);
  expect(decisions.filter(({ operation }) => operation === "call.ringBack")).toEqual([
    { role: "doctor", operation: "call.ringBack", allowed: true, about: call },
  ]);
});

test("only its own doctor may, and another station hears nothing and answers nothing", async () => {
  const elsewhere = await (await town.station("Station Willow")).connect();
  await hangUp();
  expect(await codeOf(ringBack(other))).toBe("consult.notYours");
  await ringBack();
  expect(await asked(elsewhere)).toEqual([]);
  expect(await codeOf(elsewhere.client.call.notNow({ call, why: "refused" }))).toBe("consult.notYours");
  expect(await told()).toEqual({ state: "asked" });
});

test("a colleague who was in the talk may not, and is not told; nor is the station, by this feed", async () => {
  await desk.client.call.invite({ call, person: otherId });
  await other.client.call.accept({ call });
  await hangUp();
  expect(await codeOf(ringBack(other))).toBe("consult.notYours");
  await ringBack();
  for (const line of [other, kiosk])
    expect((await until(await line.client.call.watch({ call }), () => true)).ringBack).toBeUndefined();
});

test("only the visit's newest talk is gone back to", async () => {
  await hangUp();
  town.clock.advance(1_000);
  const second = await join();
  await desk.client.call.accept({ call: second });
  await desk.client.call.hangUp({ call: second });
  expect(await codeOf(ringBack())).toBe("consult.ended");
  expect(await codeOf(desk.client.call.ringBack({ call: second }))).toBe("ok");
});

test("a talk that runs is not asked about", async () => {
  expect(await codeOf(ringBack())).toBe("consult.ended");
});

test("a resident who calls already is not asked", async () => {
  await hangUp();
  await join();
  expect(await codeOf(ringBack())).toBe("consult.calling");
});

test("what was finished is not asked about any more", async () => {
  await hangUp();
  await ringBack();
  const feed = await kiosk.client.call.ringBacks();
  await until(feed, (all) => all.length === 1);
  await desk.client.visit.finish({ call, outcome: "solved" });
  expect(await until(feed, (all) => all.length === 0)).toEqual([]);
  expect(await codeOf(ringBack())).not.toBe("ok");
  expect(await waiting(other)).toEqual([]);
  const next = await join();
  expect(await waiting(other)).toEqual([[next, "waiting", false]]);
});

test("a visit that is over is not asked about, until it goes on", async () => {
  await hangUp();
  const about = { actor: { role: "station", id: station.id }, subject: null, visit };
  station.write({ id: uuidv7(), type: "visit.closed", ...about, body: { reason: "idle" } });
  await kiosk.client.journal.ship(station.shipment());
  expect(await codeOf(ringBack())).toBe("visit.closed");
  station.write({ id: uuidv7(), type: "visit.resumed", ...about, body: { after: "idle" } });
  await kiosk.client.journal.ship(station.shipment());
  expect(await codeOf(ringBack())).toBe("ok");
});

test("a station without a line cannot be asked", async () => {
  await hangUp();
  await kiosk.drop();
  await view(({ peer }) => peer === "away");
  expect(await codeOf(ringBack())).toBe("consult.stationAway");
});

test.each(["refused", "gone"] as const)("%s is told to the doctor, who may ask once more", async (why) => {
  await hangUp();
  await ringBack();
  await kiosk.client.call.notNow({ call, why });
  expect(await told()).toEqual({ state: why });
  expect(await asked()).toEqual([]);
  await ringBack();
  expect(await told()).toEqual({ state: "asked" });
});

test("nobody answers for so long: it is not asked any more, and the next call is anybody's", async () => {
  await hangUp();
  await ringBack();
  town.clock.advance(ringBackMs - 1);
  expect(await told()).toEqual({ state: "asked" });
  town.clock.advance(1);
  expect(await told()).toEqual({ state: "unanswered" });
  expect(await asked()).toEqual([]);
  const next = await join();
  expect(await waiting(other)).toEqual([[next, "waiting", false]]);
});

test("a doctor who has gone gets nothing: the call waits for anybody", async () => {
  await hangUp();
  await ringBack();
  const { presence } = town.hub.parts;
  const gone = new Promise<void>((resolve) => presence.onChange((line) => line === `person:${doctor.id}` && resolve()));
  await desk.drop();
  await gone;
  const next = await join();
  expect(await waiting(other)).toEqual([[next, "waiting", false]]);
  await other.client.call.accept({ call: next });
});

test("a doctor who talks to somebody else by now gets nothing: the call waits for anybody", async () => {
  await hangUp();
  await ringBack();
  const elsewhere = await (await town.station("Station Willow")).connect();
  const theirs = uuidv7();
  await elsewhere.client.queue.join({ call: theirs, visit: uuidv7(), shownName: "T* Two", severity: 2 });
  await desk.client.call.accept({ call: theirs });
  const next = await join();
  expect(await waiting(other)).toEqual([[next, "waiting", false]]);
});

test("two residents who say yes at the same moment: one gets the doctor, the other waits for anybody", async () => {
  const willow = await town.station("Station Willow");
  const elsewhere = await willow.connect();
  const [theirs, theirVisit] = [uuidv7(), uuidv7()];
  willow.write(...visitEntries(theirVisit, uuidv7()));
  await elsewhere.client.journal.ship(willow.shipment());
  await hangUp();
  await elsewhere.client.queue.join({ call: theirs, visit: theirVisit, shownName: "T* Two", severity: 2 });
  await desk.client.call.accept({ call: theirs });
  await desk.client.call.hangUp({ call: theirs });
  await ringBack();
  await desk.client.call.ringBack({ call: theirs });
  const both = [
    { id: uuidv7(), station: station.id, visit },
    { id: uuidv7(), station: willow.id, visit: theirVisit },
  ];
  const joining = (of: (typeof both)[number]) =>
    town.hub.parts.desk.join({ ...of, mode: "assisted", shownName: "S* One", severity: 2 });
  await Promise.all(both.map(joining));
  const calls = await Promise.all(both.map(({ id }) => town.hub.parts.calls.find(id)));
  expect(calls.map((one) => one?.state)).toEqual(["ringing", "waiting"]);
});

test("a doctor who does not wait any more takes it back: nobody is asked, and the next call is anybody's", async () => {
  await hangUp();
  await ringBack();
  expect(await codeOf(other.client.call.ringBack({ call, over: true }))).toBe("consult.notYours");
  expect(await asked()).toHaveLength(1);
  await desk.client.call.ringBack({ call, over: true });
  expect(await asked()).toEqual([]);
  expect(await told()).toBeUndefined();
  const next = await join();
  expect(await waiting(other)).toEqual([[next, "waiting", false]]);
  // Answered already, there is nothing to take back.
  await desk.client.call.ringBack({ call, over: true });
  expect(await told()).toBeUndefined();
});
