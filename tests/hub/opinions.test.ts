import { afterEach, beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import type { OpinionWish } from "../../core/contract/hub-opinions.ts";
import { opinionKind, signedParts } from "../../core/care/opinion.ts";
import { checkSignature } from "../../core/care/signed.ts";
import type { Opinion } from "../../core/journal/entry.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import { verifyText } from "../../hub/store/secrets.ts";
import { codeOf, Town, until, visitEntries, type Line, type PersonParty } from "./parties.ts";

const pin = "84-27-19-63";
let town: Town;
let doctor: PersonParty;
let desk: Line;
let kiosk: Line;
let call: string;

beforeEach(async () => {
  town = await Town.open();
  const station = await town.station();
  doctor = await town.person("li");
  [kiosk, desk] = [await station.connect(), await doctor.connect()];
  const visit = uuidv7();
  station.write(...visitEntries(visit, uuidv7()));
  await kiosk.client.journal.ship(station.shipment());
  call = uuidv7();
  await kiosk.client.queue.join({ call, visit, shownName: "S**", severity: 2 });
  await desk.client.call.accept({ call });
});
afterEach(() => town.end());

const wish = (more: Partial<OpinionWish> = {}): OpinionWish => ({
  id: uuidv7(),
  call,
  soap: { subjective: "", objective: "168/97", assessment: "Specimen assessment", plan: "Specimen plan" },
  sentences: [
    { key: "care.say.pressureHigh", values: {} },
    { key: "care.say.measureAgain", values: { days: 3 } },
    { key: "care.say.worseStroke", values: {} },
  ],
  next: "comeBack",
  ...more,
});

async function open() {
  await desk.client.signing.makeKey({ pin, code: doctor.code() });
}

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
  await line.client.signing.makeKey({ pin, code: other.code() });
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
