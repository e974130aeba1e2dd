import { join } from "node:path";
import { v7 as newId } from "uuid";
import { expect, onTestFinished, test } from "vitest";
import type { MeasureEvent, StationView } from "../../../core/contract/views.ts";
import { bodyOf } from "../../../core/journal/visit-results.ts";
import { createSimulator, toHex } from "../../../drivers/kit/index.ts";
import { findProfile } from "../../../drivers/find-profile.ts";
import { serialChannels } from "../../../station/channels/serial.ts";
import { systemClock } from "../../../station/clock.ts";
import { until } from "../fakes/clock.ts";
import { ptyPair, simulate } from "../fakes/pty.ts";
import { codeOf, deviceState, follow, startStation, tempFolder, type StationClient } from "../fakes/station.ts";

const cuff = "raycome-rbp-9000c";
const meter = "lifescan-onetouch-ultraeasy";
const lipids = "pts-cardiochek-pa";

async function stationOn(devices: readonly { readonly profile: string; readonly port: string }[]) {
  const channels = serialChannels({ clock: systemClock, configured: devices.map(({ port }) => port) });
  const started = await startStation({
    clock: systemClock,
    channels,
    settings: { devices: [...devices], simulated: true },
  });
  const seen: { view: StationView } = { view: started.station.view() };
  const leaving = new AbortController();
  onTestFinished(() => leaving.abort());
  void (async () => {
    for await (const view of await started.client.station.watch(undefined, { signal: leaving.signal }))
      seen.view = view;
  })();
  return { ...started, stateOf: (profile: string) => deviceState(seen.view, profile) };
}

async function begin(client: StationClient, of: "bloodPressure" | "glucose" | "lipids") {
  const [visit, id] = [newId(), newId()];
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  await client.measure.start({ id, visit, of, context: {} });
  return { visit, id, ...follow(client, id) };
}

const has = (events: readonly MeasureEvent[], kind: MeasureEvent["kind"]) => (): boolean =>
  events.some((event) => event.kind === kind);

test("three devices at once, each its own process and terminal, all give their result", async () => {
  const [one, two, three] = await Promise.all([
    simulate(cuff, { args: ["--speed", "4"] }),
    simulate(meter),
    simulate(lipids),
  ]);
  const { client, journal, stateOf } = await stationOn([
    { profile: cuff, port: one.path },
    { profile: meter, port: two.path },
    { profile: lipids, port: three.path },
  ]);
  await until(() => [cuff, meter, lipids].every((profile) => stateOf(profile) === "ready"), "all ready");
  const visit = newId();
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  const measuring = async (of: "bloodPressure" | "glucose" | "lipids"): Promise<MeasureEvent[]> => {
    const id = newId();
    await client.measure.start({ id, visit, of, context: {} });
    const { events, over } = follow(client, id);
    if (of === "lipids") three.press();
    if (of !== "glucose") {
      await until(has(events, "confirm"), `confirm of ${of}`, 15_000);
      await client.measure.confirm({ id, same: true });
    }
    return over;
  };
  const [pressure, panel] = await Promise.all([measuring("bloodPressure"), measuring("lipids")]);
  // The meter's newest record is five seconds old: by now that is inside this visit.
  const openedAt = Date.now();
  await until(() => Date.now() - openedAt > 500, "the visit is old enough");
  const sugar = await measuring("glucose");
  expect([pressure, panel, sugar].map((events) => events.at(-1))).toEqual(
    Array(3).fill({ kind: "ended", how: "finished" }),
  );
  expect(pressure.filter(({ kind }) => kind === "progress").length).toBeGreaterThan(10);
  const accepted = (await journal()).flatMap((entry) => bodyOf(entry, "measurement.accepted") ?? []);
  expect(accepted.map(({ of, provenance }) => [of, provenance.profile]).sort()).toEqual([
    ["bloodPressure", cuff],
    ["glucose", meter],
    ["lipids", lipids],
  ]);
});

test("unplugged in mid-measurement: told at once, and ready within two seconds of coming back", async () => {
  const path = join(tempFolder(), "tty");
  const device = await simulate(cuff, { path });
  const { client, stateOf } = await stationOn([{ profile: cuff, port: path }]);
  const { events, over } = await begin(client, "bloodPressure");
  await until(has(events, "progress"), "inflation");
  await device.unplug();
  await over;
  expect(events.at(-1)).toEqual({ kind: "ended", how: "failed", code: "device.unplugged" });
  await until(() => stateOf(cuff) === "away", "away");
  await simulate(cuff, { path });
  await until(() => stateOf(cuff) === "ready", "ready again", 2_000);
});

