import { afterEach, beforeEach, expect, test } from "vitest";
import { v7 as newId } from "uuid";
import type { AlarmItem } from "../../core/contract/hub-alarms.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import { systemClock } from "../../hub/system-clock.ts";
import { FakeChannels } from "../station/fakes/channels.ts";
import { until as so } from "../station/fakes/clock.ts";
import { startStation, type Started } from "../station/fakes/station.ts";
import { Town, until, type Line } from "./parties.ts";

/** A real station at a real hub: a call for help goes up, and the doctor's word comes back down. */
let town: Town;
let desk: Line;

beforeEach(async () => {
  town = new Town();
  await town.start({ clock: systemClock });
  desk = await (await town.person("li")).connect();
});
afterEach(() => town.end());

async function station(): Promise<Started & { readonly visit: string }> {
  const hub = { address: town.hub.address, enrolCode: await town.hub.newEnrolCode() };
  const started = await startStation({ clock: systemClock, channels: new FakeChannels(), hub });
  const visit = newId();
  await started.client.visit.open({ id: visit, who: { kind: "guest" } });
  return { ...started, visit };
}

const stateIn = async ({ client, visit }: Awaited<ReturnType<typeof station>>, state: string) =>
  until(await client.visit.watch({ visit }), ({ alarm }) => alarm?.state === state);
const alarms = async (wanted: (items: readonly AlarmItem[]) => boolean) =>
  until(await desk.client.alarm.watch(), wanted);

test("the duty doctor sees a call for help and answers it, and the station says so", async () => {
  const place = await station();
  await so(() => place.station.view().hub === "up", "a line");
  const id = newId();
  await place.client.visit.alarm({ id, visit: place.visit, reason: "symptom", symptoms: ["SX_CHEST_PAIN"] });
  const [item] = await alarms((items) => items.length === 1);
  expect(item).toMatchObject({ alarm: id, visit: place.visit, reason: "symptom", station: { name: "健康E站" } });
  // What a person suffers from does not go along.
  expect(JSON.stringify(item)).not.toContain("SX_");
  await stateIn(place, "told");
  await desk.client.alarm.answer({ alarm: id });
  await stateIn(place, "answered");
  expect(await alarms((items) => items.length === 0)).toEqual([]);
  const answered = (await place.journal()).flatMap((entry) => bodyOf(entry, "alarm.answered") ?? []);
  expect(answered).toMatchObject([{ alarm: id, how: "hub" }]);
});

test("what was answered at the station is no longer the doctor's", async () => {
  const place = await station();
  await so(() => place.station.view().hub === "up", "a line");
  await place.client.visit.alarm({ id: newId(), visit: place.visit, reason: "asked", symptoms: [] });
  await alarms((items) => items.length === 1);
  await place.client.visit.alarmAnswered({ id: newId(), visit: place.visit, how: "here" });
  expect(await alarms((items) => items.length === 0)).toEqual([]);
});

test("a call for help that sounded without a line is told when there is one", async () => {
  const place = await station();
  await place.client.visit.alarm({ id: newId(), visit: place.visit, reason: "asked", symptoms: [] });
  expect((await alarms((items) => items.length === 1))[0]?.visit).toBe(place.visit);
});
