import { v7 as uuidv7 } from "uuid";
import { reviewPoints } from "../../../core/care/prescription-parts.ts";
import type { CareRecord } from "../../../core/care/records.ts";
import { plain, theCase, type Case, type SomeCase } from "./case.ts";
import { followUpDraft, planDraft, prescriptionDraft, referralDraft, type Party, type World } from "./world.ts";

const inOrder = Object.fromEntries(reviewPoints.map((point) => [point, true])) as Record<
  (typeof reviewPoints)[number],
  boolean
>;

/** Asked about a resident: only who has them in care may. */
const ofResident = (ask: (party: Party, resident: string) => Promise<unknown>): SomeCase =>
  theCase<string>({
    made: (world, role) => world.resident(role),
    gone: uuidv7,
    ask,
    out: "care.noRelation",
    ofGone: "care.noRelation",
    // Nothing but the contract by which they are in care.
    untouched: async (world, resident) =>
      (await world.parts.care.ofResident(resident)).every(({ kind }) => kind === "contract"),
  });

/** Asked about a record: only its own institutions may, and for anybody else it stays as it was. */
export const ofRecord = (
  kind: CareRecord["kind"],
  ask: (party: Party, id: string) => Promise<unknown>,
  within?: Case<string>["in"],
): SomeCase => {
  const before = new Map<string, string>();
  const textOf = async (world: World, id: string) => JSON.stringify(await world.parts.care.record(id));
  return theCase<string>({
    made: async (world, role) => {
      const id = await world.record(kind, role);
      before.set(id, await textOf(world, id));
      return id;
    },
    gone: uuidv7,
    ask,
    ...(within === undefined ? {} : { in: within }),
    out: "care.notYours",
    ofGone: "care.unknown",
    untouched: async (world, id) => (await textOf(world, id)) === before.get(id),
  });
};

/** A list without a target: one's own institution's things are on it, others' are not. */
export const listing = (
  kind: CareRecord["kind"],
  ask: (party: Party) => Promise<unknown>,
  blind: Case<string>["blind"] = [],
): SomeCase => theCase<string>({ made: (world, role) => world.record(kind, role), ask, shows: (id) => id, blind });

interface TaskOf {
  readonly task: string;
  readonly to: string;
}
const ofTask = (ask: (party: Party, of: TaskOf) => Promise<unknown>): SomeCase =>
  theCase<TaskOf>({
    made: async (world, role) => {
      const { id: to, practice } = world.party(role, "in");
      const org = practice?.org ?? "";
      const kind = role === "pharmacist" ? "danger" : "plan";
      const record = await world.record(kind, role);
      const task = (await world.parts.care.tasks(org)).find(({ about }) => about.id === record);
      return { task: task?.id ?? "none", to };
    },
    gone: () => ({ task: uuidv7(), to: uuidv7() }),
    ask,
    out: "care.notYours",
    ofGone: "care.unknown",
    untouched: async (world, { task }) => (await world.parts.care.task(task))?.readBy === undefined,
  });

