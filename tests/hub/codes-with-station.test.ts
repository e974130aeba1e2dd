import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { noticeOf } from "../../core/care/messages.ts";
import { Private } from "../../core/domain/private.ts";
import type { NewEntry } from "../../core/journal/entry.ts";
import { systemClock } from "../../hub/system-clock.ts";
import { openHubLink, type HubLink } from "../../station/consult/hub-link.ts";
import { Codes } from "../../station/identify/codes.ts";
import { silentLogger } from "../../station/log/logger.ts";
import { openStore, type Store } from "../../station/store/store.ts";
import { Scribe } from "../../station/visits/scribe.ts";
import { contractedWith } from "./contracts-kit.ts";
import { actor, Town } from "./parties.ts";

/** Codes and joined records between the station's real journal and link and the real hub. */
let town: Town;
let folder: string;
let store: Store;
let link: HubLink;
let codes: Codes;

beforeEach(async () => {
  town = new Town();
  await town.start({ clock: systemClock });
  folder = mkdtempSync(join(tmpdir(), "hub-codes-"));
  const opened = await openStore({ folder, key: new Uint8Array(32).fill(5) });
  if (!opened.ok) throw new Error(opened.code);
  store = opened.store;
  const enrolCode = await town.hub.newEnrolCode();
  const { address } = town.hub;
  link = openHubLink({ address, enrolCode, store, clock: systemClock, log: silentLogger, name: "E", place: "Village" });
  const scribe = new Scribe(store, silentLogger, () => link.kick());
  codes = new Codes({ store, scribe, clock: systemClock, log: silentLogger, client: () => link.client });
});
afterEach(async () => {
  await codes.close();
  await link.close();
  await store.close();
  await town.end();
  rmSync(folder, { recursive: true, force: true });
});

const eventually = <T>(fact: () => T | Promise<T>) => vi.waitFor(fact, { timeout: 10_000, interval: 50 });

/** Registered here, agrees that it is sent, and known to the hub. */
async function resident(): Promise<string> {
  const id = uuidv7();
  const about = { actor, subject: id, visit: null };
  const facts = { diabetes: "unknown", hypertension: false, pregnant: false } as const;
  const body = { id, name: "Specimen Li", sex: "female", birthYear: 1958, facts, specimen: true } as const;
  const agreed = { scope: "send", version: "2026-11", way: "touch" } as const;
  const entries: readonly NewEntry[] = [
    { ...about, id: uuidv7(), type: "resident.registered", body },
    { ...about, id: uuidv7(), type: "consent.given", body: agreed },
  ];
  expect((await store.append(entries)).ok).toBe(true);
  link.kick();
  await eventually(async () => {
    expect(await town.hub.parts.persons.person({ station: store.owner, resident: id })).toBeDefined();
  });
  return id;
}
const tells = async (what: "link" | "unlink", id: string, about: string, code: string): Promise<void> => {
  await store.putCode({ id, what, about, code, keptAt: systemClock.now() });
  await codes.kick();
  expect(await store.codesWaiting()).toEqual([]);
};

test("a code linked here leads here, its nameless visit waits for its owner, and taken back it leads nowhere", async () => {
  const owner = await resident();
  const code = new Private("HC-1 ");
  expect(await codes.resolve(code)).toEqual({ kind: "unknown" });
  const linking = uuidv7();
  await tells("link", linking, owner, "HC-1 ");
  expect(await codes.resolve(code)).toEqual({ kind: "here", resident: owner });

  const visit = uuidv7();
  const guest = { actor, subject: null, visit };
  await store.append([
    { ...guest, id: visit, type: "visit.opened", body: { kind: "guest" } },
    { ...guest, id: uuidv7(), type: "visit.coded", body: { key: "ab".repeat(32) } },
  ]);
  await store.putCode({ id: uuidv7(), what: "ask", about: visit, code: "HC-1 ", keptAt: systemClock.now() });
  await codes.kick();
  expect(await store.unclaimedOf(owner)).toMatchObject({ visit });
  expect(await store.codesWaiting()).toEqual([]);

  await tells("unlink", uuidv7(), owner, linking);
  expect(await codes.resolve(code)).toEqual({ kind: "unknown" });
});

test("two records that a doctor joins are read together here and told of; parted they are two again", async () => {
  const [one, other] = [await resident(), await resident()];
  const practice = { org: "township", orgName: "Township", tier: "township", licence: "S-1" } as const;
  await town.hub.parts.care.putOrg({ id: "township", name: "Township", tier: "township" });
  const doctor = await town.person("doctor", "doctor", practice);
  const desk = await doctor.connect();
  await contractedWith(town.hub.parts, one, doctor.id);
  const ref = (id: string) => ({ station: store.owner, resident: id });
  const joining = uuidv7();
  await desk.client.person.join({ id: joining, one: ref(one), other: ref(other) });
  const noticesOf = async (id: string) => (await store.messagesFor(id)).flatMap((message) => noticeOf(message) ?? []);
  const types = async () => (await store.tail(0, 100)).map(({ type }) => type);
  await eventually(async () => {
    expect([await noticesOf(one), await noticesOf(other)]).toEqual([
      ["loop.say.recordsJoined"],
      ["loop.say.recordsJoined"],
    ]);
    expect(await types()).toContain("records.joined");
  });
  await desk.client.person.part({ id: uuidv7(), joining, reason: "Specimen: two people" });
  await eventually(async () => {
    expect(await noticesOf(other)).toEqual(["loop.say.recordsJoined", "loop.say.recordsParted"]);
    expect(await types()).toContain("records.parted");
  });
  await desk.drop();
});
