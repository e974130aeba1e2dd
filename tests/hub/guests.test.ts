import { afterEach, beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import type { CallView } from "../../core/contract/hub-calls.ts";
import type { GuestSaying, GuestScope } from "../../core/domain/guests.ts";
import { codeOf, openLine, Town, until, visitEntries, type Line, type StationParty } from "./parties.ts";

/** Who watches or comes along is in the call by the resident's word alone, and for as long as it stands. */

let town: Town;
let station: StationParty;
let kiosk: Line;
let desk: Line;
let watcher: Line;
let watcherId: string;
let call: string;
let visit: string;
let resident: string;

beforeEach(async () => {
  town = await Town.open();
  station = await town.station("Station Willow");
  kiosk = await station.connect();
  desk = await (await town.person("li")).connect();
  const wu = await town.person("wu");
  watcher = await wu.connect();
  watcherId = wu.id;
  [call, visit, resident] = [uuidv7(), uuidv7(), uuidv7()];
  station.write(...visitEntries(visit, resident));
  await kiosk.client.journal.ship(station.shipment());
  await kiosk.client.queue.join({ call, visit, shownName: "S* One", severity: 2, resident });
  await desk.client.call.accept({ call });
});
afterEach(() => town.end());

/** The resident says it at the station, and the journal brings it. */
async function say(ask: string, scope: GuestScope, said: GuestSaying, of = { call, visit }): Promise<string> {
  const id = uuidv7();
  const about = { actor: { role: "resident", id: resident }, subject: resident, visit: of.visit };
  const body = { call: of.call, ask, scope, said, version: "2026-11", way: "touch" } as const;
  station.write({ id, type: "consent.inCall", ...about, body });
  await kiosk.client.journal.ship(station.shipment());
  return id;
}
const view = (line: Line, want: (view: CallView) => boolean = () => true) =>
  line.client.call.watch({ call }).then((feed) => until(feed, want));
const rolesIn = (now: CallView) =>
  now.participants.filter(({ state }) => state === "here" || state === "invited").map(({ role }) => role);
const asksOf = async (line: Line) => (await view(line)).guests ?? [];
const enter = (code: string) => town.post("/api/family", { code });
async function family(code: string): Promise<Line> {
  const answer = await enter(code);
  expect(answer.status).toBe(200);
  const cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
  expect(answer.headers.get("set-cookie")).toMatch(/Path=\/family; HttpOnly; SameSite=Strict/);
  return openLine(town.hub.address, { cookie, origin: town.hub.address }, "/family/wire");
}
async function agreed(): Promise<string> {
  const ask = uuidv7();
  await desk.client.guest.ask({ call, ask });
  await say(ask, "family", "given");
  return ask;
}

test("one who learns is asked in when the resident says yes, and not before", async () => {
  const ask = uuidv7();
  await desk.client.guest.ask({ call, ask, person: watcherId });
  const asked = [{ ask, scope: "teach", name: "Dr wu", state: "asked" }];
  expect(await asksOf(kiosk)).toEqual(asked);
  expect(await asksOf(desk)).toEqual(asked);
  expect(await codeOf(desk.client.call.invite({ call, person: watcherId, role: "observer" }))).toBe("consent.notGiven");
  expect(rolesIn(await view(desk))).toEqual(["resident", "doctor"]);

  const consent = await say(ask, "teach", "given");
  expect(rolesIn(await view(desk, (now) => rolesIn(now).length === 3))).toEqual(["resident", "doctor", "observer"]);
  expect(await asksOf(desk)).toEqual([]);
  const seen = await watcher.client.call.accept({ call });
  expect(JSON.stringify(seen)).not.toMatch(/S\* One|Willow|Specimen/);
  expect(seen.ageBand).toMatch(/^\d0-\d9$/);
  expect(seen.guests).toBeUndefined();
  const invited = town.hub.journal.entriesAfter(0, 1_000).find(({ type }) => type === "call.invited");
  expect(invited?.body).toMatchObject({ role: "observer", consent });
});

test("a no is told to the doctor, and nobody comes; asked anew it is asked anew", async () => {
  const ask = uuidv7();
  await desk.client.guest.ask({ call, ask, person: watcherId });
  await say(ask, "teach", "refused");
  expect(await asksOf(desk)).toMatchObject([{ ask, state: "refused" }]);
  expect(await codeOf(watcher.client.call.accept({ call }))).not.toBe("ok");
  await desk.client.guest.ask({ call, ask: uuidv7(), person: watcherId });
  expect(await asksOf(desk)).toMatchObject([{ state: "asked" }]);
});

test.each([
  ["that a doctor may see it", "consent.given", { scope: "send", version: "2026-11", way: "touch" }],
  ["to relatives", "consent.inCall", { scope: "family", said: "given" }],
  ["to another call", "consent.inCall", { scope: "teach", said: "given", call: uuidv7() }],
  ["no", "consent.inCall", { scope: "teach", said: "refused" }],
] as const)("a yes %s is none to being watched", async (_, type, body) => {
  const id = uuidv7();
  const about = { actor: { role: "resident", id: resident }, subject: resident, visit };
  const whole = type === "consent.given" ? body : { call, ask: uuidv7(), version: "2026-11", way: "touch", ...body };
  station.write({ id, type, ...about, body: whole } as Parameters<StationParty["write"]>[0]);
  await kiosk.client.journal.ship(station.shipment());
  const asked = desk.client.call.invite({ call, person: watcherId, role: "observer", consent: id });
  expect(await codeOf(asked)).toBe("consent.notGiven");
});

test("taken back, whoever watches is out, and so is whoever was only asked", async () => {
  const ask = uuidv7();
  await desk.client.guest.ask({ call, ask, person: watcherId });
  const consent = await say(ask, "teach", "given");
  await watcher.client.call.accept({ call });
  await say(ask, "teach", "withdrawn");
  expect(rolesIn(await view(desk, (now) => rolesIn(now).length === 2))).toEqual(["resident", "doctor"]);
  expect(await codeOf(watcher.client.room.watch({ call }))).toBe("consult.notYours");
  const again = desk.client.call.invite({ call, person: watcherId, role: "observer", consent });
  expect(await codeOf(again)).toBe("consent.notGiven");
});

test("a relative comes in by a code that was read out, once, and with the smallest rights", async () => {
  const ask = uuidv7();
  await desk.client.guest.ask({ call, ask });
  expect(await codeOf(desk.client.guest.pass({ call, ask }))).toBe("consent.notGiven");
  await say(ask, "family", "given");
  const { code } = await desk.client.guest.pass({ call, ask });
  expect(code).toMatch(/^\d{10}$/);
  const spoken = code.replace(/(\d{5})/u, "$1 ");
  const guest = await family(spoken);
  const seen = await until(await guest.client.call.watch({ call }), () => true);
  expect(seen.participants.map(({ role }) => role)).toEqual(["resident", "doctor", "family"]);
  expect(seen).toMatchObject({ severity: 0, iceServers: [] });
  expect((await enter(code)).status).toBe(401);
  for (const ask of [
    () => guest.client.visit.watch({ call }),
    () => guest.client.blob.watch({ call }),
    () => guest.client.queue.watch(),
    () => guest.client.call.hangUp({ call }),
    () => guest.client.people.colleagues(),
  ])
    expect(await codeOf(ask())).toBe("account.forbidden");
  await until(await guest.client.room.watch({ call }), ({ seats }) => seats.length === 3);

  await say(ask, "family", "withdrawn");
  expect(rolesIn(await view(desk, (now) => rolesIn(now).length === 2))).toEqual(["resident", "doctor"]);
  expect(await codeOf(guest.client.call.watch({ call }))).toBe("account.signedOut");
});

test.each([
  ["after its minute", () => town.clock.advance(60_000)],
  ["when there is another", (ask: string) => desk.client.guest.pass({ call, ask })],
  ["when the doctor takes it back", (ask: string) => desk.client.guest.drop({ call, ask })],
  ["when the resident takes it back", (ask: string) => say(ask, "family", "withdrawn")],
  ["when nobody talks any more", () => desk.client.call.hangUp({ call })],
] as const)("a code is void %s", async (_, happens) => {
  const ask = await agreed();
  const { code } = await desk.client.guest.pass({ call, ask });
  await happens(ask);
  expect((await enter(code)).status).toBe(401);
});

test("guessing is slowed down", async () => {
  const tries = [];
  for (let nth = 0; nth < 6; nth += 1) tries.push((await enter(String(nth).padStart(10, "0"))).status);
  expect(tries).toEqual([401, 401, 401, 401, 401, 429]);
});

test("neither cookie opens the other's door", async () => {
  const ask = await agreed();
  const { code } = await desk.client.guest.pass({ call, ask });
  const answer = await enter(code);
  const token = /hub_guest=([^;]+)/.exec(answer.headers.get("set-cookie") ?? "")?.[1] ?? "";
  const asDesk = openLine(town.hub.address, { cookie: `hub_session=${token}`, origin: town.hub.address });
  await expect(asDesk).rejects.toMatchObject({ status: 401 });
});

test("over a restart of the hub a relative keeps the seat", async () => {
  const ask = await agreed();
  const { code } = await desk.client.guest.pass({ call, ask });
  const answer = await enter(code);
  const cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
  await town.stop();
  await town.start();
  const again = await openLine(town.hub.address, { cookie, origin: town.hub.address }, "/family/wire");
  expect((await until(await again.client.call.watch({ call }), () => true)).call).toBe(call);
});

test("another station has no word in it", async () => {
  const ask = uuidv7();
  await desk.client.guest.ask({ call, ask, person: watcherId });
  const other = await town.station("Station Elm");
  const line = await other.connect();
  const about = { actor: { role: "resident", id: resident }, subject: resident, visit };
  const body = { call, ask, scope: "teach", said: "given", version: "2026-11", way: "touch" } as const;
  other.write({ id: uuidv7(), type: "consent.inCall", ...about, body });
  await line.client.journal.ship(other.shipment());
  expect(await asksOf(desk)).toMatchObject([{ state: "asked" }]);
});
