import { spawnSync } from "node:child_process";
import { chmodSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Channel, PortInfo } from "../../../station/channels/channel.ts";
import { serialChannels } from "../../../station/channels/serial.ts";
import { systemClock } from "../../../station/clock.ts";
import { until } from "../fakes/clock.ts";
import { ptyPair } from "../fakes/pty.ts";
import { tempFolder } from "../fakes/station.ts";

const line = { baudRate: 9_600, dataBits: 8, parity: "none", stopBits: 1 } as const;
const source = (...configured: readonly string[]) => serialChannels({ clock: systemClock, configured });

async function open(path: string): Promise<Channel> {
  const opened = await source(path).open(path, line);
  if (!opened.ok) throw new Error(opened.code);
  onTestFinished(() => opened.channel.close());
  return opened.channel;
}

function collect(channel: Channel): number[] {
  const heard: number[] = [];
  channel.onBytes((bytes) => heard.push(...bytes));
  return heard;
}

test("bytes go both ways unchanged, every value of them", async () => {
  const { host, device } = await ptyPair();
  const [ours, theirs] = [await open(host), await open(device)];
  const [heard, answered] = [collect(theirs), collect(ours)];
  const every = Uint8Array.from({ length: 256 }, (_, value) => value);
  await ours.write(every);
  await theirs.write(every.toReversed());
  await until(() => heard.length === 256 && answered.length === 256, "all bytes both ways");
  expect(heard).toEqual([...every]);
  expect(answered).toEqual([...every.toReversed()]);
});

test("a port in use is busy, and free again after closing", async () => {
  const { host } = await ptyPair();
  const first = await open(host);
  expect(await source().open(host, line)).toEqual({ ok: false, code: "device.portBusy" });
  await first.close();
  const second = await source().open(host, line);
  expect(second.ok).toBe(true);
  if (second.ok) await second.channel.close();
});

test("a port that does not exist is missing, and so is a link to nowhere", async () => {
  const folder = tempFolder();
  symlinkSync(join(folder, "nowhere"), join(folder, "link"));
  expect(await source().open(join(folder, "none"), line)).toEqual({ ok: false, code: "device.portMissing" });
  expect(await source().open(join(folder, "link"), line)).toEqual({ ok: false, code: "device.portMissing" });
});

test("a port without permission is forbidden", async () => {
  const folder = tempFolder();
  const { host } = await ptyPair(folder);
  chmodSync(folder, 0o755);
  chmodSync(host, 0o600);
  const script = `
    const { serialChannels } = await import("./station/channels/serial.ts");
    const { systemClock } = await import("./station/clock.ts");
    const opened = await serialChannels({ clock: systemClock, configured: [] }).open(${JSON.stringify(host)}, ${JSON.stringify(line)});
    process.stdout.write(opened.ok ? "open" : opened.code);
  `;
  // Root may open everything: the question is asked by somebody who is not.
  const asNobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  if (asNobody.uid === undefined) chmodSync(host, 0o000);
  const answer = spawnSync(process.execPath, ["--input-type=module-typescript", "-e", script], {
    ...asNobody,
    encoding: "utf8",
  });
  expect(answer.stdout, answer.stderr).toBe("device.portForbidden");
});

test("what was sent before the port was opened belongs to nobody", async () => {
  const { host, device, moved } = await ptyPair();
  const theirs = await open(device);
  await theirs.write(Uint8Array.of(1, 2, 3));
  await until(() => moved() === 3, "the bytes lie in our terminal");
  const heard = collect(await open(host));
  await theirs.write(Uint8Array.of(9));
  await until(() => heard.includes(9), "the byte sent after opening");
  expect(heard).toEqual([9]);
});

test("a terminal that vanishes says so once, and closing or writing afterwards harms nothing", async () => {
  const { host, cut } = await ptyPair();
  const channel = await open(host);
  let gone = 0;
  channel.onGone(() => (gone += 1));
  await cut();
  await until(() => gone > 0, "gone");
  await channel.write(Uint8Array.of(1));
  await channel.close();
  await channel.close();
  expect(gone).toBe(1);
});

test("closing on purpose is not vanishing", async () => {
  const { host } = await ptyPair();
  const channel = await open(host);
  let gone = 0;
  channel.onGone(() => (gone += 1));
  await channel.close();
  expect(gone).toBe(0);
});

test("a configured terminal is listed while it exists, and is back within two seconds", async () => {
  const folder = tempFolder();
  const first = await ptyPair(folder);
  let seen: readonly PortInfo[] = [];
  const leave = source(first.host).watch((ports) => (seen = ports));
  onTestFinished(leave);
  const listed = (): boolean => seen.some(({ path }) => path === first.host);
  await until(listed, "listed");
  await first.cut();
  await until(() => !listed(), "no longer listed", 2_000);
  await ptyPair(folder);
  await until(listed, "back within two seconds", 2_000);
});
