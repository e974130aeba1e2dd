import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { noticeOf } from "../../core/care/messages.ts";
import { allOf, likeName, type RecordRef } from "../../core/care/same-person.ts";
import { instant } from "../../core/domain/time.ts";
import type { NewEntry } from "../../core/journal/entry.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import { contractedWith } from "./contracts-kit.ts";
import { actor, codeOf, pressure, Town, until, type Line, type PersonParty, type StationParty } from "./parties.ts";

let town: Town;
let east: StationParty;
let west: StationParty;
let doctor: PersonParty;
let desk: Line;
let lines: Line[];

beforeEach(async () => {
  town = await Town.open();
  lines = [];
  east = await town.station("East");
  west = await town.station("West");
  await town.hub.parts.care.putOrg({ id: "township", name: "Township", tier: "township" });
  const practice = { org: "township", orgName: "Township", tier: "township", licence: "S-1" } as const;
  doctor = await town.person("doctor", "doctor", practice);
  desk = await open(doctor);
});
afterEach(async () => {
  await Promise.all(lines.map((line) => line.drop()));
  await town.end();
});

async function open(party: { connect(): Promise<Line> }): Promise<Line> {
  const line = await party.connect();
  lines.push(line);
  return line;
}

const registration = (resident: string, name: string, more: object = {}): NewEntry => ({
  id: uuidv7(),
  type: "resident.registered",
  actor,
  subject: resident,
  visit: null,
  body: {
    id: resident,
    name,
    sex: "female",
    birthYear: 1958,
    facts: { diabetes: "unknown", hypertension: false, pregnant: false },
    specimen: true,
    ...more,
  },
});

/** Registered and shipped; answers where the record is. */
async function register(station: StationParty, name: string, more: object = {}): Promise<RecordRef> {
  const resident = uuidv7();
  const before = station.journal.length;
  station.write(registration(resident, name, more));
  await (await open(station)).client.journal.ship(station.shipment(before));
  return { station: station.id, resident };
}
const care = ({ resident }: RecordRef) => contractedWith(town.hub.parts, resident, doctor.id);
const pairs = () => until(awaitable(desk.client.person.alike()), () => true);
async function* awaitable<T>(feed: Promise<AsyncIterable<T>>): AsyncGenerator<T, void, undefined> {
  yield* await feed;
}

test("a code leads to a record where it was linked, to nobody's name, and elsewhere only to the fact that there is one", async () => {
  const one = await register(east, "Specimen Li");
  const [here, there] = [await open(east), await open(west)];
  expect(await here.client.person.resolve({ code: "C-1" })).toEqual({ kind: "unknown" });
  await here.client.person.link({ id: uuidv7(), resident: one.resident, code: "C-1" });
  expect(await here.client.person.resolve({ code: "C-1" })).toEqual({ kind: "here", resident: one.resident });
  expect(await there.client.person.resolve({ code: "C-1" })).toEqual({ kind: "elsewhere" });
  // To the last space.
  expect(await there.client.person.resolve({ code: "C-1 " })).toEqual({ kind: "unknown" });
  expect(JSON.stringify(town.hub.journal.entriesAfter(0, 1_000))).not.toContain("C-1");
});

test("a code that two people have is nobody's, until somebody says that they are one", async () => {
  const one = await register(east, "Specimen Li");
  const other = await register(west, "Specimen Lee", { birthYear: 1959 });
  const [here, there] = [await open(east), await open(west)];
  await here.client.person.link({ id: uuidv7(), resident: one.resident, code: "C-1" });
  await there.client.person.link({ id: uuidv7(), resident: other.resident, code: "C-1" });
  expect(await here.client.person.resolve({ code: "C-1" })).toEqual({ kind: "unknown" });
  await care(one);
  expect(await pairs()).toMatchObject([{ why: ["code"] }]);
  await desk.client.person.join({ id: uuidv7(), one, other });
  expect(await here.client.person.resolve({ code: "C-1" })).toEqual({ kind: "here", resident: one.resident });
  expect(await there.client.person.resolve({ code: "C-1" })).toEqual({ kind: "here", resident: other.resident });
});

test("a code that its owner takes back leads nowhere, and somebody else's taking back changes nothing", async () => {
  const one = await register(east, "Specimen Li");
  const two = await register(east, "Specimen Wu", { birthYear: 1961 });
  const { client } = await open(east);
  const [link, other] = [uuidv7(), uuidv7()];
  await client.person.link({ id: link, resident: one.resident, code: "C-1" });
  await client.person.link({ id: other, resident: one.resident, code: "C-2" });
  await client.person.unlink({ id: uuidv7(), resident: two.resident, link });
  expect(await client.person.resolve({ code: "C-1" })).toEqual({ kind: "here", resident: one.resident });
  await client.person.unlink({ id: uuidv7(), resident: one.resident, link });
  expect(await client.person.resolve({ code: "C-1" })).toEqual({ kind: "unknown" });
  expect(await client.person.resolve({ code: "C-2" })).toEqual({ kind: "here", resident: one.resident });
  await client.person.link({ id: uuidv7(), resident: one.resident, code: "C-1" });
  expect(await client.person.resolve({ code: "C-1" })).toEqual({ kind: "here", resident: one.resident });
});

