import { afterEach, beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { bodyOf } from "../../core/journal/visit-results.ts";
import { codeOf, Town, until, type Line, type PersonParty, type StationParty } from "./parties.ts";
import { hear, say } from "./talk-kit.ts";

/** A yes to a measurement that a doctor heard: only in a call that runs, only by its doctor, and only by the hub's word. */

let town: Town;
let station: StationParty;
let doctor: PersonParty;
let kiosk: Line;
let desk: Line;

beforeEach(async () => {
  town = await Town.open();
  station = await town.station();
  doctor = await town.person("li");
  kiosk = await station.connect();
  desk = await doctor.connect();
});
afterEach(() => town.end());

async function ringing() {
  const call = uuidv7();
  await kiosk.client.queue.join({ call, visit: uuidv7(), shownName: "S* One", severity: 2 });
  const { ticket = "" } = await desk.client.call.accept({ call });
  const mine = await until(await kiosk.client.call.watch({ call }), (one) => one.ticket !== undefined);
  return { call, ticket, stationTicket: mine.ticket ?? "" };
}

async function active() {
  const made = await ringing();
  await kiosk.client.call.mediaUp({ call: made.call });
  await desk.client.call.mediaUp({ call: made.call });
  return made;
}

test("in a running call it reaches the station under the doctor's name, and is written down", async () => {
  const { call, stationTicket } = await active();
  const ask = uuidv7();
  await desk.client.call.heardYes({ call, ask });
  const signals = await hear(kiosk, { call, ticket: stationTicket });
  const heard = await until(signals, ({ body }) => body.kind === "askSaid");
  expect(heard.body).toEqual({ kind: "askSaid", ask, heardBy: { id: doctor.id, name: "Dr li" } });
  const decisions = town.hub.journal.entriesAfter(0, 1_000).flatMap((entry) => bodyOf(entry, "access.decided") ?? []);
  expect(decisions).toContainEqual({
    role: "doctor",
    operation: "call.heardYes",
    allowed: true,
    about: `${call} ${ask}`,
  });
});

test("before anybody can be heard there is nothing to hear", async () => {
  const { call } = await ringing();
  expect(await codeOf(desk.client.call.heardYes({ call, ask: uuidv7() }))).toBe("consult.ended");
});

test.each(["station", "doctor"] as const)(
  "with the voice of the %s turned off nobody heard anything",
  async (whose) => {
    const { call } = await active();
    const { participants } = await until(await desk.client.call.watch({ call }), () => true);
    const of =
      participants.find(({ kind }) => (whose === "station" ? kind === "station" : kind === "person"))?.id ?? "";
    await desk.client.call.mute({ call, participant: of, muted: true });
    expect(await codeOf(desk.client.call.heardYes({ call, ask: uuidv7() }))).toBe("consult.ended");
  },
);

test("another doctor, and the station itself, are refused", async () => {
  const { call } = await active();
  const other = await (await town.person("he")).connect();
  expect(await codeOf(other.client.call.heardYes({ call, ask: uuidv7() }))).toBe("consult.notYours");
  expect(await codeOf(kiosk.client.call.heardYes({ call, ask: uuidv7() }))).not.toBe("ok");
});

test("a page that says it by itself, for anybody, is refused", async () => {
  const { call, ticket } = await active();
  const body = { kind: "askSaid" as const, ask: uuidv7(), heardBy: { id: doctor.id, name: "Dr li" } };
  expect(await codeOf(say(town, desk, { call, ticket, body }))).toBe("consult.notYours");
});
