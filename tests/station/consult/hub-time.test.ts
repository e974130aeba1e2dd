import { v7 as newId } from "uuid";
import { expect, onTestFinished, test } from "vitest";
import { bodyOf } from "../../../core/journal/visit-results.ts";
import { findProfile } from "../../../drivers/find-profile.ts";
import { createHub, type Hub } from "../../../hub/create-hub.ts";
import { createLogger } from "../../../hub/log.ts";
import { systemClock } from "../../../hub/system-clock.ts";
import { FakeChannels, simulated } from "../fakes/channels.ts";
import { FakeClock } from "../fakes/clock.ts";
import { advanceUntil, codeOf, follow, startStation, tempFolder, testKey, type Started } from "../fakes/station.ts";
import { signIn, watchDesk } from "../technician/kit.ts";

const cuff = findProfile("raycome-rbp-9000c")!;

/** A clock whose wall time can be set, as a technician or a time server does; the monotonic one goes on. */
class SettableClock extends FakeClock {
  aheadMs = 0;
  override now(): number {
    return super.now() + this.aheadMs;
  }
}

interface Bench extends Started {
  readonly hub: Hub;
  readonly clock: SettableClock;
  readonly time: FakeClock;
}

/** A real hub with the right time, and a real station with a cuff whose own clock is ahead of it. */
async function bench(stationAheadMs: number): Promise<Bench> {
  const time = new FakeClock();
  const created = await createHub({
    clock: time,
    lines: systemClock,
    folder: tempFolder(),
    key: testKey,
    log: createLogger("silent"),
  });
  if (!created.ok) throw new Error(created.code);
  const { hub } = created;
  onTestFinished(() => hub.close());
  const clock = new SettableClock();
  clock.aheadMs = stationAheadMs;
  const channels = new FakeChannels();
  simulated(channels.plug("/dev/cuff"), cuff, clock);
  const started = await startStation({
    clock,
    channels,
    settings: { simulated: true, devices: [{ profile: cuff.id, port: "/dev/cuff" }] },
    hub: { address: hub.address, enrolCode: await hub.newEnrolCode() },
  });
  const it = { ...started, hub, clock, time };
  await passing(it, () => it.station.view().clock.state !== "unknown", "compared");
  return it;
}

/** Both clocks go on alike. */
async function passing({ clock, time }: Bench, fact: () => boolean, what: string): Promise<void> {
  await advanceUntil(
    clock,
    () => {
      time.advance(100).catch(() => undefined);
      return fact();
    },
    what,
  );
}

/** The code that a start of the cuff is refused with; undefined when it begins, which is then stopped. */
async function startCode({ client }: Bench): Promise<string | undefined> {
  const [visit, id] = [newId(), newId()];
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  const code = await codeOf(client.measure.start({ id, visit, of: "bloodPressure", context: {} }));
  void client.measure.stop({ id });
  return code;
}

test.each([
  [0, "right"],
  [-59_000, "right"],
  [90_000, "off"],
  [-290_000, "off"],
  [400_000, "wrong"],
  [-400_000, "wrong"],
] as const)("a station whose clock is %i ms ahead says that it is %s, and how far", async (aheadMs, state) => {
  const { station } = await bench(aheadMs);
  const { clock } = station.view();
  expect(clock.state).toBe(state);
  expect(clock.hubAheadMs).toBeGreaterThan(-aheadMs - 1_500);
  expect(clock.hubAheadMs).toBeLessThan(-aheadMs + 1_500);
});

test.each([
  [0, undefined],
  [90_000, undefined],
  [400_000, "gate.clockWrong"],
  [-400_000, "gate.clockWrong"],
] as const)("with a clock %i ms ahead a start is answered %s", async (aheadMs, code) => {
  expect(await startCode(await bench(aheadMs))).toBe(code);
});

