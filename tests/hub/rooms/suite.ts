import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createLogger } from "../../../hub/log.ts";
import type { ToRoom } from "../../../core/contract/room-signals.ts";
import type { RoomService } from "../../../hub/ports/room-service.ts";
import type { StartEngine } from "../../../hub/rooms/engine.ts";
import { superviseRooms } from "../../../hub/rooms/supervised.ts";
import { systemClock } from "../../../hub/system-clock.ts";
import { openHall, openStage, type Hall, type Party, type Stage } from "./stage.ts";

export interface Driver {
  readonly name: string;
  readonly start: StartEngine;
  /** Process ids in the order of starting: the first that lives serves, the next stands by. */
  readonly processes: readonly number[];
  /** Whether voice keeps its redundancy on the way through. */
  readonly keepsRed: boolean;
  /** Why it cannot run here, if it cannot. */
  readonly missing?: string | undefined;
}

/** What every driver of rooms must do, with real pages and real media. */
export function roomSuite(driver: Driver): void {
  const { missing } = driver;
  describe.skipIf(missing !== undefined)(
    `rooms over ${driver.name}${missing === undefined ? "" : ` (${missing})`}`,
    () => {
      let stage: Stage;
      let service: RoomService;
      let hall: Hall;
      let killed = 0;

      beforeAll(async () => {
        stage = await openStage();
        service = superviseRooms({ start: driver.start, clock: systemClock, log: createLogger("silent") });
      });
      afterAll(async () => {
        await service.stop();
        await stage.close();
      });
      beforeEach(async () => {
        hall = await openHall(stage, service);
      });
      afterEach(() => hall.close());

      test("three join and everybody sees and hears both others, and nobody else", async () => {
        const all = await three(hall);
        await eachSeesAll(all);
        for (const one of all) expect(await one.shown()).toEqual(namesBeside(all, one));
        if (!driver.keepsRed) return;
        await expect
          .poll(async () => (await all[0].from("b")).redundant, { message: "redundant voice arrives", timeout: 5_000 })
          .toBeGreaterThan(25);
      });

      test("who leaves is gone from the others' screens, and who is removed gets nothing any more", async () => {
        const [a, b, c] = await three(hall);
        await eachSeesAll([a, b, c]);
        await c.leave();
        await expect.poll(() => a.shown()).toEqual(["b"]);
        await service.remove(hall.room, "b");
        await expect.poll(() => a.shown()).toEqual([]);
        const packets = (await b.from("a")).packets;
        await eachStill(async () => (await b.from("a")).packets === packets || (await b.shown()).length === 0);
        expect(await service.hear(hall.room, "b", ready(Date.now() + 1_000_000))).toEqual({
          ok: false,
          code: "room.ended",
        });
      });

      test("a muted one is not heard but seen, and is heard again when unmuted", async () => {
        const [a, b, c] = await three(hall);
        await eachSeesAll([a, b, c]);
        await service.mute(hall.room, "b", true);
        await risesNoMore(a, "b", "packets");
        await rises(a, "b", "frames");
        await rises(a, "c", "packets");
        await service.mute(hall.room, "b", false);
        await rises(a, "b", "packets");
      });

      test("a weak line is given voices alone, then everything again", async () => {
        const [a, b, c] = await three(hall);
        await eachSeesAll([a, b, c]);
        await service.receive(hall.room, "a", "voice");
        await risesNoMore(a, "b", "frames");
        await risesNoMore(a, "c", "frames");
        await rises(a, "b", "packets");
        await rises(b, "a", "frames");
        await service.receive(hall.room, "a", "all");
        await rises(a, "b", "frames");
        await rises(a, "c", "frames");
      });

      test("a line for one picture is given the speaker's only", async () => {
        const [a, b, c] = await three(hall);
        await eachSeesAll([a, b, c]);
        await service.receive(hall.room, "a", "speaker");
        await expect
          .poll(
            async () => {
              const before = [(await a.from("b")).frames, (await a.from("c")).frames] as const;
              await passes(a, "b", "packets", 50);
              const moving = [(await a.from("b")).frames > before[0] + 3, (await a.from("c")).frames > before[1] + 3];
              return moving.filter(Boolean).length;
            },
            { timeout: 10_000 },
          )
          .toBe(1);
      });

      test("an observer sees and hears everybody and is not in the picture", async () => {
        const [a, b] = [await hall.party("a"), await hall.party("b")];
        const o = await hall.party("o", { sends: false });
        await sees(o, "a", 5_000);
        await sees(o, "b", 5_000);
        expect(await a.shown()).toEqual(["b"]);
        expect(await b.shown()).toEqual(["a"]);
        expect(await o.sent()).toBe(0);
      });

      test("a party whose page died is back within 5 s", async () => {
        const [a, b, c] = await three(hall);
        await eachSeesAll([a, b, c]);
        await c.reload();
        await eachSeesAll([a, b, c], 5_000);
      });

      test("when the media server is killed, another stands within 1 s and everybody is back within 5 s", async () => {
        const [a, b, c] = await three(hall);
        await service.mute(hall.room, "b", true);
        await eachSeesAll([a, c]);
        const killedAt = performance.now();
        process.kill(driver.processes[killed]!, "SIGKILL");
        killed += 1;
        await expect.poll(() => hall.events.includes("moved"), { timeout: 3_000, interval: 10 }).toBe(true);
        expect(performance.now() - killedAt, "the new one stands").toBeLessThan(1_000);
        await eachSeesAll([a, c], 5_000);
        await sees(b, "a", 5_000);
        expect(performance.now() - killedAt, "everybody is back").toBeLessThan(5_000);
        await risesNoMore(a, "b", "packets");
      });

      test("a stranger who knows the room's name gets nothing", async () => {
        const [a, b] = [await hall.party("a"), await hall.party("b")];
        await eachSeesAll([a, b]);
        const told: string[] = [];
        const stop = service.onEvent((event) => {
          if (event.kind === "signal") told.push(event.participant);
        });
        for (const stranger of ["s", "", "a "])
          expect(await service.hear(hall.room, stranger, ready(1))).toEqual({ ok: false, code: "room.ended" });
        expect(await service.hear("another", "a", ready(1))).toEqual({ ok: false, code: "room.ended" });
        expect(await service.mute(hall.room, "s", true)).toEqual({ ok: false, code: "room.ended" });
        await rises(a, "b", "packets");
        stop();
        expect(told).toEqual([]);
        expect(hall.room).toMatch(/^[0-9a-f]{32}$/);
      });

      test("what is no description does no harm", async () => {
        const [a, b] = [await hall.party("a"), await hall.party("b")];
        await eachSeesAll([a, b]);
        const junk = await service.join(hall.room, { participant: "x", sends: true, muted: false, receives: "all" });
        expect(junk.ok).toBe(true);
        const generation = 1;
        await service.hear(hall.room, "x", {
          leg: "up",
          generation,
          body: { kind: "description", type: "offer", sdp: "v=0 nonsense" },
        });
        await service.hear(hall.room, "x", {
          leg: "down",
          generation,
          body: { kind: "description", type: "answer", sdp: "" },
        });
        await service.hear(hall.room, "x", ready(2));
        await service.hear(hall.room, "x", {
          leg: "down",
          generation: 2,
          body: { kind: "candidate", candidate: "candidate:bent", sdpMid: "99", sdpMLineIndex: 99 },
        });
        await eachSeesAll([a, b]);
      });

      test("a full room says so", async () => {
        const seats = Array.from({ length: 8 }, (_, nth) => `p${nth}`);
        for (const participant of seats)
          expect(await service.join(hall.room, { participant, sends: true, muted: false, receives: "voice" })).toEqual({
            ok: true,
          });
        expect(
          await service.join(hall.room, { participant: "p8", sends: true, muted: false, receives: "voice" }),
        ).toEqual({
          ok: false,
          code: "room.full",
        });
      });
    },
  );
}

