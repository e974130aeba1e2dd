import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { v7 as uuidv7 } from "uuid";
import type { NewEntry } from "../../core/journal/entry.ts";
import { systemClock } from "../../hub/system-clock.ts";
import { openHubLink, type HubLink } from "../../station/consult/hub-link.ts";
import { Team } from "../../station/consult/team.ts";
import { silentLogger } from "../../station/log/logger.ts";
import { openStore, type Store } from "../../station/store/store.ts";
import { chosen } from "./contracts-kit.ts";
import { openKey, Town, type HubClient, type PersonParty } from "./parties.ts";

/** A contract over the station's real journal and link, at the real hub: begun while there was no line. */
let town: Town;
let folder: string;
let store: Store;
let link: HubLink | undefined;
let doctor: PersonParty;
let desk: HubClient;
const practice = { org: "township", orgName: "Township", tier: "township", licence: "L" } as const;

beforeEach(async () => {
  town = new Town();
  await town.start({ clock: systemClock });
  await town.hub.parts.care.putOrg({ id: "township", name: "Township", tier: "township" });
  folder = mkdtempSync(join(tmpdir(), "hub-contract-"));
  const opened = await openStore({ folder, key: new Uint8Array(32).fill(5) });
  if (!opened.ok) throw new Error(opened.code);
  store = opened.store;
  doctor = await town.person("li", "doctor", practice);
  const line = await doctor.connect();
  await openKey(line, doctor);
  desk = line.client;
});
afterEach(async () => {
  await link?.close();
  link = undefined;
  await store.close();
  await town.end();
  rmSync(folder, { recursive: true, force: true });
});

async function up(): Promise<HubLink> {
  const enrolCode = await town.hub.newEnrolCode({ hospital: "township" });
  const opened = openHubLink({
    address: town.hub.address,
    enrolCode,
    store,
    clock: systemClock,
    log: silentLogger,
    name: "E",
    place: "Village",
  });
  link = opened;
  await vi.waitUntil(() => opened.state === "up", { timeout: 10_000 });
  return opened;
}
const agreed = (resident: string, visit: string, given: boolean): NewEntry => ({
  id: uuidv7(),
  type: given ? "consent.given" : "consent.withdrawn",
  actor: { role: "resident", id: resident },
  subject: resident,
  visit,
  body: { scope: "send", version: "2026-11", way: "touch" },
});
const hubsState = async (id: string) => (await town.hub.parts.care.record(id))?.record.state;
const ownState = async (resident: string) => (await store.contractsOf(resident))[0]?.state;

test("asked without a line, it reaches the doctor later; the yes comes back; who leaves is heard though nothing else is sent", async () => {
  const resident = uuidv7();
  const who = { id: doctor.id, name: "Dr li", org: "Township" };
  const { contract, visit, entries } = chosen(resident, who);
  await store.append([...entries.slice(0, 3), agreed(resident, visit, true), ...entries.slice(3)]);
  expect(await ownState(resident)).toBe("asked");
  const line = await up();
  await vi.waitUntil(async () => (await hubsState(contract)) === "asked", { timeout: 10_000 });
  await desk.contract.accept({ id: contract });
  await vi.waitUntil(async () => (await ownState(resident)) === "active", { timeout: 10_000 });
  await store.append([
    agreed(resident, visit, false),
    {
      id: uuidv7(),
      type: "contract.ended",
      actor: { role: "resident", id: resident },
      subject: resident,
      visit,
      body: { contract, act: "touch" },
    },
  ]);
  line.kick();
  await vi.waitUntil(async () => (await hubsState(contract)) === "ended", { timeout: 10_000 });
  expect(await town.hub.parts.directory.contractedDoctor(resident)).toBeUndefined();
});

test("who works for the station's institutions is asked for, and kept for when there is no line", async () => {
  const team = new Team({ store, clock: systemClock, log: silentLogger, client: () => link?.client });
  await team.lineUp();
  expect(await store.team()).toEqual([]);
  await up();
  await team.lineUp();
  const { licence: _licence, ...at } = practice;
  expect(await store.team()).toEqual([{ id: doctor.id, name: "Dr li", role: "doctor", ...at }]);
});
