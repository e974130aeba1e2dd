import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { bodyOf } from "../../../core/journal/visit-results.ts";
import { simulated } from "../fakes/channels.ts";
import { advanceUntil, follow, stationWith } from "../fakes/station.ts";
import { kinds, lipidPort, lipids, meter, meterPort } from "./measuring.ts";

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
