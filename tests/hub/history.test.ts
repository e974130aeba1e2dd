import { afterEach, beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { contractedWith } from "./contracts-kit.ts";
import { codeOf, Town, until, visitEntries, type Line, type PersonParty, type StationParty } from "./parties.ts";

const township = { org: "t1", orgName: "Specimen township", tier: "township", licence: "SPECIMEN-1" } as const;
const county = { org: "c1", orgName: "Specimen county", tier: "county", licence: "SPECIMEN-2" } as const;
let town: Town;
let station: StationParty;
let kiosk: Line;
let doctor: PersonParty;
let desk: Line;
let other: Line;
let resident: string;

beforeEach(async () => {
  town = await Town.open();
  await town.hub.parts.care.putOrg({ id: "t1", name: "Specimen township", tier: "township" });
  await town.hub.parts.care.putOrg({ id: "c1", name: "Specimen county", tier: "county" });
  station = await town.station();
  kiosk = await station.connect();
  doctor = await town.person("li", "doctor", township);
  desk = await doctor.connect();
  other = await (await town.person("wang", "doctor", county)).connect();
  resident = uuidv7();
});
afterEach(() => town.end());

const comes = async (visit: string) => {
  station.write(...visitEntries(visit, resident));
  await kiosk.client.journal.ship(station.shipment());
};
const contracted = () => contractedWith(town.hub.parts, resident, doctor.id);
const referred = async (id: string) =>
  desk.client.referral.draft({
    id,
    direction: "up",
    priority: "urgent",
    resident,
    to: { org: "c1", tier: "county" },
    reasons: ["needsDiagnosis"],
    summary: "Specimen",
  });

test("a history goes over visits, with the calls about them, and only for who has the resident in care", async () => {
  const [first, second] = [uuidv7(), uuidv7()];
  await comes(first);
  await comes(second);
  const call = uuidv7();
  await kiosk.client.queue.join({ call, visit: second, shownName: "S**", severity: 2 });
  expect(await codeOf(desk.client.resident.history({ resident }))).toBe("care.noRelation");
  await contracted();
  const { visits, calls, opinions } = await desk.client.resident.history({ resident });
  expect(new Set(visits.map(({ visit }) => visit))).toEqual(new Set([first, second]));
  expect(visits[0]?.results[0]).toMatchObject({ of: "bloodPressure" });
  expect(calls).toMatchObject([{ id: call, mode: "assisted", severity: 2 }]);
  expect(opinions).toEqual([]);
  expect(await codeOf(other.client.resident.history({ resident }))).toBe("care.noRelation");
});

test("the list of those in care: by contract, and by a referral once it was sent", async () => {
  await comes(uuidv7());
  expect(await desk.client.resident.list()).toEqual([]);
  await contracted();
  expect(await desk.client.resident.list()).toMatchObject([
    { id: resident, name: "Specimen One", contracted: true, open: 0 },
  ]);
  await referred(uuidv7());
  expect(await desk.client.resident.list()).toMatchObject([{ id: resident, open: 1 }]);
  expect(await other.client.resident.list(), "a draft is its writer's alone").toEqual([]);
});

test("the office sees how much is open and late, by institution, and nobody's name", async () => {
  await comes(uuidv7());
  await contracted();
  await referred(uuidv7());
  const manager = await town.person("qian", "manager");
  let office = await manager.connect();
  const now = await until(await office.client.overview.watch(), () => true);
  expect(now.tasks).toMatchObject({
    open: 1,
    late: 0,
    oldest: [{ kind: "referral.sign", orgName: "Specimen township" }],
  });
  expect(now.duty.find(({ id }) => id === doctor.id)).toMatchObject({ here: true, role: "doctor" });
  expect(JSON.stringify(now)).not.toContain(resident);
  town.clock.advance(3 * 3_600_000);
  await manager.signIn();
  office = await manager.connect();
  expect((await until(await office.client.overview.watch(), () => true)).tasks).toMatchObject({ open: 1, late: 1 });
  const counts = await office.client.referral.counts({ month: "2026-03" });
  expect(counts.standing.up.drafted).toBe(1);
  expect(counts.standing.down.drafted).toBe(0);
});

test("what one opened in an emergency is found again until it closes", async () => {
  const visit = uuidv7();
  await comes(visit);
  const alarm = uuidv7();
  await kiosk.client.alarm.raise({ alarm, visit, reason: "result", at: new Date(town.now()).toISOString() });
  const { until: end } = await desk.client.record.break({ alarm, reason: "Specimen: nobody else there" });
  const mine = (line: Line) => line.client.record.mine().then((feed) => until(feed, () => true));
  expect(await mine(desk)).toMatchObject([{ alarm, until: end }]);
  expect(await mine(other)).toEqual([]);
  town.clock.advance(24 * 3_600_000);
  await doctor.signIn();
  expect(await mine(await doctor.connect())).toEqual([]);
});
