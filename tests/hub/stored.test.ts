import { systemClock } from "../../hub/system-clock.ts";
import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import type { Practice } from "../../core/domain/practice.ts";
import {
  codeOf,
  openKey,
  opinionWish,
  Town,
  until,
  type Line,
  type PersonParty,
  type StationParty,
} from "./parties.ts";

/** Who sends a picture line by line comes often: their seconds pass a hundred times as fast. */
const quick = { ...systemClock, monotonic: () => systemClock.monotonic() * 100 };

let town: Town;
let station: StationParty;
let doctor: PersonParty;
let kiosk: Line;
let desk: Line;

beforeEach(async () => {
  town = await Town.open({ lines: quick });
  station = await town.station();
  doctor = await town.person("li");
  kiosk = await station.connect();
  desk = await doctor.connect();
});
afterEach(() => town.end());

const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

async function asks(
  mode: "assisted" | "return" | "stored",
  more: { severity?: number; knownDiagnosis?: boolean } = {},
) {
  const call = uuidv7();
  await kiosk.client.queue.join({ call, visit: uuidv7(), shownName: "S*", severity: 1, mode, ...more });
  return call;
}

/** Sends from where the hub says, losing the line after every few pieces, and sometimes the answer of the last one. */
async function sendCut(call: string, bytes: Buffer, piecesPerLine: number) {
  const blob = uuidv7();
  const about = { blob, call, kind: "still", media: "image/jpeg", bytes: bytes.length, hash: hashOf(bytes) } as const;
  let lines = 0;
  for (;;) {
    let state = await kiosk.client.blob.begin(about);
    for (let nth = 0; nth < piecesPerLine && !state.whole; nth += 1) {
      const piece = bytes.subarray(state.received, state.received + 20_000).toString("base64");
      state = await kiosk.client.blob.put({ blob, offset: state.received, piece });
    }
    if (state.whole) return { blob, lines };
    const lost = bytes.subarray(state.received, state.received + 20_000).toString("base64");
    void kiosk.client.blob.put({ blob, offset: state.received, piece: lost }).catch(() => undefined);
    await kiosk.drop();
    kiosk = await station.connect();
    lines += 1;
    if (lines === 2) {
      await town.stop();
      await town.start({ lines: quick });
      [kiosk, desk] = [await station.connect(), await doctor.connect()];
    }
  }
}

test.each([1, 2, 3])(
  "a picture cut every %i pieces, and by a hub that starts anew, arrives whole",
  async (piecesPerLine) => {
    const call = await asks("stored");
    const bytes = randomBytes(211_111);
    const { blob, lines } = await sendCut(call, bytes, piecesPerLine);
    expect(lines).toBeGreaterThan(1);
    await desk.client.work.take({ call });
    const [item] = await until(await desk.client.blob.watch({ call }), () => true);
    expect(item).toMatchObject({ blob, whole: true, received: bytes.length, by: station.id });
    const parts: Buffer[] = [];
    for (let offset = 0; offset < bytes.length; offset += 23_456)
      parts.push(Buffer.from((await desk.client.blob.get({ blob, offset, length: 23_456 })).piece, "base64"));
    expect(Buffer.concat(parts).equals(bytes)).toBe(true);
    const looked = town.hub.journal.entriesAfter(0, 10_000).filter(({ body }) => body.operation === "blob.get");
    expect(looked).toMatchObject([{ actor: { id: doctor.id }, body: { about: blob, allowed: true } }]);
    await town.stop();
    const kept = ["hub.db", "hub.db-wal"].map((name) => {
      try {
        return readFileSync(join(town.folder, name));
      } catch {
        return Buffer.alloc(0);
      }
    });
    expect(Buffer.concat(kept).includes(bytes.subarray(1_000, 1_064))).toBe(false);
  },
);

test("what does not fit its hash is sent again from the beginning", async () => {
  const call = await asks("stored");
  const bytes = Buffer.from("a picture");
  const blob = uuidv7();
  const about = { blob, call, kind: "still", media: "image/png", bytes: bytes.length, hash: hashOf(bytes) } as const;
  await kiosk.client.blob.begin(about);
  const put = (text: string) => kiosk.client.blob.put({ blob, offset: 0, piece: Buffer.from(text).toString("base64") });
  expect(await codeOf(put("b picture"))).toBe("blob.broken");
  expect(await kiosk.client.blob.state({ blob })).toMatchObject({ received: 0, whole: false });
  expect(await put("a picture")).toMatchObject({ received: 9, whole: true });
});

