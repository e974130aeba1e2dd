import { afterEach, beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { dayMs } from "../../../core/care/hours.ts";
import { planIn } from "../../../core/care/plan-told.ts";
import { planTextOf, type Plan } from "../../../core/care/plan.ts";
import { daysLater } from "../../../core/care/schedule.ts";
import type { Practice } from "../../../core/domain/practice.ts";
import { dayOf } from "../../../core/quality/local-day.ts";
import { verifySigned } from "../../../hub/care/verify.ts";
import { contractedWith } from "../contracts-kit.ts";
import { codeOf, openKey, Town, type Line, type StationParty } from "../parties.ts";

/** A plan from its draft to its signature, the version after it, and the day on which somebody looks at it. */

const village: Practice = { org: "village", orgName: "Village", tier: "village", licence: "S-1" };
const township: Practice = { org: "township", orgName: "Township", tier: "township", licence: "S-2" };

let town: Town;
let station: StationParty;
let doctor: Line;
let nurse: Line;
let doctorId: string;
let resident: string;

beforeEach(async () => {
  town = await Town.open();
  const { care } = town.hub.parts;
  await care.putOrg({ id: "county", name: "County", tier: "county" });
  await care.putOrg({ id: "township", name: "Township", tier: "township", above: "county" });
  await care.putOrg({ id: "village", name: "Village", tier: "village", above: "township" });
  station = await town.station("Station", { branch: "village", hospital: "township" });
  const li = await town.person("li", "doctor", township);
  doctorId = li.id;
  doctor = await li.connect();
  await openKey(doctor, li);
  nurse = await (await town.person("zhou", "villageDoctor", village)).connect();
  resident = uuidv7();
  await contractedWith(town.hub.parts, resident, doctorId);
});
afterEach(async () => {
  for (const line of [doctor, nurse]) await line.drop();
  await town.end();
});

const today = () => dayOf(town.now(), town.hub.parts.calendar.zoneMinutes);
const draftOf = (change: Partial<Plan> = {}) => ({
  id: uuidv7(),
  resident,
  station: station.id,
  goals: ["pressureBelow140" as const],
  tasks: ["saltBelow5" as const, "measurePressureDaily" as const],
  review: daysLater(today(), 28),
  ...change,
});
const tasksOf = async (org: string) =>
  (await town.hub.parts.care.tasks(org))
    .filter(({ about }) => about.kind === "plan")
    .map(({ kind, owner, about }) => ({ kind, owner, id: about.id }));
const messages = async () =>
  (await town.hub.parts.care.messages(resident)).flatMap(({ message }) =>
    message.about?.kind === "plan" ? [message] : [],
  );
const plans = async () => (await doctor.client.resident.records({ resident })).plans;

test("a plan counts once a doctor signed it; the resident is left all of it in sentences; its review is owed on its day", async () => {
  const text = draftOf();
  expect((await doctor.client.plan.draft(text)).state).toBe("drafted");
  expect(await messages(), "a draft is nobody's but the doctor's").toEqual([]);
  const { state, signature } = await doctor.client.plan.approve({ id: text.id });
  expect(state).toBe("approved");
  const [kept] = await plans();
  if (!kept || !signature) throw new Error("no plan");
  expect(await verifySigned({ of: "carePlan", document: planTextOf(kept), signature }, town.hub.parts)).toBe("valid");
  const [left] = await messages();
  expect(left).toMatchObject({ station: station.id, about: { kind: "plan", id: text.id } });
  expect(left?.sentences).toEqual([
    { key: "loop.say.planNew" },
    { key: "plan.say.goals" },
    { key: "plan.goal.pressureBelow140" },
    { key: "plan.say.tasks" },
    { key: "plan.task.saltBelow5" },
    { key: "plan.task.measurePressureDaily" },
    { key: "plan.say.review", params: { day: text.review } },
  ]);
  expect(left && planIn(left)).toEqual({
    goals: ["pressureBelow140"],
    tasks: ["saltBelow5", "measurePressureDaily"],
    review: text.review,
  });
  expect(await tasksOf("township")).toEqual([
    { kind: "plan.review", owner: { org: "township", tier: "township", person: doctorId }, id: text.id },
  ]);
});

test("what was signed is not changed; another version takes its place in the moment it is signed", async () => {
  const first = draftOf();
  await doctor.client.plan.draft(first);
  await doctor.client.plan.approve({ id: first.id });
  expect(await codeOf(doctor.client.plan.change({ ...first, note: "Specimen" }))).toBe("care.notNow");
  const second = draftOf({ after: first.id, goals: ["noSmoking"] });
  await doctor.client.plan.draft(second);
  expect((await plans()).find(({ id }) => id === first.id)?.state, "still in force").toBe("approved");
  await doctor.client.plan.approve({ id: second.id });
  expect((await plans()).map(({ id, state, replacedBy }) => ({ id, state, replacedBy }))).toEqual(
    expect.arrayContaining([
      { id: first.id, state: "closed", replacedBy: second.id },
      { id: second.id, state: "approved", replacedBy: undefined },
    ]),
  );
  expect((await tasksOf("township")).map(({ id }) => id)).toEqual([second.id]);
});

test("a village doctor drafts it for the contracted doctor to sign, and signs none", async () => {
  const id = uuidv7();
  await town.hub.parts.care.open(
    {
      kind: "followUp",
      at: town.clock.now(),
      by: "hub",
      text: {
        id,
        resident,
        day: today(),
        programmes: ["elder"],
        doctor: { org: "township", tier: "township" },
        village: { org: "village", tier: "village" },
      },
    },
    { role: "hub", id: "hub" },
  );
  const text = draftOf();
  const drafted = await nurse.client.plan.draft(text);
  expect(drafted.doctor).toEqual({ org: "township", tier: "township", person: doctorId });
  expect(await codeOf(nurse.client.plan.approve({ id: text.id }))).toBe("account.forbidden");
  expect(await tasksOf("township")).toContainEqual({ kind: "plan.approve", owner: drafted.doctor, id: text.id });
});

test("a draft nobody wants is dropped with a reason, and only dropped", async () => {
  const text = draftOf();
  await doctor.client.plan.draft(text);
  const again = daysLater(today(), 7);
  expect(await codeOf(doctor.client.plan.review({ id: text.id, reached: [], again }))).toBe("care.notNow");
  expect(await codeOf(doctor.client.plan.review({ id: text.id, reached: [] }))).toBe("care.reasonMissing");
  await doctor.client.plan.review({ id: text.id, reached: [], reason: "Specimen" });
  expect(await tasksOf("township")).toEqual([]);
});

test("a review that nobody holds climbs; one that is held plans the next and leaves what was signed as it is", async () => {
  const text = draftOf();
  await doctor.client.plan.draft(text);
  await doctor.client.plan.approve({ id: text.id });
  const later = town.clock.now() + 60 * dayMs;
  await town.hub.parts.care.age(later);
  expect((await tasksOf("county")).map(({ kind }) => kind)).toEqual(["plan.review"]);
  town.clock.advance(1_000);
  const again = daysLater(today(), 90);
  const held = await doctor.client.plan.review({ id: text.id, reached: ["pressureBelow140"], again });
  expect(held).toMatchObject({ review: text.review, again, state: "approved" });
  expect(await tasksOf("county")).toEqual([]);
  expect(await messages(), "told once").toHaveLength(1);
});

test("a plan that ends before its time is told to be over; nothing is told of a draft that is dropped", async () => {
  const [text, dropped] = [draftOf(), draftOf()];
  await doctor.client.plan.draft(text);
  await doctor.client.plan.approve({ id: text.id });
  await doctor.client.plan.draft(dropped);
  await doctor.client.plan.review({ id: dropped.id, reached: [], reason: "Specimen" });
  await doctor.client.plan.review({ id: text.id, reached: ["pressureBelow140"], reason: "Specimen" });
  const left = await messages();
  expect(left.map(({ about }) => about?.id)).toEqual([text.id, text.id]);
  const [over, ...others] = left.filter((one) => planIn(one) === undefined);
  expect([over?.sentences, others]).toEqual([[{ key: "loop.say.planOver" }], []]);
});
