import { expect, test } from "vitest";
import { registry } from "../../../drivers/registry.generated.ts";
import type { Profile } from "../../../drivers/kit/index.ts";
import { DeviceTable } from "../../../station/devices/table.ts";
import { silentLogger } from "../../../station/log/logger.ts";
import { FakeChannels, FakePort } from "../fakes/channels.ts";
import { FakeClock } from "../fakes/clock.ts";

const withUsb = (profile: Profile, vendorId: number, productId: number): Profile => ({
  ...profile,
  serial: { ...profile.serial, match: [{ vendorId, productId }] },
});

function tableOn(
  channels: FakeChannels,
  profiles: readonly Profile[] = registry,
  devices: { readonly profile: string; readonly port: string }[] = [],
) {
  const clock = new FakeClock();
  const table = new DeviceTable({
    profiles,
    settings: { devices, simulated: false },
    source: channels,
    clock,
    log: silentLogger,
    onChange: () => {},
    onAssigned: () => {},
    onUnasked: () => {},
  });
  table.begin();
  return { clock, table };
}

const gist = (table: DeviceTable) => table.views().map(({ id, state, why }) => [id, state, why]);

test("a device whose port is not there is away and says why", () => {
  const { table } = tableOn(new FakeChannels(), registry, [{ profile: "raycome-rbp-9000c", port: "/dev/x" }]);
  expect(gist(table)).toEqual([["raycome-rbp-9000c@/dev/x", "away", "device.portMissing"]]);
});

test("USB ids that one profile claims assign the port; ids that two claim assign nothing", () => {
  const [one, two, three] = registry as readonly [Profile, Profile, Profile];
  const channels = new FakeChannels();
  channels.usb.set("/dev/a", { vendorId: 0x1a61, productId: 1 });
  channels.usb.set("/dev/b", { vendorId: 0x1a61, productId: 2 });
  channels.plug("/dev/a");
  channels.plug("/dev/b");
  const { table } = tableOn(channels, [withUsb(one, 0x1a61, 1), withUsb(two, 0x1a61, 2), withUsb(three, 0x1a61, 2)]);
  expect(gist(table)).toEqual([[`${one.id}@/dev/a`, "ready", undefined]]);
});

test("a port that the settings assign is not claimed by its USB ids as well", () => {
  const [one, two] = registry as readonly [Profile, Profile];
  const channels = new FakeChannels();
  channels.usb.set("/dev/a", { vendorId: 1, productId: 1 });
  channels.plug("/dev/a");
  const { table } = tableOn(channels, [withUsb(one, 1, 1), two], [{ profile: two.id, port: "/dev/a" }]);
  expect(gist(table).map(([id]) => id)).toEqual([`${two.id}@/dev/a`]);
});

test("a pushing device's port is kept open, tried again while busy, and opened anew when it returns", async () => {
  const channels = new FakeChannels();
  const port = new FakePort();
  port.refuses = "device.portBusy";
  channels.plug("/dev/l", port);
  const { table, clock } = tableOn(channels, registry, [{ profile: "pts-cardiochek-pa", port: "/dev/l" }]);
  await clock.advance(10);
  expect(gist(table)).toEqual([["pts-cardiochek-pa@/dev/l", "away", "device.portBusy"]]);
  port.refuses = undefined;
  await clock.advance(1_100);
  expect([gist(table)[0]?.[1], port.openChannels]).toEqual(["ready", 1]);
  channels.unplug("/dev/l");
  await clock.advance(10);
  expect([gist(table)[0]?.[1], port.openChannels]).toEqual(["away", 0]);
  channels.plug("/dev/l", port);
  await clock.advance(10);
  expect([gist(table)[0]?.[1], port.openChannels]).toEqual(["ready", 1]);
  await table.close();
  expect(port.openChannels).toBe(0);
});

test("plugging in and coming back send not a single byte to a cuff", async () => {
  const channels = new FakeChannels();
  const { clock } = tableOn(channels, registry, [{ profile: "raycome-rbp-9000c", port: "/dev/c" }]);
  const port = channels.plug("/dev/c");
  await clock.advance(5_000);
  channels.unplug("/dev/c");
  channels.plug("/dev/c", port);
  await clock.advance(5_000);
  expect([port.sent, port.openChannels]).toEqual([[], 0]);
});

test("a measurement that begins while the port is being opened for listening takes that very port", async () => {
  const channels = new FakeChannels();
  const { table } = tableOn(channels, registry, [{ profile: "pts-cardiochek-pa", port: "/dev/l" }]);
  const port = channels.plug("/dev/l");
  const taken = await table.lineFor("lipids")!.take();
  expect([taken.ok, port.speeds.length, port.openChannels]).toEqual([true, 1, 1]);
});
