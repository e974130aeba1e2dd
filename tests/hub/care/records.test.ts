import { afterEach, beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { reviewPoints, type PatientFacts } from "../../../core/care/prescription-parts.ts";
import { hourMs, minuteMs } from "../../../core/care/hours.ts";
import type { PrescriptionDraft } from "../../../core/contract/hub-care.ts";
import type { Practice } from "../../../core/domain/practice.ts";
import { bodyOf } from "../../../core/journal/visit-results.ts";
import { verifySigned } from "../../../hub/care/verify.ts";
import { letterOf } from "../../../core/care/referral.ts";
import { textOf } from "../../../core/care/prescription.ts";
import { sha256 } from "../../../hub/store/secrets.ts";
import { contractedWith } from "../contracts-kit.ts";
import { codeOf, Town, until, type Line, type PersonParty, type StationParty } from "../parties.ts";

const township: Practice = { org: "township", orgName: "Township", tier: "township", licence: "S-1" };
const county: Practice = { org: "county", orgName: "County", tier: "county", licence: "S-3" };
const pin = "84-27-19-63";

let town: Town;
let station: StationParty;
let doctor: PersonParty;
let specialist: PersonParty;
let pharmacist: PersonParty;
let stranger: PersonParty;
let doctorLine: Line;
let specialistLine: Line;
let pharmacistLine: Line;
let resident: string;

/** A key that is open for ten minutes. */
async function openKey(person: PersonParty): Promise<void> {
  const session = sha256(person.cookie.split("=")[1] ?? "");
  const opened = await town.hub.parts.signer.makeKey({ id: person.id, session }, pin, person.code());
  if (!opened.ok) throw new Error(opened.code);
}

beforeEach(async () => {
  town = await Town.open();
  const { care } = town.hub.parts;
  await care.putOrg({ id: "county", name: "County", tier: "county" });
  await care.putOrg({ id: "township", name: "Township", tier: "township", above: "county" });
  await care.putOrg({ id: "village", name: "Village", tier: "village", above: "township" });
  station = await town.station("Station", { branch: "village", hospital: "township" });
  doctor = await town.person("li", "doctor", township);
  specialist = await town.person("he", "specialist", county);
  pharmacist = await town.person("yao", "pharmacist", township);
  stranger = await town.person("wu", "doctor", { ...township, org: "elsewhere" });
  for (const person of [doctor, specialist, pharmacist]) await openKey(person);
  doctorLine = await doctor.connect();
  specialistLine = await specialist.connect();
  pharmacistLine = await pharmacist.connect();
  resident = uuidv7();
  await contractedWith(town.hub.parts, resident, doctor.id);
});
afterEach(async () => {
  for (const line of [doctorLine, specialistLine, pharmacistLine]) await line.drop();
  await town.end();
});

const patient: PatientFacts = {
  ageYears: 58,
  sex: "female",
  pregnant: "no",
  breastfeeding: "no",
  egfr: 80,
  liver: "normal",
  allergies: { asked: true, to: [] },
  conditions: [],
  taking: [],
  guardianPresent: false,
  pediatricDoctor: false,
};

function draft(change: Partial<PrescriptionDraft> = {}): PrescriptionDraft {
  return {
    id: uuidv7(),
    resident,
    station: station.id,
    pharmacy: { org: "township", tier: "township" },
    diagnosis: "Hypertension",
    course: "ordinary",
    items: [{ drug: "amlodipine-5", dose: { amount: 5, unit: "mg" }, timesPerDay: 1, days: 7, pieces: 7 }],
    patient,
    ...change,
  };
}

const inOrder = Object.fromEntries(reviewPoints.map((point) => [point, true])) as Record<
  (typeof reviewPoints)[number],
  boolean
>;

const referralDraft = () => ({
  id: uuidv7(),
  direction: "up" as const,
  priority: "urgent" as const,
  resident,
  station: station.id,
  to: { org: "county", tier: "county" as const, department: "Cardiology" },
  reasons: ["pressureStaysHigh" as const],
  summary: "190/115 after rest",
  green: "outpatient" as const,
});

test("a prescription is valid after two signatures of two people, and handed out once", async () => {
  const { prescription } = doctorLine.client;
  const text = draft();
  expect((await prescription.write(text)).findings).toEqual([]);
  const signed = await prescription.sign({ id: text.id });
  const board = await pharmacistLine.client.prescription.watch();
  const waiting = await until(board, (list) => list.length === 1);
  expect(waiting[0]?.prescription.state).toBe("signed");
  const review = { prescription: text.id, revision: 1, verdict: "accept" as const, appropriate: inOrder };
  const accepted = await pharmacistLine.client.prescription.review(review);
  const lots = [{ drug: "amlodipine-5", lot: "L1" }];
  const done = await pharmacistLine.client.prescription.dispense({ id: text.id, lots });
  expect(accepted.prescription.state).toBe("valid");
  expect(done.prescription.state).toBe("dispensed");
  expect(await codeOf(pharmacistLine.client.prescription.dispense({ id: text.id, lots }))).toBe("care.notNow");
  const doctorsSignature = signed.prescription.signature;
  const pharmacistsSignature = accepted.prescription.reviews[0]?.signature;
  expect(doctorsSignature?.by.id).toBe(doctor.id);
  expect(pharmacistsSignature?.by.id).toBe(pharmacist.id);
  if (!doctorsSignature) throw new Error("no signature");
  const verdict = (document: object) =>
    verifySigned({ of: "prescription", document, signature: doctorsSignature }, town.hub.parts);
  expect(await verdict(textOf(done.prescription))).toBe("valid");
  expect(await verdict({ ...textOf(done.prescription), diagnosis: "Other" })).toBe("changed");
});

test("what a check stops cannot be signed, and what the pharmacist returns is signed anew", async () => {
  const { prescription } = doctorLine.client;
  const wrong = draft({
    items: [{ drug: "diazepam-2.5", dose: { amount: 2.5, unit: "mg" }, timesPerDay: 1, days: 3, pieces: 3 }],
  });
  expect((await prescription.write(wrong)).findings[0]).toEqual({ code: "controlled", severity: "stop", items: [0] });
  expect(await codeOf(prescription.sign({ id: wrong.id }))).toBe("care.findings");
  const text = draft();
  await prescription.write(text);
  await prescription.sign({ id: text.id });
  const back = {
    prescription: text.id,
    revision: 1,
    verdict: "return" as const,
    appropriate: { ...inOrder, course: false },
  };
  expect(await codeOf(pharmacistLine.client.prescription.review(back))).toBe("care.reasonMissing");
  await pharmacistLine.client.prescription.review({ ...back, reason: "Too short" });
  const revised = await prescription.write({ ...text, diagnosis: "Hypertension, grade 2" });
  expect(revised.prescription.revision).toBe(2);
  expect(revised.prescription.signature).toBeUndefined();
  expect(revised.prescription.earlier).toHaveLength(1);
});

test("a locked key signs nothing, and nothing changes", async () => {
  const text = draft();
  await doctorLine.client.prescription.write(text);
  town.clock.advance(11 * minuteMs);
  expect(await codeOf(doctorLine.client.prescription.sign({ id: text.id }))).toBe("sign.locked");
  expect((await town.hub.parts.care.record(text.id))?.record.state).toBe("drafted");
});

test("a doctor without a care relation neither writes nor reads, and the no is an entry", async () => {
  const line = await stranger.connect();
  const answers = [
    await codeOf(line.client.prescription.write(draft())),
    await codeOf(line.client.referral.draft(referralDraft())),
    await codeOf(line.client.resident.records({ resident })),
  ];
  await line.drop();
  expect(answers).toEqual(["care.noRelation", "care.noRelation", "care.noRelation"]);
  const refusals = town.hub.journal
    .entriesAfter(0, 1_000)
    .filter((entry) => bodyOf(entry, "access.decided")?.allowed === false && entry.actor.id === stranger.id);
  expect(refusals).toHaveLength(3);
});

test("a referral is signed and sent, answered by the receiver alone, told at the station, and owes its two weeks", async () => {
  const text = referralDraft();
  const { referral } = doctorLine.client;
  await referral.draft(text);
  const sent = await referral.sign({ id: text.id });
  expect(sent.state).toBe("sent");
  const appointment = { at: town.clock.now() + hourMs, department: "Cardiology", doctor: "He" };
  const answer = { id: text.id, input: { kind: "accept" as const, appointment } };
  expect(await codeOf(referral.move(answer))).toBe("care.notYours");
  const board = await specialistLine.client.referral.watch();
  expect((await until(board, (list) => list.length === 1))[0]?.id).toBe(text.id);
  const accepted = await specialistLine.client.referral.move(answer);
  expect(accepted.answeredAt).toBe(town.clock.now());
  const owed = (await town.hub.parts.care.tasks("township")).map(({ kind, due }) => ({ kind, due }));
  expect(owed).toEqual([{ kind: "referral.outcomeCheck", due: (sent.sentAt ?? 0) + 14 * 24 * hourMs }]);
  const told = (await town.hub.parts.records.inbox(station.id, 0, 100)).map((entry) => bodyOf(entry, "message.left"));
  expect(told.map((message) => message?.sentences[0]?.key)).toEqual([
    "loop.say.referralSent",
    "loop.say.referralAccepted",
  ]);
  const signature = sent.signature;
  if (!signature) throw new Error("no signature");
  expect(await verifySigned({ of: "referral", document: letterOf(sent), signature }, town.hub.parts)).toBe("valid");
});

test("a referral that nobody answers climbs, and whoever it climbed to may act", async () => {
  const text = { ...referralDraft(), to: { org: "village", tier: "village" as const }, direction: "down" as const };
  await doctorLine.client.referral.draft(text);
  await doctorLine.client.referral.sign({ id: text.id });
  town.clock.advance(5 * hourMs);
  // The session is over by then.
  await doctor.signIn();
  await doctorLine.drop();
  doctorLine = await doctor.connect();
  const mine = await doctorLine.client.task.watch();
  const [task] = await until(mine, (list) => list.some(({ kind }) => kind === "referral.accept"));
  if (!task) throw new Error("no task");
  expect(task).toMatchObject({ kind: "referral.accept", missed: 1, owner: { org: "township", tier: "township" } });
  expect((await doctorLine.client.task.read({ task: task.id })).readBy).toBe(doctor.id);
  const appointment = { at: town.clock.now() + hourMs, department: "Village", doctor: "Zhang" };
  const moved = await doctorLine.client.referral.move({ id: text.id, input: { kind: "accept", appointment } });
  expect(moved.state).toBe("accepted");
});

test("a finished follow-up plans the next one in the same moment", async () => {
  const { followUp } = doctorLine.client;
  const id = uuidv7();
  await followUp.plan({ id, resident, station: station.id, day: "2026-03-03", programmes: ["hypertension"] });
  const form = {
    standings: [{ programme: "hypertension" as const, control: "firstMiss" as const }],
    symptoms: "none",
    advice: "less salt",
    medication: "regular" as const,
    evidence: { measurements: [], contact: "clinic" as const },
  };
  const done = await followUp.complete({ id, form });
  expect(done).toMatchObject({ state: "done", inTime: true });
  const open = await until(await followUp.watch(), (list) => list.length === 1);
  expect(open[0]).toMatchObject({ day: "2026-03-16", state: "planned", after: id });
  const counted = await doctorLine.client.referral.counts({ month: "2026-03" });
  expect(counted.up.sent).toBe(0);
});

test("views are what a new hub on the same folder reads, and the chain is whole", async () => {
  const text = referralDraft();
  await doctorLine.client.referral.draft(text);
  await doctorLine.client.referral.sign({ id: text.id });
  const before = await town.hub.parts.care.record(text.id);
  await town.stop();
  await town.start();
  expect(await town.hub.parts.care.record(text.id)).toEqual(before);
  expect(town.hub.journal.check()).toBeUndefined();
});

test("a repeated draft is the first one, and a pharmacist may not write", async () => {
  const text = referralDraft();
  await doctorLine.client.referral.draft(text);
  await doctorLine.client.referral.draft(text);
  expect(await town.hub.parts.care.tasks("township")).toHaveLength(1);
  expect(await codeOf(pharmacistLine.client.prescription.write(draft()))).toBe("account.forbidden");
});

test("a call for help is a record that somebody owes until its outcome was looked up", async () => {
  const { client, ...line } = await station.connect();
  const alarm = { alarm: uuidv7(), visit: "visit", reason: "symptom" as const, at: "2026-03-02T08:00:00.000Z" };
  await client.alarm.raise(alarm);
  await client.alarm.raise(alarm);
  const { care } = town.hub.parts;
  expect((await care.tasks("village")).map(({ kind, missed }) => ({ kind, missed }))).toEqual([
    { kind: "danger.answer", missed: 0 },
  ]);
  town.clock.advance(7 * minuteMs);
  const [climbed] = await until(await doctorLine.client.task.watch(), (list) => list.length === 1);
  expect(climbed).toMatchObject({ kind: "danger.answer", missed: 1, about: { kind: "danger", id: alarm.alarm } });
  const answer = { kind: "answer" as const, outcome: "solved" as const, detail: "Spoken to" };
  expect((await doctorLine.client.danger.move({ id: alarm.alarm, input: answer })).state).toBe("answered");
  expect((await care.tasks("township")).map(({ kind }) => kind)).toEqual(["danger.check"]);
  await line.drop();
});

test("a message is told once the station says so", async () => {
  const id = uuidv7();
  await doctorLine.client.resident.tell({
    id,
    resident,
    station: station.id,
    sentences: [{ key: "loop.say.keepMeasuring" }],
    worse: ["loop.worse.callUs"],
  });
  const line = await station.connect();
  const about = { actor: { role: "resident", id: resident }, subject: resident, visit: "visit" };
  station.write({ ...about, id: uuidv7(), type: "message.told", body: { message: id, how: ["shown", "spoken"] } });
  await line.client.journal.ship(station.shipment());
  await line.drop();
  const { messages } = await doctorLine.client.resident.records({ resident });
  expect(messages.find(({ message }) => message.id === id)?.told).toBe(station.journal[0]?.heardAt);
});
