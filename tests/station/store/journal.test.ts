import { createPublicKey, verify } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { firstBreak, genesisHash, headText } from "../../../core/journal/chain.ts";
import type { NewEntry } from "../../../core/journal/entry.ts";
import { databaseFile, openEngine, type Engine } from "../../../station/store/engine.ts";
import { sha256 } from "../../../station/store/identity.ts";
import { openEncrypted, storeCode, type Database } from "../../../station/store/open.ts";
import { actFamilies } from "../../../station/store/views/acts.ts";
import { aResident, engineIn, keep, key, newFolder, newId, registered, started, storeIn, VisitStory } from "./kit.ts";

const stamp = { heardAt: Date.UTC(2026, 0, 1), monoMs: 5 };

test("entries get owner, sequence, times and a chain of hashes that anybody can check", () => {
  const engine = engineIn(newFolder(), { owner: "station-1" });
  const entries = keep(engine, started(), registered(aResident()), started());
  expect(entries.map(({ owner, seq, heardAt, monoMs }) => ({ owner, seq, heardAt, monoMs }))).toEqual([
    { owner: "station-1", seq: 1, heardAt: "2026-01-01T00:00:01.000Z", monoMs: 1 },
    { owner: "station-1", seq: 2, heardAt: "2026-01-01T00:00:01.000Z", monoMs: 1 },
    { owner: "station-1", seq: 3, heardAt: "2026-01-01T00:00:01.000Z", monoMs: 1 },
  ]);
  expect(firstBreak(entries, { owner: "station-1", seq: 0, hash: genesisHash }, sha256)).toBeUndefined();
  expect(engine.tail(0, 10)).toEqual(entries);
});

test("the tail begins after the number given and holds no more than asked for", () => {
  const engine = engineIn(newFolder());
  const entries = keep(engine, started(), started(), started(), started());
  expect(engine.tail(1, 2)).toEqual(entries.slice(1, 3));
});

test("a repeated id is answered with what is kept and adds nothing", () => {
  const engine = engineIn(newFolder());
  const entry = started();
  const [first] = keep(engine, entry);
  expect(engine.append([{ entries: [entry], heardAt: stamp.heardAt + 99_000, monoMs: 99 }])).toEqual([
    { ok: true, entries: [first] },
  ]);
  expect(engine.head.seq).toBe(1);
});

test("an id given twice in one call is one entry", () => {
  const engine = engineIn(newFolder());
  const entry = started();
  const entries = keep(engine, entry, entry);
  expect(entries[1]).toEqual(entries[0]);
  expect(engine.head.seq).toBe(1);
});

test("the same id with other content is refused and nothing of that call is kept", () => {
  const engine = engineIn(newFolder());
  const entry = registered(aResident());
  keep(engine, entry);
  const other: NewEntry = { ...registered(aResident("另一位样本")), id: entry.id };
  expect(engine.append([{ entries: [started(), other], ...stamp }])).toEqual([
    { ok: false, code: "wire.badInput", detail: `id ${entry.id} is taken by another entry` },
  ]);
  expect(engine.head.seq).toBe(1);
  expect(engine.verify()).toMatchObject({ ok: true });
});

test.each<[string, unknown]>([
  ["an unknown type", { ...started(), type: "station.exploded" }],
  ["a body of another type", { ...started(), body: { reason: "left" } }],
  ["a member too many", { ...started(), body: { program: "1", node: "2", simulated: true, extra: 1 } }],
  ["an id that is none", { ...started(), id: "1" }],
  ["no actor", { ...started(), actor: undefined }],
  ["no object at all", "started"],
])("%s is refused as bad input", (_, offered) => {
  const engine = engineIn(newFolder());
  // What comes over a wire may be anything.
  const [answer] = engine.append([{ entries: [started(), offered as NewEntry], ...stamp }]);
  expect(answer).toMatchObject({ ok: false, code: "wire.badInput" });
  expect(engine.head.seq).toBe(0);
});

test("the reason of a refusal names fields and no values", () => {
  const [answer] = engineIn(newFolder()).append([
    { entries: [registered({ ...aResident("不可泄露"), birthYear: 19.5 })], ...stamp },
  ]);
  expect(answer).toEqual({ ok: false, code: "wire.badInput", detail: "body.birthYear: invalid_type" });
});

