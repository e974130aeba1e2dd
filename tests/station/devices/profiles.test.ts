import { expect, test } from "vitest";
import type { Profile } from "../../../drivers/kit/index.ts";
import { registry } from "../../../drivers/registry.generated.ts";
import { DeviceTable } from "../../../station/devices/table.ts";
import { silentLogger } from "../../../station/log/logger.ts";
import { FakeChannels } from "../fakes/channels.ts";
import { FakeClock } from "../fakes/clock.ts";

/** Profiles come, change and go while the station runs. */
const cuff: Profile = { ...registry.find(({ id }) => id === "raycome-rbp-9000c")!, id: "mine", aliases: ["also-mine"] };
const pusher: Profile = { ...registry.find(({ id }) => id === "pts-cardiochek-pa")!, id: "pusher", aliases: [] };
const newer = (profile: Profile): Profile => ({ ...profile, source: "a newer table" });

function tableWith(profiles: readonly Profile[], devices: { readonly profile: string; readonly port: string }[]) {
  const channels = new FakeChannels();
  const clock = new FakeClock();
  const ports = devices.map(({ port }) => channels.plug(port));
  const parts = {
    source: channels,
    clock,
    log: silentLogger,
    onChange: () => {},
    onAssigned: () => {},
    onUnasked: () => {},
  };
  const table = new DeviceTable({ ...parts, profiles, settings: { devices, simulated: false } });
  table.begin();
  return { table, clock, port: ports[0]! };
}
const gist = (table: DeviceTable) => table.views().map(({ id, state, why }) => [id, state, why]);
const sources = (table: DeviceTable) => table.devices().map(({ profile }) => profile.source);

test("a profile that was missing at the start gets the port that was kept for it", async () => {
  const { table } = tableWith([], [{ profile: "also-mine", port: "/dev/a" }]);
  expect([gist(table), table.orphans().length]).toEqual([[], 1]);
  await table.useProfiles([cuff]);
  expect([gist(table), table.orphans()]).toEqual([[["mine@/dev/a", "ready", undefined]], []]);
});

test("a profile that is removed leaves its device out of use with the reason; when it is back, so is the device", async () => {
  const { table } = tableWith([cuff], [{ profile: "mine", port: "/dev/a" }]);
  await table.useProfiles([]);
  expect(gist(table)).toEqual([["mine@/dev/a", "out", "technician.noProfile"]]);
  await table.useProfiles([newer(cuff)]);
  expect([gist(table), sources(table)]).toEqual([[["mine@/dev/a", "ready", undefined]], ["a newer table"]]);
});

test("a profile that changed is used at once by a device at rest", async () => {
  const { table } = tableWith([cuff], [{ profile: "mine", port: "/dev/a" }]);
  await table.useProfiles([newer(cuff)]);
  expect([gist(table), sources(table)]).toEqual([[["mine@/dev/a", "ready", undefined]], ["a newer table"]]);
});

test("a profile that changed while its device measures is used from the next session on", async () => {
  const { table, clock } = tableWith([cuff], [{ profile: "mine", port: "/dev/a" }]);
  const line = table.lineFor("bloodPressure")!;
  const taken = await line.take();
  if (!taken.ok) throw new Error(taken.code);
  await table.useProfiles([newer(cuff)]);
  expect([line.device.profile.source, gist(table)]).toEqual([cuff.source, [["mine@/dev/a", "busy", "device.busy"]]]);
  await line.give(taken.channel, true);
  await clock.advance(10);
  expect([sources(table), gist(table)]).toEqual([["a newer table"], [["mine@/dev/a", "ready", undefined]]]);
  expect(table.lineFor("bloodPressure")).not.toBe(line);
});

test("the port of a device that is listened to is closed and opened anew once, without a wait", async () => {
  const { table, clock, port } = tableWith([pusher], [{ profile: "pusher", port: "/dev/p" }]);
  await clock.advance(10);
  expect([port.openChannels, port.speeds.length]).toEqual([1, 1]);
  await table.useProfiles([newer(pusher)]);
  await clock.advance(10);
  expect([port.openChannels, port.speeds.length, gist(table)]).toEqual([1, 2, [["pusher@/dev/p", "ready", undefined]]]);
  await table.close();
  expect(port.openChannels).toBe(0);
});

test("closing while a profile changes leaves no port open", async () => {
  const { table, clock, port } = tableWith([pusher], [{ profile: "pusher", port: "/dev/p" }]);
  await clock.advance(10);
  const using = table.useProfiles([newer(pusher)]);
  await table.close();
  await using;
  await clock.advance(2_000);
  expect(port.openChannels).toBe(0);
});
