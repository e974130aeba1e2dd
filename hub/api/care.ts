import type { CareMove } from "../../core/care/records.ts";
import { handed, read, type Owner } from "../../core/care/tasks.ts";
import { followUpSteps } from "../../core/care/follow-up.ts";
import { planTextOf } from "../../core/care/plan.ts";
import { instant } from "../../core/domain/time.ts";
import { acting, caring, keep } from "../care/acting.ts";
import { isOpenTo } from "../care/glass.ts";
import { allows } from "../../core/rights.ts";
import { ownerOf, selfOf, type Self } from "../care/relation.ts";
import { decided, doors, refused, type HubContext } from "./context.ts";
import { states } from "./feed.ts";

export const followUp = {
  plan: doors.followUp.plan.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const self = await caring(context, "followUp.plan", input.resident);
    if (!self.ok) throw errors.FAULT({ data: { code: self.code } });
    const doctor = ownerOf(self.value);
    // The house belongs to the village where the station stands; without one, to the doctor's own institution.
    const branch = input.station === undefined ? undefined : (await hub.directory.station(input.station))?.branch;
    const village = branch === undefined ? undefined : await hub.care.org(branch);
    const text = {
      ...input,
      doctor,
      village: village ? { org: village.id, tier: village.tier } : { org: doctor.org, tier: doctor.tier },
    };
    const kept = await keep(context, "followUp.plan", "followUp", input.resident, {
      opening: { kind: "followUp", at: hub.clock.now(), by: who.id, text },
    });
    if (!kept.ok) throw errors.FAULT({ data: { code: kept.code } });
    return kept.value;
  }),

  move: doors.followUp.move.handler(async ({ input: { id, input }, context, errors }) => {
    const { hub, who } = context;
    const may = await acting(context, "followUp.move", "followUp", id, ({ doctor, village }) => [doctor, village]);
    if (!may.ok) throw errors.FAULT({ data: { code: may.code } });
    const kept = await keep(context, "followUp.move", "followUp", may.value.record.resident, {
      moves: [{ of: "followUp", id, input: { ...input, by: who.id, at: hub.clock.now() } }],
    });
    if (!kept.ok) throw errors.FAULT({ data: { code: kept.code } });
    return kept.value;
  }),

  complete: doors.followUp.complete.handler(async ({ input: { id, form }, context, errors }) => {
    const { hub, who } = context;
    const may = await acting(context, "followUp.complete", "followUp", id, ({ doctor, village }) => [doctor, village]);
    if (!may.ok) throw errors.FAULT({ data: { code: may.code } });
    const { record } = may.value;
    if (followUpSteps(record, hub.calendar).length === 0) throw errors.FAULT({ data: { code: "care.notNow" } });
    const signed = await hub.signer.sign(who, "followUp", { followUp: id, resident: record.resident, form });
    if (!signed.ok) throw errors.FAULT({ data: { code: signed.code } });
    const kept = await keep(context, "followUp.complete", "followUp", record.resident, {
      moves: [
        {
          of: "followUp",
          id,
          input: { kind: "complete", by: who.id, at: hub.clock.now(), form, signature: signed.signature },
        },
      ],
    });
    if (!kept.ok) throw errors.FAULT({ data: { code: kept.code } });
    return kept.value;
  }),

  watch: doors.followUp.watch.handler(async ({ context }) =>
    states({ operation: "followUp.watch", context, topics: ["care"] }, async () => {
      const self = await selfOf(context);
      const open = self ? await context.hub.care.openOf("followUp", self.org) : [];
      const value = open.flatMap((there) => (there.kind === "followUp" ? [there.record] : []));
      return { value: value.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0)) };
    }),
  ),
};

/** Who is to sign what somebody drafted: oneself; for a village doctor the contracted doctor, or the institution above. */
async function approverOf({ hub, who }: HubContext, self: Self, resident: string): Promise<Owner> {
  if (allows(who.role, "plan.approve") !== "no") return ownerOf(self);
  const contracted = await hub.directory.contractedDoctor(resident);
  const practice = contracted === undefined ? undefined : (await hub.directory.account(contracted))?.practice;
  if (contracted !== undefined && practice) return { org: practice.org, tier: practice.tier, person: contracted };
  return hub.care.ladder.above(self.org) ?? ownerOf(self);
}

