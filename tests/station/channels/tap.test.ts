import { expect, test } from "vitest";
import { Tap } from "../../../station/channels/tap.ts";
import { FakeChannels } from "../fakes/channels.ts";
import { FakeClock } from "../fakes/clock.ts";

const settings = { baudRate: 9_600, dataBits: 8, parity: "none", stopBits: 1 } as const;

async function tapped() {
  const clock = new FakeClock();
  const channels = new FakeChannels();
  const port = channels.plug("/dev/a");
  const tap = new Tap(channels, clock);
  const heard: unknown[] = [];
  const leave = tap.listen("/dev/a", {
    opened: ({ baudRate }) => heard.push(["opened", baudRate]),
    bytes: (direction, bytes, ms) => heard.push([direction, Buffer.from(bytes).toString("hex"), ms]),
    closed: () => heard.push("closed"),
  });
  const opened = await tap.open("/dev/a", settings);
  if (!opened.ok) throw new Error(opened.code);
  return { clock, channels, port, tap, heard, leave, channel: opened.channel };
}

test("who listens in hears both ways with the time since opening, and the others hear the same as without", async () => {
  const { clock, port, heard, channel, tap } = await tapped();
  const theirs: string[] = [];
  channel.onBytes((bytes) => theirs.push(Buffer.from(bytes).toString("hex")));
  await clock.advance(30);
  await channel.write(new Uint8Array([1, 2]));
  await clock.advance(12);
  port.say("0304");
  expect(tap.openWith("/dev/a")).toEqual(settings);
  await channel.close();
  await channel.close();
  expect(heard).toEqual([["opened", 9_600], ["out", "0102", 30], ["in", "0304", 42], "closed"]);
  expect([theirs, port.sent, port.openChannels, tap.openWith("/dev/a")]).toEqual([["0304"], ["0102"], 0, undefined]);
});

test("a pulled plug is an end too, told once", async () => {
  const { channels, heard, channel } = await tapped();
  channels.unplug("/dev/a");
  await channel.close();
  expect(heard).toEqual([["opened", 9_600], "closed"]);
});

test("who has left hears nothing more; other ports are nobody's business", async () => {
  const { port, heard, leave, tap, channels } = await tapped();
  channels.plug("/dev/b");
  await tap.open("/dev/b", settings);
  channels.ports.get("/dev/b")?.say("ff");
  leave();
  port.say("01");
  expect(heard).toEqual([["opened", 9_600]]);
});

test("a port that cannot be opened is not open", async () => {
  const { tap } = await tapped();
  expect(await tap.open("/dev/none", settings)).toEqual({ ok: false, code: "device.portMissing" });
  expect(tap.openWith("/dev/none")).toBeUndefined();
});