test("requests that share a commit stand alone: one refusal costs the others nothing", () => {
  const engine = engineIn(newFolder());
  const bad = { ...started(), type: "no.such" } as unknown as NewEntry;
  const answers = engine.append([started(), bad, started()].map((entry) => ({ entries: [entry], ...stamp })));
  expect(answers.map(({ ok }) => ok)).toEqual([true, false, true]);
  expect(engine.head.seq).toBe(2);
  expect(engine.verify()).toMatchObject({ ok: true });
});

test("a hundred appends at once over the thread are all kept, in the order asked", async () => {
  const store = await storeIn(newFolder());
  const offered = Array.from({ length: 100 }, () => started());
  const answers = await Promise.all(offered.map((entry) => store.append([entry])));
  expect(answers.flatMap((answer) => (answer.ok ? answer.entries.map(({ id, seq }) => [id, seq]) : []))).toEqual(
    offered.map(({ id }, at) => [id, at + 1]),
  );
  expect(await store.verify()).toEqual({ ok: true, head: await store.head() });
});

test("entries are stamped by the clock given at the moment they are handed in", async () => {
  const store = await storeIn(newFolder(), { clock: { now: () => Date.UTC(2030, 1, 3), monotonic: () => 12.5 } });
  await store.append([started()]);
  expect(await store.tail(0, 1)).toMatchObject([{ heardAt: "2030-02-03T00:00:00.000Z", monoMs: 12.5 }]);
});

test("a wall clock that jumps back changes no order", () => {
  const engine = engineIn(newFolder());
  engine.append([{ entries: [started()], heardAt: Date.UTC(2026, 5, 1), monoMs: 1 }]);
  engine.append([{ entries: [started()], heardAt: Date.UTC(1970, 0, 1), monoMs: 2 }]);
  expect(engine.tail(0, 9).map(({ seq, heardAt }) => [seq, heardAt])).toEqual([
    [1, "2026-06-01T00:00:00.000Z"],
    [2, "1970-01-01T00:00:00.000Z"],
  ]);
  expect(engine.verify()).toMatchObject({ ok: true });
});

test("the journal goes on after closing, with the same owner and key", async () => {
  const folder = newFolder();
  const first = await storeIn(folder);
  await first.append([started()]);
  const { owner, publicKey } = first;
  await first.close();
  const second = await storeIn(folder);
  await second.append([started()]);
  expect({ owner: second.owner, publicKey: second.publicKey, seq: (await second.head()).seq }).toEqual({
    owner,
    publicKey,
    seq: 2,
  });
  expect(await second.verify()).toMatchObject({ ok: true });
});

test("a signed head can be checked with the public key alone", async () => {
  const store = await storeIn(newFolder());
  await store.append([started()]);
  const { owner, seq, hash, signature } = await store.signHead();
  const publicKey = createPublicKey({ format: "jwk", key: { kty: "OKP", crv: "Ed25519", x: store.publicKey } });
  const check = (text: string) => verify(null, Buffer.from(text), publicKey, Buffer.from(signature, "base64url"));
  expect({ owner, seq }).toEqual({ owner: store.owner, seq: 1 });
  expect([check(headText(owner, seq, hash)), check(headText(owner, seq + 1, hash))]).toEqual([true, false]);
});

/** The database of a closed store, its guards taken off: what somebody with the key could do. */
function tampered(folder: string, change: (db: Database) => void): Engine {
  const opened = openEncrypted({
    file: join(folder, databaseFile),
    key,
    knows: Number.MAX_SAFE_INTEGER,
    mayCreate: false,
  });
  if (!opened.ok) throw new Error(opened.code);
  opened.db.exec("DROP TRIGGER entries_never_change; DROP TRIGGER entries_never_go");
  change(opened.db);
  opened.db.close();
  return engineIn(folder);
}

/** A closed store of `2 + 13 n` entries. */
function writtenFolder(visits = 1): string {
  const folder = newFolder();
  const engine = engineIn(folder);
  const resident = aResident();
  keep(engine, started(), registered(resident));
  for (let at = 0; at < visits; at++) keep(engine, ...new VisitStory(resident.id).all(at + 1));
  engine.close();
  return folder;
}

