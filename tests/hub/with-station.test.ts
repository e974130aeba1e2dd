import { hash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRouterClient } from "@orpc/server";
import { afterEach, beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { consultHandlers } from "../../station/consult/consult.ts";
import { openHubLink, type HubLink } from "../../station/consult/hub-link.ts";
import { silentLogger } from "../../station/log/logger.ts";
import { openStore, type Store } from "../../station/store/store.ts";
import { systemClock } from "../../hub/system-clock.ts";
import {
  codeOf,
  openKey,
  opinionWish,
  pressure,
  Town,
  until,
  visitEntries,
  type Line,
  type PersonParty,
} from "./parties.ts";
import { hear, say } from "./talk-kit.ts";

/** The station's real link and journal at the real hub: the two halves of the wire must mean the same. */
let town: Town;
let folder: string;
let store: Store;
let link: HubLink;
let doctor: PersonParty;
let desk: Line;

beforeEach(async () => {
  town = new Town();
  await town.start({ clock: systemClock });
  folder = mkdtempSync(join(tmpdir(), "hub-station-"));
  const opened = await openStore({ folder, key: new Uint8Array(32).fill(5) });
  if (!opened.ok) throw new Error(opened.code);
  store = opened.store;
  const enrolCode = await town.hub.newEnrolCode();
  link = openHubLink({
    address: town.hub.address,
    enrolCode,
    store,
    clock: systemClock,
    log: silentLogger,
    name: "E",
    place: "Village",
  });
  doctor = await town.person("li");
  desk = await doctor.connect();
});
afterEach(async () => {
  await link.close();
  await store.close();
  await town.end();
  rmSync(folder, { recursive: true, force: true });
});

test("enrolment, journal, call, signals, opinion and finish go through both halves, and both journals end alike", async () => {
  const visit = uuidv7();
  const resident = uuidv7();
  await store.append(visitEntries(visit, resident));
  await store.append([
    {
      id: uuidv7(),
      type: "consent.given",
      actor: { role: "resident", id: resident },
      subject: resident,
      visit,
      body: { scope: "send", version: "2026-11", way: "touch" },
    },
  ]);
  link.kick();
  const agreed = { given: true, version: "2026-11", entry: uuidv7(), at: "2026-11-02T01:00:00.000Z" };
  const consents = { keep: agreed, send: agreed };
  const consult = consultHandlers(
    link,
    {
      find: (id) =>
        id === visit
          ? { visit, subject: resident, shownName: "S* One", severity: 3, knownDiagnosis: false, consents }
          : undefined,
      changed: () => undefined,
      news: () => undefined,
    },
    store,
    systemClock,
  );
  const page = createRouterClient(consult.handlers);
  await told(() => link.state === "up");

  const call = uuidv7();
  await page.request({ call, visit });
  const queue = await desk.client.queue.watch();
  await until(queue, (items) => items.some((item) => item.call === call));
  const accepted = await desk.client.call.accept({ call });
  const seen = await page.watch({ call });
  await until(seen, (view) => view.state === "ringing");

  const ticket = accepted.ticket ?? "";
  await say(town, desk, { call, ticket, body: { kind: "restart", generation: 1 } });
  const heard = await page.signals({ call, after: 0 });
  expect(await until(heard, () => true)).toEqual({ seq: 1, body: { kind: "restart", generation: 1 } });
  const back = await hear(desk, { call, ticket });
  await sent(() => page.signal({ call, body: { kind: "restart", generation: 2 } }));
  expect((await until(back, () => true)).body).toEqual({ kind: "restart", generation: 2 });
  await page.mediaUp({ call });
  await desk.client.call.mediaUp({ call });
  await until(seen, (view) => view.state === "active");

  const record = await desk.client.visit.watch({ call });
  await until(record, (now) => now.resident?.name === "Specimen One" && now.results.length === 1);
  await openKey(desk, doctor);
  const opinion = await desk.client.opinion.sign(opinionWish(call));
  await until(seen, (view) => view.opinion?.id === opinion.id);
  expect(await store.visit(visit)).toMatchObject({ opinions: [opinion] });
  // An urgent one is not closed without saying how it ended.
  expect(await codeOf(desk.client.visit.finish({ call }))).toBe("consult.outcomeNeeded");
  await desk.client.visit.finish({ call, outcome: "solved" });
  await until(seen, (view) => view.state === "finished");

  await told(() => link.unsent === 0);
  expect(await town.hub.parts.records.held(store.owner)).toEqual(await store.head());
  consult.close();
});

test("a consent taken back in the call is told to the doctor, who sees no reading of after it; given again, they are seen", async () => {
  const [visit, resident, call] = [uuidv7(), uuidv7(), uuidv7()];
  const about = { actor: { role: "resident", id: resident }, subject: resident, visit };
  const said = (type: "consent.given" | "consent.withdrawn") =>
    store.append([{ ...about, id: uuidv7(), type, body: { scope: "send", version: "2026-11", way: "touch" } }]);
  await store.append(visitEntries(visit, resident));
  await said("consent.given");
  link.kick();
  const agreed = { given: true, version: "2026-11", entry: uuidv7(), at: "2026-11-02T01:00:00.000Z" };
  const gist = { visit, subject: resident, shownName: "S* One", severity: 0, knownDiagnosis: false };
  const consult = consultHandlers(
    link,
    { find: () => ({ ...gist, consents: { send: agreed } }), changed: () => undefined, news: () => undefined },
    store,
    systemClock,
  );
  await told(() => link.state === "up");
  await createRouterClient(consult.handlers).request({ call, visit });
  await until(await desk.client.queue.watch(), (items) => items.some((item) => item.call === call));
  await desk.client.call.accept({ call });
  const record = await desk.client.visit.watch({ call });
  const before = await until(record, (now) => now.results.length === 1);
  expect(before.notSentSince).toBeUndefined();

  await store.append([pressure(visit, resident, uuidv7(), 150)]);
  await said("consent.withdrawn");
  await store.append([pressure(visit, resident, uuidv7(), 190)]);
  link.kick();
  const after = await until(record, (now) => now.notSentSince !== undefined);
  await told(() => link.unsent === 0);
  expect(after.results).toEqual(before.results);
  expect(JSON.stringify(await town.hub.parts.records.entriesOfVisit(store.owner, visit))).not.toMatch(/\b1[59]0\b/u);

  await said("consent.given");
  link.kick();
  await until(
    record,
    ({ notSentSince, results }) =>
      notSentSince === undefined && results.flatMap(({ measurements }) => measurements).length === 3,
  );
  consult.close();
});

test("a message left at the station is answered from the work list, and the answer waits there for the next visit", async () => {
  const [visit, resident, call, blob] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()];
  await store.append(visitEntries(visit, resident));
  link.kick();
  const agreed = { given: true, version: "2026-11", entry: uuidv7(), at: "2026-11-02T01:00:00.000Z" };
  const gist = {
    visit,
    subject: resident,
    shownName: "S* One",
    severity: 2,
    knownDiagnosis: true,
    consents: { keep: agreed, send: agreed },
  };
  const desks = {
    find: (id: string) => (id === visit ? gist : undefined),
    changed: () => undefined,
    news: () => undefined,
  };
  const consult = consultHandlers(link, desks, store, systemClock);
  const page = createRouterClient(consult.handlers);
  const voice = Buffer.alloc(50_000, 3);
  for (let offset = 0; offset < voice.length; offset += 8_000)
    await page.piece({ visit, blob, offset, piece: voice.subarray(offset, offset + 8_000).toString("base64") });
  const digest = hash("sha256", voice, "hex");
  const brings = [
    { blob, kind: "voiceNote" as const, media: "audio/webm" as const, bytes: voice.length, hash: digest },
  ];
  await page.leaveMessage({ call, visit, brings });
  // A lost answer: asked again it is the message that was kept.
  await page.leaveMessage({ call, visit, brings });

  const list = await desk.client.work.watch();
  await until(list, (items) => items.some((item) => item.call === call && item.blobs.whole === 1));
  await desk.client.work.take({ call });
  const first = await desk.client.blob.get({ blob, offset: 0, length: 8_000 });
  expect(Buffer.from(first.piece, "base64")).toEqual(voice.subarray(0, 8_000));
  await openKey(desk, doctor);
  const opinion = await desk.client.opinion.sign(opinionWish(call));
  await desk.client.work.answer({ call, outcome: "solved" });
  await expect.poll(() => store.arrivedFor(resident, uuidv7())).toEqual([opinion]);
  consult.close();
});

/** Until the link has told of it. */
async function told(fact: () => boolean): Promise<void> {
  if (fact()) return;
  await new Promise<void>((resolve) => {
    const stop = link.onChange(() => {
      if (!fact()) return;
      stop();
      resolve();
    });
  });
}

/** The station knows its ticket a moment after the page knows that it rings. */
async function sent(act: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await act();
      return;
    } catch (error) {
      if (!(error instanceof Error) || !JSON.stringify(error).includes("hubAway")) throw error;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
