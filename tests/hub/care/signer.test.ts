import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Signature, SignedKind } from "../../../core/care/signed.ts";
import { verifySigned } from "../../../hub/care/verify.ts";
import { createSecondFactors, codeAt, type SecondFactors } from "../../../hub/http/second-factor.ts";
import { createSqliteFactors, createSqliteKeys } from "../../../hub/embedded/sqlite-factors.ts";
import { createSigner } from "../../../hub/care/signer.ts";
import type { KeyStore } from "../../../hub/ports/factors.ts";
import type { Signer } from "../../../hub/ports/signer.ts";
import { migrate, schemaVersion } from "../../../hub/store/migrate.ts";
import { openEncrypted, type Database } from "../../../hub/store/open.ts";
import { identityOf } from "../../../hub/store/secrets.ts";
import { HubJournal } from "../../../hub/store/journal.ts";
import { createSqliteDirectory } from "../../../hub/embedded/sqlite-directory.ts";
import { createSqliteRecords } from "../../../hub/embedded/sqlite-records.ts";
import type { RecordStore } from "../../../hub/ports/records.ts";
import type { Directory } from "../../../hub/ports/directory.ts";
import { fakeClock, type FakeClock } from "../fake-clock.ts";

const pin = "84-27-19-63";
const opinion = { id: "one", assessment: "Specimen" };