test.each<[string, string, object]>([
  [
    "a digit of a value",
    `UPDATE entries SET body = replace(body, '142', '122') WHERE seq = 5`,
    { seq: 5, why: "hash" },
  ],
  ["a space in a body", `UPDATE entries SET body = body || ' ' WHERE seq = 7`, { seq: 7, why: "hash" }],
  ["a body that is no JSON", `UPDATE entries SET body = '{' WHERE seq = 7`, { seq: 7, why: "hash" }],
  ["the type", `UPDATE entries SET type = 'measurement.heard' WHERE seq = 5`, { seq: 5, why: "hash" }],
  ["the id", `UPDATE entries SET id = replace(id, '-', '_') WHERE seq = 1`, { seq: 1, why: "hash" }],
  ["the time heard", `UPDATE entries SET heard_at = heard_at + 1 WHERE seq = 3`, { seq: 3, why: "hash" }],
  ["the monotonic time", `UPDATE entries SET mono_ms = mono_ms + 0.5 WHERE seq = 3`, { seq: 3, why: "hash" }],
  ["the actor", `UPDATE entries SET actor_id = 'nobody' WHERE seq = 2`, { seq: 2, why: "hash" }],
  ["the actor's role", `UPDATE entries SET actor_role = 'doctor' WHERE seq = 2`, { seq: 2, why: "hash" }],
  ["whose it is", `UPDATE entries SET subject = 'another' WHERE seq = 5`, { seq: 5, why: "hash" }],
  ["the visit", `UPDATE entries SET visit = NULL WHERE seq = 5`, { seq: 5, why: "hash" }],
  ["the hash", `UPDATE entries SET hash = zeroblob(32) WHERE seq = 6`, { seq: 6, why: "hash" }],
  ["the link", `UPDATE entries SET prev_hash = zeroblob(32) WHERE seq = 6`, { seq: 6, why: "link" }],
  ["a row taken out", `DELETE FROM entries WHERE seq = 6`, { seq: 6, why: "gap" }],
  ["the last row", `UPDATE entries SET body = replace(body, '两周', '两月') WHERE seq = 15`, { seq: 15, why: "hash" }],
  [
    "two rows swapped",
    `UPDATE entries SET seq = 99 WHERE seq = 4; UPDATE entries SET seq = 4 WHERE seq = 5; UPDATE entries SET seq = 5 WHERE seq = 99`,
    { seq: 4, why: "link" },
  ],
  ["the last rows taken out", `DELETE FROM entries WHERE seq > 12`, { seq: 13, why: "gap" }],
  ["everything taken out", `DELETE FROM entries`, { seq: 1, why: "gap" }],
  ["the owner", `UPDATE identity SET owner = 'another'`, { seq: 1, why: "hash" }],
])("changed in the journal: %s. The first bad entry is named", (_, sql, named) => {
  const engine = tampered(writtenFolder(), (db) => db.exec(sql));
  expect(engine.verify()).toEqual({ ok: false, ...named });
});

test("an untouched journal passes the same check", () => {
  const engine = tampered(writtenFolder(), () => undefined);
  expect(engine.verify()).toEqual({ ok: true, head: engine.head });
});

test("a journal whose end is broken is noticed at the opening: nothing is measured and nothing added", () => {
  const engine = tampered(writtenFolder(), (db) => db.exec("UPDATE entries SET mono_ms = 0 WHERE seq = 14"));
  expect(engine.ready()).toEqual({ ok: false, code: "store.broken" });
  expect(engine.append([{ entries: [started()], ...stamp }])).toEqual([
    { ok: false, code: "store.broken", detail: "entry 14: hash" },
  ]);
  expect(engine.tail(12, 1)).toHaveLength(1);
});

test("a broken place far back is found in the background, a slice at a time", () => {
  const engine = tampered(writtenFolder(100), (db) => db.exec("UPDATE entries SET mono_ms = 0 WHERE seq = 600"));
  expect([engine.ready(), engine.integrity()]).toEqual([{ ok: true }, { state: "checking" }]);
  let slices = 1;
  while (engine.checkSlice()) slices += 1;
  expect(slices).toBe(2);
  expect(engine.integrity()).toEqual({ state: "broken", seq: 600, why: "hash" });
  expect(engine.ready()).toEqual({ ok: false, code: "store.broken" });
});

