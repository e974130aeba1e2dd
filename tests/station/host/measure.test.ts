import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import type { MeasureEvent } from "../../../core/contract/views.ts";
import { findProfile } from "../../../drivers/find-profile.ts";
import { bodyOf } from "../../../core/journal/visit-results.ts";
import { simulated } from "../fakes/channels.ts";
import { advanceUntil, codeOf, deviceState, follow, stationWith } from "../fakes/station.ts";

const cuff = findProfile("raycome-rbp-9000c")!;
const meter = findProfile("lifescan-onetouch-ultraeasy")!;
const lipids = findProfile("pts-cardiochek-pa")!;
const cuffPort = { profile: cuff.id, port: "/dev/cuff" };
const meterPort = { profile: meter.id, port: "/dev/meter" };
const lipidPort = { profile: lipids.id, port: "/dev/lipids" };

const kinds = (events: readonly MeasureEvent[]): string[] => [...new Set(events.map(({ kind }) => kind))];
const stopFrame = "cc80030301030002";
const startFrame = "cc80030301020003";

test("a pressure is heard live, confirmed by eye, judged, and on the disk with its bytes", async () => {
  const { client, clock, channels, journal } = await stationWith([cuffPort]);
  simulated(channels.ports.get("/dev/cuff")!, cuff, clock);
  const visit = newId();
  const id = newId();
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  await client.measure.start({ id, visit, of: "bloodPressure", context: {} });
  const { events, over } = follow(client, id);
  await advanceUntil(clock, () => events.some(({ kind }) => kind === "confirm"), "confirm");
  expect(deviceState((await first(client.station.watch()))!, cuff.id)).toBe("ready");
  await client.measure.confirm({ id, same: true });
  await over;

  expect(kinds(events)).toEqual(["phase", "progress", "confirm", "accepted", "ended"]);
  expect(events.at(-1)).toEqual({ kind: "ended", how: "finished" });
  const view = (await first(client.visit.watch({ visit })))!;
  expect(view.results[0]).toMatchObject({ of: "bloodPressure", next: "second" });
  const entries = await journal();
  expect(entries.filter((entry) => entry.visit === visit).map(({ type }) => type)).toEqual([
    "visit.opened",
    "measurement.started",
    "measurement.heard",
    "measurement.accepted",
    "assessment.made",
    "measurement.ended",
    "visit.closed",
  ]);
  const accepted = entries.flatMap((entry) => bodyOf(entry, "measurement.accepted") ?? [])[0]!;
  expect(accepted.doubts).toContain("confirmedByEye");
  expect(accepted.provenance.rawHex.join("")).toMatch(/^aa80030f0106/);
});

async function first<T>(feed: Promise<AsyncIterable<T>>): Promise<T | undefined> {
  for await (const value of await feed) return value;
  return undefined;
}

test("numbers that differ from the display never count", async () => {
  const { client, clock, channels, journal } = await stationWith([cuffPort]);
  simulated(channels.ports.get("/dev/cuff")!, cuff, clock);
  const [visit, id] = [newId(), newId()];
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  await client.measure.start({ id, visit, of: "bloodPressure", context: {} });
  const { events, over } = follow(client, id);
  await advanceUntil(clock, () => events.some(({ kind }) => kind === "confirm"), "confirm");
  await client.measure.confirm({ id, same: false });
  await over;
  // A repeat is harmless, and another answer comes too late.
  expect(await codeOf(client.measure.confirm({ id, same: false }))).toBeUndefined();
  expect(await codeOf(client.measure.confirm({ id, same: true }))).toBe("gate.noVisit");
  expect(events.slice(-2)).toEqual([
    { kind: "refused", reason: "gate.notConfirmed" },
    { kind: "ended", how: "failed", code: "gate.notConfirmed" },
  ]);
  expect((await first(client.visit.watch({ visit })))!.results).toEqual([]);
  const refused = (await journal()).flatMap((entry) => bodyOf(entry, "measurement.refused") ?? []);
  expect(refused.map(({ reason, readings }) => [reason, readings.length])).toEqual([["gate.notConfirmed", 3]]);
});

