import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { LineEvent } from "../../../core/contract/technician-line.ts";
import { bodyOf } from "../../../core/journal/visit-results.ts";
import { findProfile } from "../../../drivers/find-profile.ts";
import { capturedBytes } from "../../../station/cli/captured-bytes.ts";
import { decodeRuns, textOf } from "../../../station/cli/decode.ts";
import { DecodedLine } from "../../../station/technician/decoded-line.ts";
import { fromHex } from "../../../drivers/kit/index.ts";
import { FakeChannels, simulated } from "../fakes/channels.ts";
import { until } from "../fakes/clock.ts";
import { advanceUntil, codeOf, follow, tempFolder } from "../fakes/station.ts";
import { cuffId, deskWith, labelId, newId, signIn, type Desk } from "./kit.ts";

const cuff = findProfile(cuffId)!;
const label = findProfile(labelId)!;
const cuffAt = `${cuffId}@/dev/a`;
const labelAt = `${labelId}@/dev/a`;
type BytesEvent = Extract<LineEvent, { kind: "bytes" }>;

async function watching(desk: Desk, device: string, session: string) {
  const events: LineEvent[] = [];
  const feed = await desk.client.technician.line.watch({ session, device });
  const over = (async () => {
    for await (const event of feed) events.push(event);
  })();
  await until(() => events.length > 0, "the state of the line");
  return {
    events,
    over,
    bytes: () => events.filter((event): event is BytesEvent => event.kind === "bytes"),
    frames: () =>
      events.flatMap((event) => (event.kind === "bytes" ? event.heard.flatMap(({ frame }) => frame ?? []) : [])),
    state: () => events.filter((event) => event.kind === "state").at(-1),
  };
}

/** One whole pressure, from the visit's opening to its closing. */
async function measured(desk: Desk): Promise<void> {
  const visit = newId();
  await desk.client.visit.open({ id: visit, who: { kind: "guest" } });
  const id = newId();
  await desk.client.measure.start({ id, visit, of: "bloodPressure", context: {} });
  const { events } = follow(desk.client, id);
  await advanceUntil(desk.clock, () => events.some(({ kind }) => kind === "confirm"), "the numbers");
  await desk.client.measure.confirm({ id, same: true });
  await advanceUntil(desk.clock, () => events.some(({ kind }) => kind === "ended"), "the end of the pressure");
  expect(events.map(({ kind }) => kind)).toContain("accepted");
  await desk.client.visit.leave({ visit, reason: "left" });
}

async function withCuff(): Promise<Desk & { readonly session: string }> {
  const channels = new FakeChannels();
  const desk = await deskWith([{ profile: cuffId, port: "/dev/a" }], { channels });
  simulated(channels.ports.get("/dev/a")!, cuff, desk.clock);
  return { ...desk, session: await signIn(desk.client) };
}

async function withLabels() {
  const channels = new FakeChannels();
  const desk = await deskWith([{ profile: labelId, port: "/dev/a" }], { channels });
  const port = channels.ports.get("/dev/a")!;
  await advanceUntil(desk.clock, () => port.openChannels === 1, "the port to be listened to");
  const device = simulated(port, label, desk.clock);
  return { ...desk, port, press: () => device.press(), session: await signIn(desk.client) };
}

test("without a resident: bytes both ways with their time, what they mean beside them, and the line's state", async () => {
  const desk = await withCuff();
  const line = await watching(desk, cuffAt, desk.session);
  expect(line.events[0]).toEqual({
    kind: "state",
    open: false,
    serial: { baudRate: cuff.serial.baudRate, dataBits: 8, parity: "none", stopBits: 1 },
    residentPresent: false,
    recording: "off",
  });
  const doctor: unknown[] = [];
  void (async () => {
    for await (const event of await desk.client.technician.doctor.run({ session: desk.session, device: cuffAt }))
      doctor.push(event);
  })();
  await advanceUntil(desk.clock, () => line.bytes().length >= 2, "question and answer");
  expect(line.bytes().slice(0, 2)).toMatchObject([
    {
      seq: 1,
      direction: "out",
      withheld: false,
      hex: expect.stringMatching(/^[0-9a-f]+$/) as unknown,
      heard: [{ frame: "connect" }],
    },
    {
      seq: 2,
      direction: "in",
      withheld: false,
      hex: expect.stringMatching(/^[0-9a-f]+$/) as unknown,
      heard: [{ frame: "connected" }],
      ms: 20,
    },
  ]);
  expect(line.events.some((event) => event.kind === "state" && event.open)).toBe(true);
});

