import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { v7 as newId } from "uuid";
import { expect, onTestFinished, test } from "vitest";
import { bodyOf } from "../../../core/journal/visit-results.ts";
import type { VisitView } from "../../../core/contract/views.ts";
import { findProfile } from "../../../drivers/find-profile.ts";
import { createStation } from "../../../station/host.ts";
import { silentLogger } from "../../../station/log/logger.ts";
import { stationSettings } from "../../../station/settings.ts";
import { databaseFile } from "../../../station/store/engine.ts";
import { openStore } from "../../../station/store/store.ts";
import { Scribe } from "../../../station/visits/scribe.ts";
import { bench, fact } from "../consult/kit.ts";
import { FakeChannels, simulated } from "../fakes/channels.ts";
import { FakeClock } from "../fakes/clock.ts";
import {
  advanceUntil,
  codeOf,
  follow,
  readJournal,
  startStation,
  stationWith,
  tempFolder,
  testKey,
} from "../fakes/station.ts";

const cuff = findProfile("raycome-rbp-9000c")!;
const typesOf = (entries: readonly { readonly type: string }[]): string[] => entries.map(({ type }) => type);

async function plain(settings: Parameters<typeof stationWith>[1] = {}) {
  return stationWith([], settings);
}

test("a simulated station brings specimens along, marked, named in part, and once only", async () => {
  const folder = tempFolder();
  const parts = { folder, channels: new FakeChannels(), settings: { simulated: true } };
  const first = await startStation({ ...parts, clock: new FakeClock() });
  await first.station.close();
  const second = await startStation({ ...parts, clock: new FakeClock() });
  const { residents, simulated: said } = second.station.view();
  expect(said).toBe(true);
  expect(residents.map(({ shownName, specimen }) => [shownName, specimen])).toEqual([
    ["样本·王*妈", true],
    ["样本·李*爷", true],
    ["样本·赵*梅", true],
  ]);
  expect(typesOf(await second.journal()).filter((type) => type === "resident.registered")).toHaveLength(3);
});

test("a station in earnest knows no specimens", async () => {
  expect((await plain()).station.view()).toMatchObject({
    residents: [],
    simulated: false,
    hub: "none",
    unsent: 0,
    proof: "whole",
    storage: "ok",
  });
});

test("with every network off, the number the hub said last is there from power-on", async () => {
  const folder = tempFolder();
  const before = await openStore({ folder, key: testKey });
  if (!before.ok) throw new Error(before.code);
  await before.store.putDutyPhone("0500-0000000");
  await before.store.close();
  const parts = { folder, channels: new FakeChannels(), clock: new FakeClock() };
  const { station } = await startStation({ ...parts, settings: { dutyPhone: "0500-9999999" } });
  expect(station.view()).toMatchObject({ hub: "none", dutyPhone: "0500-0000000" });
});

test("opening twice is one visit; another one replaces it, and the first is told that it is closed", async () => {
  const { client, journal } = await plain();
  const [one, two] = [newId(), newId()];
  await client.visit.open({ id: one, who: { kind: "guest" } });
  expect(await client.visit.open({ id: one, who: { kind: "guest" } })).toMatchObject({
    id: one,
    closed: false,
    results: [],
  });
  const seen: VisitView[] = [];
  const watching = (async () => {
    for await (const view of await client.visit.watch({ visit: one })) seen.push(view);
  })();
  await client.visit.open({ id: two, who: { kind: "guest" } });
  await watching;
  expect(seen.at(-1)).toMatchObject({ id: one, closed: true });
  expect(await codeOf(client.visit.watch({ visit: one }))).toBe("visit.closed");
  expect(await client.visit.open({ id: one, who: { kind: "guest" } })).toMatchObject({ id: one, closed: true });
  const closings = (await journal()).flatMap((entry) => bodyOf(entry, "visit.closed")?.reason ?? []);
  expect(closings).toEqual(["replaced", "hostStopped"]);
});