test("who leaves without answering has not confirmed", async () => {
  const { client, clock, channels, journal } = await stationWith([cuffPort]);
  simulated(channels.ports.get("/dev/cuff")!, cuff, clock);
  const [visit, id] = [newId(), newId()];
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  await client.measure.start({ id, visit, of: "bloodPressure", context: {} });
  const { events } = follow(client, id);
  await advanceUntil(clock, () => events.some(({ kind }) => kind === "confirm"), "confirm");
  await client.visit.leave({ visit, reason: "left" });
  const types = (await journal()).filter((entry) => entry.visit === visit).map(({ type }) => type);
  expect(types.slice(-3)).toEqual(["measurement.refused", "measurement.ended", "visit.closed"]);
});

test("walking away during inflation sends stop, and what comes afterwards does not count", async () => {
  const { client, clock, channels, journal } = await stationWith([cuffPort]);
  const port = channels.ports.get("/dev/cuff")!;
  simulated(port, cuff, clock);
  const [visit, id] = [newId(), newId()];
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  await client.measure.start({ id, visit, of: "bloodPressure", context: {} });
  const { events, over } = follow(client, id);
  await advanceUntil(clock, () => events.filter(({ kind }) => kind === "progress").length > 5, "inflation");
  expect(port.sent).not.toContain(stopFrame);
  const left = client.visit.leave({ visit, reason: "left" });
  await clock.advance(100);
  expect(port.sent).toContain(stopFrame);
  // The device had a result on its lips.
  port.say("aa80030f01060114050c0c1f12008000490045" + "9a");
  await left;
  await over;
  expect(events.at(-1)).toEqual({ kind: "ended", how: "stopped" });
  await clock.advance(2_000);
  const refused = (await journal()).flatMap((entry) => bodyOf(entry, "measurement.refused") ?? []);
  expect(refused.map(({ reason }) => reason)).toEqual(["gate.afterStop"]);
});

test("the page's going stops a cuff after two seconds, and its coming back in time does not", async () => {
  const { client, clock, channels, station } = await stationWith([cuffPort]);
  const port = channels.ports.get("/dev/cuff")!;
  simulated(port, cuff, clock);
  const [visit, id] = [newId(), newId()];
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  await client.measure.start({ id, visit, of: "bloodPressure", context: {} });
  const { events, over } = follow(client, id);
  await advanceUntil(clock, () => events.some(({ kind }) => kind === "progress"), "inflation");
  station.pageGone();
  await clock.advance(1_900);
  station.pageHere();
  await clock.advance(1_000);
  expect(port.sent).not.toContain(stopFrame);
  station.pageGone();
  await clock.advance(2_100);
  expect(port.sent).toContain(stopFrame);
  await over;
  expect(events.at(-1)).toEqual({ kind: "ended", how: "stopped" });
});

test("an unplugged cuff ends the measurement; back again it is told to stop, never to start, and is ready", async () => {
  const { client, clock, channels } = await stationWith([cuffPort]);
  const port = channels.ports.get("/dev/cuff")!;
  simulated(port, cuff, clock);
  const [visit, id] = [newId(), newId()];
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  await client.measure.start({ id, visit, of: "bloodPressure", context: {} });
  const { events, over } = follow(client, id);
  await advanceUntil(clock, () => events.some(({ kind }) => kind === "progress"), "inflation");
  channels.unplug("/dev/cuff");
  await over;
  expect(events.at(-1)).toEqual({ kind: "ended", how: "failed", code: "device.unplugged" });
  expect(deviceState((await first(client.station.watch()))!, cuff.id)).toBe("away");
  const sentBefore = port.sent.length;
  channels.plug("/dev/cuff", port);
  await clock.advance(1_000);
  expect(deviceState((await first(client.station.watch()))!, cuff.id)).toBe("ready");
  expect([...new Set(port.sent.slice(sentBefore))]).toEqual([stopFrame]);
});

test("the slower speed is tried when the first is not understood, and remembered", async () => {
  const { client, clock, channels } = await stationWith([cuffPort]);
  const port = channels.ports.get("/dev/cuff")!;
  simulated(port, cuff, clock, { atSpeed: 9_600 });
  const visit = newId();
  const id = newId();
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  await client.measure.start({ id, visit, of: "bloodPressure", context: {} });
  const { events, over } = follow(client, id);
  await advanceUntil(clock, () => events.some(({ kind }) => kind === "confirm"), "confirm");
  expect(port.speeds).toEqual([115_200, 9_600]);
  expect(kinds(events)).not.toContain("fault");
  await client.measure.confirm({ id, same: false });
  await over;
});

