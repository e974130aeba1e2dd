import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRouterClient } from "@orpc/server";
import { expect, onTestFinished, test, vi } from "vitest";
import { v7 as uuidv7 } from "uuid";
import type { ToRoom } from "../../../core/contract/room-signals.ts";
import type { StartEngine } from "../../../hub/rooms/engine.ts";
import { Sfu } from "../../../hub/rooms/werift/sfu.ts";
import { systemClock } from "../../../hub/system-clock.ts";
import { consultHandlers } from "../../../station/consult/consult.ts";
import { openHubLink } from "../../../station/consult/hub-link.ts";
import { silentLogger } from "../../../station/log/logger.ts";
import { openStore } from "../../../station/store/store.ts";
import { Town, until } from "../parties.ts";

/** The station's page in a room, through the station's real link at the real hub. */

const inProcess: StartEngine = async (on) => {
  const sfu = new Sfu(on.event);
  return { ask: (command) => sfu.ask(command), stop: async () => undefined };
};
const ready: ToRoom = { leg: "down", generation: 1, body: { kind: "ready" } };

test("the page sees the room, speaks to it under the station's ticket, and reports that it hears", async () => {
  const town = new Town();
  await town.start({ clock: systemClock, rooms: inProcess });
  onTestFinished(() => town.end());
  const folder = mkdtempSync(join(tmpdir(), "seat-"));
  const opened = await openStore({ folder, key: new Uint8Array(32).fill(5) });
  if (!opened.ok) throw new Error(opened.code);
  const { store } = opened;
  onTestFinished(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const enrolCode = await town.hub.newEnrolCode();
  const { address } = town.hub;
  const about = { store, clock: systemClock, log: silentLogger, name: "E", place: "Village" };
  const link = openHubLink({ address, enrolCode, ...about });
  onTestFinished(() => link.close());
  const visit = uuidv7();
  const agreed = { given: true, version: "2026-11", entry: uuidv7(), at: "2026-11-02T01:00:00.000Z" };
  const gist = { visit, subject: null, shownName: "S*", severity: 1, knownDiagnosis: true, consents: { send: agreed } };
  const visits = {
    find: (id: string) => (id === visit ? gist : undefined),
    changed: () => undefined,
    news: () => undefined,
  };
  const consult = consultHandlers(link, visits, store, systemClock);
  onTestFinished(() => consult.close());
  const page = createRouterClient(consult.handlers);
  await vi.waitFor(() => expect(link.state).toBe("up"), { timeout: 10_000 });

  const desk = await (await town.person("li")).connect();
  const specialist = await town.person("wang", "specialist");
  const guest = await specialist.connect();
  const call = uuidv7();
  await page.request({ call, visit });
  await until(await desk.client.queue.watch(), (items) => items.some((item) => item.call === call));
  await desk.client.call.accept({ call });
  const seen = await page.room.watch({ call });
  await desk.client.call.invite({ call, person: specialist.id });
  await guest.client.call.accept({ call });
  const { you = "", epoch } = await until(seen, (view) => view.seats.length === 3);

  await page.room.signal({ call, seat: you, id: uuidv7(), signal: ready });
  const heard = await page.room.signals({ call, seat: you, after: 0 });
  expect(await until(heard, () => true)).toMatchObject({ seq: 1, signal: { leg: "down", body: { type: "offer" } } });
  await page.room.up({ call, epoch, of: "room" });
  await desk.client.room.up({ call, epoch, of: "room" });
  await until(seen, ({ phase }) => phase === "room");

  await guest.client.call.leave({ call });
  await until(seen, ({ phase }) => phase === "returning");
  await page.room.up({ call, epoch, of: "pair" });
  await desk.client.room.up({ call, epoch, of: "pair" });
  await until(seen, ({ phase, you: seat }) => phase === "pair" && seat === undefined);
});
