import { afterEach, beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { monthsLater, renewalMs } from "../../core/care/agreement.ts";
import { documentOf, type Contract } from "../../core/care/contract.ts";
import type { Practice } from "../../core/domain/practice.ts";
import type { NewEntry } from "../../core/journal/entry.ts";
import { verifySigned } from "../../hub/care/verify.ts";
import { withhold } from "../../core/journal/withheld.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import { agreementFor, chosen } from "./contracts-kit.ts";
import {
  codeOf,
  openKey,
  Town,
  until,
  type HubClient,
  type Line,
  type PersonParty,
  type StationParty,
} from "./parties.ts";

let town: Town;
let station: StationParty;
let kiosk: Line;
let doctor: PersonParty;
let desk: HubClient;
let other: PersonParty;
let resident: string;
const township: Practice = { org: "township", orgName: "Township", tier: "township", licence: "L-1" };
const who = (party: PersonParty) => ({ id: party.id, name: `Dr ${party.account}`, org: "township" });

beforeEach(async () => {
  town = await Town.open();
  await town.hub.parts.care.putOrg({ id: "township", name: "Township", tier: "township" });
  await town.hub.parts.care.putOrg({ id: "village", name: "Village", tier: "village", above: "township" });
  station = await town.station("Kiosk", { branch: "village", hospital: "township" });
  kiosk = await station.connect();
  doctor = await town.person("li", "doctor", township);
  const line = await doctor.connect();
  await openKey(line, doctor);
  desk = line.client;
  other = await town.person("wang", "doctor", township);
  resident = uuidv7();
});
afterEach(() => town.end());

async function ships(...entries: readonly NewEntry[]): Promise<void> {
  const before = station.journal.length;
  station.write(...entries);
  await kiosk.client.journal.ship(station.shipment(before));
}
async function asks(by: PersonParty, more: Parameters<typeof chosen>[2] = {}): Promise<string> {
  const { contract, entries } = chosen(resident, who(by), more);
  await ships(...entries);
  return contract;
}
const ends = (contract: string, of = resident): NewEntry => ({
  id: uuidv7(),
  type: "contract.ended",
  actor: { role: "resident", id: of },
  subject: of,
  visit: uuidv7(),
  body: { contract, act: "touch" },
});
const stateOf = async (id: string) => (await town.hub.parts.care.record(id))?.record.state;
/** What came down the station's inbox about contracts. */
async function told(): Promise<readonly (readonly [string, string, string | undefined])[]> {
  const page = await town.hub.parts.records.inbox(station.id, 0, 100);
  return page.flatMap((entry) => {
    const said = bodyOf(entry, "contract.answered");
    return said ? [[said.contract, said.state, said.reason] as const] : [];
  });
}

test("chosen at the station, accepted by that very doctor: it stands for a year, and the queue and the desk know", async () => {
  const { directory, care, clock } = town.hub.parts;
  const contract = await asks(doctor);
  expect(await stateOf(contract)).toBe("asked");
  expect(await directory.contractedDoctor(resident)).toBeUndefined();
  expect((await care.tasks("township")).map(({ kind, owner }) => [kind, owner.person])).toEqual([
    ["contract.answer", doctor.id],
  ]);
  const accepted = await desk.contract.accept({ id: contract });
  expect(accepted).toMatchObject({
    state: "active",
    act: "touch",
    identity: "card",
    until: monthsLater(clock.now(), 12),
    signature: { of: "contract", by: { id: doctor.id } },
  });
  expect(await directory.contractedDoctor(resident)).toBe(doctor.id);
  expect(await care.tasks("township")).toEqual([]);
  expect(await told()).toEqual([[contract, "active", undefined]]);
  const mine = await until(await desk.contract.mine(), () => true);
  expect(mine.map(({ id, state }) => [id, state])).toEqual([[contract, "active"]]);
  expect((await desk.resident.list()).map(({ id, contracted }) => [id, contracted])).toEqual([[resident, true]]);
});

test("a call of who has a contract waits for that doctor first", async () => {
  const contract = await asks(doctor);
  const before = uuidv7();
  const visit = chosen(resident, who(doctor)).entries.slice(0, 3);
  await ships(...visit);
  const of = visit[1]?.visit ?? "";
  await kiosk.client.queue.join({ call: before, visit: of, shownName: "S", severity: 0 });
  expect((await town.hub.parts.calls.find(before))?.contracted).toBeUndefined();
  await kiosk.client.queue.leave({ call: before });
  await desk.contract.accept({ id: contract });
  const after = uuidv7();
  await kiosk.client.queue.join({ call: after, visit: of, shownName: "S", severity: 0 });
  expect((await town.hub.parts.calls.find(after))?.contracted).toBe(doctor.id);
});

test("declined, the resident is told why and may choose another", async () => {
  const first = await asks(doctor);
  expect(await desk.contract.decline({ id: first, reason: "full" })).toMatchObject({
    state: "declined",
    reason: "full",
  });
  const second = await asks(other);
  expect([await stateOf(first), await stateOf(second)]).toEqual(["declined", "asked"]);
  expect(await told()).toEqual([[first, "declined", "full"]]);
  expect(await codeOf(desk.contract.accept({ id: first }))).toBe("care.notNow");
});

test("one person has one contract: another one takes its place when it is accepted, and not before", async () => {
  const first = await asks(doctor);
  await desk.contract.accept({ id: first });
  const second = await asks(other);
  expect(await town.hub.parts.directory.contractedDoctor(resident)).toBe(doctor.id);
  const line = await other.connect();
  await openKey(line, other);
  await line.client.contract.accept({ id: second });
  expect([await stateOf(first), await stateOf(second)]).toEqual(["changed", "active"]);
  expect(await town.hub.parts.directory.contractedDoctor(resident)).toBe(other.id);
  expect(await town.hub.parts.directory.contractedWith(doctor.id)).toEqual([]);
});

test("who asks another doctor waits for the first no more", async () => {
  const first = await asks(doctor);
  const second = await asks(other);
  expect([await stateOf(first), await stateOf(second)]).toEqual(["changed", "asked"]);
});

test("the resident ends it at once, asked or standing; a stranger cannot", async () => {
  const first = await asks(doctor);
  await ships(ends(first));
  expect(await stateOf(first)).toBe("ended");
  const second = await asks(doctor);
  await desk.contract.accept({ id: second });
  await ships(ends(second, uuidv7()));
  expect(await stateOf(second)).toBe("active");
  await ships(ends(second));
  expect(await stateOf(second)).toBe("ended");
  expect(await town.hub.parts.directory.contractedDoctor(resident)).toBeUndefined();
});

test("after its year it is over by itself, and not a moment before", async () => {
  const { care, clock } = town.hub.parts;
  const contract = await asks(doctor);
  await desk.contract.accept({ id: contract });
  const end = monthsLater(clock.now(), 12);
  await care.age(end - 1);
  expect(await stateOf(contract)).toBe("active");
  await care.age(end);
  expect(await stateOf(contract)).toBe("expired");
  expect(await told()).toEqual([
    [contract, "active", undefined],
    [contract, "expired", undefined],
  ]);
});

test("the same act shipped twice is one contract; shipped withheld, it is found when it is revealed", async () => {
  const { contract, entries } = chosen(resident, who(doctor));
  station.write(...entries);
  const { head } = station.shipment();
  await kiosk.client.journal.ship({ entries: station.journal.map(withhold), head });
  expect(await stateOf(contract)).toBeUndefined();
  await kiosk.client.journal.reveal({ entries: station.journal });
  expect(await stateOf(contract)).toBe("asked");
  await kiosk.client.journal.reveal({ entries: station.journal });
  expect(await town.hub.parts.care.ofResident(resident)).toHaveLength(1);
});

test.each<[string, NonNullable<Parameters<typeof chosen>[2]>]>([
  ["by a guest", { opened: "guest" }],
  ["by nobody who was recognized", { way: null }],
  ["by a phone number, which others know, too", { way: "phone" }],
  ["by another identity than was proved", { way: "phone", said: "card" }],
  ["by a code while somebody else operates", { way: "code", helper: "relative" }],
  ["with another helper than was there", { helper: "villageDoctor", saidHelper: "relative" }],
  ["with a helper who is kept quiet", { helper: "villageDoctor", saidHelper: "none" }],
  ["by the village doctor", { actor: { role: "villageDoctor", id: "v" } }],
  ["by the station itself", { actor: { role: "station", id: "kiosk" } }],
  ["by another resident", { actor: { role: "resident", id: uuidv7() } }],
  ["after they had left", { closed: true }],
  ["to a text that nobody knows", { text: "1999-01" }],
  ["under another id", { id: uuidv7() }],
  ["to a text that was changed afterwards", { hash: "0".repeat(64) }],
  ["to the agreement of another person", { agreement: { resident: uuidv7() } }],
  ["to the agreement of another contract", { agreement: { contract: uuidv7() } }],
  ["to an agreement with another doctor", { agreement: { doctor: { id: "d", name: "D", org: "township" } } }],
  ["to an agreement of another wording", { agreement: { text: "2026-11" } }],
  ["to a text that was not read out before", { explainedAt: "2026-12-31T00:00:00.000Z" }],
  ["to no text at all, in the wording of today", { agreement: "none" }],
  ["to a text of today in the wording of before", { text: "2026-11", hash: "0".repeat(64) }],
  ["by somebody who is registered nowhere", { registered: false }],
])("without the person's own act there is no contract: %s", async (_what, more) => {
  const contract = await asks(doctor, more);
  expect(await stateOf(contract)).toBeUndefined();
  expect(await told()).toEqual([[contract, "declined", "unknown"]]);
  expect(await town.hub.parts.care.tasks("township")).toEqual([]);
});

test("nobody who is no doctor of the station's institutions can be chosen", async () => {
  const county = await town.person("he", "doctor", { ...township, org: "county", tier: "county" });
  const village = await town.person("cun", "villageDoctor", { ...township, org: "village", tier: "village" });
  const asked = [await asks(county), await asks(village)];
  expect(await Promise.all(asked.map(stateOf))).toEqual([undefined, undefined]);
  expect((await kiosk.client.contract.doctors()).map(({ name, role }) => [name, role])).toEqual([
    ["Dr cun", "villageDoctor"],
    ["Dr li", "doctor"],
    ["Dr wang", "doctor"],
  ]);
});

test("a station where the person is not registered cannot contract for them", async () => {
  await ships(...chosen(resident, who(doctor)).entries.slice(0, 3));
  const strange = await town.station("Elsewhere", { branch: "village", hospital: "township" });
  const line = await strange.connect();
  const { contract, entries } = chosen(resident, who(doctor), { registered: false });
  strange.write(...entries);
  await line.client.journal.ship(strange.shipment());
  expect(await stateOf(contract)).toBeUndefined();
  // Nor end one that stands.
  const mine = await asks(doctor, { registered: false });
  await desk.contract.accept({ id: mine });
  const before = strange.journal.length;
  strange.write({ ...ends(mine), subject: uuidv7() });
  await line.client.journal.ship(strange.shipment(before));
  expect(await stateOf(mine)).toBe("active");
});

test.each([
  ["doctor", "care.unknown"],
  ["villageDoctor", "account.forbidden"],
  ["specialist", "account.forbidden"],
  ["pharmacist", "account.forbidden"],
  ["manager", "account.forbidden"],
  ["auditor", "account.forbidden"],
] as const)("nobody makes or takes a contract by calling the hub: %s", async (role, unknown) => {
  const { client } = await (await town.person(`some-${role}`, role, township)).connect();
  const contract = await asks(doctor);
  expect(await codeOf(client.contract.accept({ id: uuidv7() }))).toBe(unknown);
  expect(await codeOf(client.contract.accept({ id: contract }))).toBe(role === "doctor" ? "care.notYours" : unknown);
  expect(await codeOf(client.contract.decline({ id: contract, reason: "full" }))).toBe(
    role === "doctor" ? "care.notYours" : unknown,
  );
  expect(await stateOf(contract)).toBe("asked");
  expect(await codeOf(kiosk.client.contract.accept({ id: contract }))).toBe("account.forbidden");
});

test("who is gone cannot answer: a colleague of the institution declines for them, and cannot accept", async () => {
  const contract = await asks(doctor);
  await town.hub.putAccount({
    account: "li",
    name: "Dr li",
    role: "doctor",
    password: doctor.password,
    practice: { ...township, org: "away" },
  });
  const { client } = await other.connect();
  expect(await codeOf(client.contract.accept({ id: contract }))).toBe("care.notYours");
  expect((await client.contract.decline({ id: contract, reason: "elsewhere" })).state).toBe("declined");
});

test("the county sees how many have a family doctor, and of nobody which", async () => {
  const contract = await asks(doctor);
  await desk.contract.accept({ id: contract });
  resident = uuidv7();
  await asks(other);
  const manager = await (await town.person("guan", "manager", township)).connect();
  const { contracts } = await until(await manager.client.overview.watch(), () => true);
  expect(contracts).toEqual({ residents: 2, active: 1, asked: 1 });
});

const contractOf = async (id: string): Promise<Contract> => {
  const there = await town.hub.parts.care.record(id);
  if (there?.kind !== "contract") throw new Error(`no contract ${id}`);
  return there.record;
};

test("the doctor signs the very text that the resident's act names: one letter changed, and the signature breaks", async () => {
  const contract = await asks(doctor);
  await desk.contract.accept({ id: contract });
  const record = await contractOf(contract);
  const { signature } = record;
  if (!signature) throw new Error("unsigned");
  const verdict = (document: object) => verifySigned({ of: "contract", document, signature }, town.hub.parts);
  const agreement = agreementFor(contract, resident, who(doctor));
  expect(documentOf(record)).toEqual(agreement);
  expect(await verdict(agreement)).toBe("valid");
  expect(await verdict({ ...agreement, fee: { yuan: 1, payer: "resident" } })).toBe("changed");
});

test("a doctor whose key is closed accepts nothing", async () => {
  const contract = await asks(doctor);
  await desk.signing.shut();
  expect(await codeOf(desk.contract.accept({ id: contract }))).toBe("sign.locked");
  expect(await stateOf(contract)).toBe("asked");
});

test("an act of before there were agreements still is one, and what the doctor signs is what was asked for", async () => {
  const contract = await asks(doctor, { text: "2026-11", agreement: "none" });
  await desk.contract.accept({ id: contract });
  const record = await contractOf(contract);
  expect(record).toMatchObject({ state: "active", text: "2026-11", signature: { of: "contract" } });
  expect(documentOf(record)).toMatchObject({ id: contract, resident, act: "touch" });
});

test("thirty days before its end the resident is told once and the doctor has a task with an owner; both are over with it", async () => {
  const { care, clock } = town.hub.parts;
  const contract = await asks(doctor);
  await desk.contract.accept({ id: contract });
  const end = monthsLater(clock.now(), 12);
  const keys = async () =>
    (await care.messages(resident)).flatMap(({ message }) => message.sentences).map(({ key }) => key);
  const owed = async () => (await care.tasks("township")).filter(({ about }) => about.id === contract);
  await care.age(end - renewalMs - 1);
  expect(await owed()).toEqual([]);
  await care.age(end - renewalMs);
  await care.age(end - renewalMs + 60_000);
  expect((await owed()).map(({ kind, owner, madeAt, due }) => [kind, owner.person, madeAt, due])).toEqual([
    ["contract.renew", doctor.id, end - renewalMs, end],
  ]);
  expect((await keys()).filter((key) => key === "loop.say.contractDue")).toHaveLength(1);
  expect(await stateOf(contract)).toBe("active");
  await care.age(end);
  expect(await stateOf(contract)).toBe("expired");
  expect(await owed()).toEqual([]);
  expect(await town.hub.parts.directory.contractedDoctor(resident)).toBeUndefined();
});

test("renewed by the resident's own act, it goes on from the end of the one before, and the task is done", async () => {
  const { care, clock } = town.hub.parts;
  const first = await asks(doctor);
  await desk.contract.accept({ id: first });
  const end = monthsLater(clock.now(), 12);
  await care.age(end - renewalMs);
  expect((await care.tasks("township")).map(({ kind }) => kind)).toContain("contract.renew");
  const second = await asks(doctor, { agreement: { renews: first } });
  expect(await stateOf(first)).toBe("active");
  const renewed = await desk.contract.accept({ id: second });
  expect(renewed.until).toBe(monthsLater(end, 12));
  expect([await stateOf(first), await stateOf(second)]).toEqual(["changed", "active"]);
  expect((await care.tasks("township")).filter(({ about }) => about.kind === "contract")).toEqual([]);
});

test("what says that it goes on with a contract of somebody else, or with another doctor, begins today", async () => {
  const mine = await asks(doctor);
  await desk.contract.accept({ id: mine });
  const line = await other.connect();
  await openKey(line, other);
  const moved = await asks(other, { agreement: { renews: mine } });
  const today = monthsLater(town.hub.parts.clock.now(), 12);
  expect((await line.client.contract.accept({ id: moved })).until).toBe(today);
  resident = uuidv7();
  const strange = await asks(doctor, { agreement: { renews: moved } });
  expect((await desk.contract.accept({ id: strange })).until).toBe(today);
  expect(await stateOf(moved)).toBe("active");
});