export const careCases = {
  "drug.list": plain(({ client }) => client.drug.list()),
  "prescription.check": ofResident(({ client }, resident) =>
    client.prescription.check(prescriptionDraft(uuidv7(), resident)),
  ),
  "prescription.write": ofResident(({ client }, resident) =>
    client.prescription.write(prescriptionDraft(uuidv7(), resident)),
  ),
  "prescription.sign": ofRecord("prescription", ({ client }, id) => client.prescription.sign({ id }), "sign.locked"),
  "prescription.change": ofRecord("prescription", ({ client }, id) =>
    client.prescription.change({ id, input: { kind: "void", reason: "Specimen" } }),
  ),
  "prescription.review": ofRecord(
    "prescription",
    ({ client }, id) =>
      client.prescription.review({ prescription: id, revision: 1, verdict: "accept", appropriate: inOrder }),
    "care.notNow",
  ),
  "prescription.dispense": ofRecord(
    "prescription",
    ({ client }, id) => client.prescription.dispense({ id, lots: [{ drug: "amlodipine-5", lot: "L" }] }),
    "care.notNow",
  ),
  // A pharmacist is shown what is signed, and this is a draft.
  "prescription.watch": listing("prescription", ({ client }) => client.prescription.watch(), ["pharmacist"]),
  "referral.draft": ofResident(({ client }, resident) => client.referral.draft(referralDraft(uuidv7(), resident))),
  "referral.sign": ofRecord("referral", ({ client }, id) => client.referral.sign({ id }), "sign.locked"),
  "referral.move": ofRecord("referral", ({ client }, id) =>
    client.referral.move({ id, input: { kind: "withdraw", reason: "mistake", detail: "Specimen" } }),
  ),
  "referral.return": ofRecord("referral", ({ client }, id) => client.referral.return({ id, back: "B" }), "sign.locked"),
  "referral.watch": listing("referral", ({ client }) => client.referral.watch()),
  "referral.counts": plain(({ client }) => client.referral.counts({ month: "2026-03" })),
  "followUp.plan": ofResident(({ client }, resident) => client.followUp.plan(followUpDraft(uuidv7(), resident))),
  "followUp.move": ofRecord("followUp", ({ client }, id) =>
    client.followUp.move({ id, input: { kind: "try", how: "phone", answered: false } }),
  ),
  "followUp.complete": ofRecord(
    "followUp",
    ({ client }, id) =>
      client.followUp.complete({
        id,
        form: {
          standings: [{ programme: "hypertension", control: "firstMiss" }],
          symptoms: "none",
          advice: "less salt",
          medication: "regular",
          evidence: { measurements: [], contact: "clinic" },
        },
      }),
    "sign.locked",
  ),
  "followUp.watch": listing("followUp", ({ client }) => client.followUp.watch()),
  "plan.draft": ofResident(({ client }, resident) => client.plan.draft(planDraft(uuidv7(), resident))),
  // The text names another resident than the record: whose record it is, is asked first.
  "plan.change": ofRecord("plan", ({ client }, id) => client.plan.change(planDraft(id, "another")), "care.changed"),
  "plan.approve": ofRecord("plan", ({ client }, id) => client.plan.approve({ id }), "sign.locked"),
  "plan.review": ofRecord("plan", ({ client }, id) => client.plan.review({ id, reached: [], reason: "Specimen" })),
  "danger.move": ofRecord("danger", ({ client }, id) =>
    client.danger.move({ id, input: { kind: "answer", outcome: "solved", detail: "Specimen" } }),
  ),
  "talk.done": ofRecord("talk", ({ client }, id) => client.talk.done({ id, how: "phone", detail: "Specimen" })),
  // The message that it names was never left here.
  "talk.about": ofRecord("talk", ({ client }, id) => client.talk.about({ id }), "care.unknown"),
  "wish.get": ofRecord("wish", ({ client }, id) => client.wish.get({ id })),
  "wish.move": ofRecord("wish", ({ client }, id) =>
    client.wish.move({ id, input: { kind: "decline", detail: "Specimen" } }),
  ),
  "task.watch": listing("danger", ({ client }) => client.task.watch()),
  "task.read": ofTask(({ client }, { task }) => client.task.read({ task })),
  "task.hand": ofTask(({ client }, { task, to }) => client.task.hand({ task, to })),
  "resident.history": ofResident(({ client }, resident) => client.resident.history({ resident })),
  "resident.records": ofResident(({ client }, resident) => client.resident.records({ resident })),
  "resident.tell": ofResident(({ client }, resident) =>
    client.resident.tell({
      id: uuidv7(),
      resident,
      station: "s",
      sentences: [{ key: "loop.say.keepMeasuring" }],
      worse: ["loop.worse.callUs"],
    }),
  ),
} as const satisfies Readonly<Record<string, SomeCase>>;