test("while a resident is measured no byte and no value of a result is shown: arrows, sizes and names are", async () => {
  const desk = await withCuff();
  const line = await watching(desk, cuffAt, desk.session);
  await measured(desk);
  const results = line.bytes().filter(({ heard }) => heard.some(({ frame }) => frame === "result" || frame === "cuff"));
  expect(results.length).toBeGreaterThan(10);
  expect(line.frames()).toContain("result");
  expect(results.map(({ withheld, hex, heard }) => [withheld, hex, heard.flatMap(({ values }) => values)])).toEqual(
    results.map(() => [true, undefined, []]),
  );
  expect(results.every(({ sizeBytes }) => sizeBytes > 0)).toBe(true);
  // What only tells about the device, and what the station sends, is shown.
  expect(line.bytes().find(({ heard }) => heard[0]?.frame === "connected")).toMatchObject({ withheld: false });
  expect(line.bytes().filter(({ direction, hex }) => direction === "out" && hex === undefined)).toEqual([]);
});

test("the page hears when a resident comes and when the last of them is over", async () => {
  const desk = await withCuff();
  const line = await watching(desk, cuffAt, desk.session);
  await measured(desk);
  await until(() => line.state()?.residentPresent === false, "nobody there");
  const seen = line.events.flatMap((event) => (event.kind === "state" ? [event.residentPresent] : []));
  expect([...new Set(seen)]).toEqual([false, true]);
});

test("bytes that are no frame are marked as such, and what a device begins and never ends too", async () => {
  const { port, ...desk } = await withLabels();
  const line = await watching(desk, labelAt, desk.session);
  port.say("ff00ff");
  port.say("0a4e0a413630");
  await advanceUntil(desk.clock, () => line.bytes().length >= 3, "the given-up beginning");
  const marks = line.bytes().flatMap(({ heard }) => heard.map(({ discarded, sizeBytes }) => [discarded, sizeBytes]));
  expect(marks.map(([reason]) => reason)).toContain("incomplete");
  expect(line.bytes().at(-1)).toMatchObject({ sizeBytes: 0, direction: "in" });
});

test("a recorded session is a capture that decode reads: the same result as the device gave", async () => {
  const { press, journal, folder, ...desk } = await withLabels();
  const { client, session, clock } = desk;
  const line = await watching({ ...desk, journal, folder }, labelAt, session);
  const started = await client.technician.line.record({ id: newId(), session, device: labelAt, on: true });
  expect(await client.technician.line.record({ id: newId(), session, device: labelAt, on: true })).toEqual(started);
  expect(line.state()).toMatchObject({ recording: "on", capture: started.name });
  press();
  await advanceUntil(clock, () => line.frames().includes("label"), "the label");
  const ended = await client.technician.line.record({ id: newId(), session, device: labelAt, on: false });
  expect(ended).toEqual({ name: `${labelId}-20261102T010000Z.json` });
  const { text } = await client.technician.line.capture({ session, name: ended.name });
  const capture = JSON.parse(text) as { readonly chunks: readonly unknown[] };
  expect(capture).toMatchObject({
    schema: "glucose-lipid-capture/1",
    profile: labelId,
    protocol: label.dossier,
    provenance: "simulated device",
    opened: [{ t: 0, baudRate: 9_600 }],
    chunks: [{ t: expect.any(Number) as unknown, dir: "rx", hex: expect.stringMatching(/^[0-9a-f]+$/) as unknown }],
  });
  const read = capturedBytes(Buffer.from(text), { text: textOf(label) });
  if (!read.ok) throw new Error(read.why);
  const lines = decodeRuns(label, read.runs).map((each) => JSON.parse(each) as { readonly kind: string });
  expect(lines.filter(({ kind }) => kind === "measurement").length).toBeGreaterThan(0);
  expect(lines.filter(({ kind }) => kind === "discarded")).toEqual([]);
  const [kept] = await client.technician.line.captures({ session });
  expect(kept).toMatchObject({ name: ended.name, sizeBytes: Buffer.byteLength(text) });
  const recorded = (await journal()).flatMap((entry) => bodyOf(entry, "capture.recorded") ?? []);
  const sha256 = createHash("sha256").update(text).digest("hex");
  expect(recorded).toEqual([{ file: ended.name, device: labelAt, chunks: capture.chunks.length, sha256 }]);
});

/** What the disk has one second after a label was printed into a recording, with `torn` behind it. */
async function cutOff(torn = "") {
  const { press, ...desk } = await withLabels();
  const { client, session, clock, folder } = desk;
  const line = await watching(desk, labelAt, session);
  const { name } = await client.technician.line.record({ id: newId(), session, device: labelAt, on: true });
  press();
  await advanceUntil(clock, () => line.frames().includes("label"), "the label");
  await clock.advance(1_000);
  const part = join(folder, "captures", `${name}.part`);
  await expect.poll(() => readFileSync(part, "utf8").split("\n").length).toBeGreaterThan(3);
  const after = tempFolder();
  mkdirSync(join(after, "captures"));
  writeFileSync(join(after, "captures", `${name}.part`), readFileSync(part, "utf8") + torn);
  await client.technician.line.record({ id: newId(), session, device: labelAt, on: false });
  const { text } = await client.technician.line.capture({ session, name });
  const left = readdirSync(join(folder, "captures"));
  return { name, text, left, after };
}

