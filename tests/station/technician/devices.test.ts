import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findProfile } from "../../../drivers/find-profile.ts";
import { bodyOf } from "../../../core/journal/visit-results.ts";
import { wallTime } from "../../../station/technician/set-clock.ts";
import { FakeChannels, simulated } from "../fakes/channels.ts";
import { FakeClock, until } from "../fakes/clock.ts";
import { advanceUntil, codeOf, deviceState, follow, tempFolder } from "../fakes/station.ts";
import { cuffId, deskWith, labelId, meterId, newId, signIn, watchDesk } from "./kit.ts";

const cuff = findProfile(cuffId)!;
const cuffAt = `${cuffId}@/dev/a`;

test("a free port is shown, assigned by a technician, used, and is the same after a restart", async () => {
  const folder = tempFolder();
  const channels = new FakeChannels();
  channels.plug("/dev/a");
  const first = await deskWith([], { folder, channels });
  const session = await signIn(first.client);
  const desk = await watchDesk(first.client, session);
  expect(desk.views[0]).toMatchObject({ devices: [], freePorts: [{ path: "/dev/a", claimedBy: [] }], tasks: [] });
  const asked = { id: newId(), session, port: "/dev/a", profile: cuffId, settings: {}, name: "门口那台" };
  expect(await first.client.technician.devices.assign(asked)).toEqual({ device: cuffAt });
  expect(await first.client.technician.devices.assign(asked)).toEqual({ device: cuffAt });
  await until(() => desk.views.at(-1)?.devices[0]?.name, "the device with its name");
  const taken = { by: "staff", name: "演示技术员", at: "2026-11-02T01:00:00.000Z" };
  expect(desk.device(cuffAt)).toMatchObject({ name: "门口那台", taken, state: "ready", reasons: [] });
  expect(first.station.view().devices.map(({ name }) => name)).toEqual(["门口那台"]);
  await first.station.close();
  const again = await deskWith([], { folder, channels });
  expect(deviceState(again.station.view(), cuffId)).toBe("ready");
  const later = await watchDesk(again.client, await signIn(again.client));
  expect(later.device(cuffAt)).toMatchObject({ name: "门口那台", taken });
  expect((await again.journal()).filter(({ type }) => type === "device.assigned")).toHaveLength(1);
});

test("a forgotten port stays nobody's, though the settings name it; assigned again it is somebody's", async () => {
  const folder = tempFolder();
  const devices = [{ profile: cuffId, port: "/dev/a" }];
  const first = await deskWith(devices, { folder });
  const session = await signIn(first.client);
  await first.client.technician.devices.forget({ id: newId(), session, device: cuffAt });
  expect(first.station.view().devices).toEqual([]);
  await first.station.close();
  const again = await deskWith(devices, { folder });
  expect(again.station.view().devices).toEqual([]);
  const one = await signIn(again.client);
  await again.client.technician.devices.assign({
    id: newId(),
    session: one,
    port: "/dev/a",
    profile: meterId,
    settings: {},
  });
  await again.station.close();
  const third = await deskWith(devices, { folder });
  expect(third.station.view().devices.map(({ id }) => id)).toEqual([`${meterId}@/dev/a`]);
});

test("another device on the same port takes the place of the one before", async () => {
  const { client, station } = await deskWith([{ profile: cuffId, port: "/dev/a" }]);
  const session = await signIn(client);
  await client.technician.devices.assign({ id: newId(), session, port: "/dev/a", profile: labelId, settings: {} });
  expect(station.view().devices.map(({ id }) => id)).toEqual([`${labelId}@/dev/a`]);
});

test.each([
  ["an unknown profile", { profile: "no-such" }, "technician.noProfile"],
  ["a port that is not there", { port: "/dev/none" }, "technician.noPort"],
  ["a setting that the profile does not have", { settings: { polarity: "inverted" } }, "technician.badSetting"],
])("%s cannot be assigned", async (_, change, code) => {
  const { client } = await deskWith([{ profile: cuffId, port: "/dev/a" }]);
  const session = await signIn(client);
  const asked = { id: newId(), session, port: "/dev/a", profile: cuffId, settings: {}, ...change };
  expect(await codeOf(client.technician.devices.assign(asked))).toBe(code);
});