test("leaving twice is leaving once, and nothing starts in a visit that was left", async () => {
  const { client, journal } = await plain();
  const visit = newId();
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  await Promise.all([client.visit.leave({ visit, reason: "idle" }), client.visit.leave({ visit, reason: "left" })]);
  await client.visit.leave({ visit, reason: "left" });
  expect(await codeOf(client.measure.start({ id: newId(), visit, of: "glucose", context: {} }))).toBe("visit.closed");
  expect((await journal()).flatMap((entry) => bodyOf(entry, "visit.closed")?.reason ?? [])).toEqual(["idle"]);
});

test("nobody can be visited for who is not registered", async () => {
  const { client } = await plain();
  expect(await codeOf(client.visit.open({ id: newId(), who: { kind: "specimen", resident: newId() } }))).toBe(
    "wire.badInput",
  );
});

test("a full disk is said, and refused before anything is measured", async () => {
  const { client, station } = await startStation({
    clock: new FakeClock(),
    channels: new FakeChannels(),
    reserveBytes: Number.MAX_SAFE_INTEGER,
  });
  expect(station.view().storage).toBe("full");
  expect(await codeOf(client.visit.open({ id: newId(), who: { kind: "guest" } }))).toBe("store.full");
});

/** A small disk in memory; undefined where mounting is not allowed. */
function smallDisk(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), "station-disk-"));
  if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=16m", "tmpfs", folder]).status !== 0) return undefined;
  onTestFinished(() => void spawnSync("umount", [folder]));
  return folder;
}

test("a disk that fills up during a visit refuses the next start, and takes it once there is room again", async (context) => {
  const disk = smallDisk();
  if (disk === undefined) return context.skip("mounting a small disk is not allowed here");
  const clock = new FakeClock();
  const channels = new FakeChannels();
  const port = channels.plug("/dev/cuff");
  simulated(port, cuff, clock);
  const devices = [{ profile: cuff.id, port: "/dev/cuff" }];
  const parts = { folder: join(disk, "data"), reserveBytes: 4_000_000, settings: { devices } };
  const { client, station } = await startStation({ ...parts, clock, channels });
  const visit = newId();
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  const start = () => codeOf(client.measure.start({ id: newId(), visit, of: "bloodPressure", context: {} }));
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(join(disk, "ballast"), Buffer.alloc(bavail * bsize - 3_000_000, 1));
  expect(await start()).toBe("store.full");
  await advanceUntil(clock, () => station.view().storage === "full", "the page is told");
  expect(port.sent).toEqual([]);
  rmSync(join(disk, "ballast"));
  expect(await start()).toBeUndefined();
  await advanceUntil(clock, () => station.view().storage === "ok", "the page is told again");
});

test("a hub that is away at the start keeps nobody from measuring, and is said to be away", async () => {
  const clock = new FakeClock();
  const channels = new FakeChannels();
  const port = channels.plug("/dev/cuff");
  simulated(port, cuff, clock);
  const { client, station } = await startStation({
    clock,
    channels,
    // Port 9 of this machine: nobody listens there.
    hub: { address: "http://127.0.0.1:9", enrolCode: "none" },
    settings: { devices: [{ profile: cuff.id, port: "/dev/cuff" }] },
  });
  const [visit, id] = [newId(), newId()];
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  await client.measure.start({ id, visit, of: "bloodPressure", context: {} });
  const { events, over } = follow(client, id);
  await advanceUntil(clock, () => events.some(({ kind }) => kind === "confirm"), "confirm");
  await client.measure.confirm({ id, same: true });
  await over;
  expect(events.at(-1)).toEqual({ kind: "ended", how: "finished" });
  expect(station.view()).toMatchObject({ hub: "away" });
  await advanceUntil(clock, () => station.view().unsent > 0, "what waits for the hub is counted");
  expect(await codeOf(client.consult.request({ call: newId(), visit }))).toBe("consent.notGiven");
  await client.visit.consent({ id: newId(), visit, scope: "send", given: true, way: "touch" });
  expect(await codeOf(client.consult.request({ call: newId(), visit }))).toBe("consult.hubAway");
});