test("a silent cuff is told of within ten seconds, and is free again", async () => {
  const { client, clock, channels } = await stationWith([cuffPort]);
  simulated(channels.ports.get("/dev/cuff")!, cuff, clock, { fault: "silent" });
  const [visit, id] = [newId(), newId()];
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  await client.measure.start({ id, visit, of: "bloodPressure", context: {} });
  const { over, events } = follow(client, id);
  const before = clock.now();
  await advanceUntil(clock, () => events.some(({ kind }) => kind === "ended"), "the end", 10_000);
  expect(await over).toEqual(
    expect.arrayContaining([
      { kind: "fault", code: "device.silent" },
      { kind: "ended", how: "failed", code: "device.silent" },
    ]),
  );
  expect(clock.now() - before).toBeLessThanOrEqual(10_000);
  await clock.advance(1_500);
  expect(deviceState((await first(client.station.watch()))!, cuff.id)).toBe("ready");
});

test("a cuff that fell silent after start is sent stop", async () => {
  const { client, clock, channels } = await stationWith([cuffPort]);
  const port = channels.ports.get("/dev/cuff")!;
  simulated(port, cuff, clock, { fault: "cut" });
  const [visit, id] = [newId(), newId()];
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  await client.measure.start({ id, visit, of: "bloodPressure", context: {} });
  const { events } = follow(client, id);
  await advanceUntil(clock, () => events.some(({ kind }) => kind === "ended"), "the end", 15_000);
  expect(events.at(-1)).toMatchObject({ kind: "ended", how: "failed", code: "device.silent" });
  expect(port.sent.indexOf(stopFrame)).toBeGreaterThan(port.sent.indexOf(startFrame));
});

test("a result that comes after the device was given up is refused, not taken up again", async () => {
  const { client, clock, channels, journal } = await stationWith([cuffPort]);
  const port = channels.ports.get("/dev/cuff")!;
  simulated(port, cuff, clock, { fault: "cut" });
  const [visit, id] = [newId(), newId()];
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  await client.measure.start({ id, visit, of: "bloodPressure", context: {} });
  const { events } = follow(client, id);
  // Silence and three unanswered stops after the third frame; then the port stays open for one second more.
  await advanceUntil(clock, () => port.sent.filter((hex) => hex === stopFrame).length === 3, "the last stop", 15_000);
  await clock.advance(300);
  port.say("aa80030f01060114050c0c1f120080004900459a");
  await advanceUntil(clock, () => events.some(({ kind }) => kind === "ended"), "the end", 2_000);
  expect(kinds(events)).not.toContain("confirm");
  const refused = (await journal()).flatMap((entry) => bodyOf(entry, "measurement.refused") ?? []);
  expect(refused.map(({ reason, readings }) => [reason, readings.length])).toEqual([["gate.noVisit", 3]]);
});

test("bytes that make no sense are said to be garbled", async () => {
  const { client, clock, channels } = await stationWith([cuffPort]);
  simulated(channels.ports.get("/dev/cuff")!, cuff, clock, { fault: "garbage" });
  const [visit, id] = [newId(), newId()];
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  await client.measure.start({ id, visit, of: "bloodPressure", context: {} });
  const { events } = follow(client, id);
  await advanceUntil(clock, () => events.some(({ kind }) => kind === "ended"), "the end", 15_000);
  expect(events.at(-1)).toEqual({ kind: "ended", how: "failed", code: "device.garbled" });
});

