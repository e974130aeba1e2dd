import { afterEach, beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import type { RoomView } from "../../../core/contract/hub-rooms.ts";
import type { PartyRole } from "../../../core/domain/calls.ts";
import type { StartEngine } from "../../../hub/rooms/engine.ts";
import { Sfu } from "../../../hub/rooms/werift/sfu.ts";
import { codeOf, Town, until, type Line, type PersonParty, type StationParty } from "../parties.ts";

const inProcess: StartEngine = async (on) => {
  const sfu = new Sfu(on.event);
  return { ask: (command) => sfu.ask(command), stop: async () => undefined };
};

let town: Town;
let station: StationParty;
let doctor: PersonParty;
let specialist: PersonParty;
let kiosk: Line;
let desk: Line;
let guest: Line;
let call: string;

beforeEach(async () => {
  town = await Town.open({ rooms: inProcess });
  station = await town.station();
  doctor = await town.person("li");
  specialist = await town.person("wang", "specialist");
  kiosk = await station.connect();
  desk = await doctor.connect();
  guest = await specialist.connect();
  call = uuidv7();
  await kiosk.client.queue.join({ call, visit: uuidv7(), shownName: "S* One", severity: 2 });
  await desk.client.call.accept({ call });
});
afterEach(() => town.end());

const ready = { leg: "down", generation: 1, body: { kind: "ready" } } as const;
const roles = (view: RoomView) => view.seats.map(({ role }) => role);

async function joined(line: Line, person: PersonParty, role?: PartyRole): Promise<void> {
  await desk.client.call.invite({ call, person: person.id, ...(role ? { role } : {}) });
  await line.client.call.accept({ call });
}

async function inRoom(line: Line): Promise<RoomView & { readonly you: string }> {
  const view = await until(
    await line.client.room.watch({ call }),
    (now) => now.you !== undefined && now.seats.length > 2,
  );
  return { ...view, you: view.you ?? "" };
}

test("an invited specialist brings a room: prepare, both report up, switch, and back when the specialist leaves", async () => {
  const seen = await kiosk.client.room.watch({ call });
  expect(await until(seen, () => true)).toMatchObject({ phase: "pair", seats: [] });
  await joined(guest, specialist);
  const preparing = await until(seen, (view) => view.seats.length === 3);
  expect(preparing).toMatchObject({ phase: "preparing", observed: false });
  expect(roles(preparing)).toEqual(["resident", "doctor", "specialist"]);
  const { epoch } = preparing;
  await kiosk.client.room.up({ call, epoch, of: "room" });
  await desk.client.room.up({ call, epoch, of: "room" });
  await until(seen, (view) => view.phase === "room");

  await guest.client.call.leave({ call });
  await until(seen, (view) => view.phase === "returning" && view.seats.length === 2);
  await kiosk.client.room.up({ call, epoch, of: "pair" });
  await desk.client.room.up({ call, epoch, of: "pair" });
  expect(await until(seen, (view) => view.phase === "pair")).toMatchObject({ seats: [] });
});

test("signals go between a seat and the room, and only for the seat's own person", async () => {
  await joined(guest, specialist);
  const { you } = await inRoom(guest);
  const { you: other } = await inRoom(kiosk);
  const { ticket } = await guest.client.call.ticket({ call });
  await guest.client.room.signal({ call, ticket, seat: you, id: uuidv7(), signal: ready });
  const heard = await until(await guest.client.room.signals({ call, seat: you, after: 0 }), () => true);
  expect(heard).toMatchObject({ seq: 1, signal: { leg: "down", body: { type: "offer" } } });
  const stolen = { call, ticket, seat: other, id: uuidv7(), signal: ready };
  expect(await codeOf(guest.client.room.signal(stolen))).toBe("consult.notYours");
  expect(await codeOf(guest.client.room.signals({ call, seat: other, after: 0 }).then((feed) => feed.next()))).toBe(
    "consult.notYours",
  );
  expect(await codeOf(guest.client.room.signal({ ...stolen, seat: "guess" }))).toBe("room.ended");
});

test("a leg's keys are those that its ticket announced first, and a ticket is good on its own line alone", async () => {
  await joined(guest, specialist);
  const { you } = await inRoom(guest);
  const { ticket } = await guest.client.call.ticket({ call });
  const offer = (generation: number, key: string) =>
    guest.client.room.signal({
      call,
      ticket,
      seat: you,
      id: uuidv7(),
      signal: {
        leg: "up",
        generation,
        body: { kind: "description", type: "offer", sdp: `v=0\r\na=fingerprint:sha-256 ${key}\r\n` },
      },
    });
  expect(await codeOf(offer(1, "AA:BB"))).not.toBe("consult.fingerprint");
  expect(await codeOf(offer(1, "CC:DD"))).toBe("consult.fingerprint");
  expect(await codeOf(offer(2, "CC:DD"))).not.toBe("consult.fingerprint");
  const again = await specialist.connect();
  const elsewhere = { call, ticket, seat: you, id: uuidv7(), signal: ready };
  expect(await codeOf(again.client.room.signal(elsewhere))).toBe("consult.notYours");
});

test("a stranger with the call's and the seats' names gets nothing", async () => {
  await joined(guest, specialist);
  const { you } = await inRoom(guest);
  const stranger = await (await town.person("zhao")).connect();
  const { client } = stranger;
  expect(await codeOf(client.room.watch({ call }).then((feed) => feed.next()))).toBe("consult.notYours");
  expect(await codeOf(client.room.signal({ call, ticket: "guess", seat: you, id: uuidv7(), signal: ready }))).toBe(
    "consult.notYours",
  );
  expect(await codeOf(client.room.signals({ call, seat: you, after: 0 }).then((feed) => feed.next()))).toBe(
    "consult.notYours",
  );
  expect(await codeOf(client.room.mute({ call, seat: you, muted: true }))).toBe("consult.notYours");
  expect(await codeOf(client.room.remove({ call, seat: you }))).toBe("consult.notYours");
  expect(await codeOf(client.room.up({ call, epoch: 0, of: "room" }))).toBe("consult.notYours");
  expect(await codeOf(client.room.receive({ call, receives: "voice" }))).toBe("consult.notYours");
});

test("the doctor mutes and puts out; the specialist may neither with the doctor", async () => {
  await joined(guest, specialist);
  const view = await inRoom(desk);
  const seat = (role: PartyRole) => view.seats.find((one) => one.role === role)?.seat ?? "";
  await desk.client.room.mute({ call, seat: seat("specialist"), muted: true });
  const seen = await guest.client.room.watch({ call });
  await until(seen, (now) => now.seats.some((one) => one.role === "specialist" && one.muted));
  expect(await codeOf(guest.client.room.mute({ call, seat: seat("doctor"), muted: true }))).toBe("room.notAllowed");
  expect(await codeOf(guest.client.room.remove({ call, seat: seat("doctor") }))).toBe("room.notAllowed");
  await desk.client.room.remove({ call, seat: seat("specialist") });
  expect(
    await codeOf(
      guest.client.room.signal({ call, ticket: "guess", seat: seat("specialist"), id: uuidv7(), signal: ready }),
    ),
  ).toBe("consult.notYours");
});

test("what one's line carries is one's own to say", async () => {
  await joined(guest, specialist);
  await inRoom(kiosk);
  await kiosk.client.room.receive({ call, receives: "voice" });
  expect((await inRoom(kiosk)).receives).toBe("voice");
  expect((await inRoom(desk)).receives).toBe("all");
});
