import { afterEach, beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { contractedWith } from "./contracts-kit.ts";
import { codeOf, Town, until, visitEntries, type Line, type PersonParty, type StationParty } from "./parties.ts";

/** A doctor's account ends in the middle of a call: nobody waits for who cannot come back. No time passes in these tests. */

let town: Town;
let boss: Line;
let station: StationParty;
let kiosk: Line;
let doctor: PersonParty;
let desk: Line;
let other: PersonParty;
let otherDesk: Line;

beforeEach(async () => {
  town = await Town.open();
  boss = await (await town.person("boss", "manager")).connect();
  station = await town.station();
  kiosk = await station.connect();
  doctor = await town.person("li");
  desk = await doctor.connect();
  other = await town.person("wu");
  otherDesk = await other.connect();
});
afterEach(() => town.end());

async function taken(mode?: "stored"): Promise<string> {
  const [call, visit] = [uuidv7(), uuidv7()];
  station.write(...visitEntries(visit, uuidv7()));
  await kiosk.client.journal.ship(station.shipment());
  await kiosk.client.queue.join({ call, visit, shownName: "S* One", severity: 2, ...(mode ? { mode } : {}) });
  await desk.client.call.accept({ call });
  return call;
}
const retire = () => boss.client.directory.retire({ id: doctor.id });
const now = (call: string) => town.hub.parts.calls.find(call);

test("the call is back in the queue, the resident is told, and another doctor takes it", async () => {
  const call = await taken();
  await retire();
  expect(await until(await kiosk.client.call.watch({ call }), () => true)).toMatchObject({ state: "interrupted" });
  expect((await otherDesk.client.call.accept({ call })).clinician).toMatchObject({ id: other.id });
});

test("a doctor who is in it goes on with it", async () => {
  const call = await taken();
  await desk.client.call.invite({ call, person: other.id });
  await otherDesk.client.call.accept({ call });
  await retire();
  expect(await now(call)).toMatchObject({ state: "ringing", clinician: { id: other.id } });
});

test("who was only asked into it is waited for no longer", async () => {
  const call = await taken();
  await desk.client.call.invite({ call, person: other.id });
  await boss.client.directory.retire({ id: other.id });
  const party = (await now(call))?.participants.find(({ id }) => id === other.id);
  expect(party?.state).toBe("left");
  expect(await now(call)).toMatchObject({ clinician: { id: doctor.id } });
});

test("a message that they were answering waits for another", async () => {
  const call = await taken("stored");
  await retire();
  expect(await now(call)).toMatchObject({ state: "interrupted" });
  expect(await codeOf(otherDesk.client.call.accept({ call }))).toBe("ok");
});

test("is nobody's contracted doctor any more; the contract itself stays in the record", async () => {
  const [resident, { directory }] = [uuidv7(), town.hub.parts];
  await contractedWith(town.hub.parts, resident, doctor.id);
  expect(await directory.contractedDoctor(resident)).toBe(doctor.id);
  await retire();
  expect(await directory.contractedDoctor(resident)).toBeUndefined();
  expect(await directory.contractedWith(doctor.id)).toEqual([resident]);
});

test("a call in which they had no part goes on", async () => {
  const call = await taken();
  await boss.client.directory.retire({ id: other.id });
  expect(await now(call)).toMatchObject({ state: "ringing", clinician: { id: doctor.id } });
});