test.each([
  ["a still of 9 MB", { kind: "still", media: "image/jpeg", bytes: 9 * 1024 * 1024 }, "blob.tooBig"],
  ["a voice note of 3 MB", { kind: "voiceNote", media: "audio/webm", bytes: 3 * 1024 * 1024 }, "blob.tooBig"],
  ["a sound as a still", { kind: "still", media: "audio/webm", bytes: 10 }, "blob.tooBig"],
  ["a voice note", { kind: "voiceNote", media: "audio/webm", bytes: 10 }, "ok"],
] as const)("%s: %s", async (_name, what, expected) => {
  const call = await asks("stored");
  const begin = kiosk.client.blob.begin({ blob: uuidv7(), call, hash: "0".repeat(64), ...what });
  expect(await codeOf(begin)).toBe(expected);
});

test("one call holds no more than its share", async () => {
  const call = await asks("stored");
  const begin = () =>
    kiosk.client.blob.begin({
      blob: uuidv7(),
      call,
      kind: "still",
      media: "image/jpeg",
      bytes: 8 * 1024 * 1024,
      hash: "0".repeat(64),
    });
  for (let nth = 0; nth < 4; nth += 1) await begin();
  expect(await codeOf(begin())).toBe("blob.tooBig");
});

test("another's picture is as if it were not there", async () => {
  const call = await asks("stored");
  const { blob } = await sendCut(call, randomBytes(100), 1);
  const stranger = await (await town.person("zhao")).connect();
  const otherStation = await (await town.station("other")).connect();
  for (const { client } of [stranger, otherStation]) {
    expect(await codeOf(client.blob.state({ blob }))).toBe("blob.unknown");
    expect(await codeOf(client.blob.get({ blob, offset: 0, length: 10 }))).toBe("blob.unknown");
    expect(await codeOf(client.blob.put({ blob, offset: 0, piece: "AAAA" }))).toBe("blob.unknown");
    expect(await codeOf(client.blob.watch({ call }))).toBe("consult.notYours");
  }
});

test("a stored call waits on the work list, is taken by one, answered with an opinion, and is in no queue", async () => {
  const call = await asks("stored", { severity: 2 });
  await kiosk.drop();
  town.clock.advance(120_000);
  const list = await desk.client.work.watch();
  expect(await until(list, (items) => items.length === 1)).toMatchObject([
    { call, mode: "stored", severity: 2, mine: false },
  ]);
  expect(await until(await desk.client.queue.watch(), () => true)).toEqual([]);
  const other = await (await town.person("wang")).connect();
  expect(
    await Promise.all([codeOf(desk.client.work.take({ call })), codeOf(other.client.work.take({ call }))]),
  ).toEqual(["ok", "consult.alreadyTaken"]);
  expect(await codeOf(desk.client.visit.watch({ call }))).toBe("ok");
  expect(await codeOf(desk.client.work.answer({ call }))).toBe("consult.opinionNeeded");
  await openKey(desk, doctor);
  await desk.client.opinion.sign(opinionWish(call));
  expect(await codeOf(other.client.work.answer({ call }))).toBe("consult.notYours");
  await desk.client.work.answer({ call });
  await desk.client.work.answer({ call });
  await until(list, (items) => items.length === 0);
});

test("a stored call that is taken and not answered in an hour is offered again", async () => {
  const call = await asks("stored");
  await desk.client.work.take({ call });
  const list = await desk.client.work.watch();
  await until(list, ([item]) => item?.mine === true);
  await desk.drop();
  town.clock.advance(60 * 60_000);
  const other = await (await town.person("wang")).connect();
  expect(await until(await other.client.work.watch(), (items) => items.length > 0)).toMatchObject([
    { call, mine: false },
  ]);
  expect(await codeOf(other.client.work.take({ call }))).toBe("ok");
});

