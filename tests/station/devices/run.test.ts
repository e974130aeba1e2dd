import { expect, test } from "vitest";
import { findProfile } from "../../../drivers/find-profile.ts";
import { checkProfile, type Profile, type Session } from "../../../drivers/kit/index.ts";
import { makeDevice } from "../../../station/devices/device.ts";
import { Line } from "../../../station/devices/line.ts";
import { hardCapMs, latestMs, Run, type RunEnd } from "../../../station/devices/run.ts";
import { silentLogger } from "../../../station/log/logger.ts";
import { FakeChannels, simulated } from "../fakes/channels.ts";
import { FakeClock } from "../fakes/clock.ts";

const cuff = findProfile("raycome-rbp-9000c")!;
const stopFrame = "cc80030301030002";

/** A run on a fake port; `session` replaces the kit's. */
async function runOn(session?: Session, profile: Profile = cuff) {
  const clock = new FakeClock();
  const source = new FakeChannels();
  const port = source.plug("/dev/cuff");
  const device = makeDevice(profile, "/dev/cuff", true);
  const line = new Line({ device, source, clock, log: silentLogger, onChange: () => {}, onUnasked: () => {} });
  line.present(true);
  const opened = await line.take();
  if (!opened.ok) throw new Error(opened.code);
  const told: { ends: RunEnd[]; readings: number; late: boolean[] } = { ends: [], readings: 0, late: [] };
  const run = new Run({
    line,
    channel: opened.channel,
    clock,
    log: silentLogger,
    visitAgeMs: 0,
    listener: {
      phase: () => {},
      heard: (outcome, _raw, when) => {
        if (outcome.kind === "progress") told.readings += 1;
        if (outcome.kind === "measurement") told.late.push(when.stopped);
      },
      ended: (end) => told.ends.push(end),
    },
    ...(session === undefined ? {} : { converse: () => session }),
  });
  return { clock, source, port, device, run, told };
}

const deaf: Session = { begin: () => [], hear: () => [], wake: () => [], stop: () => [] };

test("nothing is sent before begin", async () => {
  const { clock, port } = await runOn();
  await clock.advance(10_000);
  expect(port.sent).toEqual([]);
});

test("a session that never ends cannot hold the device: the watchdog outside of it does", async () => {
  const { clock, device, run, told } = await runOn(deaf);
  run.begin();
  await clock.advance(cuff.session.totalMs + 10_000);
  expect(told.ends).toEqual([{ how: "failed", code: "device.tooLong" }]);
  expect(device.busy).toBe(false);
});

test("a session that answers stop with nothing is ended all the same, three seconds later", async () => {
  const { clock, device, run, told } = await runOn(deaf);
  run.begin();
  void run.stop();
  await clock.advance(2_900);
  expect(told.ends).toEqual([]);
  await clock.advance(200);
  expect(told.ends).toEqual([{ how: "stopped" }]);
  await clock.advance(1_000);
  expect(device.busy).toBe(false);
});

test("a cuff that pumps on and on is stopped by its profile's limit", async () => {
  const { clock, port, run, told } = await runOn();
  port.answersWith((bytes) => {
    if (bytes[5] === 0x01) port.say("aa80030301010000");
    if (bytes[5] === 0x02) port.say("aa80030301020003");
  });
  run.begin();
  for (let second = 0; second < 200 && told.ends.length === 0; second++) {
    port.say("aa8003040105008e8d");
    await clock.advance(1_000);
  }
  expect(told.ends).toEqual([{ how: "failed", code: "device.tooLong" }]);
  expect(port.sent.filter((hex) => hex === stopFrame)).not.toEqual([]);
});

test("a profile with the greatest times it may ask for, and a stream that never ends: ten minutes, stop, and free", async () => {
  // As a person could write it into the folder: the cuff's table, told to wait for an hour.
  const json: unknown = JSON.parse(JSON.stringify({ ...cuff, session: { ...cuff.session, totalMs: 3_600_000 } }));
  const checked = checkProfile(json);
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  const { clock, port, device, run, told } = await runOn(undefined, checked.profile);
  port.answersWith((bytes) => {
    if (bytes[5] === 0x01) port.say("aa80030301010000");
    if (bytes[5] === 0x02) port.say("aa80030301020003");
  });
  run.begin();
  let passedMs = 0;
  for (; passedMs < hardCapMs - 1_000; passedMs += 1_000) {
    port.say("aa8003040105008e8d");
    await clock.advance(1_000);
  }
  expect([told.ends, device.busy, port.sent.includes(stopFrame)]).toEqual([[], true, false]);
  for (; passedMs < hardCapMs + 10_000; passedMs += 1_000) {
    port.say("aa8003040105008e8d");
    await clock.advance(1_000);
  }
  expect([told.ends, device.busy]).toEqual([[{ how: "failed", code: "device.tooLong" }], false]);
  expect(port.sent).toContain(stopFrame);
  expect(port.openChannels).toBe(0);
});

test("stop twice is one stop, and stop after the end sends nothing", async () => {
  const { clock, port, run, told } = await runOn();
  simulated(port, cuff, clock);
  run.begin();
  await clock.advance(2_000);
  void run.stop();
  void run.stop();
  await clock.advance(3_000);
  expect(told.ends).toEqual([{ how: "stopped" }]);
  const sent = port.sent.length;
  await run.stop();
  await clock.advance(1_000);
  expect(port.sent.length).toBe(sent);
});

test("what comes in the second after a stop is heard as late, and then the port is let go", async () => {
  const { clock, port, run, told } = await runOn();
  simulated(port, cuff, clock);
  run.begin();
  await clock.advance(2_000);
  void run.stop();
  await clock.advance(500);
  port.say("aa80030f01060114050c0c1f128000490045" + "00");
  port.say("aa80030f01060114050c0c1f120080004900459a");
  expect(told.late).toEqual([true]);
  await clock.advance(1_500);
  expect(port.openChannels).toBe(0);
});

test("the port's going is the end, and the device is away until it is listed again", async () => {
  const { clock, source, device, run, told } = await runOn();
  simulated(source.ports.get("/dev/cuff")!, cuff, clock);
  run.begin();
  await clock.advance(2_000);
  source.unplug("/dev/cuff");
  expect(told.ends).toEqual([{ how: "failed", code: "device.unplugged" }]);
  expect(device.present).toBe(false);
  await run.free;
});

test("the page can be told how long a phase takes at the most", () => {
  expect(latestMs(cuff, "contacting")).toBe(1_000);
  expect(latestMs(cuff, "waiting")).toBe(3_000);
  expect(latestMs(cuff, "measuring")).toBe(cuff.session.totalMs);
  expect(cuff.session.totalMs).toBeLessThan(hardCapMs);
});
