import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { bodyOf } from "../../../core/journal/visit-results.ts";
import { findProfile } from "../../../drivers/find-profile.ts";
import { simulated } from "../fakes/channels.ts";
import { advanceUntil, follow, stationWith } from "../fakes/station.ts";

/** A bench-top analyser that waits for an answer to every frame: whose result is it? */
const analyser = findProfile("abbott-afinion-2")!;
const port = { profile: analyser.id, port: "/dev/analyser" };

test("a panel that is run during the visit is asked for frame by frame, confirmed, and counts", async () => {
  const { client, clock, channels, journal } = await stationWith([port]);
  const device = simulated(channels.ports.get("/dev/analyser")!, analyser, clock);
  const [visit, id] = [newId(), newId()];
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  await clock.advance(10_000);
  await client.measure.start({ id, visit, of: "lipids", context: {} });
  const { events, over } = follow(client, id);
  await clock.advance(100);
  device.press();
  await advanceUntil(clock, () => events.some(({ kind }) => kind === "confirm"), "confirm", 20_000);
  await client.measure.confirm({ id, same: true });
  await over;
  expect(events.at(-1)).toEqual({ kind: "ended", how: "finished" });
  const accepted = (await journal()).flatMap((entry) => bodyOf(entry, "measurement.accepted") ?? []);
  expect(accepted).toHaveLength(1);
  expect(accepted[0]!.readings.map(({ quantity }) => quantity)).toEqual([
    "cholesterol.total",
    "cholesterol.hdl",
    "triglyceride",
    "cholesterol.ldlCalculated",
  ]);
  expect(accepted[0]!.provenance).toMatchObject({ serialNumber: "AF20000001", profile: analyser.id });
});

test("a result that waited in the analyser is not the next person's", async () => {
  const { client, clock, channels, journal } = await stationWith([port]);
  const device = simulated(channels.ports.get("/dev/analyser")!, analyser, clock, {
    values: { result: { time: { agoMs: 3_600_000 } } },
  });
  const [visit, id] = [newId(), newId()];
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  await clock.advance(10_000);
  await client.measure.start({ id, visit, of: "lipids", context: {} });
  const { events } = follow(client, id);
  await clock.advance(100);
  device.press();
  await advanceUntil(clock, () => events.some(({ kind }) => kind === "ended"), "the end", 30_000);
  expect(events.slice(-2)).toEqual([
    { kind: "refused", reason: "gate.stale" },
    { kind: "ended", how: "failed", code: "gate.stale" },
  ]);
  const kept = JSON.stringify((await journal()).filter((entry) => entry.visit !== null).map(({ body }) => body));
  expect(kept).not.toMatch(/"value":|"rawHex":\["/);
});

test("nobody is being measured: the analyser's call is not answered, and its result stays where it is", async () => {
  const { clock, channels, journal } = await stationWith([port]);
  const line = channels.ports.get("/dev/analyser")!;
  const device = simulated(line, analyser, clock);
  await clock.advance(100);
  device.press();
  await clock.advance(120_000);
  const types = (await journal()).map(({ type }) => type);
  expect(types).not.toContain("measurement.accepted");
  expect(types).not.toContain("measurement.heard");
});