const ready = (generation: number): ToRoom => ({ leg: "down", generation, body: { kind: "ready" } });

function namesBeside(all: readonly Party[], one: Party): readonly string[] {
  return all.filter((other) => other !== one).map((other) => other.name);
}

type Counter = "frames" | "packets";

async function passes(one: Party, other: string, key: Counter, by: number): Promise<void> {
  const before = (await one.from(other))[key];
  await expect
    .poll(async () => (await one.from(other))[key], { timeout: 5_000, interval: 50 })
    .toBeGreaterThan(before + by);
}

const rises = (one: Party, other: string, key: Counter) => passes(one, other, key, 5);

/** From some moment within 3 s on nothing comes, while half a second of somebody else's voice does. */
async function risesNoMore(one: Party, other: string, key: Counter): Promise<void> {
  await expect
    .poll(
      async () => {
        const before = (await one.from(other))[key];
        const until = performance.now() + 500;
        await expect.poll(() => performance.now(), { interval: 50 }).toBeGreaterThan(until);
        return (await one.from(other))[key] - before;
      },
      { message: `${one.name} gets no more ${key} of ${other}`, timeout: 4_000, interval: 50 },
    )
    .toBe(0);
}

async function eachStill(fact: () => Promise<boolean>): Promise<void> {
  await expect.poll(fact, { timeout: 2_000 }).toBe(true);
}

async function three(hall: Hall): Promise<readonly [Party, Party, Party]> {
  return Promise.all([hall.party("a"), hall.party("b"), hall.party("c")]);
}

/** Pictures and voice of every other party go on rising, from now on, within five seconds. */
export async function eachSeesAll(all: readonly Party[], withinMs = 15_000): Promise<void> {
  await Promise.all(
    all.flatMap((one) => all.filter((other) => other !== one).map((other) => sees(one, other.name, withinMs))),
  );
}

async function sees(one: Party, other: string, withinMs: number): Promise<void> {
  const before = await one.from(other);
  await expect
    .poll(
      async () => {
        const now = await one.from(other);
        // A new connection counts from nothing again.
        const risen = (key: "frames" | "packets") => now[key] - (now[key] < before[key] ? 0 : before[key]);
        return risen("frames") > 5 && risen("packets") > 25;
      },
      { message: `${one.name} sees and hears ${other}`, timeout: withinMs, interval: 100 },
    )
    .toBe(true);
}