test.each(Object.keys(cuff.simulate.faults))("cuff fault %s is a sentence and never a number", async (fault) => {
  const { client, clock, channels, journal } = await stationWith([cuffPort]);
  simulated(channels.ports.get("/dev/cuff")!, cuff, clock, { fault });
  const [visit, id] = [newId(), newId()];
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  await client.measure.start({ id, visit, of: "bloodPressure", context: {} });
  const { events } = follow(client, id);
  await advanceUntil(clock, () => events.some(({ kind }) => kind === "ended"), "the end", 60_000);
  const end = events.at(-1);
  expect(end).toMatchObject({ kind: "ended", how: "failed" });
  expect(kinds(events)).not.toContain("confirm");
  const entries = await journal();
  expect(entries.flatMap((entry) => bodyOf(entry, "device.faulted")?.code ?? [])).toEqual([
    end?.kind === "ended" ? end.code : "",
  ]);
  expect(entries.filter(({ type }) => type === "measurement.accepted" || type === "measurement.heard")).toEqual([]);
});

test("of a meter's memory only this visit's newest record counts; the others leave no value behind", async () => {
  const { client, clock, channels, journal } = await stationWith([meterPort]);
  simulated(channels.ports.get("/dev/meter")!, meter, clock);
  const [visit, id] = [newId(), newId()];
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  await clock.advance(10_000);
  await client.measure.start({ id, visit, of: "glucose", context: { meal: "fasting" } });
  const { events, over } = follow(client, id);
  await advanceUntil(clock, () => events.some(({ kind }) => kind === "ended"), "the end", 20_000);
  expect(kinds(await over)).toEqual(["phase", "accepted", "ended"]);
  const entries = await journal();
  const accepted = entries.flatMap((entry) => bodyOf(entry, "measurement.accepted") ?? []);
  expect(accepted).toHaveLength(1);
  // The meter's clock is part of the proof that the record is this visit's.
  expect(accepted[0]!.provenance.rawHex.map((hex) => hex.length / 2)).toEqual([12, 16]);
  const refused = entries.flatMap((entry) => bodyOf(entry, "measurement.refused") ?? []);
  expect(
    refused.map(({ reason, readings, provenance, detail }) => ({ reason, readings, raw: provenance.rawHex, detail })),
  ).toEqual([{ reason: "gate.stale", readings: [], raw: [], detail: "records passed over: 1" }]);
});

