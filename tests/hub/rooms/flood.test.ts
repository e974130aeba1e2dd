import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { createLogger } from "../../../hub/log.ts";
import type { RoomService } from "../../../hub/ports/room-service.ts";
import { whyNoJanus } from "../../../hub/rooms/janus/config.ts";
import { startJanus } from "../../../hub/rooms/janus/engine.ts";
import { superviseRooms } from "../../../hub/rooms/supervised.ts";
import { startWerift } from "../../../hub/rooms/werift/engine.ts";
import { systemClock } from "../../../hub/system-clock.ts";
import { flooding } from "../floods/flooding.ts";
import { PlainParty } from "./plain-party.ts";

/** Test 42 of the reliability list, at the rooms: whatever comes to their ports, the media of those who are in goes on. */
const folder = mkdtempSync(join(tmpdir(), "flood-rooms-"));
const processes: number[] = [];
const told = (pid: number) => void processes.push(pid);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const drivers = [
  { name: "the embedded worker", start: startWerift(told), missing: undefined },
  { name: "Janus", start: startJanus(folder, told), missing: whyNoJanus() },
];
const floodPerSecond = 2_000;
const seconds = 5;
const memoryMb = (pid: number) =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;

describe.each(drivers)("$name", ({ start, missing }) => {
  let service: RoomService;
  let room: string;
  let parties: PlainParty[] = [];
  const moved: string[] = [];

  beforeEach(async () => {
    processes.splice(0);
    moved.splice(0);
    service = superviseRooms({ start, clock: systemClock, log: createLogger("silent") });
    service.onEvent((event) => {
      if (event.kind === "moved") moved.push(event.room);
    });
    const made = await service.create();
    if (!made.ok) throw new Error(made.code);
    room = made.room;
    parties = [];
  });
  afterEach(async () => {
    await Promise.all(parties.map((party) => party.close()));
    await service.stop();
  });

  async function join(name: string): Promise<PlainParty> {
    const party = await PlainParty.join(service, room, name);
    parties.push(party);
    return party;
  }
  /** Who is alone has nobody to hear, and with Janus no way down. */
  const allIn = () =>
    expect.poll(() => parties.map(({ connected }) => connected), { timeout: 20_000 }).toEqual(parties.map(() => true));

  /** Voice of `from` for so many seconds; answers what share of it `to` heard. */
  async function share(from: PlainParty, to: PlainParty): Promise<number> {
    const before = to.heard;
    const began = performance.now();
    let sent = 0;
    while (sent < seconds * 50) {
      for (; sent < (performance.now() - began) / 20; sent += 1) from.send();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    return (to.heard - before) / sent;
  }

  test.skipIf(missing !== undefined)(
    `malformed and flooding STUN, DTLS, SRTP and RTCP${missing ?? ""}`,
    async () => {
      const [a, b] = [await join("a"), await join("b")];
      await allIn();
      const quiet = await share(a, b);
      const [pid = 0] = processes;
      const before = memoryMb(pid);
      const flood = await flooding({
        to: [...a.way.ports, ...b.way.ports],
        ssrcs: [a.way.ssrc],
        perSecond: floodPerSecond,
        seed: 42,
      });
      const busy = await share(a, b);
      const sent = flood.sent();
      await flood.end();
      const after = memoryMb(pid);
      process.stdout.write(
        `room flood: ${sent} datagrams to ${a.way.ports.length + b.way.ports.length} ports; voice heard ${(100 * quiet).toFixed(1)} % in quiet, ${(100 * busy).toFixed(1)} % in flood; memory ${before.toFixed(0)}, ${after.toFixed(0)} MB\n`,
      );
      expect(sent).toBeGreaterThan(floodPerSecond);
      expect(quiet).toBeGreaterThan(0.97);
      expect(busy).toBeGreaterThan(0.97);
      expect(moved).toEqual([]);
      expect(after - before).toBeLessThan(100);
      // Who comes now still comes in.
      const c = await join("c");
      await allIn();
      expect(await share(a, c)).toBeGreaterThan(0.97);
    },
    90_000,
  );
});
