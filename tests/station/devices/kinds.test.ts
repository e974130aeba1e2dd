import { expect, test } from "vitest";
import type { Outcome } from "../../../core/domain/outcome.ts";
import { encode, toHex, type Profile } from "../../../drivers/kit/index.ts";
import { makeDevice, promisedBy } from "../../../station/devices/device.ts";
import { Line } from "../../../station/devices/line.ts";
import { makeSafe } from "../../../station/devices/make-safe.ts";
import { latestMs, Run, type RunEnd, type RunParts } from "../../../station/devices/run.ts";
import { silentLogger, type Logger } from "../../../station/log/logger.ts";
import toy from "../../drivers/kit/toy.ts";
import { FakeChannels, simulated } from "../fakes/channels.ts";
import { FakeClock } from "../fakes/clock.ts";

/** A log that keeps the bytes it was given. */
function keeping(): { readonly log: Logger; readonly logged: string[] } {
  const logged: string[] = [];
  const log: Logger = { ...silentLogger, bytes: (way, bytes) => void logged.push(way + toHex(bytes)), with: () => log };
  return { log, logged };
}

function plugged(profile: Profile, log: Logger = silentLogger) {
  const clock = new FakeClock();
  const source = new FakeChannels();
  const port = source.plug("/dev/toy");
  const device = makeDevice(profile, "/dev/toy", true);
  const unasked: Outcome[] = [];
  const onUnasked = (_device: unknown, outcome: Outcome): void => void unasked.push(outcome);
  const line = new Line({ device, source, clock, log, onChange: () => {}, onUnasked });
  line.present(true);
  return { clock, port, line, unasked };
}

async function runOf(profile: Profile, asked: NonNullable<RunParts["asked"]>, log: Logger = silentLogger) {
  const { clock, port, line } = plugged(profile, log);
  const opened = await line.take();
  if (!opened.ok) throw new Error(opened.code);
  const results: { readonly of: string; readonly bytes: number }[] = [];
  const ends: RunEnd[] = [];
  const run = new Run({
    line,
    channel: opened.channel,
    clock,
    log,
    visitAgeMs: 0,
    asked,
    listener: {
      phase: () => {},
      heard: (outcome, raw) => {
        if (outcome.kind === "measurement") results.push({ of: outcome.of, bytes: raw.length });
      },
      ended: (end) => ends.push(end),
    },
  });
  return { clock, port, run, results, ends };
}

const frame = (name: string, values = {}): string => toHex(encode(toy, name, values));

test("the kind that was asked for chooses the session, and all frames behind its result come with it", async () => {
  const { clock, port, run, results, ends } = await runOf(toy, { of: "oximetry" });
  simulated(port, toy, clock);
  run.begin();
  await clock.advance(15_000);
  expect(ends).toEqual([{ how: "finished" }]);
  // Five seconds of frames of seven bytes, one every 100 ms.
  expect(results).toEqual([{ of: "oximetry", bytes: 51 * 7 }]);
  expect(port.sent[0]).toBe(frame("streamOff"));
  expect(port.sent.at(-1)).toBe(frame("streamOff"));
  expect(port.sent).not.toContain(frame("start"));
});

test("how long a phase may take is that of the asked session", () => {
  expect(latestMs(toy, "measuring", { of: "oximetry" })).toBe(30_000);
  expect(latestMs(toy, "waiting", { task: "open" })).toBe(3_100);
});

test("a stream promises what it settles on", () => {
  expect([...promisedBy(toy, "oximetry")]).toEqual(["spo2", "pulse.rate"]);
});

test("what a reader of codes says is in no log, in a run or out of it", async () => {
  const reader: Profile = { ...toy, push: true, meaning: { ...toy.meaning, hi: { kind: "scan", text: "code" } } };
  const { log, logged } = keeping();
  const idle = plugged(reader, log);
  await idle.clock.advance(10);
  idle.port.say(frame("hi"));
  expect(idle.unasked).toHaveLength(1);
  const { clock, port, run } = await runOf(reader, { of: "bloodPressure" }, log);
  run.begin();
  port.say(`0102${frame("hi")}`);
  await clock.advance(100);
  expect(logged).toEqual([]);
});

test("the same line of another device is logged", async () => {
  const { log, logged } = keeping();
  const { clock, port, run } = await runOf(toy, { of: "bloodPressure" }, log);
  run.begin();
  port.say(frame("hi"));
  await clock.advance(100);
  expect(logged).toContain(`←${frame("hi")}`);
});

test("whoever does not know what was at work sends every stop", async () => {
  const { clock, port, line } = plugged(toy);
  const opened = await line.take();
  if (!opened.ok) throw new Error(opened.code);
  const safe = makeSafe(toy, opened.channel, clock, silentLogger);
  await clock.advance(50);
  port.say(frame("stopped"));
  await clock.advance(1_000);
  expect(await safe).toBe(true);
  expect(port.sent).toEqual([frame("stop"), frame("streamOff")]);
});

test("a device that asks for its start while nobody measures is not answered", async () => {
  const { clock, port } = plugged({ ...toy, push: true });
  await clock.advance(10);
  port.say(frame("ready"));
  port.say(frame("record", { index: 1, glucose: 100 }));
  await clock.advance(1_000);
  expect(port.sent).toEqual([]);
});
