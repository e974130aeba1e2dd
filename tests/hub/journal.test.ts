import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { entryHash, headText } from "../../core/journal/chain.ts";
import type { Entry } from "../../core/journal/entry.ts";
import { withhold } from "../../core/journal/withheld.ts";
import { schemaVersion } from "../../hub/store/migrate.ts";
import { openEncrypted } from "../../hub/store/open.ts";
import { sha256, verifyText } from "../../hub/store/secrets.ts";
import { codeOf, Town, visitEntries, type Line, type StationParty } from "./parties.ts";

let town: Town;
let station: StationParty;
let line: Line;

beforeEach(async () => {
  town = await Town.open();
  station = await town.station();
  line = await station.connect();
  for (const visit of ["v1", "v2", "v3"]) station.write(...visitEntries(visit, uuidv7()));
});
afterEach(() => town.end());

/** The refusals written down, as seq and reason. */
const refusals = () =>
  town.hub.journal
    .entriesAfter(0, 1_000)
    .flatMap((entry) => (entry.body.operation === "journal.ship" ? [entry.body.about] : []));
const heldHead = () => town.hub.parts.records.held(station.id);
/** The same entry with another content, its own hash made right again. */
const forged = (entry: Entry, change: Partial<Entry>): Entry => {
  const bare = { ...entry, ...change };
  return { ...bare, hash: entryHash(bare, sha256) };
};

test("the hub's copy has the station's last hash, and the hub signs for it", async () => {
  const answer = await line.client.journal.ship(station.shipment());
  expect(answer).toMatchObject({ seq: 9, hash: station.head.hash, hub: town.hub.id });
  expect(verifyText(headText(station.id, answer.seq, answer.hash), answer.signature, town.hub.publicKey)).toBe(true);
  expect(await line.client.journal.held()).toEqual({ seq: 9, hash: station.head.hash });
  expect(await heldHead()).toEqual(station.head);
  expect(await town.hub.parts.records.entriesOfVisit(station.id, "v2")).toEqual(
    station.journal.filter((entry) => entry.visit === "v2"),
  );
});

test("what is sent again is held once, also where it overlaps", async () => {
  await line.client.journal.ship(station.shipment(0, 5));
  await line.client.journal.ship(station.shipment(0, 5));
  const answer = await line.client.journal.ship(station.shipment(2, 9));
  expect(answer).toMatchObject({ seq: 9, hash: station.head.hash });
  expect(refusals()).toEqual([]);
});

test("a batch that begins beyond what is held stores nothing and says where to go on", async () => {
  await line.client.journal.ship(station.shipment(0, 3));
  expect(await line.client.journal.ship(station.shipment(5, 9))).toMatchObject({
    seq: 3,
    hash: station.journal[2]?.hash,
  });
  expect(await line.client.journal.ship(station.shipment(3, 9))).toMatchObject({ seq: 9, hash: station.head.hash });
});

test("an empty shipment from an empty journal is answered with the beginning", async () => {
  expect(
    await line.client.journal.ship({
      entries: [],
      head: station.signHead({ owner: station.id, seq: 0, hash: "0".repeat(64) }),
    }),
  ).toMatchObject({ seq: 0, hash: "0".repeat(64) });
});

test("a fork is refused, written down once however often it is tried, and changes nothing", async () => {
  await line.client.journal.ship(station.shipment(0, 5));
  const other = forged(station.journal[4]!, { body: { kind: "guest" } });
  const shipment = { entries: [other], head: station.signHead(other) };
  expect(await codeOf(line.client.journal.ship(shipment))).toBe("store.broken");
  expect(await codeOf(line.client.journal.ship(shipment))).toBe("store.broken");
  expect(refusals()).toEqual(["fork at 5"]);
  expect(await heldHead()).toMatchObject({ seq: 5, hash: station.journal[4]?.hash });
  expect(await line.client.journal.ship(station.shipment(5, 9))).toMatchObject({ seq: 9 });
});

