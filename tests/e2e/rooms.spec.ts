import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { v7 as uuidv7 } from "uuid";
import type { RoomView } from "../../core/contract/hub-rooms.ts";
import type { StartEngine } from "../../hub/rooms/engine.ts";
import { whyNoJanus } from "../../hub/rooms/janus/config.ts";
import { startJanus } from "../../hub/rooms/janus/engine.ts";
import { startWerift } from "../../hub/rooms/werift/engine.ts";
import { Town, type HubClient } from "../hub/parties.ts";
import { openStage, type Stage } from "../hub/rooms/stage.ts";

/** Five in one call over the hub's own doors: a station, its doctor, two specialists and a village doctor. */

const folder = mkdtempSync(join(tmpdir(), "rooms-e2e-"));
const processes: number[] = [];
const note = (pid: number) => void processes.push(pid);
const drivers: readonly {
  readonly name: string;
  readonly start: StartEngine;
  readonly missing?: string | undefined;
}[] = [
  { name: "the embedded worker", start: startWerift(note) },
  { name: "Janus", start: startJanus(folder, note), missing: whyNoJanus() },
];
/** What the station may send, bits per second. */
const uplinkLimit = 300_000;

interface Party {
  readonly name: string;
  readonly page: Page;
  readonly view: () => RoomView | undefined;
}

/** A page that follows the hub: its seat, its signals, another epoch; and reports that it hears others. */
async function enter(stage: Stage, client: HubClient, call: string, name: string): Promise<Party> {
  let view: RoomView | undefined;
  let seatedAt: (seat: string) => void = () => undefined;
  const seated = new Promise<string>((resolve) => (seatedAt = resolve));
  const watch = async () => {
    for await (const now of await client.room.watch({ call })) {
      const moved = view !== undefined && view.epoch !== now.epoch && now.you !== undefined;
      view = now;
      if (now.you !== undefined) seatedAt(now.you);
      if (moved) await page.evaluate(() => window.party.moved());
    }
  };
  // The line ends with the town.
  watch().catch(() => undefined);
  const seat = await seated;
  const page = await stage.page(
    (signal) =>
      client.room.signal({ call, seat, id: uuidv7(), signal }).then(
        () => true,
        () => false,
      ),
    () => void client.room.up({ call, epoch: view?.epoch ?? 0, of: "room" }).catch(() => undefined),
  );
  const listen = async () => {
    for await (const { signal } of await client.room.signals({ call, seat, after: 0 }))
      await page.evaluate((heard) => window.party.hear(heard), signal);
  };
  listen().catch(() => undefined);
  await page.evaluate(() => window.party.open(true));
  return { name, page, view: () => view };
}

/** Pictures and voice packets of all others together, by seat. */
const arrivedAt = ({ page }: Party) => page.evaluate(() => window.party.arrived());

async function everybodySeesEverybody(all: readonly Party[], within: number): Promise<void> {
  await Promise.all(
    all.map(async (one) => {
      const before = await arrivedAt(one);
      await expect
        .poll(
          async () => {
            const now = await arrivedAt(one);
            return Object.entries(now).filter(([seat, { framesDecoded, audioPackets }]) => {
              const then = before[seat];
              const anew = then === undefined || framesDecoded < then.framesDecoded;
              return (
                framesDecoded > (anew ? 0 : then.framesDecoded) + 3 &&
                audioPackets > (anew ? 0 : then.audioPackets) + 20
              );
            }).length;
          },
          { message: `${one.name} sees and hears the others`, timeout: within },
        )
        .toBe(all.length - 1);
    }),
  );
}

test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

for (const { name, start, missing } of drivers) {
  test(`five parties through ${name}: all see and hear all, the station's line is spared, a killed server is no end`, async () => {
    test.skip(missing !== undefined, missing);
    const town = await Town.open({ rooms: start });
    const stage = await openStage();
    try {
      const kiosk = (await (await town.station()).connect()).client;
      const doctor = (await (await town.person("li")).connect()).client;
      const call = uuidv7();
      await kiosk.queue.join({ call, visit: uuidv7(), shownName: "S* One", severity: 2 });
      await doctor.call.accept({ call });
      const guests: (readonly [string, HubClient])[] = [];
      for (const [account, role] of [
        ["wang", "specialist"],
        ["zhao", "specialist"],
        ["sun", "villageDoctor"],
      ] as const) {
        const person = await town.person(account, role);
        const line = (await person.connect()).client;
        await doctor.call.invite({ call, person: person.id });
        await line.call.accept({ call });
        guests.push([account, line]);
      }
      const entered: Party[] = [];
      for (const [who, client] of [["station", kiosk], ["li", doctor], ...guests] as const)
        entered.push(await enter(stage, client, call, who));
      const [station] = entered;
      await everybodySeesEverybody(entered, 40_000);
      await expect.poll(() => station?.view()?.phase, { message: "the talk moved into the room" }).toBe("room");

      const rate = await station?.page.evaluate(async () => {
        const began = performance.now();
        const before = await window.party.sent();
        await new Promise((later) => setTimeout(later, 8_000));
        return (((await window.party.sent()) - before) * 8_000) / (performance.now() - began);
      });
      console.log(`${name}: the station sends ${Math.round((rate ?? 0) / 1_000)} kbit/s`);
      expect(rate, "bits per second that the station sends").toBeLessThan(uplinkLimit);
      expect(rate).toBeGreaterThan(20_000);

      const epoch = station?.view()?.epoch ?? 0;
      const killedAt = performance.now();
      process.kill(processes.at(-2) ?? 0, "SIGKILL");
      await expect.poll(() => station?.view()?.epoch ?? 0, { intervals: [20] }).toBeGreaterThan(epoch);
      console.log(`${name}: another server stands after ${Math.round(performance.now() - killedAt)} ms`);
      await everybodySeesEverybody(entered, 20_000);
      console.log(`${name}: everybody is back after ${Math.round(performance.now() - killedAt)} ms`);
    } finally {
      await stage.close();
      await town.end();
    }
  });
}
