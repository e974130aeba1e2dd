import { afterEach, beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { pieceBytes } from "../../core/contract/hub-blobs.ts";
import { sha256 } from "../../hub/store/secrets.ts";
import { systemClock } from "../../hub/system-clock.ts";
import { Town, type Line, type PersonParty, type StationParty } from "./parties.ts";

let town: Town;
let station: StationParty;
let doctor: PersonParty;
let kiosk: Line;

beforeEach(async () => {
  town = new Town();
  // A second lasts a hundred for the limit of messages: it is not what is looked at here.
  await town.start({ lines: { ...systemClock, monotonic: () => systemClock.monotonic() * 100 } });
  station = await town.station();
  doctor = await town.person("li");
  kiosk = await station.connect();
});
afterEach(() => town.end());

/** A big piece of a picture in a call of the station and the doctor. */
async function picture(): Promise<string> {
  const call = uuidv7();
  await kiosk.client.queue.join({ call, visit: "v", shownName: "S", severity: 0 });
  await town.hub.parts.desk.accept(call, { id: doctor.id, name: "li", role: "doctor" });
  const blob = uuidv7();
  const bytes = Buffer.alloc(pieceBytes, "a");
  const { blobs, clock } = town.hub.parts;
  const still = { kind: "still", media: "image/png", bytes: pieceBytes, hash: sha256(bytes.toString()) } as const;
  await blobs.begin({ id: blob, call, ...still, by: station.id, keptBy: station.id, at: clock.now() });
  await blobs.put(blob, 0, bytes);
  return blob;
}

test("who asks and does not read is sent away before the hub's memory fills; others, and the same person elsewhere, go on", async () => {
  const stuck = await doctor.connect();
  const blob = await picture();
  const ended = new Promise<void>((resolve) => {
    town.hub.parts.presence.onChange((line, here) => {
      if (line === `person:${doctor.id}` && !here) resolve();
    });
  });
  // Reads nothing from here on: what it asked for waits in the two programs' buffers, then in the hub.
  stuck.socket.pause();
  const ask = (nth: number) =>
    JSON.stringify({ i: `b${nth}`, p: { u: "/blob/get", b: { json: { blob, offset: 0, length: pieceBytes } } } });
  for (let nth = 0; nth < 1_500 && stuck.socket.readyState === stuck.socket.OPEN; nth += 1) {
    stuck.socket.send(ask(nth));
    // Asked and answered on another line: the hub has had its turn.
    if (nth % 20 === 0) await kiosk.client.journal.held();
  }
  await ended;
  const again = await doctor.connect();
  expect((await again.client.me.whoami()).id).toBe(doctor.id);
  expect((await kiosk.client.journal.held()).seq).toBe(0);
  stuck.socket.resume();
  expect([1006, 1008]).toContain(await stuck.closed);
});