const spoiled: readonly {
  readonly name: string;
  readonly spoil: (entries: Entry[]) => Entry[];
  readonly why: string;
}[] = [
  { name: "a gap inside the batch", spoil: (entries) => entries.filter((entry) => entry.seq !== 4), why: "gap at 4" },
  {
    name: "a changed body",
    spoil: (entries) =>
      entries.map((entry) => (entry.seq === 4 ? { ...entry, body: { ...entry.body, name: "X" } } : entry)),
    why: "hash at 4",
  },
  {
    name: "a broken link",
    spoil: (entries) => entries.map((entry) => (entry.seq === 4 ? forged(entry, { prevHash: "a".repeat(64) }) : entry)),
    why: "link at 4",
  },
  {
    name: "another owner",
    spoil: (entries) => entries.map((entry) => (entry.seq === 4 ? forged(entry, { owner: "someone" }) : entry)),
    why: "owner at 4",
  },
];
test.each(spoiled)("$name is refused whole: $why", async ({ spoil, why }) => {
  const { entries, head } = station.shipment();
  expect(await codeOf(line.client.journal.ship({ entries: spoil([...entries]), head }))).toBe("store.broken");
  expect(refusals()).toEqual([why]);
  expect(await heldHead()).toMatchObject({ seq: 0 });
});

test("a head signed by another key is refused before anything is stored", async () => {
  const stranger = await town.station("stranger");
  const { entries } = station.shipment();
  expect(await codeOf(line.client.journal.ship({ entries, head: stranger.signHead(station.head) }))).toBe(
    "store.broken",
  );
  expect(refusals()).toEqual(["signature at 9"]);
  expect(await heldHead()).toMatchObject({ seq: 0 });
});

test("a head that says something else than the entries takes the batch back", async () => {
  const { entries } = station.shipment();
  expect(
    await codeOf(
      line.client.journal.ship({
        entries,
        head: station.signHead({ owner: station.id, seq: 9, hash: "b".repeat(64) }),
      }),
    ),
  ).toBe("store.broken");
  expect(refusals()).toEqual(["head at 9"]);
  expect(await heldHead()).toMatchObject({ seq: 0 });
});

test("a head signed ahead binds the station to it when the entries come", async () => {
  // The first batch is signed with the head of the whole journal; then the station comes with another end.
  await line.client.journal.ship({ ...station.shipment(0, 5), head: station.signHead(station.head) });
  const last = forged(station.journal[8]!, { visit: "other" });
  const shipment = { entries: [...station.journal.slice(5, 8), last], head: station.signHead(last) };
  expect(await codeOf(line.client.journal.ship(shipment))).toBe("store.broken");
  expect(await heldHead()).toMatchObject({ seq: 5 });
  expect(await line.client.journal.ship(station.shipment(5, 9))).toMatchObject({ seq: 9, hash: station.head.hash });
});

test("one station's journal cannot be written by another", async () => {
  const stranger = await (await town.station("stranger")).connect();
  expect(await codeOf(stranger.client.journal.ship(station.shipment()))).toBe("store.broken");
  expect(await heldHead()).toMatchObject({ seq: 0 });
});

test("entries of a type or body the hub does not know are kept as they are, and left out of the visit", async () => {
  station.journal.splice(0);
  const resident = uuidv7();
  station.write(...visitEntries("v1", resident));
  const odd = forged(
    { ...station.journal[2]!, seq: 4, id: uuidv7(), prevHash: station.head.hash, type: "future.thing", body: { x: 1 } },
    {},
  );
  const bad = forged(
    {
      ...odd,
      seq: 5,
      id: uuidv7(),
      prevHash: odd.hash,
      type: "measurement.accepted",
      body: { id: uuidv7(), of: "bloodPressure" },
    },
    {},
  );
  station.journal.push(odd, bad);
  await line.client.journal.ship(station.shipment());
  const doctor = await (await town.person("li")).connect();
  const call = uuidv7();
  await line.client.queue.join({ call, visit: "v1", shownName: "S", severity: 0 });
  await doctor.client.call.accept({ call });
  const record = await (await doctor.client.visit.watch({ call })).next();
  expect(record.value).toMatchObject({
    head: { seq: 5, hash: bad.hash },
    results: [{ of: "bloodPressure", measurements: [{ visit: "v1" }] }],
  });
});