test("a return visit is for a diagnosis that is known", async () => {
  expect(await codeOf(asks("return"))).toBe("consult.firstVisit");
  expect(await codeOf(asks("return", { knownDiagnosis: true }))).toBe("ok");
});

const practice = (org: string, tier: Practice["tier"]): Practice => ({ org, orgName: org, tier, licence: org });

test("a call is offered to its own institutions, after five minutes to the county, then to all", async () => {
  const [near, county, far] = await Promise.all(
    [
      ["near", practice("t1", "township")],
      ["county", practice("c", "county")],
      ["far", practice("t2", "township")],
    ].map(async ([name, works]) => (await town.person(name as string, "doctor", works as Practice)).connect()),
  );
  const line = await (await town.station("paired", { hospital: "t1" })).connect();
  const call = uuidv7();
  await line.client.queue.join({ call, visit: uuidv7(), shownName: "P", severity: 3 });
  const [first] = await until(await line.client.call.watch({ call }), () => true).then((view) => [view]);
  expect(first).toMatchObject({ state: "waiting", step: "near", ahead: 0, expectedWaitS: 30 });
  const sees = async (of: Line | undefined) =>
    of ? (await until(await of.client.queue.watch(), () => true)).map((item) => [item.call === call, item.late]) : [];
  expect([await sees(near), await sees(county), await sees(far)]).toEqual([[[true, false]], [], []]);
  expect(await codeOf(county ? county.client.call.accept({ call }) : Promise.resolve())).toBe("consult.notYours");
  town.clock.advance(5 * 60_000);
  await new Promise((resolve) => setImmediate(resolve));
  expect([await sees(near), await sees(county), await sees(far)]).toEqual([[[true, true]], [[true, true]], []]);
  town.clock.advance(5 * 60_000);
  await new Promise((resolve) => setImmediate(resolve));
  expect(await sees(far)).toEqual([[true, true]]);
});

test("a doctor is called by another, joins, and the owner hands the resident's call on", async () => {
  const chen = await town.person("chen", "specialist");
  const line = await chen.connect();
  const call = await asks("assisted");
  await desk.client.call.accept({ call });
  const asked = await line.client.call.invitations();
  const talk = uuidv7();
  const began = await desk.client.call.ask({ call: talk, person: chen.id, about: call });
  expect(began).toMatchObject({ mode: "doctors", state: "ringing", you: doctor.id, station: { id: station.id } });
  expect(await until(asked, (items) => items.length === 1)).toMatchObject([
    { call: talk, by: { id: doctor.id }, role: "specialist", handOver: false },
  ]);
  const joined = await line.client.call.accept({ call: talk });
  expect(joined).toMatchObject({ you: chen.id, peer: "here", clinician: { id: doctor.id } });
  expect(await codeOf(line.client.visit.watch({ call: talk }))).toBe("ok");
  await line.client.call.leave({ call: talk });
  expect(await codeOf(line.client.visit.watch({ call: talk }))).toBe("consult.notYours");

  await desk.client.call.transfer({ call, to: { person: chen.id } });
  await until(asked, (items) => items.some((item) => item.handOver && item.call === call));
  const taken = await line.client.call.accept({ call });
  expect(taken).toMatchObject({ clinician: { id: chen.id }, state: "ringing" });
  expect(await codeOf(desk.client.call.watch({ call }))).toBe("consult.notYours");
  await line.client.call.transfer({ call, to: { step: "everyone" } });
  const queue = await until(await desk.client.queue.watch(), (items) => items.length > 0);
  expect(queue).toMatchObject([{ call, state: "interrupted", mine: false }]);
});

test("an observer comes only with the resident's word", async () => {
  const call = await asks("assisted");
  await desk.client.call.accept({ call });
  const wu = await town.person("wu");
  const ask = desk.client.call.invite({ call, person: wu.id, role: "observer", consent: uuidv7() });
  expect(await codeOf(ask)).toBe("consent.notGiven");
  expect(await codeOf(desk.client.call.invite({ call, person: wu.id, role: "specialist" }))).toBe(
    "consult.notInvitable",
  );
  expect(await codeOf(desk.client.call.invite({ call, person: wu.id }))).toBe("ok");
});