test("a withdrawn device is out with its reason, no measurement starts on it, also after a restart; then it is restored", async () => {
  const folder = tempFolder();
  const devices = [{ profile: cuffId, port: "/dev/a" }];
  const first = await deskWith(devices, { folder });
  const session = await signIn(first.client, "operator");
  await first.client.technician.devices.withdraw({ id: newId(), session, device: cuffAt, reason: "袖带裂了" });
  // No time has passed on the station's clock: it is far within the second.
  expect(first.station.view().devices[0]).toMatchObject({ state: "out", why: "technician.withdrawn" });
  const visit = newId();
  await first.client.visit.open({ id: visit, who: { kind: "guest" } });
  const start = { id: newId(), visit, of: "bloodPressure", context: {} } as const;
  expect(await codeOf(first.client.measure.start(start))).toBe("gate.deviceNotReady");
  await first.station.close();
  const again = await deskWith(devices, { folder });
  const technician = await signIn(again.client);
  const desk = await watchDesk(again.client, technician);
  expect(desk.device(cuffAt)).toMatchObject({
    state: "out",
    withdrawn: true,
    reasons: [{ code: "technician.withdrawn", text: "袖带裂了", by: "演示村医", since: "2026-11-02T01:00:00.000Z" }],
  });
  expect(desk.views.at(-1)?.tasks).toMatchObject([{ code: "technician.withdrawn", device: cuffAt }]);
  await again.client.technician.devices.restore({ id: newId(), session: technician, device: cuffAt });
  expect(again.station.view().devices[0]?.state).toBe("ready");
  await again.station.close();
  const third = await deskWith(devices, { folder });
  expect(third.station.view().devices[0]?.state).toBe("ready");
});

test("a device withdrawn in the middle of a measurement is stopped, and what it says is refused", async () => {
  const { client, channels, clock, station, journal } = await deskWith([{ profile: cuffId, port: "/dev/a" }]);
  simulated(channels.ports.get("/dev/a")!, cuff, clock);
  const session = await signIn(client, "operator");
  const visit = newId();
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  const id = newId();
  await client.measure.start({ id, visit, of: "bloodPressure", context: {} });
  const { events, over } = follow(client, id);
  await advanceUntil(clock, () => events.some(({ kind }) => kind === "progress"), "the cuff's pressure");
  const withdrawn = client.technician.devices.withdraw({ id: newId(), session, device: cuffAt, reason: "冒烟" });
  // The fake clock stands still: it is out without any time having passed.
  await until(() => station.view().devices[0]?.state === "out", "out of use");
  await advanceUntil(clock, () => events.some(({ kind }) => kind === "ended"), "the end");
  await withdrawn;
  await over;
  expect(events.at(-1)).toMatchObject({ kind: "ended", how: "stopped" });
  expect((await journal()).filter(({ type }) => type === "measurement.accepted")).toEqual([]);
});

test("a device that measures can neither be forgotten nor given away", async () => {
  const { client, channels, clock } = await deskWith([{ profile: cuffId, port: "/dev/a" }]);
  simulated(channels.ports.get("/dev/a")!, cuff, clock);
  const session = await signIn(client);
  const visit = newId();
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  await client.measure.start({ id: newId(), visit, of: "bloodPressure", context: {} });
  const { devices } = client.technician;
  expect([
    await codeOf(devices.forget({ id: newId(), session, device: cuffAt })),
    await codeOf(devices.assign({ id: newId(), session, port: "/dev/a", profile: meterId, settings: {} })),
    await codeOf(devices.setClock({ id: newId(), session, device: cuffAt })),
  ]).toEqual(["device.busy", "technician.portTaken", "technician.residentPresent"]);
});

test("a device that has no command for its clock says so", async () => {
  const { client } = await deskWith([{ profile: cuffId, port: "/dev/a" }]);
  const session = await signIn(client);
  expect(await codeOf(client.technician.devices.setClock({ id: newId(), session, device: cuffAt }))).toBe(
    "technician.noClock",
  );
});

const settable = findProfile("lifescan-onetouch-ultra2")!;
const settableAt = `${settable.id}@/dev/a`;

async function setting(wallOffByMs: number) {
  const channels = new FakeChannels();
  const desk = await deskWith([{ profile: settable.id, port: "/dev/a" }], { channels });
  const port = channels.ports.get("/dev/a")!;
  const zoneMs = -new Date(desk.clock.now()).getTimezoneOffset() * 60_000;
  simulated(port, settable, desk.clock, { wallOffsetMs: zoneMs + wallOffByMs });
  const session = await signIn(desk.client);
  const start = desk.clock.now();
  const pending = Symbol("pending");
  let answer: string | undefined | typeof pending = pending;
  const asked = { id: newId(), session, device: settableAt };
  void codeOf(desk.client.technician.devices.setClock(asked)).then((code) => (answer = code));
  await advanceUntil(desk.clock, () => answer !== pending, "the clock to be set");
  return { ...desk, port, session, asked, answer, start };
}