test.each([
  ["silent", "device.silent"],
  ["garbage", "device.garbled"],
  ["cuffLoose", "device.cuffLoose"],
] as const)("a cuff that is %s ends with %s, no number, and the device is free", async (fault, code) => {
  const device = await simulate(cuff, { args: ["--fault", fault] });
  const { client, stateOf } = await stationOn([{ profile: cuff, port: device.path }]);
  const { events } = await begin(client, "bloodPressure");
  await until(has(events, "ended"), "the end", 12_000);
  expect(events.at(-1)).toEqual({ kind: "ended", how: "failed", code });
  expect(events.some(({ kind }) => kind === "confirm" || kind === "accepted")).toBe(false);
  await until(() => stateOf(cuff) === "ready", "free again", 3_000);
});

test("a meter with yesterday's results only gives none", async () => {
  const device = await simulate(meter, { args: ["--fault", "stale"] });
  const { client, journal } = await stationOn([{ profile: meter, port: device.path }]);
  const { events } = await begin(client, "glucose");
  await until(has(events, "ended"), "the end", 12_000);
  expect(events.at(-1)).toEqual({ kind: "ended", how: "failed", code: "gate.stale" });
  expect((await journal()).filter(({ type }) => type === "measurement.accepted")).toEqual([]);
});

test("who walks away during inflation: the device itself hears stop, and never start again", async () => {
  const pair = await ptyPair();
  const heard = await deviceInTest(pair.device);
  const { client } = await stationOn([{ profile: cuff, port: pair.host }]);
  const { visit, events, over } = await begin(client, "bloodPressure");
  await until(has(events, "progress"), "inflation");
  expect(heard.join("")).not.toContain("cc80030301030002");
  await client.visit.leave({ visit, reason: "left" });
  await over;
  expect(events.at(-1)).toEqual({ kind: "ended", how: "stopped" });
  const text = heard.join("");
  expect(text.split("cc80030301030002").length - 1).toBe(1);
  expect(text.split("cc80030301020003").length - 1).toBe(1);
});

test("the station's own end sends stop to a running cuff", async () => {
  const pair = await ptyPair();
  const heard = await deviceInTest(pair.device);
  const { client, station } = await stationOn([{ profile: cuff, port: pair.host }]);
  const { events } = await begin(client, "bloodPressure");
  await until(has(events, "progress"), "inflation");
  await station.close();
  expect(heard.join("")).toMatch(/cc80030301020003.*cc80030301030002$/);
});

/** Plays the cuff inside the test, so that the very bytes which reached it can be looked at. */
async function deviceInTest(path: string): Promise<string[]> {
  const profile = findProfile(cuff)!;
  const simulator = createSimulator(profile, { speed: 4 });
  const opened = await serialChannels({ clock: systemClock, configured: [] }).open(path, {
    baudRate: 9_600,
    dataBits: 8,
    parity: "none",
    stopBits: 1,
  });
  if (!opened.ok) throw new Error(opened.code);
  onTestFinished(() => opened.channel.close());
  const heard: string[] = [];
  opened.channel.onBytes((bytes) => {
    heard.push(toHex(bytes));
    for (const { bytes: answer, afterMs } of simulator.hear(bytes, Date.now()))
      systemClock.after(afterMs, () => void opened.channel.write(answer));
  });
  return heard;
}

test("a port that another program holds, one that is not there: a sentence, before anything moves", async () => {
  const pair = await ptyPair();
  const holder = await serialChannels({ clock: systemClock, configured: [] }).open(pair.host, {
    baudRate: 9_600,
    dataBits: 8,
    parity: "none",
    stopBits: 1,
  });
  if (!holder.ok) throw new Error(holder.code);
  onTestFinished(() => holder.channel.close());
  const missing = join(tempFolder(), "none");
  const { client } = await stationOn([
    { profile: cuff, port: pair.host },
    { profile: meter, port: missing },
  ]);
  const visit = newId();
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  const start = (of: "bloodPressure" | "glucose") =>
    codeOf(client.measure.start({ id: newId(), visit, of, context: {} }));
  expect(await start("bloodPressure")).toBe("device.portBusy");
  expect(await start("glucose")).toBe("device.portMissing");
  await holder.channel.close();
  expect(await start("bloodPressure")).toBeUndefined();
});