let folder: string;
let db: Database;
let clock: FakeClock;
let directory: Directory;
let records: RecordStore;
let factors: SecondFactors;
let keys: KeyStore;
let signer: Signer;
let secret: string;
let who: { readonly id: string; readonly session: string };
let again: () => Signer;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "signer-"));
  const opened = openEncrypted(join(folder, "hub.db"), new Uint8Array(32), schemaVersion);
  if (!opened.ok) throw new Error(opened.code);
  ({ db } = opened);
  migrate(db);
  clock = fakeClock();
  const identity = identityOf(db);
  directory = createSqliteDirectory(db);
  const journal = new HubJournal(db, identity, clock);
  records = createSqliteRecords(db, journal, identity);
  factors = createSecondFactors(createSqliteFactors(db, journal), clock);
  keys = createSqliteKeys(db);
  again = () => createSigner({ clock, keys, directory, factors, records, identity });
  signer = again();
  const li = await directory.putAccount({
    account: "li",
    name: "Dr Specimen",
    role: "doctor",
    passwordHash: "none",
    demo: false,
  });
  who = { id: li.id, session: "first" };
  secret = (await factors.begin(li.id)) ?? "";
  await factors.spend(li.id, nextCode(), true);
});
afterEach(() => {
  signer.close();
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A code that was not used yet: the clock goes on by a step. */
function nextCode(): string {
  clock.advance(30_000);
  return codeAt(secret, clock.now());
}

async function signed(of: SignedKind = "opinion"): Promise<Signature> {
  const answer = await signer.sign(who, of, opinion);
  if (!answer.ok) throw new Error(answer.code);
  return answer.signature;
}

test("a key that was made signs, and the hub knows whose it is", async () => {
  expect(await signer.makeKey(who, pin, nextCode())).toEqual({ ok: true, until: clock.now() + 600_000 });
  const signature = await signed();
  expect(signature).toMatchObject({ of: "opinion", legal: "test", by: { id: who.id, name: "Dr Specimen" } });
  expect(await verifySigned({ of: "opinion", document: opinion, signature }, { records, signer })).toBe("valid");
});

test("without a key nothing opens", async () => {
  expect(await signer.open(who, pin, nextCode())).toEqual({ ok: false, code: "sign.noKey" });
  expect(await signer.state(who)).toEqual({ hasKey: false });
});

test.each([
  { name: "a wrong PIN", pin: "84-27-19-64", code: () => nextCode() },
  { name: "a wrong code", pin, code: () => "000000" },
  {
    name: "a code that was used",
    pin,
    code: () => codeAt(secret, clock.now()),
  },
])("$name opens nothing", async ({ pin: tried, code }) => {
  await signer.makeKey(who, pin, nextCode());
  signer.shut(who.session);
  expect(await signer.open(who, tried, code())).toEqual({ ok: false, code: "sign.wrong" });
  expect(await signer.sign(who, "opinion", opinion)).toEqual({ ok: false, code: "sign.locked" });
});

test("a wrong PIN does not use up the code", async () => {
  await signer.makeKey(who, pin, nextCode());
  const code = nextCode();
  await signer.open(who, "84-27-19-64", code);
  expect(await signer.open(who, pin, code)).toMatchObject({ ok: true });
});

test("guessing is slowed down", async () => {
  await signer.makeKey(who, pin, nextCode());
  const answers: string[] = [];
  for (const guess of ["1", "2", "3", "4", "5", "6"]) {
    const answer = await signer.open(who, guess.repeat(8), "000000");
    answers.push(answer.ok ? "ok" : answer.code);
  }
  expect(answers).toEqual([...new Array<string>(5).fill("sign.wrong"), "account.tooMany"]);
});

test("ten minutes after it was opened the key is shut, whatever it signed meanwhile", async () => {
  await signer.makeKey(who, pin, nextCode());
  clock.advance(599_000);
  await signed();
  clock.advance(1_000);
  expect(await signer.sign(who, "opinion", opinion)).toEqual({ ok: false, code: "sign.locked" });
});

test.each([
  { name: "another session of the same person", other: () => ({ id: who.id, session: "second" }) },
  { name: "another person at the same session", other: () => ({ id: "somebody", session: who.session }) },
  { name: "no session", other: () => ({ id: who.id }) },
])("$name cannot use the open key", async ({ other }) => {
  await signer.makeKey(who, pin, nextCode());
  expect(await signer.sign(other(), "opinion", opinion)).toEqual({ ok: false, code: "sign.locked" });
});

test("signing out shuts the key", async () => {
  await signer.makeKey(who, pin, nextCode());
  signer.shut(who.session);
  expect(await signer.sign(who, "opinion", opinion)).toEqual({ ok: false, code: "sign.locked" });
  expect(await signer.open(who, pin, nextCode())).toMatchObject({ ok: true });
});

test("a hub that was started anew cannot sign for anybody", async () => {
  await signer.makeKey(who, pin, nextCode());
  const second = again();
  expect(await second.sign(who, "opinion", opinion)).toEqual({ ok: false, code: "sign.locked" });
  expect(await second.open(who, pin, nextCode())).toMatchObject({ ok: true });
  second.close();
});

test("a new key ends the old one, and what the old one signed stays good", async () => {
  await signer.makeKey(who, pin, nextCode());
  const old = await signed();
  await signer.makeKey(who, "19-63-84-27", nextCode());
  const fresh = await signed();
  expect(fresh.publicKey).not.toBe(old.publicKey);
  for (const signature of [old, fresh])
    expect(await verifySigned({ of: "opinion", document: opinion, signature }, { records, signer })).toBe("valid");
  signer.shut(who.session);
  expect(await signer.open(who, pin, nextCode())).toEqual({ ok: false, code: "sign.wrong" });
});

test("nothing that opens a key is in the database", async () => {
  await signer.makeKey(who, pin, nextCode());
  const kept = await keys.keyOf(who.id);
  expect(JSON.stringify(db.prepare("SELECT * FROM entries").all())).not.toContain(pin);
  expect(kept?.wrapped.length).toBe(32 + 16);
});

const changes: readonly {
  readonly name: string;
  readonly change: (one: Signature) => Signature;
  readonly verdict: string;
}[] = [
  { name: "another name", change: (one) => ({ ...one, by: { ...one.by, name: "Dr Other" } }), verdict: "changed" },
  { name: "another time", change: (one) => ({ ...one, at: "2020-01-01T00:00:00.000Z" }), verdict: "changed" },
  { name: "another kind", change: (one) => ({ ...one, of: "referral" }), verdict: "otherKind" },
  {
    name: "another hub",
    change: (one) => ({ ...one, certificate: { ...one.certificate, hub: "other" } }),
    verdict: "changed",
  },
  { name: "noise", change: (one) => ({ ...one, signature: "A".repeat(86) }), verdict: "changed" },
];
test.each(changes)("a signature with $name is found out: $verdict", async ({ change, verdict }) => {
  await signer.makeKey(who, pin, nextCode());
  const signature = change(await signed());
  expect(await verifySigned({ of: "opinion", document: opinion, signature }, { records, signer })).toBe(verdict);
});

test("a document changed by one letter is found out", async () => {
  await signer.makeKey(who, pin, nextCode());
  const signature = await signed();
  const document = { ...opinion, assessment: "specimen" };
  expect(await verifySigned({ of: "opinion", document, signature }, { records, signer })).toBe("changed");
});

test("a key that this hub does not know as the signer's is a stranger's", async () => {
  await signer.makeKey(who, pin, nextCode());
  const signature = await signed();
  const elsewhere = { ...signer, isKeyOf: async () => false };
  expect(await verifySigned({ of: "opinion", document: opinion, signature }, { records, signer: elsewhere })).toBe(
    "stranger",
  );
});