test("what was acknowledged is there after the hub was closed and opened", async () => {
  await line.client.journal.ship(station.shipment());
  await town.stop();
  await town.start();
  expect(await heldHead()).toEqual(station.head);
});

const damages = [
  {
    name: "a changed byte",
    sql: `UPDATE station_entries SET entry = replace(entry, 'Specimen', 'Specimem') WHERE seq = 4`,
    said: { seq: 4, why: "hash" },
  },
  { name: "a lost row", sql: "DELETE FROM station_entries WHERE seq = 4", said: { seq: 4, why: "gap" } },
  { name: "another signed head", sql: "UPDATE station_heads SET hash = 'x'", said: { seq: 9, why: "head" } },
] as const;
test.each(damages)("$name in the hub's copy is found at the next start and named", async ({ sql, said }) => {
  await line.client.journal.ship(station.shipment());
  await town.stop();
  const opened = openEncrypted(join(town.folder, "hub.db"), town.key, schemaVersion);
  if (!opened.ok) throw new Error(opened.code);
  opened.db.exec("DROP TRIGGER station_entries_never_change; DROP TRIGGER station_entries_never_go");
  opened.db.exec(sql);
  opened.db.close();
  await town.start();
  const told = town.log
    .map((text) => JSON.parse(text) as Record<string, unknown>)
    .filter(({ msg }) => msg === "copyBroken");
  expect(told).toMatchObject([{ station: station.id, ...said }]);
});

/** As a station sends it while nobody agreed: the hashes of `v2`, the rest whole. */
const withoutSecond = () => {
  const shipment = station.shipment();
  return { ...shipment, entries: shipment.entries.map((entry) => (entry.visit === "v2" ? withhold(entry) : entry)) };
};
const ofSecond = () => station.journal.filter((entry) => entry.visit === "v2");

test("of what nobody agreed to send, the hub holds the hash alone, and the chain stays whole", async () => {
  const answer = await line.client.journal.ship(withoutSecond());
  expect(answer).toMatchObject({ seq: 9, hash: station.head.hash });
  expect(await town.hub.parts.records.entriesOfVisit(station.id, "v2")).toEqual([]);
  expect(await town.hub.parts.records.entriesOfVisit(station.id, "v1")).not.toEqual([]);
  expect(await line.client.journal.withheld({ after: 0 })).toEqual({ seqs: ofSecond().map(({ seq }) => seq) });
  expect(await town.hub.parts.records.damagedCopies()).toEqual([]);
});

test("what is agreed to later is revealed, once and for all", async () => {
  await line.client.journal.ship(withoutSecond());
  await line.client.journal.reveal({ entries: ofSecond() });
  await line.client.journal.reveal({ entries: ofSecond() });
  expect(await town.hub.parts.records.entriesOfVisit(station.id, "v2")).toEqual(ofSecond());
  expect(await line.client.journal.withheld({ after: 0 })).toEqual({ seqs: [] });
  expect(await town.hub.parts.records.damagedCopies()).toEqual([]);
});

test("another content than the hash says is not revealed, and nothing of that message is", async () => {
  await line.client.journal.ship(withoutSecond());
  const [first, ...rest] = ofSecond();
  const other = forged(first!, { monoMs: first!.monoMs + 1 });
  expect(await codeOf(line.client.journal.reveal({ entries: [...rest, other] }))).toBe("store.broken");
  expect(await codeOf(line.client.journal.reveal({ entries: [...rest, { ...other, hash: first!.hash }] }))).toBe(
    "store.broken",
  );
  expect(await town.hub.parts.records.entriesOfVisit(station.id, "v2")).toEqual([]);
});

test("what is whole already is not withheld by a repeat", async () => {
  await line.client.journal.ship(station.shipment());
  await line.client.journal.ship(withoutSecond());
  expect(await town.hub.parts.records.entriesOfVisit(station.id, "v2")).toEqual(ofSecond());
});
