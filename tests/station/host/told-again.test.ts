import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { bodyOf } from "../../../core/journal/visit-results.ts";
import { findProfile } from "../../../drivers/find-profile.ts";
import { simulated } from "../fakes/channels.ts";
import { advanceUntil, follow, stationWith, type StationClient } from "../fakes/station.ts";
import type { FakeClock } from "../fakes/clock.ts";

/** A monitor that can tell its last record again: after a start that would be the person before. */
const monitor = findProfile("and-tm2655")!;
const port = { profile: monitor.id, port: "/dev/monitor" };

async function measure(client: StationClient, clock: FakeClock) {
  const [visit, id] = [newId(), newId()];
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  await client.measure.start({ id, visit, of: "bloodPressure", context: {} });
  const { events } = follow(client, id);
  const answered = (): boolean => events.some(({ kind }) => kind === "confirm" || kind === "ended");
  await advanceUntil(clock, answered, "an answer", 200_000);
  if (events.some(({ kind }) => kind === "confirm")) await client.measure.confirm({ id, same: true });
  await advanceUntil(clock, () => events.some(({ kind }) => kind === "ended"), "the end", 60_000);
  await client.visit.leave({ visit, reason: "left" });
  return events.at(-1);
}

test("the record of the person before, told again after start, is nobody's", async () => {
  const { client, clock, channels, journal } = await stationWith([port]);
  simulated(channels.ports.get("/dev/monitor")!, monitor, clock, {
    values: { result: { time: "2026-11-22T08:00", systolic: 128, mean: 97, diastolic: 82, pulse: 70 } },
  });
  expect(await measure(client, clock)).toEqual({ kind: "ended", how: "finished" });
  expect(await measure(client, clock)).toEqual({ kind: "ended", how: "failed", code: "gate.stale" });
  const accepted = (await journal()).flatMap((entry) => bodyOf(entry, "measurement.accepted") ?? []);
  expect(accepted).toHaveLength(1);
});

test("the same numbers at another time are another result", async () => {
  const { client, clock, channels } = await stationWith([port]);
  simulated(channels.ports.get("/dev/monitor")!, monitor, clock, {
    values: { result: { systolic: 128, mean: 97, diastolic: 82, pulse: 70 } },
  });
  expect(await measure(client, clock)).toEqual({ kind: "ended", how: "finished" });
  await clock.advance(120_000);
  expect(await measure(client, clock)).toEqual({ kind: "ended", how: "finished" });
});