test("the thread looks through the whole journal by itself", async () => {
  const folder = writtenFolder(100);
  tampered(folder, (db) => db.exec("UPDATE entries SET mono_ms = 0 WHERE seq = 600")).close();
  const store = await storeIn(folder);
  await expect.poll(() => store.integrity()).toEqual({ state: "broken", seq: 600, why: "hash" });
});

test.each([
  `UPDATE entries SET subject = NULL`,
  `DELETE FROM entries`,
  `INSERT OR REPLACE INTO entries SELECT * FROM entries WHERE seq = 1`,
  `INSERT OR REPLACE INTO entries SELECT 99, * FROM (SELECT id, type, heard_at, mono_ms, actor_role, actor_id, subject, visit, body, prev_hash, hash FROM entries WHERE seq = 1)`,
])("the database itself refuses: %s", (sql) => {
  const folder = writtenFolder();
  const opened = openEncrypted({
    file: join(folder, databaseFile),
    key,
    knows: Number.MAX_SAFE_INTEGER,
    mayCreate: false,
  });
  if (!opened.ok) throw new Error(opened.code);
  const { db } = opened;
  onTestFinished(() => void db.close());
  expect(() => db.exec(sql)).toThrow("the journal is append-only");
});

test("an entry is found by its id, and an unknown id finds nothing", () => {
  const engine = engineIn(newFolder());
  const [entry] = keep(engine, started());
  expect([engine.entry(entry?.id ?? ""), engine.entry(newId())]).toEqual([entry, undefined]);
});

const pages = Array.from({ length: 24 }, (_, at) => at);
const pageBytes = 4_096;

test.each(pages)(
  "a flipped bit on page %i of the file is noticed: the store is broken, never quietly other",
  (page) => {
    const folder = writtenFolder(30);
    const file = join(folder, databaseFile);
    const bytes = readFileSync(file);
    expect(bytes.length).toBeGreaterThan(pages.length * pageBytes);
    const at = page * pageBytes + 1_000;
    bytes.writeUInt8(bytes.readUInt8(at) ^ 4, at);
    writeFileSync(file, bytes);
    expect(noticed(folder)).toBe("store.broken");
  },
);

/** What opening, checking the chain and reading everything come to, indexes included. */
function noticed(folder: string): string {
  const opened = openEngine({ folder, key, reserveBytes: 0 });
  if (!opened.ok) return opened.code;
  const { engine } = opened;
  onTestFinished(() => {
    engine.close();
  });
  try {
    const verdict = engine.verify();
    engine.views.dump();
    engine.entry(newId());
    engine.queries.openVisits();
    engine.queries.hubCursor();
    for (const family of actFamilies) engine.queries.acts(family);
    engine.pins.find("nobody");
    engine.queries.entriesBetween(0, Number.MAX_SAFE_INTEGER);
    engine.people.linkedTo("0".repeat(64));
    engine.people.consentsOf("nobody");
    engine.people.signOf("nobody");
    engine.people.lastVisitOf("nobody");
    engine.people.lookupSecret();
    return verdict.ok ? "nothing" : "store.broken";
  } catch (error) {
    return storeCode(error);
  }
}

test("damage in the middle of a long journal is named by the entry that cannot be read", async () => {
  const folder = writtenFolder(150);
  const file = join(folder, databaseFile);
  const bytes = readFileSync(file);
  // The schema stands before the entries: two thirds of the file are well within them.
  const page = Math.floor(((bytes.length / pageBytes) * 2) / 3);
  bytes.writeUInt8(bytes.readUInt8(page * pageBytes + 9) ^ 1, page * pageBytes + 9);
  writeFileSync(file, bytes);
  const store = await storeIn(folder);
  const verdict = await store.verify();
  expect(verdict).toMatchObject({ ok: false, why: "hash" });
  const named = verdict.ok ? 0 : verdict.seq;
  expect(await store.tail(named - 2, 1)).toMatchObject([{ seq: named - 1 }]);
  await expect(store.tail(named - 1, 1)).rejects.toMatchObject({ code: "store.broken" });
  expect(await store.ready()).toEqual({ ok: false, code: "store.broken" });
});