test("who tries out codes has to wait after five; one that leads somewhere begins anew", async () => {
  const one = await register(east, "Specimen Li");
  const { client } = await open(east);
  await client.person.link({ id: uuidv7(), resident: one.resident, code: "right" });
  const tried = async (code: string) => codeOf(client.person.resolve({ code }));
  const answers = async (codes: readonly string[]) => {
    const given: string[] = [];
    for (const code of codes) given.push(await tried(code));
    return given;
  };
  expect(await answers(["a", "b", "c", "d", "right", "e", "f", "g", "h", "i"])).toEqual(Array(10).fill("ok"));
  expect(await tried("right")).toBe("identify.tooMany");
  const other = await open(west);
  expect(await codeOf(other.client.person.resolve({ code: "right" }))).toBe("ok");
  town.clock.advance(30_000);
  expect(await tried("right")).toBe("ok");
});

test("a resident of another station is linked by nobody here", async () => {
  const one = await register(east, "Specimen Li");
  const { client } = await open(west);
  expect(await codeOf(client.person.link({ id: uuidv7(), resident: one.resident, code: "C" }))).toBe(
    "identify.notFound",
  );
});

test("two records with name, sex and year of birth in common are proposed to who has one of them in care, the other's name in part", async () => {
  const one = await register(east, "Specimen Li Ming");
  const other = await register(west, "specimen  li ming");
  await register(west, "Specimen Li Ming", { sex: "male" });
  await register(west, "Specimen Li Ming", { birthYear: 1957 });
  expect(await pairs()).toEqual([]);
  await care(one);
  const [pair, ...more] = await pairs();
  expect(more).toEqual([]);
  expect(pair?.why).toEqual(["person"]);
  const shown = [pair?.one, pair?.other].toSorted((a, b) => Number(b?.inCare) - Number(a?.inCare));
  expect(shown).toMatchObject([
    { ...one, name: "Specimen Li Ming", stationName: "East" },
    { ...other, name: "s******n l* m**g", stationName: "West" },
  ]);
});

test("joined records are read together at the desk, each visit with the record it is kept in; parted, apart", async () => {
  const one = await register(east, "Specimen Li");
  const other = await register(west, "Specimen Li");
  await care(one);
  for (const [station, { resident }, visit] of [
    [east, one, "v-east"],
    [west, other, "v-west"],
  ] as const) {
    const before = station.journal.length;
    station.write(pressure(visit, resident, uuidv7(), 151));
    await (await open(station)).client.journal.ship(station.shipment(before));
  }
  const seen = async () =>
    (await desk.client.resident.history({ resident: one.resident })).visits.map(({ visit, record }) => [visit, record]);
  expect(await seen()).toEqual([["v-east", undefined]]);
  const joining = uuidv7();
  await desk.client.person.join({ id: joining, one, other });
  expect(await seen()).toEqual([
    ["v-east", undefined],
    ["v-west", other.resident],
  ]);
  await desk.client.person.part({ id: uuidv7(), joining, reason: "two sisters" });
  expect(await seen()).toEqual([["v-east", undefined]]);
});

test("what the rule does not propose cannot be joined, and what is joined is joined once", async () => {
  const one = await register(east, "Specimen Li");
  const other = await register(east, "Specimen Wu");
  const like = await register(east, "Specimen Li");
  await care(one);
  expect(await codeOf(desk.client.person.join({ id: uuidv7(), one, other }))).toBe("care.unknown");
  const id = uuidv7();
  const joined = await desk.client.person.join({ id, one, other: like });
  expect(await desk.client.person.join({ id, one, other: like })).toEqual(joined);
  expect(await codeOf(desk.client.person.join({ id: uuidv7(), one: like, other: one }))).toBe("care.unknown");
  expect(await town.hub.parts.persons.allOf(one.resident)).toEqual([one.resident, like.resident]);
});

test("the station whose two records they are hears of joining and parting by its inbox", async () => {
  const one = await register(east, "Specimen Li");
  const other = await register(east, "Specimen Li");
  await care(one);
  const joining = uuidv7();
  await desk.client.person.join({ id: joining, one, other });
  await desk.client.person.part({ id: uuidv7(), joining, reason: "two sisters" });
  const inbox = (await open(east)).client.journal.inbox({ after: 0 });
  const told = await until(awaitable(inbox), ({ type }) => type === "person.parted");
  expect(bodyOf(told, "person.parted")).toMatchObject({ joining, station: east.id });
  const foreign = await town.hub.parts.records.inbox(west.id, 0, 100);
  expect(foreign).toEqual([]);
});

