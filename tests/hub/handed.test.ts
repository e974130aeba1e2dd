import { createHash } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { codeOf, Town, until, visitEntries, type Line, type StationParty } from "./parties.ts";

/** Pictures and voice notes of a running call: whose they are, and who sees them. */

let town: Town;
let station: StationParty;
let kiosk: Line;
let desk: Line;
let deskId: string;
let call: string;

const picture = Buffer.from("picture");
const head = () =>
  ({
    blob: uuidv7(),
    call,
    kind: "still",
    media: "image/png",
    bytes: picture.length,
    hash: createHash("sha256").update(picture).digest("hex"),
  }) as const;

beforeEach(async () => {
  town = await Town.open();
  station = await town.station("Station Willow");
  kiosk = await station.connect();
  const li = await town.person("li");
  desk = await li.connect();
  deskId = li.id;
  call = uuidv7();
  const [visit, resident] = [uuidv7(), uuidv7()];
  station.write(...visitEntries(visit, resident));
  await kiosk.client.journal.ship(station.shipment());
  await kiosk.client.queue.join({ call, visit, shownName: "S* One", severity: 2, resident });
  await desk.client.call.accept({ call });
});
afterEach(() => town.end());

const all = (line: Line) => line.client.blob.watch({ call }).then((feed) => until(feed, () => true));
const piece = picture.toString("base64");

test("what came from the station over the talk, and is kept by the desk, is the station's", async () => {
  const given = { ...head(), of: station.id };
  const begun = await desk.client.blob.begin(given);
  expect(begun.by).toBe(station.id);
  const put = await desk.client.blob.put({ blob: given.blob, offset: 0, piece });
  expect(put).toMatchObject({ by: station.id, whole: true });
  expect(await all(kiosk)).toMatchObject([{ blob: given.blob, by: station.id }]);
  // Over a restart, too, and taken up again it is the same.
  await town.stop();
  await town.start();
  expect(await town.hub.parts.blobs.find(given.blob)).toMatchObject({ by: station.id, keptBy: deskId });
});

test("what the station played is told to every doctor, with its first time", async () => {
  const given = { ...head(), kind: "voiceNote", media: "audio/webm" } as const;
  await desk.client.blob.begin(given);
  expect(await codeOf(kiosk.client.blob.heard({ blob: given.blob })), "not whole").toBe("blob.unknown");
  await desk.client.blob.put({ blob: given.blob, offset: 0, piece });
  expect((await all(desk))[0]?.heardAt).toBeUndefined();
  const { heardAt } = await kiosk.client.blob.heard({ blob: given.blob });
  expect(heardAt).toBeDefined();
  town.clock.advance(5_000);
  expect(await kiosk.client.blob.heard({ blob: given.blob })).toMatchObject({ heardAt });
  expect(await all(desk)).toMatchObject([{ blob: given.blob, by: deskId, heardAt }]);
});

test("what one kept for another, nobody else goes on with", async () => {
  const given = { ...head(), of: station.id };
  await desk.client.blob.begin(given);
  expect(await codeOf(kiosk.client.blob.put({ blob: given.blob, offset: 0, piece }))).toBe("blob.unknown");
  expect(await codeOf(kiosk.client.blob.begin(head()))).toBe("ok");
});

test.each([
  ["one who is not in the call", () => uuidv7()],
  ["nobody", () => ""],
])("nothing is kept in the name of %s", async (_, of) => {
  expect(await codeOf(desk.client.blob.begin({ ...head(), of: of() }))).not.toBe("ok");
});

test("a station keeps in no doctor's name", async () => {
  expect(await codeOf(kiosk.client.blob.begin({ ...head(), of: deskId }))).toBe("consult.notYours");
});

test("who watches or came along is shown none of it, and cannot fetch it", async () => {
  const wu = await town.person("wu", "villageDoctor");
  const guest = await wu.connect();
  const { parts } = town.hub;
  const who = { id: wu.id, kind: "person", name: "wu", role: "family" } as const;
  await parts.desk.apply(call, { kind: "invite", id: deskId, who, handOver: false }, { role: "doctor", id: deskId });
  await guest.client.call.accept({ call });
  const given = head();
  await kiosk.client.blob.begin(given);
  await kiosk.client.blob.put({ blob: given.blob, offset: 0, piece });
  expect(await all(desk)).toMatchObject([{ blob: given.blob, whole: true }]);
  expect(await codeOf(guest.client.blob.get({ blob: given.blob, offset: 0, length: 10 }))).toBe("blob.unknown");
  const seen: unknown[] = [];
  for await (const one of await guest.client.blob.watch({ call })) seen.push(one);
  expect(seen).toEqual([]);
});
