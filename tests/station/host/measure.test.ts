import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import type { MeasureEvent } from "../../../core/contract/views.ts";
import { bodyOf } from "../../../core/journal/visit-results.ts";
import { simulated } from "../fakes/channels.ts";
import { advanceUntil, codeOf, deviceState, follow, stationWith } from "../fakes/station.ts";
import {
  cuff,
  cuffPort,
  first,
  kinds,
  lipidPort,
  lipids,
  meter,
  meterPort,
  startFrame,
  stopFrame,
} from "./measuring.ts";

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