test.each([
  ["between two lines", ""],
  ["in the middle of one", '{"t":2000,"dir":"rx","he'],
])("the power goes %s: the next start makes the recording whole, as it would have been", async (_, torn) => {
  const { name, text, left, after } = await cutOff(torn);
  expect(left).toEqual([name]);
  const { client, journal, folder } = await deskWith([], { folder: after });
  const session = await signIn(client);
  expect(await client.technician.line.capture({ session, name })).toEqual({ text });
  expect(readdirSync(join(folder, "captures"))).toEqual([name]);
  const recorded = (await journal()).flatMap((entry) => bodyOf(entry, "capture.recorded") ?? []);
  const { chunks } = JSON.parse(text) as { readonly chunks: readonly unknown[] };
  const sha256 = createHash("sha256").update(text).digest("hex");
  expect(recorded).toEqual([{ file: name, device: labelAt, chunks: chunks.length, sha256 }]);
});

test("nothing is recorded while a resident is here: it does not begin, and one under way leaves a gap", async () => {
  const desk = await withCuff();
  const { client, session } = desk;
  const visit = newId();
  await client.visit.open({ id: visit, who: { kind: "guest" } });
  const record = (on: boolean) => client.technician.line.record({ id: newId(), session, device: cuffAt, on });
  expect(await codeOf(record(true))).toBe("technician.residentPresent");
  await client.visit.leave({ visit, reason: "left" });
  const line = await watching(desk, cuffAt, session);
  const { name } = await record(true);
  await measured(desk);
  expect(line.events.some((event) => event.kind === "state" && event.recording === "paused")).toBe(true);
  await until(() => line.state()?.recording === "on", "recording again");
  await record(false);
  const { text } = await client.technician.line.capture({ session, name });
  expect(JSON.parse(text)).toMatchObject({
    chunks: [],
    pauses: [{ from: expect.any(Number) as unknown, to: expect.any(Number) as unknown }],
  });
});

test("a recording ends, and is kept, when who made it is signed out", async () => {
  const { press, ...desk } = await withLabels();
  const { client, session, clock } = desk;
  const { name } = await client.technician.line.record({ id: newId(), session, device: labelAt, on: true });
  press();
  await clock.advance(60_000);
  await client.technician.staff.signOut({ session });
  const again = await signIn(client);
  const kept = async () => (await client.technician.line.captures({ session: again })).map((each) => each.name);
  await expect.poll(kept).toEqual([name]);
});

test("ending what was not begun, and reading what is not there, is said", async () => {
  const { client, session, folder } = await withCuff();
  writeFileSync(join(folder, "secret.json"), "{}");
  const { record, capture } = client.technician.line;
  expect([
    await codeOf(record({ id: newId(), session, device: cuffAt, on: false })),
    await codeOf(capture({ session, name: "../secret.json" })),
    await codeOf(capture({ session, name: `${cuffId}-20990101T000000Z.json` })),
  ]).toEqual(["technician.noCapture", "technician.noCapture", "technician.noCapture"]);
});

test("leaving and signing out end the watching", async () => {
  const desk = await withCuff();
  const line = await watching(desk, cuffAt, desk.session);
  await desk.client.technician.staff.signOut({ session: desk.session });
  await line.over;
  expect(line.events).toHaveLength(1);
});

// The rule itself ----------------------------------------------------------------------------------------------------

test("a frame begun while a resident was here stays hidden until it is whole", () => {
  let present = true;
  const line = new DecodedLine(label, () => present);
  expect(line.hear("in", fromHex("0a4e0a4136302c"))).toMatchObject({ withheld: true, heard: [] });
  present = false;
  const rest = line.hear("in", fromHex("3030303034302c"));
  expect([rest.withheld, rest.hex]).toEqual([true, undefined]);
});

test("what a card reader or a scanner hears is shown to nobody at any time", () => {
  const frame = Object.keys(cuff.meaning).find((name) => name === "result") ?? "";
  const scanner = {
    ...cuff,
    meaning: { ...cuff.meaning, [frame]: { kind: "scan", text: "user" } },
  } as unknown as typeof cuff;
  const line = new DecodedLine(scanner, () => false);
  expect(line.hear("in", fromHex("ffffffff"))).toMatchObject({ withheld: true });
});