export const plan = {
  draft: doors.plan.draft.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const self = await caring(context, "plan.draft", input.resident);
    if (!self.ok) throw errors.FAULT({ data: { code: self.code } });
    const text = { ...input, doctor: await approverOf(context, self.value, input.resident) };
    const kept = await keep(context, "plan.draft", "plan", input.resident, {
      opening: { kind: "plan", at: hub.clock.now(), by: who.id, text },
    });
    if (!kept.ok) throw errors.FAULT({ data: { code: kept.code } });
    return kept.value;
  }),

  change: doors.plan.change.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const may = await acting(context, "plan.change", "plan", input.id, ({ doctor }) => [doctor]);
    if (!may.ok) throw errors.FAULT({ data: { code: may.code } });
    const text = { ...input, doctor: may.value.record.doctor };
    const kept = await keep(context, "plan.change", "plan", may.value.record.resident, {
      moves: [{ of: "plan", id: input.id, input: { kind: "change", by: who.id, at: hub.clock.now(), text } }],
    });
    if (!kept.ok) throw errors.FAULT({ data: { code: kept.code } });
    return kept.value;
  }),

  approve: doors.plan.approve.handler(async ({ input: { id }, context, errors }) => {
    const { hub, who } = context;
    const may = await acting(context, "plan.approve", "plan", id, ({ doctor }) => [doctor]);
    if (!may.ok) throw errors.FAULT({ data: { code: may.code } });
    const { record } = may.value;
    const signed = await hub.signer.sign(who, "carePlan", planTextOf(record));
    if (!signed.ok) throw errors.FAULT({ data: { code: signed.code } });
    const now = { by: who.id, at: hub.clock.now() };
    const before = (await hub.care.ofResident(record.resident)).filter(
      ({ kind, record: one }) => kind === "plan" && one.state === "approved" && one.id !== id,
    );
    const kept = await keep(context, "plan.approve", "plan", record.resident, {
      moves: [
        ...before.map(({ record: one }): CareMove => ({
          of: "plan",
          id: one.id,
          input: { kind: "replace", ...now, next: id },
        })),
        { of: "plan", id, input: { kind: "approve", ...now, signature: signed.signature } },
      ],
    });
    if (!kept.ok) throw errors.FAULT({ data: { code: kept.code } });
    return kept.value;
  }),

  review: doors.plan.review.handler(async ({ input: { id, ...review }, context, errors }) => {
    const { hub, who } = context;
    const may = await acting(context, "plan.review", "plan", id, ({ doctor }) => [doctor]);
    if (!may.ok) throw errors.FAULT({ data: { code: may.code } });
    const kept = await keep(context, "plan.review", "plan", may.value.record.resident, {
      moves: [{ of: "plan", id, input: { kind: "review", by: who.id, at: hub.clock.now(), ...review } }],
    });
    if (!kept.ok) throw errors.FAULT({ data: { code: kept.code } });
    return kept.value;
  }),
};

export const danger = {
  move: doors.danger.move.handler(async ({ input: { id, input }, context, errors }) => {
    const { hub, who } = context;
    const may = await acting(context, "danger.move", "danger", id, ({ first, doctor }) => [first, doctor]);
    if (!may.ok) throw errors.FAULT({ data: { code: may.code } });
    const kept = await keep(context, "danger.move", "danger", may.value.record.resident, {
      moves: [{ of: "danger", id, input: { ...input, by: who.id, at: hub.clock.now() } }],
    });
    if (!kept.ok) throw errors.FAULT({ data: { code: kept.code } });
    return kept.value;
  }),
};

export const task = {
  watch: doors.task.watch.handler(async ({ context }) =>
    states({ operation: "task.watch", context, topics: ["care"] }, async () => {
      const self = await selfOf(context);
      return { value: self ? [...(await context.hub.care.tasks(self.org))] : [] };
    }),
  ),

  read: doors.task.read.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const self = await selfOf(context);
    const by = { id: who.id, org: self?.org ?? "" };
    const changed = await hub.care.changeTask(input.task, "task.read", { role: who.role, id: who.id }, (there) => {
      const answer = read(there, by, hub.clock.now());
      return answer.ok ? { ok: true, value: answer.task } : answer;
    });
    if (changed.ok) return changed.value;
    if (changed.code === "care.notYours") await refused(context, "task.read", input.task);
    throw errors.FAULT({ data: { code: changed.code === "care.notYours" ? "care.notYours" : "care.unknown" } });
  }),

  hand: doors.task.hand.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const self = await selfOf(context);
    const by = { id: who.id, org: self?.org ?? "" };
    const changed = await hub.care.changeTask(input.task, "task.handed", { role: who.role, id: who.id }, (there) => {
      const answer = handed(there, by, input.to, hub.care.ladder);
      return answer.ok ? { ok: true, value: answer.task } : answer;
    });
    if (changed.ok) return changed.value;
    if (changed.code === "care.notYours") await refused(context, "task.hand", input.task);
    throw errors.FAULT({ data: { code: changed.code === "care.notYours" ? "care.notYours" : "care.unknown" } });
  }),
};

export const resident = {
  records: doors.resident.records.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const mayRead = (await isOpenTo(context, input)) || (await caring(context, "resident.records", input.resident)).ok;
    if (!mayRead) throw errors.FAULT({ data: { code: "care.noRelation" } });
    // That somebody looked is theirs to know whose records they are.
    await hub.records.append([
      decided(who, { operation: "resident.records", allowed: true }, { subject: input.resident }),
    ]);
    const all = await hub.care.ofResident(input.resident);
    return {
      prescriptions: all.flatMap((one) => (one.kind === "prescription" ? [one.record] : [])),
      referrals: all.flatMap((one) => (one.kind === "referral" ? [one.record] : [])),
      followUps: all.flatMap((one) => (one.kind === "followUp" ? [one.record] : [])),
      dangers: all.flatMap((one) => (one.kind === "danger" ? [one.record] : [])),
      plans: all.flatMap((one) => (one.kind === "plan" ? [one.record] : [])),
      messages: [...(await hub.care.messages(input.resident))],
    };
  }),

  tell: doors.resident.tell.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const self = await caring(context, "resident.tell", input.resident);
    if (!self.ok) throw errors.FAULT({ data: { code: "care.noRelation" } });
    const from = { name: who.name, org: self.value.org };
    const left = await hub.care.leave(
      { ...input, from, at: instant(hub.clock.now()) },
      { role: who.role, id: who.id },
      null,
    );
    if (!left.ok) throw errors.FAULT({ data: { code: "store.failed" } });
    return left.value;
  }),
};
