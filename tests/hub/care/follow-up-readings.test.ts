import { afterEach, beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { daysLater, type Programme } from "../../../core/care/schedule.ts";
import { dayOf } from "../../../core/quality/local-day.ts";
import type { MeasurementKind } from "../../../core/domain/outcome.ts";
import { Town, type Line, type StationParty } from "../parties.ts";

/** A number from the station is no follow-up, but the doctor is to look at it. */

const resident = "resident-1";
const owner = { org: "township", tier: "township" } as const;
let town: Town;
let station: StationParty;
let kiosk: Line;

beforeEach(async () => {
  town = await Town.open();
  await town.hub.parts.care.putOrg({ id: "township", name: "Township", tier: "township" });
  station = await town.station("Station", { hospital: "township" });
  kiosk = await station.connect();
});
afterEach(() => town.end());

async function planned(inDays: number, programmes: readonly Programme[]): Promise<string> {
  const id = uuidv7();
  const day = daysLater(dayOf(town.now(), town.hub.parts.calendar.zoneMinutes), inDays);
  const text = { id, resident, day, programmes: [...programmes], doctor: owner, village: owner };
  const opening = { kind: "followUp" as const, at: town.now(), by: "li", text };
  const kept = await town.hub.parts.care.open(opening, { role: "doctor", id: "li" });
  if (!kept.ok) throw new Error(kept.code);
  return id;
}

async function measured(of: MeasurementKind, next: "none" | "second", subject: string | null = resident) {
  const measurement = uuidv7();
  const before = station.journal.length;
  const assessments = [
    {
      domain: "bp" as const,
      category: "BP_GRADE1",
      severity: 2 as const,
      action: "VISIT_2W",
      flags: [],
      rule: "BP-01",
    },
  ];
  const body = { of, measurements: [measurement], rules: "specimen", assessments, next };
  const about = { actor: { role: "station", id: station.id }, subject, visit: uuidv7() };
  station.write({ ...about, id: uuidv7(), type: "assessment.made", body });
  await kiosk.client.journal.ship(station.shipment(before));
  return measurement;
}

const followUp = async (id: string) => {
  const there = await town.hub.parts.care.record(id);
  if (there?.kind !== "followUp") throw new Error("no follow-up");
  return there.record;
};

test("a number of what is due goes to the doctor to look at, with a task; a second one goes along", async () => {
  const id = await planned(7, ["hypertension"]);
  const first = await measured("bloodPressure", "none");
  expect(await followUp(id)).toMatchObject({ state: "toReview", readings: [first] });
  expect((await town.hub.parts.care.tasks("township")).map(({ kind }) => kind)).toEqual(["followUp.review"]);
  const second = await measured("bloodPressure", "none");
  expect((await followUp(id)).readings).toEqual([first, second]);
});

test.each([
  { name: "of another kind", days: 0, of: "glucose", next: "none", by: resident },
  { name: "before its window", days: 9, of: "bloodPressure", next: "none", by: resident },
  { name: "that the protocol is not done with", days: 0, of: "bloodPressure", next: "second", by: resident },
  { name: "of somebody else", days: 0, of: "bloodPressure", next: "none", by: "resident-2" },
  { name: "of a guest", days: 0, of: "bloodPressure", next: "none", by: null },
] as const)("a number $name leaves it planned", async ({ days, of, next, by }) => {
  const id = await planned(days, ["hypertension"]);
  await measured(of, next, by);
  expect((await followUp(id)).state).toBe("planned");
});

test("whatever is measured belongs to a check after a discharge", async () => {
  const id = await planned(3, ["discharge"]);
  await measured("glucose", "none");
  expect((await followUp(id)).state).toBe("toReview");
});
