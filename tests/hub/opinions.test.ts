import { afterEach, beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import type { OpinionWish } from "../../core/contract/hub-opinions.ts";
import { opinionKind, signedParts } from "../../core/care/opinion.ts";
import { checkSignature } from "../../core/care/signed.ts";
import type { Opinion } from "../../core/journal/entry.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import { verifyText } from "../../hub/store/secrets.ts";
import {
  codeOf,
  openKey,
  opinionWish,
  Town,
  until,
  visitEntries,
  type Line,
  type PersonParty,
  type StationParty,
} from "./parties.ts";

let town: Town;
let doctor: PersonParty;
let desk: Line;
let kiosk: Line;
let call: string;
let visit: string;
let station: StationParty;

beforeEach(async () => {
  town = await Town.open();
  station = await town.station();
  doctor = await town.person("li");
  [kiosk, desk] = [await station.connect(), await doctor.connect()];
  visit = uuidv7();
  station.write(...visitEntries(visit, uuidv7()));
  await kiosk.client.journal.ship(station.shipment());
  call = uuidv7();
  await kiosk.client.queue.join({ call, visit, shownName: "S**", severity: 2 });
  await desk.client.call.accept({ call });
});
afterEach(() => town.end());

const wish = (more: Partial<OpinionWish> = {}) => opinionWish(call, more);
const open = () => openKey(desk, doctor);

const verdictOf = (opinion: Opinion) => {
  const parts = signedParts(opinion);
  return parts && checkSignature({ of: opinionKind, ...parts }, { [town.hub.id]: town.hub.publicKey }, verifyText);
};

test("a signed opinion reaches the station's inbox as it was signed, with the words for the resident", async () => {
  await open();
  const written = await desk.client.opinion.sign(wish());
  expect(written.text).toBe(
    "您的血压偏高，要管起来。\n请在3天以内再来测一次。\n如果嘴歪、手脚没劲、说话不清，请马上拨打120。",
  );
  const entry = await until(await kiosk.client.journal.inbox({ after: 0 }), ({ id }) => id === written.id);
  const received = bodyOf(entry, "opinion.written");
  expect(received).toEqual(written);
  expect(received && verdictOf(received)).toBe("valid");
});

test("while the key is shut nothing is written", async () => {
  expect(await codeOf(desk.client.opinion.sign(wish()))).toBe("sign.locked");
  await open();
  await desk.client.signing.shut();
  const asked = wish();
  expect(await codeOf(desk.client.opinion.sign(asked))).toBe("sign.locked");
  expect(await town.hub.parts.records.opinion(asked.id)).toBeUndefined();
});

test("signing out shuts the key", async () => {
  await open();
  await town.post("/api/sign-out", {}, { cookie: doctor.cookie, origin: town.hub.address });
  await desk.closed;
  town.clock.advance(30_000);
  await doctor.signIn();
  const again = await doctor.connect();
  expect(await again.client.signing.state()).toEqual({ hasKey: true });
  expect(await codeOf(again.client.opinion.sign(wish()))).toBe("sign.locked");
});

test("an opinion is never changed: the same id again is the first one", async () => {
  await open();
  const first = await desk.client.opinion.sign(wish());
  expect(await desk.client.opinion.sign(wish({ id: first.id, next: "hospital" }))).toEqual(first);
});

test("a second opinion follows the first, and both stay", async () => {
  await open();
  const first = await desk.client.opinion.sign(wish());
  const second = await desk.client.opinion.sign(wish({ supersedes: first.id, next: "hospital" }));
  expect([second.supersedes, verdictOf(first), verdictOf(second)]).toEqual([first.id, "valid", "valid"]);
  expect(await town.hub.parts.records.opinion(first.id)).toEqual(first);
});

test.each([{ name: "an opinion that is not there", before: async () => uuidv7() }])(
  "$name cannot be followed",
  async ({ before }) => {
    await open();
    expect(await codeOf(desk.client.opinion.sign(wish({ supersedes: await before() })))).toBe("consult.notYours");
  },
);

test("another doctor cannot write about this call", async () => {
  const other = await town.person("wang");
  const line = await other.connect();
  await openKey(line, other);
  expect(await codeOf(line.client.opinion.sign(wish()))).toBe("consult.notYours");
});

test.each([
  { name: "no sentence", sentences: [] },
  { name: "nothing on what to do when it gets worse", sentences: [{ key: "care.say.calm", values: {} }] },
  {
    name: "a sentence twice",
    sentences: [
      { key: "care.say.worseCall", values: {} },
      { key: "care.say.worseCall", values: {} },
    ],
  },
  {
    name: "a value missing",
    sentences: [
      { key: "care.say.measureAgain", values: {} },
      { key: "care.say.worseCall", values: {} },
    ],
  },
  { name: "a value too many", sentences: [{ key: "care.say.worseCall", values: { days: 3 } }] },
  { name: "a sentence of nobody's", sentences: [{ key: "care.say.other", values: {} }] },
])("$name is refused", async ({ sentences }) => {
  await open();
  const odd = { ...wish(), sentences } as unknown as OpinionWish;
  expect(await codeOf(desk.client.opinion.sign(odd))).toBe("wire.badInput");
});

test("one letter changed afterwards is found out", async () => {
  await open();
  const written = await desk.client.opinion.sign(wish());
  expect(verdictOf({ ...written, text: `${written.text}。` })).toBe("changed");
});

test("a simple PIN is refused", async () => {
  expect(await codeOf(desk.client.signing.makeKey({ pin: "11111111", code: doctor.code() }))).toBe("wire.badInput");
});

test("a call that has ended is still written up by its doctor", async () => {
  await open();
  await desk.client.visit.finish({ call });
  expect(await codeOf(desk.client.opinion.sign(wish()))).toBe("ok");
});

const practice = { org: "org-1", orgName: "Specimen clinic", tier: "village", licence: "SPECIMEN-1" } as const;
test.each([
  { name: "a village doctor of the call with a licence writes", practice, joins: true, code: "ok" },
  { name: "a village doctor without a licence does not", practice: undefined, joins: true, code: "consult.notYours" },
  { name: "a village doctor who is not in the call does not", practice, joins: false, code: "consult.notYours" },
])("$name", async ({ practice, joins, code }) => {
  const village = await town.person("zhao", "villageDoctor", practice);
  const line = await village.connect();
  await openKey(line, village);
  if (joins) {
    await desk.client.call.invite({ call, person: village.id });
    await line.client.call.accept({ call });
  }
  expect(await codeOf(line.client.opinion.sign(wish()))).toBe(code);
});

test("the doctor sees what the resident said at the station", async () => {
  const record = await desk.client.visit.watch({ call });
  expect((await until(record, () => true)).symptoms).toBeUndefined();
  const about = { actor: { role: "station", id: station.id }, subject: null, visit } as const;
  station.write(
    { ...about, id: uuidv7(), type: "visit.answered", body: { symptoms: ["SX_VOMIT"] } },
    { ...about, id: uuidv7(), type: "visit.answered", body: { smoker: false } },
  );
  await kiosk.client.journal.ship(station.shipment());
  expect(await until(record, ({ symptoms }) => symptoms !== undefined)).toMatchObject({ symptoms: ["SX_VOMIT"] });
});

test("the doctor sees of each medicine whether it was taken today, as said last, when, and at which station", async () => {
  const record = await desk.client.visit.watch({ call });
  expect((await until(record, () => true)).taken).toBeUndefined();
  const about = { actor: { role: "station", id: station.id }, subject: null, visit } as const;
  const prescription = uuidv7();
  const say = (drug: string, taken: "taken" | "notTaken" | "notSure") => ({
    ...about,
    id: uuidv7(),
    type: "visit.answered" as const,
    body: { medicines: [{ prescription, drug, taken }] },
  });
  station.write(say("amlodipine-5", "taken"), say("unlisted-1", "notSure"), say("amlodipine-5", "notTaken"));
  await kiosk.client.journal.ship(station.shipment());
  const { taken } = await until(record, (there) => there.taken !== undefined);
  expect(taken?.medicines.map(({ drug, zh, en, taken: how }) => [drug, zh, en, how])).toEqual([
    ["unlisted-1", "unlisted-1", "unlisted-1", "notSure"],
    ["amlodipine-5", "氨氯地平", "amlodipine", "notTaken"],
  ]);
  expect(taken?.medicines.map(({ at }) => Number.isNaN(Date.parse(at)))).toEqual([false, false]);
  expect(taken?.station).toBe("Station");
});

test("of who has no medicines here, the doctor sees what they said of any", async () => {
  const record = await desk.client.visit.watch({ call });
  const about = { actor: { role: "station", id: station.id }, subject: null, visit } as const;
  station.write({ ...about, id: uuidv7(), type: "visit.answered", body: { medicineToday: false } });
  await kiosk.client.journal.ship(station.shipment());
  const { taken } = await until(record, (there) => there.taken !== undefined);
  expect(taken).toMatchObject({ medicines: [], any: { taken: false } });
});
