import { expect, test } from "vitest";
import { findProfile } from "../../../drivers/find-profile.ts";
import { mayNamePersons } from "../../../drivers/kit/index.ts";
import { registry } from "../../../drivers/registry.generated.ts";
import { makeDevice } from "../../../station/devices/device.ts";
import { Line } from "../../../station/devices/line.ts";
import { Run } from "../../../station/devices/run.ts";
import { createLogger } from "../../../station/log/logger.ts";
import { FakeChannels, simulated } from "../fakes/channels.ts";
import { FakeClock } from "../fakes/clock.ts";

/** Everything that is logged, down to debug, while the simulated device is listened to, measures, and is stopped. */
async function loggedOf(id: string): Promise<readonly { readonly event: string; readonly hex?: string }[]> {
  const profile = findProfile(id)!;
  const lines: string[] = [];
  const log = createLogger({ level: "debug", to: { write: (line: string) => void lines.push(line) } });
  const clock = new FakeClock();
  const source = new FakeChannels();
  const port = source.plug("/dev/a");
  const device = makeDevice(profile, "/dev/a", true);
  const line = new Line({ device, source, clock, log, onChange: () => {}, onUnasked: () => {} });
  line.present(true);
  await clock.advance(100);
  const simulator = simulated(port, profile, clock, { speed: 10 });
  simulator.press();
  port.say("4e4f49534521");
  await clock.advance(5_000);
  const opened = await line.take();
  if (!opened.ok) throw new Error(opened.code);
  const listener = { phase: () => {}, heard: () => {}, ended: () => {} };
  const run = new Run({ line, channel: opened.channel, clock, log, visitAgeMs: 0, listener });
  run.begin();
  await clock.advance(500);
  simulator.press();
  await clock.advance(20_000);
  await Promise.all([run.stop(), clock.advance(10_000)]);
  line.wasAtWork();
  await clock.advance(20_000);
  return lines.map((each) => JSON.parse(each) as { readonly event: string; readonly hex?: string });
}

/** The registry's, so that a profile that comes later is held too. */
const naming = registry.filter(mayNamePersons).map(({ id }) => id);

test("card readers, scanners, typed ids, patient records and slips are known as what may name a person", () => {
  expect(naming).toEqual(
    expect.arrayContaining([
      "id-card-reader-sdt",
      "scanner-plain",
      "grow-gm65",
      "omron-hbp-9020",
      "tanita-sc240",
      "roche-cobas-c111",
      "printer-escpos",
    ]),
  );
  expect(naming).not.toContain("raycome-rbp-9000c");
});

test.each(naming)("%s: not one byte is in the log, whatever is done with it", async (id) => {
  const logged = await loggedOf(id);
  expect(logged.filter(({ hex }) => hex !== undefined)).toEqual([]);
  expect(logged.map(({ event }) => event)).toContain("connected");
});

test("of a device that names nobody every byte is in the log, both ways", async () => {
  const logged = await loggedOf("raycome-rbp-9000c");
  expect(logged.filter(({ event }) => event === "bytes").length).toBeGreaterThan(20);
});