test("a hub whose copy of the journal differs is said in the station's view", async () => {
  const { hub, store, clock } = await bench();
  await store.append([fact()]);
  hub.held.push({ ...(await store.tail(0, 1))[0]!, seq: 90 });
  const { station } = await startStation({
    clock,
    channels: new FakeChannels(),
    hub: { address: hub.address, enrolCode: hub.enrolCode },
  });
  await advanceUntil(clock, () => station.view().proof === "broken", "the broken proof");
  expect(hub.asked).not.toContain("ship");
});

test("what a crash left open is ended at the next start: nothing unconfirmed is taken over by anybody", async () => {
  const folder = tempFolder();
  const [visit, heard, running] = [newId(), newId(), newId()];
  const opened = await openStore({ folder, key: testKey });
  if (!opened.ok) throw new Error(opened.code);
  const scribe = new Scribe(opened.store, silentLogger, () => {});
  const about = { visit, subject: null };
  const provenance = {
    device: "d",
    profile: "p",
    profileVersion: "1",
    program: "1",
    simulated: true,
    port: "x",
    rawHex: ["aa"],
  };
  await scribe.keep(
    scribe.fact("visit.opened", { kind: "guest" }, about),
    scribe.fact("measurement.started", { measurement: heard, of: "bloodPressure", device: "d" }, about),
    scribe.fact(
      "measurement.heard",
      {
        id: heard,
        visit,
        of: "bloodPressure",
        readings: [{ quantity: "bp.systolic", value: 120, unit: "mm[Hg]" }],
        doubts: [],
        provenance,
        times: { heardAt: "2026-11-02T01:00:00.000Z" },
        context: {},
      },
      about,
    ),
    scribe.fact("measurement.started", { measurement: running, of: "glucose", device: "d" }, about),
  );
  await opened.store.close();

  const { client, journal } = await startStation({ folder, clock: new FakeClock(), channels: new FakeChannels() });
  expect(await codeOf(client.visit.watch({ visit }))).toBe("visit.closed");
  expect(await codeOf(client.measure.confirm({ id: heard, same: true }))).toBe("gate.noVisit");
  const after = (await journal()).filter((entry) => entry.visit === visit).slice(4);
  expect(after.map(({ type, body }) => [type, body["reason"] ?? body["how"]]).sort()).toEqual([
    ["measurement.ended", "failed"],
    ["measurement.ended", "failed"],
    ["measurement.refused", "gate.notConfirmed"],
    ["visit.closed", "hostStopped"],
  ]);
});

/** The folder of a station that was cut off while its cuff was at work. */
async function cutOffAtWork(): Promise<string> {
  const folder = tempFolder();
  const visit = newId();
  const opened = await openStore({ folder, key: testKey });
  if (!opened.ok) throw new Error(opened.code);
  const scribe = new Scribe(opened.store, silentLogger, () => {});
  const about = { visit, subject: null };
  const started = { measurement: newId(), of: "bloodPressure" as const, device: `${cuff.id}@/dev/cuff` };
  await scribe.keep(
    scribe.fact("visit.opened", { kind: "guest" }, about),
    scribe.fact("measurement.started", started, about),
  );
  await opened.store.close();
  return folder;
}

test("a cuff that was at work when the program was cut off is told to stop at the next start, and nothing else", async () => {
  const folder = await cutOffAtWork();
  const clock = new FakeClock();
  const channels = new FakeChannels();
  const port = channels.plug("/dev/cuff");
  simulated(port, cuff, clock);
  const devices = [{ profile: cuff.id, port: "/dev/cuff" }];
  const { station } = await startStation({ folder, clock, channels, settings: { devices } });
  await advanceUntil(clock, () => station.view().devices[0]?.state === "ready", "ready", 3_000);
  expect(port.sent).toEqual(["cc80030301030002"]);
});