test("the clock is set to the station's wall time, by the profile's own command, and that is an entry", async () => {
  const { answer, port, client, session, asked, journal, start } = await setting(0);
  expect(answer).toBeUndefined();
  const told = port.sent.map((hex) => Buffer.from(hex, "hex").toString("latin1")).join("");
  const [, year, month, day] = /^20(..)-(..)-(..)T/.exec(wallTime(start)) ?? [];
  expect(told).toContain(`DMT${month ?? ""}/${day ?? ""}/${year ?? ""}`);
  const desk = await watchDesk(client, session);
  expect(desk.device(settableAt)).toMatchObject({
    canSetClock: true,
    clockOffsetMs: expect.any(Number) as unknown,
    state: "ready",
  });
  const sent = port.sent.length;
  await client.technician.devices.setClock(asked);
  expect(port.sent).toHaveLength(sent);
  const set = (await journal()).flatMap((entry) => bodyOf(entry, "device.clockSet") ?? []);
  expect(set).toEqual([{ device: settableAt, to: wallTime(start) }]);
});

test("a device that says another time after it was set was not set", async () => {
  const { answer, journal } = await setting(86_400_000);
  expect(answer).toBe("technician.clockOff");
  expect((await journal()).filter(({ type }) => type === "device.clockSet")).toEqual([]);
});

test("USB ids that a profile claims, the settings and staff are told apart", async () => {
  const channels = new FakeChannels();
  channels.usb.set("/dev/u", { vendorId: 0x1a61, productId: 7 });
  channels.plug("/dev/u");
  const claiming = { ...cuff, serial: { ...cuff.serial, match: [{ vendorId: 0x1a61, productId: 7 }] } };
  const meter = findProfile(meterId)!;
  const { client } = await deskWith([{ profile: meterId, port: "/dev/m" }], { channels, profiles: [claiming, meter] });
  const desk = await watchDesk(client, await signIn(client));
  expect(desk.views.at(-1)?.devices.map(({ id, taken, usb }) => [id, taken.by, usb])).toEqual([
    [`${meterId}@/dev/m`, "settings", undefined],
    [`${cuffId}@/dev/u`, "usb", { vendorId: 0x1a61, productId: 7 }],
  ]);
});

test("a profile added as a file serves the port that waited for it; a bad one is refused with its reasons", async () => {
  const clock = new FakeClock();
  const { client, station, folder, journal } = await deskWith([{ profile: "sample-cuff", port: "/dev/a" }], { clock });
  const session = await signIn(client);
  const desk = await watchDesk(client, session);
  expect(desk.views.at(-1)?.tasks).toMatchObject([{ code: "technician.noProfile", device: "sample-cuff@/dev/a" }]);
  const { aliases: _, ...rest } = cuff;
  const text = JSON.stringify({ ...rest, id: "sample-cuff" }, null, 1);
  const broken = await client.technician.devices.addProfile({
    id: newId(),
    session,
    file: "bad.json",
    text: '{\n"id": 1}',
  });
  expect(broken).toMatchObject({ kept: false, refused: { file: "bad.json" } });
  expect(station.view().devices).toEqual([]);
  const added = await client.technician.devices.addProfile({ id: newId(), session, file: "sample-cuff.json", text });
  expect(added).toEqual({ kept: true, profile: "sample-cuff" });
  await until(() => station.view().devices[0]?.id === "sample-cuff@/dev/a", "the device of the new profile");
  expect(readFileSync(join(folder, "profiles/sample-cuff.json"), "utf8")).toBe(text);
  expect(desk.views.at(-1)?.profiles.find(({ id }) => id === "sample-cuff")?.from).toBe("folder");
  expect((await journal()).flatMap((entry) => bodyOf(entry, "profile.added")?.profile ?? [])).toEqual(["sample-cuff"]);
});

test("what a technician sees of a station in use has no person in it", async () => {
  const { client, station } = await deskWith([{ profile: cuffId, port: "/dev/a" }]);
  const [resident] = station.view().residents;
  await client.visit.open({ id: newId(), who: { kind: "specimen", resident: resident?.id ?? "" } });
  const desk = await watchDesk(client, await signIn(client));
  expect(desk.views.at(-1)?.residentPresent).toBe(true);
  expect(JSON.stringify(desk.views)).not.toContain(resident?.id);
  expect(JSON.stringify(desk.views)).not.toContain(resident?.shownName);
});