test.each([
  [0, []],
  [90_000, ["station.clockOff"]],
  [400_000, ["gate.clockWrong"]],
] as const)("with a clock %i ms ahead the technician has these tasks about it: %j", async (aheadMs, codes) => {
  const { client } = await bench(aheadMs);
  const { views } = await watchDesk(client, await signIn(client));
  expect(
    views
      .at(-1)
      ?.tasks.filter(({ device }) => device === undefined)
      .map(({ code }) => code),
  ).toEqual(codes);
});

test("a clock that is set right lets measuring begin again at once, and is asked for within a minute", async () => {
  const it = await bench(400_000);
  expect(await startCode(it)).toBe("gate.clockWrong");
  it.clock.aheadMs = 0;
  expect(await startCode(it)).toBeUndefined();
  expect(it.station.view().clock).toEqual({ state: "unknown" });
  await passing(it, () => it.station.view().clock.state === "right", "compared anew");
});

test("a clock that is set wrong is found out within a minute", async () => {
  const it = await bench(0);
  it.clock.aheadMs = -3_600_000;
  const since = it.time.now();
  await passing(it, () => it.station.view().clock.state === "wrong", "found out");
  expect(it.time.now() - since).toBeLessThan(70_000);
});

test("a clock that is off and drifts back is right again at a later look", async () => {
  const it = await bench(400_000);
  // Not set in one step: the hub's clock creeps up to it.
  await it.time.advance(399_000);
  await passing(it, () => it.station.view().clock.state === "right", "right");
});

/** A pressure of a guest, up to the question whether the display says the same. */
async function heardPressure(it: Bench): Promise<{ readonly id: string; readonly answer: () => Promise<void> }> {
  const [visit, id] = [newId(), newId()];
  await it.client.visit.open({ id: visit, who: { kind: "guest" } });
  await it.client.measure.start({ id, visit, of: "bloodPressure", context: {} });
  const { events } = follow(it.client, id);
  await passing(it, () => events.some(({ kind }) => kind === "confirm"), "the numbers");
  return {
    id,
    answer: async () => {
      await it.client.measure.confirm({ id, same: true });
      await passing(it, () => events.some(({ kind }) => kind === "ended"), "the end");
    },
  };
}

test("a number that is confirmed after the clock was found wrong does not count, and is kept with the reason", async () => {
  const it = await bench(0);
  const { answer } = await heardPressure(it);
  it.clock.aheadMs = 3_600_000;
  await passing(it, () => it.station.view().clock.state === "wrong", "found out");
  await answer();
  const refused = (await it.journal()).flatMap((entry) => bodyOf(entry, "measurement.refused") ?? []);
  expect(refused.map(({ reason, readings }) => [reason, readings.length > 0])).toEqual([["gate.clockWrong", true]]);
});

test("each measurement says how far the hub's clock was ahead", async () => {
  const it = await bench(-90_000);
  const { answer } = await heardPressure(it);
  await answer();
  const [accepted] = (await it.journal()).flatMap((entry) => bodyOf(entry, "measurement.accepted") ?? []);
  expect(accepted?.times.hubAheadMs).toBeGreaterThan(88_000);
  expect(accepted?.times.hubAheadMs).toBeLessThan(92_000);
});

test("a hub that was never reached keeps nobody from measuring", async () => {
  const clock = new SettableClock();
  const channels = new FakeChannels();
  simulated(channels.plug("/dev/cuff"), cuff, clock);
  const started = await startStation({
    clock,
    channels,
    settings: { devices: [{ profile: cuff.id, port: "/dev/cuff" }] },
    hub: { address: "http://127.0.0.1:9" },
  });
  await clock.advance(120_000);
  expect(started.station.view().clock).toEqual({ state: "unknown" });
  const [visit, id] = [newId(), newId()];
  await started.client.visit.open({ id: visit, who: { kind: "guest" } });
  expect(await codeOf(started.client.measure.start({ id, visit, of: "bloodPressure", context: {} }))).toBeUndefined();
});