test("yesterday's record in a meter is refused, and its number is nowhere", async () => {
  const { client, clock, channels, journal } = await stationWith([meterPort]);
  simulated(channels.ports.get("/dev/meter")!, meter, clock, { fault: "stale" });
  const [visit, id] = [newId(), newId()];
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  await clock.advance(10_000);
  await client.measure.start({ id, visit, of: "glucose", context: {} });
  const { events } = follow(client, id);
  await advanceUntil(clock, () => events.some(({ kind }) => kind === "ended"), "the end", 30_000);
  expect(events.slice(-2)).toEqual([
    { kind: "refused", reason: "gate.stale" },
    { kind: "ended", how: "failed", code: "gate.stale" },
  ]);
  // Neither its value, nor its time, nor its bytes.
  const kept = JSON.stringify((await journal()).filter(({ visit }) => visit !== null).map(({ body }) => body));
  expect(kept).not.toMatch(/"value":|2026-11-01|"rawHex":\["/);
});

test("a meter whose clock is two hours off still gives this visit's record, marked", async () => {
  const { client, clock, channels } = await stationWith([meterPort]);
  simulated(channels.ports.get("/dev/meter")!, meter, clock, {
    values: { clock: { time: { agoMs: 7_200_000 } }, record: { time: { agoMs: 7_205_000 }, glucose: 100 } },
  });
  const [visit, id] = [newId(), newId()];
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  await clock.advance(10_000);
  await client.measure.start({ id, visit, of: "glucose", context: {} });
  const { events } = follow(client, id);
  await advanceUntil(clock, () => events.some(({ kind }) => kind === "ended"), "the end", 30_000);
  const accepted = events.find((event) => event.kind === "accepted");
  expect(accepted).toMatchObject({
    measurement: { doubts: ["deviceClockWrong"], times: { deviceOffsetMs: expect.closeTo(-7_200_000, -4) as number } },
  });
});

test("a record is not a second measurement when the meter is read out again", async () => {
  const { client, clock, channels } = await stationWith([meterPort]);
  const at = Date.UTC(2026, 10, 2, 1, 0, 5) - new Date().getTimezoneOffset() * 60_000;
  const time = new Date(at).toISOString().slice(0, 19);
  simulated(channels.ports.get("/dev/meter")!, meter, clock, { values: { record: { time, glucose: 100 } } });
  const [visit, one, two] = [newId(), newId(), newId()];
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  await clock.advance(10_000);
  await client.measure.start({ id: one, visit, of: "glucose", context: {} });
  const before = follow(client, one);
  await advanceUntil(clock, () => before.events.some(({ kind }) => kind === "ended"), "the first", 30_000);
  expect(kinds(before.events)).toContain("accepted");
  await client.measure.start({ id: two, visit, of: "glucose", context: {} });
  const after = follow(client, two);
  await advanceUntil(clock, () => after.events.some(({ kind }) => kind === "ended"), "the second", 30_000);
  expect(after.events.at(-1)).toEqual({ kind: "ended", how: "failed", code: "gate.stale" });
});

test("a label printed before anybody asked is refused and tied to nobody; the next one counts", async () => {
  const { client, clock, channels, journal } = await stationWith([lipidPort]);
  const device = simulated(channels.ports.get("/dev/lipids")!, lipids, clock);
  await clock.advance(100);
  device.press();
  await clock.advance(1_000);
  const [visit, id] = [newId(), newId()];
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  await client.measure.start({ id, visit, of: "lipids", context: {} });
  const { events, over } = follow(client, id);
  device.press();
  await advanceUntil(clock, () => events.some(({ kind }) => kind === "confirm"), "confirm", 20_000);
  await client.measure.confirm({ id, same: true });
  await over;
  expect(kinds(events)).toEqual(["phase", "confirm", "accepted", "ended"]);
  const entries = await journal();
  const accepted = entries.flatMap((entry) => bodyOf(entry, "measurement.accepted") ?? [])[0]!;
  expect(accepted.provenance).toMatchObject({ serialNumber: "9000001", profile: lipids.id });
  const refused = entries.find(({ type }) => type === "measurement.refused");
  expect(refused).toMatchObject({ visit: null, subject: null, body: { reason: "gate.noVisit", of: "lipids" } });
});

test.each([["device.portBusy" as const], ["device.portForbidden" as const], ["device.portMissing" as const]])(
  "a port that answers %s refuses the start with that sentence, before anything moves",
  async (code) => {
    const { client, channels, journal } = await stationWith([cuffPort]);
    channels.ports.get("/dev/cuff")!.refuses = code;
    const [visit, id] = [newId(), newId()];
    await client.visit.open({ id: visit, who: { kind: "guest" } });
    expect(await codeOf(client.measure.start({ id, visit, of: "bloodPressure", context: {} }))).toBe(code);
    expect((await journal()).filter(({ type }) => type === "measurement.started")).toEqual([]);
  },
);

test("a label printed while the cuff measures is refused; the pressure goes on and is nobody else's", async () => {
  const { client, clock, channels, journal } = await stationWith([cuffPort, lipidPort]);
  simulated(channels.ports.get("/dev/cuff")!, cuff, clock);
  const printer = simulated(channels.ports.get("/dev/lipids")!, lipids, clock);
  const [visit, id] = [newId(), newId()];
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  await client.measure.start({ id, visit, of: "bloodPressure", context: {} });
  const { events, over } = follow(client, id);
  await advanceUntil(clock, () => events.some(({ kind }) => kind === "progress"), "inflation");
  printer.press();
  await advanceUntil(clock, () => events.some(({ kind }) => kind === "confirm"), "confirm");
  await client.measure.confirm({ id, same: true });
  await over;
  expect(kinds(events)).toEqual(["phase", "progress", "confirm", "accepted", "ended"]);
  expect((await first(client.visit.watch({ visit })))!.results.map(({ of }) => of)).toEqual(["bloodPressure"]);
  const refused = (await journal()).filter(({ type }) => type === "measurement.refused");
  expect(refused.map((entry) => [entry.visit, bodyOf(entry, "measurement.refused")?.reason])).toEqual([
    [null, "gate.noVisit"],
  ]);
});

test("cuff and meter at once: each story and each entry has its own device's numbers only", async () => {
  const { client, clock, channels, journal } = await stationWith([cuffPort, meterPort]);
  simulated(channels.ports.get("/dev/cuff")!, cuff, clock);
  simulated(channels.ports.get("/dev/meter")!, meter, clock);
  const [visit, pressure, sugar] = [newId(), newId(), newId()];
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  await Promise.all([
    client.measure.start({ id: pressure, visit, of: "bloodPressure", context: {} }),
    client.measure.start({ id: sugar, visit, of: "glucose", context: {} }),
  ]);
  const [one, two] = [follow(client, pressure), follow(client, sugar)];
  await advanceUntil(clock, () => one.events.some(({ kind }) => kind === "confirm"), "confirm");
  await client.measure.confirm({ id: pressure, same: true });
  await Promise.all([one.over, two.over]);
  const quantities = (events: readonly MeasureEvent[]): string[][] =>
    events.flatMap((event) =>
      event.kind === "accepted" ? [event.measurement.readings.map((each) => each.quantity)] : [],
    );
  expect(quantities(one.events)).toEqual([["bp.systolic", "bp.diastolic", "pulse.rate"]]);
  expect(quantities(two.events)).toEqual([["glucose"]]);
  const accepted = (await journal()).flatMap((entry) => bodyOf(entry, "measurement.accepted") ?? []);
  expect(new Map(accepted.map(({ id, provenance }) => [id, provenance.profile]))).toEqual(
    new Map([
      [pressure, cuff.id],
      [sugar, meter.id],
    ]),
  );
});

test("a port that takes no bytes is a silent device, told of within ten seconds, and stop is still answered", async () => {
  const { client, clock, channels } = await stationWith([cuffPort]);
  // The driver of the port never finishes a write.
  channels.ports.get("/dev/cuff")!.answersWith(() => new Promise(() => {}));
  const [visit, id] = [newId(), newId()];
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  const begun = clock.now();
  await client.measure.start({ id, visit, of: "bloodPressure", context: {} });
  const { events } = follow(client, id);
  await advanceUntil(clock, () => events.at(-1)?.kind === "ended", "the end");
  expect(clock.now() - begun).toBeLessThan(10_000);
  expect(events.at(-1)).toEqual({ kind: "ended", how: "failed", code: "device.silent" });
  expect(await codeOf(client.measure.stop({ id }))).toBeUndefined();
});

test("a check without a device, a closed visit and a device in use are refused by name", async () => {
  const { client, clock, channels } = await stationWith([cuffPort]);
  simulated(channels.ports.get("/dev/cuff")!, cuff, clock);
  const visit = newId();
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  const start = (of: "glucose" | "bloodPressure", inVisit = visit) =>
    codeOf(client.measure.start({ id: newId(), visit: inVisit, of, context: {} }));
  expect(await start("glucose")).toBe("device.noDevice");
  expect(await start("bloodPressure", newId())).toBe("visit.closed");
  expect(await start("bloodPressure")).toBeUndefined();
  expect(await start("bloodPressure")).toBe("device.busy");
});

test("who stops may start again at once, the second time too", async () => {
  const { client, clock, channels } = await stationWith([cuffPort]);
  simulated(channels.ports.get("/dev/cuff")!, cuff, clock);
  const visit = newId();
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  const startAndStop = async (): Promise<void> => {
    const id = newId();
    let started: string | undefined = "no answer yet";
    const starting = codeOf(client.measure.start({ id, visit, of: "bloodPressure", context: {} })).then(
      (code) => (started = code),
    );
    await advanceUntil(clock, () => started !== "no answer yet", "an answer");
    expect(await starting).toBeUndefined();
    const { events, over } = follow(client, id);
    await advanceUntil(clock, () => events.some(({ kind }) => kind === "progress"), "inflation");
    void client.measure.stop({ id });
    await advanceUntil(clock, () => events.at(-1)?.kind === "ended", "the end");
    await over;
  };
  await startAndStop();
  await startAndStop();
  await startAndStop();
});

test("the same start twice is one measurement", async () => {
  const { client, clock, channels } = await stationWith([cuffPort]);
  const port = channels.ports.get("/dev/cuff")!;
  simulated(port, cuff, clock);
  const [visit, id] = [newId(), newId()];
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  const call = { id, visit, of: "bloodPressure" as const, context: {} };
  await Promise.all([client.measure.start(call), client.measure.start(call)]);
  await client.measure.start(call);
  await clock.advance(1_000);
  expect(port.sent.filter((hex) => hex === startFrame)).toHaveLength(1);
});

test("a read-out that is stopped gives nothing, though a fresh record was already heard", async () => {
  const { client, clock, channels, journal } = await stationWith([meterPort]);
  const port = channels.ports.get("/dev/meter")!;
  simulated(port, meter, clock);
  const [visit, id] = [newId(), newId()];
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  await clock.advance(10_000);
  await client.measure.start({ id, visit, of: "glucose", context: {} });
  const { events, over } = follow(client, id);
  const recordsAsked = (): number =>
    port.sent.filter((hex) => hex.startsWith("020a") && hex.slice(6, 10) === "051f").length;
  // The count is asked first, then record 0; the question for record 1 means that record 0 was heard.
  while (recordsAsked() < 3) await clock.advance(10);
  await client.measure.stop({ id });
  await over;
  expect(events.at(-1)).toEqual({ kind: "ended", how: "stopped" });
  const entries = await journal();
  expect(entries.filter(({ type }) => type === "measurement.accepted")).toEqual([]);
  const refused = entries.flatMap((entry) => bodyOf(entry, "measurement.refused") ?? []);
  // The record heard before the stop, and the one that was still on its way: neither leaves a value.
  expect(
    refused.map(({ reason, readings, provenance: { rawHex }, times: { deviceTime } }) => ({
      reason,
      readings,
      rawHex,
      deviceTime,
    })),
  ).toEqual(Array(2).fill({ reason: "gate.afterStop", readings: [], rawHex: [], deviceTime: undefined }));
});

test("a visit that is left while the port is being opened: not a byte is sent", async () => {
  const { client, clock, channels } = await stationWith([cuffPort]);
  const port = channels.ports.get("/dev/cuff")!;
  simulated(port, cuff, clock);
  const [visit, id] = [newId(), newId()];
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  const starting = codeOf(client.measure.start({ id, visit, of: "bloodPressure", context: {} }));
  const leaving = client.visit.leave({ visit, reason: "left" });
  await starting;
  await leaving;
  await clock.advance(2_000);
  expect(port.sent).toEqual([]);
});

test("who starts again without having answered has not confirmed the first", async () => {
  const { client, clock, channels } = await stationWith([cuffPort]);
  simulated(channels.ports.get("/dev/cuff")!, cuff, clock);
  const visit = newId();
  const [one, two] = [newId(), newId()];
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  await client.measure.start({ id: one, visit, of: "bloodPressure", context: {} });
  const first = follow(client, one);
  await advanceUntil(clock, () => first.events.some(({ kind }) => kind === "confirm"), "confirm");
  await client.measure.start({ id: two, visit, of: "bloodPressure", context: {} });
  expect((await first.over).at(-1)).toEqual({ kind: "ended", how: "failed", code: "gate.notConfirmed" });
  expect(await codeOf(client.measure.confirm({ id: one, same: true }))).toBe("gate.noVisit");
});

test("the second pressure waits for the rest, and then a third where two differ", async () => {
  const { client, clock, channels } = await stationWith([cuffPort]);
  const port = channels.ports.get("/dev/cuff")!;
  const visit = newId();
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  const measure = async (systolic: number): Promise<void> => {
    simulated(port, cuff, clock, { values: { result: { systolic } } });
    const id = newId();
    await client.measure.start({ id, visit, of: "bloodPressure", context: {} });
    const { events, over } = follow(client, id);
    await advanceUntil(clock, () => events.some(({ kind }) => kind === "confirm"), "confirm");
    await client.measure.confirm({ id, same: true });
    await over;
  };
  await measure(130);
  expect(await codeOf(client.measure.start({ id: newId(), visit, of: "bloodPressure", context: {} }))).toBe(
    "gate.tooSoon",
  );
  await clock.advance(60_000);
  await measure(145);
  expect((await first(client.visit.watch({ visit })))!.results[0]!.next).toBe("third");
  await clock.advance(60_000);
  await measure(141);
  const result = (await first(client.visit.watch({ visit })))!.results[0]!;
  expect({ next: result.next, value: result.assessments[0]?.value }).toEqual({
    next: "none",
    value: expect.stringMatching(/^143\//) as string,
  });
});
