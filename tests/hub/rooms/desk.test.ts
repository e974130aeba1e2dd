import { afterEach, beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { partyRoles, type PartyRole } from "../../../core/domain/calls.ts";
import { roomPowers } from "../../../core/domain/rooms.ts";
import { createMemorySignalBus } from "../../../hub/embedded/memory-signal-bus.ts";
import { createLogger } from "../../../hub/log.ts";
import type { StartEngine } from "../../../hub/rooms/engine.ts";
import { RoomDesk, type CallSeam, type RoomParty } from "../../../hub/rooms/room-desk.ts";
import { superviseRooms } from "../../../hub/rooms/supervised.ts";
import { Sfu } from "../../../hub/rooms/werift/sfu.ts";
import { fakeClock } from "../fake-clock.ts";

const clock = fakeClock();
const log = createLogger("silent");
const call = uuidv7();

/** The embedded server in this very process; `down` kills it. */
let down: (() => void)[] = [];
let broken = false;
let say: Parameters<StartEngine>[0]["event"] = () => undefined;
const inProcess: StartEngine = async (on) => {
  if (broken) return undefined;
  say = on.event;
  const sfu = new Sfu(on.event);
  down.push(on.down);
  return { ask: (command) => sfu.ask(command), stop: async () => undefined };
};

class Calls implements CallSeam {
  present: RoomParty[] | undefined = [];
  readonly done: string[] = [];
  #listeners = new Set<() => void>();

  async parties() {
    return this.present;
  }
  async running() {
    return this.present ? [call] : [];
  }
  async mute(_: string, party: string, muted: boolean, by: string) {
    this.done.push(`${by} ${muted ? "mutes" : "unmutes"} ${party}`);
    this.set((this.present ?? []).map((one) => (one.id === party ? { ...one, muted } : one)));
  }
  async remove(_: string, party: string, by: string) {
    this.done.push(`${by} removes ${party}`);
    this.set((this.present ?? []).filter((one) => one.id !== party));
  }
  onChange(listener: () => void) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
  set(present: RoomParty[] | undefined) {
    this.present = present;
    for (const listener of this.#listeners) listener();
  }
}

const party = (id: string, role: PartyRole): RoomParty => ({
  id,
  role,
  name: `Specimen ${id}`,
  muted: false,
  media: false,
});
const s = party("station", "resident");
const d = party("doctor", "doctor");
const x = party("specialist", "specialist");

let calls: Calls;
let desk: RoomDesk;

function makeDesk(): RoomDesk {
  return new RoomDesk({
    service: superviseRooms({ start: inProcess, clock, log }),
    calls,
    clock,
    bus: createMemorySignalBus(1),
    log,
  });
}

beforeEach(() => {
  down = [];
  broken = false;
  calls = new Calls();
  desk = makeDesk();
});
afterEach(() => desk.close());

const phase = () => desk.find(call)?.phase ?? "pair";
const becomes = (wanted: string) => expect.poll(phase, { interval: 5 }).toBe(wanted);
const seatOf = (id: string) => desk.find(call)?.seats.find((one) => one.party.id === id)?.seat ?? "";
const epoch = () => desk.find(call)?.epoch ?? -1;
const ready = { leg: "down", generation: 1, body: { kind: "ready" } } as const;

async function inRoom(): Promise<void> {
  calls.set([s, d, x]);
  await becomes("preparing");
  await desk.up(call, s.id, epoch(), "room");
  await desk.up(call, d.id, epoch(), "room");
  await becomes("room");
}

test("two talk without a room; the third brings one, and the talk moves only when both of the first two have it", async () => {
  calls.set([s, d]);
  await desk.resume();
  expect(desk.find(call)).toBeUndefined();
  calls.set([s, d, x]);
  await becomes("preparing");
  await desk.up(call, x.id, epoch(), "room");
  await desk.up(call, s.id, epoch(), "room");
  await desk.up(call, s.id, epoch(), "room");
  expect(phase()).toBe("preparing");
  await desk.up(call, d.id, epoch() - 1, "room");
  expect(phase(), "a report about another room").toBe("preparing");
  await desk.up(call, d.id, epoch(), "room");
  expect(phase()).toBe("room");
});

test("back to two: the room stays until both have their direct talk", async () => {
  await inRoom();
  calls.set([s, d]);
  await becomes("returning");
  expect(desk.find(call)?.seats.map(({ party: { id } }) => id)).toEqual([s.id, d.id]);
  await desk.up(call, s.id, epoch(), "pair");
  expect(phase()).toBe("returning");
  await desk.up(call, d.id, epoch(), "pair");
  expect(desk.find(call)).toBeUndefined();
});

test("a line whose media stopped is known until it runs again, or until another server begins anew", async () => {
  await inRoom();
  const room = desk.find(call)?.room ?? "";
  const leg = (of: "up" | "down", connected: boolean) =>
    say({ kind: "leg", room, participant: seatOf(s.id), leg: of, connected });
  const brokenNow = () =>
    desk
      .find(call)
      ?.seats.filter((one) => one.broken.length > 0)
      .map((one) => one.party.id);
  leg("up", true);
  expect(brokenNow()).toEqual([]);
  leg("up", false);
  leg("down", false);
  leg("up", true);
  expect(brokenNow()).toEqual([s.id]);
  leg("down", true);
  expect(brokenNow()).toEqual([]);
  leg("down", false);
  const before = epoch();
  for (const kill of down.splice(0)) kill();
  await expect.poll(epoch, { interval: 5 }).toBeGreaterThan(before);
  expect(brokenNow()).toEqual([]);
});

test("who comes while two return keeps the room", async () => {
  await inRoom();
  calls.set([s, d]);
  await becomes("returning");
  await desk.up(call, s.id, epoch(), "pair");
  calls.set([s, d, party("family", "family")]);
  await becomes("room");
  await desk.up(call, d.id, epoch(), "pair");
  expect(phase()).toBe("room");
});

test("an invited one who leaves before the move leaves the direct talk as it was", async () => {
  calls.set([s, d, x]);
  await becomes("preparing");
  calls.set([s, d]);
  await expect.poll(() => desk.find(call), { interval: 5 }).toBeUndefined();
});

test("the room ends with the call", async () => {
  await inRoom();
  calls.set(undefined);
  await expect.poll(() => desk.find(call), { interval: 5 }).toBeUndefined();
  expect(await desk.hear(call, s.id, uuidv7(), ready)).toEqual({ ok: false, code: "room.ended" });
});

test("signals come in order, each once, to their own seat; who has no seat has none", async () => {
  calls.set([s, d, x]);
  await becomes("preparing");
  const id = uuidv7();
  expect(await desk.hear(call, s.id, id, ready)).toEqual({ ok: true });
  expect(await desk.hear(call, s.id, id, { ...ready, generation: 2 })).toEqual({ ok: true });
  await expect.poll(() => desk.signals(call, seatOf(s.id), 0).length, { interval: 5 }).toBe(1);
  const [only] = desk.signals(call, seatOf(s.id), 0);
  expect(only).toMatchObject({
    seq: 1,
    signal: { leg: "down", generation: 1, body: { kind: "description", type: "offer" } },
  });
  expect(desk.signals(call, seatOf(s.id), 1)).toEqual([]);
  expect(desk.signals(call, seatOf(d.id), 0)).toEqual([]);
  expect(desk.signals(call, "guess", 0)).toEqual([]);
  expect(await desk.hear(call, "stranger", uuidv7(), ready)).toEqual({ ok: false, code: "room.ended" });
  expect(await desk.hear(uuidv7(), s.id, uuidv7(), ready)).toEqual({ ok: false, code: "room.ended" });
});

test("a dead media worker is another epoch of the same seats, and what it said is forgotten", async () => {
  await inRoom();
  await desk.hear(call, s.id, uuidv7(), ready);
  await expect.poll(() => desk.signals(call, seatOf(s.id), 0).length, { interval: 5 }).toBe(1);
  const before = { epoch: epoch(), seat: seatOf(s.id) };
  down[0]?.();
  await expect.poll(epoch, { interval: 5 }).toBeGreaterThan(before.epoch);
  expect(phase()).toBe("room");
  expect(seatOf(s.id)).toBe(before.seat);
  expect(desk.signals(call, before.seat, 0)).toEqual([]);
  expect(await desk.hear(call, s.id, uuidv7(), { ...ready, generation: 2 })).toEqual({ ok: true });
  await expect.poll(() => desk.signals(call, before.seat, 1).length, { interval: 5 }).toBe(1);
});

test("a hub that comes back takes the room up where it was", async () => {
  calls.present = [s, d, x].map((one) => ({ ...one, media: true }));
  await desk.resume();
  expect(phase()).toBe("room");
});

test("without a media server the direct talk goes on, and the next change tries again", async () => {
  broken = true;
  calls.set([s, d, x]);
  await desk.resume();
  expect(desk.find(call)).toBeUndefined();
  broken = false;
  calls.set([s, d, x]);
  await becomes("preparing");
});

test("more than eight do not fit, and that is said", async () => {
  calls.set([s, d, ...Array.from({ length: 7 }, (_, nth) => party(`f${nth}`, "family"))]);
  await becomes("preparing");
  expect(desk.find(call)).toMatchObject({ code: "room.full" });
  expect(desk.find(call)?.seats).toHaveLength(8);
});

const pairs = partyRoles.flatMap((by) => partyRoles.map((whom) => ({ by, whom })));

test.each(pairs)("$by may mute and put out $whom only as the table says", async ({ by, whom }) => {
  const [actor, target] = [party("actor", by), party("target", whom)];
  calls.set([actor, target, party("third", "family")]);
  await becomes("preparing");
  const seat = seatOf("target");
  const mayMute = roomPowers[by].mute.includes(whom);
  const mayRemove = roomPowers[by].remove.includes(whom);
  const no = { ok: false, code: "room.notAllowed" };
  expect(await desk.mute(call, "actor", seat, true)).toEqual(mayMute ? { ok: true } : no);
  expect(await desk.remove(call, "actor", seat)).toEqual(mayRemove ? { ok: true } : no);
  expect(calls.done).toEqual([
    ...(mayMute ? ["actor mutes target"] : []),
    ...(mayRemove ? ["actor removes target"] : []),
  ]);
});

test.each(partyRoles)("%s may mute themselves, and leave", async (role) => {
  calls.set([party("actor", role), d, s]);
  await becomes("preparing");
  expect(await desk.mute(call, "actor", seatOf("actor"), true)).toEqual({ ok: true });
  expect(await desk.remove(call, "actor", seatOf("actor"))).toEqual({ ok: true });
  expect(await desk.mute(call, "stranger", seatOf(d.id), true)).toEqual({ ok: false, code: "room.ended" });
});

test("the resident always stays, and may always send away who only watches", () => {
  for (const role of partyRoles) expect(roomPowers[role].remove).not.toContain("resident");
  expect(roomPowers.resident.remove).toContain("observer");
});
