import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { bodyOf } from "../../../core/journal/visit-results.ts";
import type { VisitView } from "../../../core/contract/views.ts";
import { findProfile } from "../../../drivers/find-profile.ts";
import { FakeChannels, simulated } from "../fakes/channels.ts";
import { FakeClock } from "../fakes/clock.ts";
import { advanceUntil, codeOf, follow, startStation, type StationClient } from "../fakes/station.ts";

const cuff = findProfile("raycome-rbp-9000c")!;

async function room() {
  const clock = new FakeClock();
  const stuck: number[] = [];
  const channels = new FakeChannels();
  simulated(channels.plug("/dev/cuff"), cuff, clock);
  const settings = { devices: [{ profile: cuff.id, port: "/dev/cuff" }], restSeconds: 300 };
  const onPageStuck = () => stuck.push(clock.now());
  const started = await startStation({ clock, channels, settings, onPageStuck });
  const visit = newId();
  await started.client.visit.open({ id: visit, who: { kind: "guest" } });
  return { ...started, clock, visit, stuck, seen: watching(started.client, visit) };
}

/** Every view of the visit that the page is shown. */
function watching(client: StationClient, visit: string): VisitView[] {
  const seen: VisitView[] = [];
  void (async () => {
    for await (const view of await client.visit.watch({ visit })) seen.push(view);
  })();
  return seen;
}

const reasons = async (journal: () => Promise<readonly Parameters<typeof bodyOf>[0][]>) =>
  (await journal()).flatMap((entry) => bodyOf(entry, "visit.closed")?.reason ?? []);

test("a minute without a touch asks whether somebody is there; twenty seconds later the host ends the visit", async () => {
  const { clock, seen, journal } = await room();
  await clock.advance(59_999);
  expect(seen.at(-1)?.idle).toBeUndefined();
  await clock.advance(1);
  expect(seen.at(-1)?.idle).toEqual({ endsAt: new Date(clock.now() + 20_000).toISOString() });
  await clock.advance(19_999);
  expect(seen.at(-1)?.closed).toBe(false);
  await clock.advance(1);
  expect(seen.at(-1)).toMatchObject({ closed: true });
  expect(seen.at(-1)?.idle).toBeUndefined();
  expect(await reasons(journal)).toEqual(["idle"]);
});

test("one touch extends it, again and again", async () => {
  const { client, clock, visit, seen } = await room();
  for (let time = 0; time < 5; time++) {
    await clock.advance(79_000);
    expect(seen.at(-1)?.idle).toBeDefined();
    await client.visit.touch({ visit });
    await clock.advance(1);
    expect(seen.at(-1)?.idle).toBeUndefined();
  }
  expect(seen.at(-1)?.closed).toBe(false);
});

test("a touch in another visit extends nothing", async () => {
  const { client, clock, seen } = await room();
  await clock.advance(70_000);
  await client.visit.touch({ visit: newId() });
  await clock.advance(10_000);
  expect(seen.at(-1)?.closed).toBe(true);
});

test("who sits and rests is left alone for the five minutes; then the minute begins", async () => {
  const { client, clock, visit, seen } = await room();
  await client.visit.seat({ id: newId(), visit });
  await clock.advance(300_000);
  expect(seen.some(({ idle }) => idle !== undefined)).toBe(false);
  await clock.advance(61_000);
  expect(seen.at(-1)?.idle).toBeDefined();
});

test("who waits for help is not sent away; once somebody is there, the minute begins", async () => {
  const { client, clock, visit, seen } = await room();
  await client.visit.alarm({ id: newId(), visit, reason: "asked", symptoms: [] });
  await clock.advance(300_000);
  expect(seen.some(({ idle, closed }) => idle !== undefined || closed)).toBe(false);
  await client.visit.alarmAnswered({ id: newId(), visit, how: "here" });
  await clock.advance(62_000);
  expect(seen.at(-1)?.idle).toBeDefined();
});

test("nobody is sent away while a device measures", async () => {
  const { client, clock, visit, seen } = await room();
  await clock.advance(75_000);
  const id = newId();
  await client.measure.start({ id, visit, of: "bloodPressure", context: {} });
  const { events } = follow(client, id);
  await advanceUntil(clock, () => events.some(({ kind }) => kind === "confirm"), "confirm");
  expect(seen.at(-1)).toMatchObject({ closed: false });
});

test("a page that says it is clear stays; one that does not is stuck after 0.7 s", async () => {
  const { station, client, clock, visit, stuck } = await room();
  station.pageHere();
  await client.visit.leave({ visit, reason: "left" });
  await clock.advance(699);
  await client.visit.cleared({ visit });
  await clock.advance(10_000);
  expect(stuck).toEqual([]);
  const next = newId();
  await client.visit.open({ id: next, who: { kind: "guest" } });
  await client.visit.leave({ visit: next, reason: "left" });
  const left = clock.now();
  await clock.advance(699);
  expect(stuck).toEqual([]);
  await clock.advance(1);
  expect(stuck).toEqual([left + 700]);
});

test("the time runs from the moment of leaving, also while a cuff lets its air out", async () => {
  const { station, client, clock, visit, seen, stuck } = await room();
  station.pageHere();
  const id = newId();
  await client.measure.start({ id, visit, of: "bloodPressure", context: {} });
  await clock.advance(5_000);
  void client.visit.leave({ visit, reason: "left" });
  const left = clock.now();
  await clock.advance(1);
  expect(seen.at(-1)?.closed).toBe(true);
  await clock.advance(1_000);
  expect(stuck).toEqual([left + 700]);
});

test("a page that opens another visit does not hang, and a page whose line is gone holds nothing", async () => {
  const { station, client, clock, stuck } = await room();
  station.pageHere();
  const second = newId();
  await client.visit.open({ id: second, who: { kind: "guest" } });
  await clock.advance(1_000);
  station.pageGone();
  await client.visit.leave({ visit: second, reason: "left" });
  await clock.advance(1_000);
  expect(stuck).toEqual([]);
});

test("a page that is away for twenty seconds ends its visit; one that comes back does not", async () => {
  const { station, client, clock, visit, seen, journal } = await room();
  station.pageHere();
  station.pageGone();
  await clock.advance(19_999);
  station.pageHere();
  await clock.advance(10_000);
  expect(seen.at(-1)?.closed).toBe(false);
  station.pageGone();
  await clock.advance(20_000);
  expect(seen.at(-1)?.closed).toBe(true);
  expect(await codeOf(client.visit.seat({ id: newId(), visit }))).toBe("visit.closed");
  expect(await reasons(journal)).toEqual(["idle"]);
});
