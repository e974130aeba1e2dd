import { afterEach, beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { dayMs } from "../../../core/care/hours.ts";
import { isSigned } from "../../../core/care/medicine.ts";
import { reviewPoints } from "../../../core/care/prescription-parts.ts";
import type { Wanted } from "../../../core/care/wish.ts";
import type { Practice } from "../../../core/domain/practice.ts";
import { bodyOf } from "../../../core/journal/visit-results.ts";
import { sha256, verifyText } from "../../../hub/store/secrets.ts";
import { contractedWith } from "../contracts-kit.ts";
import { codeOf, Town, until, type Line, type PersonParty, type StationParty } from "../parties.ts";

/** What residents asked for at a station, and what a station is told that they take. */

const village: Practice = { org: "village", orgName: "Village", tier: "village", licence: "S-1" };
const township: Practice = { org: "township", orgName: "Township", tier: "township", licence: "S-2" };
const wanted: Wanted = { kind: "followUp", week: "next", half: "morning", how: "station" };

let town: Town;
let station: StationParty;
let kiosk: Line;
let nurse: Line;
let resident: string;

beforeEach(async () => {
  town = await Town.open();
  const { care } = town.hub.parts;
  await care.putOrg({ id: "township", name: "Township", tier: "township" });
  await care.putOrg({ id: "village", name: "Village", tier: "village", above: "township" });
  station = await town.station("Station", { branch: "village", hospital: "township" });
  kiosk = await station.connect();
  nurse = await (await town.person("zhou", "villageDoctor", village)).connect();
  resident = uuidv7();
});
afterEach(async () => {
  for (const line of [kiosk, nurse]) await line.drop();
  await town.end();
});

async function ask(id: string, what: Wanted = wanted): Promise<void> {
  const actor = { role: "resident", id: resident };
  const entry = {
    id,
    actor,
    subject: resident,
    visit: null,
    type: "wish.made" as const,
    body: { wish: id, wanted: what },
  };
  station.write(entry);
  await kiosk.client.journal.ship(station.shipment());
}
const owed = async (org: string) => (await town.hub.parts.care.tasks(org)).map(({ kind }) => kind);
const said = async () =>
  (await town.hub.parts.care.messages(resident)).map(({ message }) => message.sentences.map(({ key }) => key));

test("what was asked for is one task of the nearest practice; agreed on it is told, with its day, and kept", async () => {
  const id = uuidv7();
  await ask(id);
  await ask(uuidv7(), { kind: "package", package: "general" });
  expect(await owed("village")).toEqual(["wish.answer", "wish.answer"]);
  expect(await nurse.client.wish.get({ id })).toMatchObject({ resident, wanted, state: "open" });
  const day = new Date(town.now() + 8 * dayMs).toISOString().slice(0, 10);
  const settled = { day, half: "morning", how: "station" } as const;
  const agreed = await nurse.client.wish.move({ id, input: { kind: "agree", settled } });
  expect(agreed).toMatchObject({ state: "agreed", settled });
  expect(await said()).toEqual([["loop.say.bookedStation", "loop.say.inMorning"]]);
  expect(await owed("village")).toEqual(["wish.answer", "wish.keep"]);
  await nurse.client.wish.move({ id, input: { kind: "done", detail: "Specimen" } });
  expect(await owed("village")).toEqual(["wish.answer"]);
});

test("what nobody answers climbs, and the practice above may answer", async () => {
  const id = uuidv7();
  await ask(id);
  const above = await (await town.person("li", "doctor", township)).connect();
  expect(await codeOf(above.client.wish.move({ id, input: { kind: "decline", detail: "Specimen" } }))).toBe(
    "care.notYours",
  );
  town.clock.advance(7 * dayMs);
  await town.hub.parts.care.age(town.now());
  expect([await owed("village"), await owed("township")]).toEqual([[], ["wish.answer"]]);
  await above.drop();
});

test("a wish whose entry is withheld makes nothing", async () => {
  const entry = { actor: { role: "resident", id: "r" }, subject: null, visit: null, type: "wish.made" as const };
  const id = uuidv7();
  station.write({ ...entry, id, body: { wish: id, wanted } });
  await kiosk.client.journal.ship(station.shipment());
  expect(await owed("village")).toEqual([]);
});

test("a station is told of a medicine once both have signed, and what it is told can be proven; near its end it is said", async () => {
  const [doctor, pharmacist] = await signing("li", "yao");
  await contractedWith(town.hub.parts, resident, doctor.person.id);
  const id = uuidv7();
  const heard = () => town.hub.journal.entriesAfter(0, 1_000).flatMap((entry) => bodyOf(entry, "medicine.told") ?? []);
  await doctor.line.client.prescription.write(draft(id));
  await doctor.line.client.prescription.sign({ id });
  expect(heard()).toEqual([]);
  const appropriate = Object.fromEntries(reviewPoints.map((point) => [point, true])) as Parameters<
    typeof pharmacist.line.client.prescription.review
  >[0]["appropriate"];
  await pharmacist.line.client.prescription.review({ prescription: id, revision: 1, verdict: "accept", appropriate });
  await pharmacist.line.client.prescription.dispense({ id, lots: [{ drug: "amlodipine-5", lot: "L" }] });
  expect(heard().map(({ state }) => state)).toEqual(["ready", "taking"]);
  const told = heard().at(-1);
  const inbox = await until(await kiosk.client.journal.inbox({ after: 0 }), ({ type }) => type === "medicine.told");
  expect(bodyOf(inbox, "medicine.told")?.prescription).toBe(id);
  const hub = { [town.hub.parts.records.hub]: town.hub.publicKey };
  expect(told && isSigned(told, hub, verifyText)).toBe(true);
  expect(told?.names["amlodipine-5"]?.zh).toBe("氨氯地平");
  const ends = async () => (await said()).flat().filter((key) => key === "loop.say.medicineEnds");
  town.clock.advance(15 * dayMs);
  await town.hub.parts.care.age(town.now());
  expect(await ends()).toEqual([]);
  town.clock.advance(7 * dayMs);
  await town.hub.parts.care.age(town.now());
  await town.hub.parts.care.age(town.now());
  expect(await ends()).toEqual(["loop.say.medicineEnds"]);
  for (const { line } of [doctor, pharmacist]) await line.drop();
});

test("a prescription without a station is told where its resident came last", async () => {
  const [doctor, pharmacist] = await signing("li", "yao");
  await contractedWith(town.hub.parts, resident, doctor.person.id);
  const visit = uuidv7();
  const about = { actor: { role: "station", id: station.id }, subject: resident, visit };
  station.write({ ...about, id: uuidv7(), type: "visit.opened", body: { kind: "resident" } });
  await kiosk.client.journal.ship(station.shipment());
  const { station: _none, ...text } = draft(uuidv7());
  expect((await doctor.line.client.prescription.write(text)).prescription.station).toBe(station.id);
  for (const { line } of [doctor, pharmacist]) await line.drop();
});

interface Signing {
  readonly person: PersonParty;
  readonly line: Line;
}

async function signing(doctor: string, pharmacist: string): Promise<readonly [Signing, Signing]> {
  const open = async (name: string, role: "doctor" | "pharmacist"): Promise<Signing> => {
    const person = await town.person(name, role, township);
    const session = sha256(person.cookie.split("=")[1] ?? "");
    const key = await town.hub.parts.signer.makeKey({ id: person.id, session }, "84-27-19-63", person.code());
    if (!key.ok) throw new Error(key.code);
    return { person, line: await person.connect() };
  };
  return [await open(doctor, "doctor"), await open(pharmacist, "pharmacist")];
}

const draft = (id: string) => ({
  id,
  resident,
  station: station.id,
  pharmacy: { org: "township", tier: "township" as const },
  diagnosis: "Specimen",
  course: "stableChronic" as const,
  items: [
    {
      drug: "amlodipine-5",
      dose: { amount: 5, unit: "mg" as const },
      timesPerDay: 1,
      days: 28,
      pieces: 28,
      at: ["morning" as const],
    },
  ],
  patient: {
    ageYears: 58,
    sex: "female" as const,
    pregnant: "no" as const,
    breastfeeding: "no" as const,
    egfr: 80,
    liver: "normal" as const,
    allergies: { asked: true, to: [] },
    conditions: [],
    taking: [],
    guardianPresent: false,
    pediatricDoctor: false,
  },
});