test("that stop is sent at each speed of the cuff until it is acknowledged, and again when the port was busy", async () => {
  const folder = await cutOffAtWork();
  const clock = new FakeClock();
  const channels = new FakeChannels();
  const port = channels.plug("/dev/cuff");
  port.refuses = "device.portBusy";
  simulated(port, cuff, clock, { atSpeed: 9_600 });
  const devices = [{ profile: cuff.id, port: "/dev/cuff" }];
  const { station } = await startStation({ folder, clock, channels, settings: { devices } });
  await advanceUntil(clock, () => station.view().devices[0]?.why === "device.portBusy", "busy");
  expect(port.sent).toEqual([]);
  port.refuses = undefined;
  await advanceUntil(clock, () => port.speeds.includes(9_600), "the other speed");
  await advanceUntil(clock, () => station.view().devices[0]?.state === "ready", "ready");
  expect(port.speeds).toEqual([115_200, 9_600]);
  expect(port.sent).toEqual(Array.from({ length: 4 }, () => "cc80030301030002"));
});

test("a measurement of before a restart is not started again by a repeated call", async () => {
  const folder = tempFolder();
  const id = newId();
  const start = async (): Promise<readonly string[]> => {
    const clock = new FakeClock();
    const channels = new FakeChannels();
    const port = channels.plug("/dev/cuff");
    const devices = [{ profile: cuff.id, port: "/dev/cuff" }];
    const { client, journal } = await startStation({ folder, clock, channels, settings: { devices } });
    const visit = newId();
    await client.visit.open({ id: visit, who: { kind: "guest" } });
    await client.measure.start({ id, visit, of: "bloodPressure", context: {} });
    await clock.advance(300);
    await journal();
    return port.sent;
  };
  expect((await start()).length).toBeGreaterThan(0);
  expect(await start()).toEqual([]);
});

test("an orderly end closes the visit and says so in the journal", async () => {
  const { client, journal } = await plain();
  const visit = newId();
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  const entries = await journal();
  expect(entries.at(-1)).toMatchObject({
    type: "visit.closed",
    visit,
    body: { reason: "hostStopped" },
    actor: { role: "station" },
  });
});

test.each([
  ["another key", "store.wrongKey", { key: new Uint8Array(32).fill(8) }],
  ["a station that is already running", "store.locked", {}],
  ["a file that is no journal", "store.broken", {}],
] as const)("%s: the start is refused with %s", async (what, code, more) => {
  const folder = tempFolder();
  const first = await startStation({ folder, clock: new FakeClock(), channels: new FakeChannels() });
  if (what !== "a station that is already running") await first.station.close();
  if (what === "a file that is no journal") writeFileSync(join(folder, databaseFile), "SQLite format 3\0 but not ours");
  const again = await createStation({
    folder,
    key: testKey,
    clock: new FakeClock(),
    channels: new FakeChannels(),
    log: silentLogger,
    settings: stationSettings({ program: "test" }),
    ...more,
  });
  expect(again).toEqual({ ok: false, code });
});

test("an assignment is written down when it is new, not at every start", async () => {
  const folder = tempFolder();
  const once = async (port: string): Promise<void> => {
    const { station } = await startStation({
      folder,
      clock: new FakeClock(),
      channels: new FakeChannels(),
      settings: { devices: [{ profile: cuff.id, port }] },
    });
    await station.close();
  };
  await once("/dev/a");
  await once("/dev/a");
  await once("/dev/b");
  const assigned = (await readJournal(folder)).flatMap((entry) => bodyOf(entry, "device.assigned")?.port ?? []);
  expect(assigned).toEqual(["/dev/a", "/dev/b"]);
});