test("what was parted, and what was found to be two people, is not proposed again", async () => {
  const one = await register(east, "Specimen Li");
  const other = await register(west, "Specimen Li");
  const third = await register(west, "Specimen Li", { id: uuidv7() });
  await care(one);
  const joining = uuidv7();
  await desk.client.person.join({ id: joining, one, other });
  await desk.client.person.part({ id: uuidv7(), joining, reason: "two sisters" });
  await desk.client.person.apart({ id: uuidv7(), one: third, other: one });
  expect(await pairs()).toEqual([]);
  expect(await town.hub.parts.persons.allOf(one.resident)).toEqual([one.resident]);
});

test("the journal stays whole, and a new start knows the same", async () => {
  const one = await register(east, "Specimen Li");
  const other = await register(west, "Specimen Li");
  await care(one);
  await desk.client.person.join({ id: uuidv7(), one, other });
  expect(town.hub.journal.check()).toBeUndefined();
  expect(await town.hub.parts.records.damagedCopies()).toEqual([]);
  const before = town.hub.parts.persons.keyOf("C");
  await town.stop();
  await town.start();
  expect(await town.hub.parts.persons.allOf(other.resident)).toEqual([other.resident, one.resident]);
  expect(town.hub.parts.persons.keyOf("C")).toBe(before);
});

test("joined by any pairs, everybody is together with everybody they reach, and nobody else", () => {
  const names = fc.constantFrom("a", "b", "c", "d", "e", "f");
  fc.assert(
    fc.property(fc.array(fc.tuple(names, names)), names, names, (pairs, one, other) => {
      const together = allOf(one, pairs).includes(other);
      // Warshall, as the slow and plain way.
      const reach = new Set(pairs.flatMap(([a, b]) => [`${a}${b}`, `${b}${a}`]));
      for (const k of "abcdef")
        for (const i of "abcdef") for (const j of "abcdef") if (reach.has(i + k) && reach.has(k + j)) reach.add(i + j);
      expect(together).toBe(one === other || reach.has(one + other));
      expect(allOf(one, pairs)[0]).toBe(one);
    }),
  );
});

test.each([
  ["Ann  Smith", "ann smith"],
  ["王 秀英", "王秀英"],
  ["ＡＮＮ", "ann"],
])("%s is spelled like %s", (one, other) => {
  expect(likeName(one)).toBe(likeName(other));
});

/** What was left for them about who they are. */
const heard = async ({ resident }: RecordRef) =>
  (await town.hub.parts.care.messages(resident))
    .map(({ message }) => message)
    .filter((message) => noticeOf(message) !== undefined);
const said = async (ref: RecordRef) => (await heard(ref)).map(({ station, sentences }) => [station, sentences]);

test("both hear that their records were joined, and that they were parted, each at their own station and once", async () => {
  const [one, other] = [await register(east, "Specimen Li"), await register(west, "Specimen Li")];
  await care(one);
  const id = uuidv7();
  await desk.client.person.join({ id, one, other });
  await desk.client.person.join({ id, one, other });
  const joined = [{ key: "loop.say.recordsJoined" }, { key: "loop.say.joinedByPerson" }];
  expect([await said(one), await said(other)]).toEqual([[[east.id, joined]], [[west.id, joined]]]);
  await desk.client.person.part({ id: uuidv7(), joining: id, reason: "Specimen: two people" });
  const parted = [{ key: "loop.say.recordsParted", params: { reason: "Specimen: two people" } }];
  for (const [record, station] of [
    [one, east],
    [other, west],
  ] as const)
    expect(await said(record)).toContainEqual([station.id, parted]);
});

test("who says at the station that it is wrong is a task of the office there", async () => {
  await town.hub.parts.care.putOrg({ id: "village", name: "Village", tier: "village", above: "township" });
  const station = await town.station("Station", { branch: "village", hospital: "township" });
  const [one, other] = [await register(station, "Specimen Li"), await register(station, "Specimen Li")];
  await care(one);
  await desk.client.person.join({ id: uuidv7(), one, other });
  const [left] = await heard(other);
  const from = { station: station.id, resident: other.resident, at: instant(town.now()) };
  await town.hub.parts.care.told({ message: left?.id ?? "", talk: true }, from);
  const tasks = await town.hub.parts.care.tasks("village");
  expect(tasks.filter(({ about }) => about.kind === "talk").map(({ kind, resident }) => [kind, resident])).toEqual([
    ["talk.wrong", other.resident],
  ]);
});
