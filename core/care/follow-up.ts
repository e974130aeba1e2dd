import { z } from "zod";
import { missingCase } from "../domain/missing-case.ts";
import type { MeasurementKind } from "../domain/outcome.ts";
import { dayOf } from "../quality/local-day.ts";
import { dayMs, type Calendar } from "./hours.ts";
import { moved, no, type Moved, type Ways } from "./machine.ts";
import { controls, programmes, reminderDays, ruleOf, windowOf, type Programme } from "./schedule.ts";
import { signatureSchema } from "./signed.ts";
import { ownerSchema, type Step } from "./tasks.ts";

/**
 * One planned follow-up and what became of it (service.md §3). Three tries without an answer make it the village doctor's home
 * visit; who is lost is lost with a reason, and what follows from the reason is in `afterwards`. A number from the station is
 * no follow-up before the doctor has looked at it and signed. Moments: milliseconds since 1970 UTC.
 */
const moment = z.number();
const words = z.string().trim().min(1).max(2_000);
/** Without a rule for it there would be no next date, and the chain would end unseen. */
const standingSchema = z
  .strictObject({ programme: z.enum(programmes), control: z.enum(controls) })
  .refine((standing) => ruleOf(standing) !== undefined, "no rule for this programme and control");

export const lostReasons = ["unreachable", "refused", "moved", "died"] as const;
export type LostReason = (typeof lostReasons)[number];

/** The doctor's own fields: what makes it a follow-up. */
export const followUpFormSchema = z.strictObject({
  standings: z.array(standingSchema).min(1),
  symptoms: words,
  advice: words,
  medication: z.enum(["regular", "irregular", "none"]),
  /** A measurement, or how the person was reached: without one of them it is none (DQ-03). */
  evidence: z.strictObject({
    measurements: z.array(z.uuid()),
    contact: z.enum(["station", "clinic", "home", "phone", "video"]).optional(),
  }),
  /** Earlier than the rule, if the doctor says so; a day on the wall. */
  next: z.iso.date().optional(),
});
export type FollowUpForm = z.infer<typeof followUpFormSchema>;

const by = { by: z.string().min(1), at: moment } as const;
export const followUpInputSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("remind"), ...by }),
  z.strictObject({ kind: z.literal("try"), ...by, how: z.enum(["phone", "message", "home"]), answered: z.boolean() }),
  /** The station measured somebody who is due. */
  z.strictObject({ kind: z.literal("reading"), ...by, measurements: z.array(z.uuid()).min(1) }),
  /** The doctor looked, and the numbers do not make a follow-up. */
  z.strictObject({ kind: z.literal("setAside"), ...by, detail: words }),
  z.strictObject({ kind: z.literal("complete"), ...by, form: followUpFormSchema, signature: signatureSchema }),
  z.strictObject({ kind: z.literal("lose"), ...by, reason: z.enum(lostReasons), detail: words }),
  /** Something else asks for a look, and one visit does for both: the earlier day, all programmes. */
  z.strictObject({ kind: z.literal("join"), ...by, day: z.iso.date(), programmes: z.array(z.enum(programmes)).min(1) }),
  /** The care has ended. */
  z.strictObject({ kind: z.literal("end"), ...by, why: z.enum(["died", "moved"]) }),
]);
export type FollowUpInput = z.infer<typeof followUpInputSchema>;

export const followUpStates = ["planned", "homeVisit", "toReview", "done", "lost", "ended"] as const;
export type FollowUpState = (typeof followUpStates)[number];

/** What is planned. */
export const followUpPlanSchema = z.strictObject({
  id: z.uuid(),
  resident: z.string().min(1),
  station: z.string().optional(),
  day: z.iso.date(),
  programmes: z.array(z.enum(programmes)).min(1),
  /** Who calls and completes it, and who goes to the house. */
  doctor: ownerSchema,
  village: ownerSchema,
  /** The follow-up or referral it comes from. */
  after: z.string().optional(),
});
export type FollowUpPlan = z.infer<typeof followUpPlanSchema>;

export const followUpSchema = followUpPlanSchema.extend({
  state: z.enum(followUpStates),
  since: moment,
  plannedAt: moment,
  reminders: z.int().nonnegative(),
  tries: z.array(z.strictObject({ at: moment, by: z.string(), how: z.string(), answered: z.boolean() })),
  readings: z.array(z.uuid()),
  form: followUpFormSchema.optional(),
  signature: signatureSchema.optional(),
  lost: z.strictObject({ reason: z.enum(lostReasons), detail: words }).optional(),
  inTime: z.boolean().optional(),
});
export type FollowUp = z.infer<typeof followUpSchema>;

const triesBeforeVisit = 3;
const homeVisitMs = 7 * dayMs;
const reviewMs = 3 * dayMs;

const ways: Ways<FollowUpState, FollowUpInput["kind"]> = {
  planned: { remind: "planned", try: "planned", join: "planned", reading: "toReview", complete: "done", end: "ended" },
  homeVisit: { try: "homeVisit", join: "homeVisit", reading: "toReview", complete: "done", lose: "lost", end: "ended" },
  toReview: {
    reading: "toReview",
    try: "toReview",
    join: "toReview",
    setAside: "planned",
    complete: "done",
    end: "ended",
  },
  done: {},
  lost: {},
  ended: {},
};

export function planFollowUp(plan: FollowUpPlan, at: number): FollowUp {
  return { ...plan, state: "planned", since: at, plannedAt: at, reminders: 0, tries: [], readings: [] };
}

/** What a programme is followed by; the others by whatever is measured. */
const measuredBy: Readonly<Partial<Record<Programme, readonly MeasurementKind[]>>> = {
  hypertension: ["bloodPressure"],
  diabetes: ["glucose"],
  copd: ["oximetry"],
};

/**
 * Whether a number that the station heard at `at` belongs to this follow-up: of a kind it looks at, and not before its window. It
 * still waits for the doctor then.
 */
export function awaits(
  { state, day, programmes: looked }: Pick<FollowUp, "state" | "day" | "programmes">,
  of: MeasurementKind,
  at: number,
  { zoneMinutes }: Calendar,
): boolean {
  const fits = looked.some((programme) => measuredBy[programme]?.includes(of) ?? true);
  return fits && ways[state].reading !== undefined && at >= windowOf(day, zoneMinutes).from;
}

const unanswered = ({ tries }: Pick<FollowUp, "tries">): number => {
  const last = tries.findLastIndex(({ answered }) => answered);
  return tries.length - 1 - last;
};

/**
 * Codes: `care.notNow` (also a fourth reminder); `care.reasonMissing` (lost without one try at the house); `care.noEvidence`;
 * `care.tooLate` (the doctor's next day lies in the past).
 */
export function moveFollowUp(record: FollowUp, input: FollowUpInput, { zoneMinutes }: Calendar): Moved<FollowUp> {
  const state = ways[record.state][input.kind];
  if (state === undefined) return no("care.notNow");
  const { at, by } = input;
  const next: FollowUp = { ...record, state, since: state === record.state ? record.since : at };
  switch (input.kind) {
    case "remind":
      if (record.reminders >= reminderDays.length) return no("care.notNow");
      return moved({ ...next, reminders: record.reminders + 1 });
    case "try": {
      const tried = { ...next, tries: [...record.tries, { at, by, how: input.how, answered: input.answered }] };
      const goes = state === "planned" && unanswered(tried) >= triesBeforeVisit;
      return moved(goes ? { ...tried, state: "homeVisit", since: at } : tried);
    }
    case "reading":
      return moved({ ...next, readings: [...new Set([...record.readings, ...input.measurements])] });
    case "complete": {
      const { form, signature } = input;
      const { measurements, contact } = form.evidence;
      if (measurements.length === 0 && contact === undefined) return no("care.noEvidence");
      if (form.next !== undefined && form.next < dayOf(at, zoneMinutes)) return no("care.tooLate");
      const { from, to } = windowOf(record.day, zoneMinutes);
      return moved({ ...next, form, signature, inTime: at >= from && at <= to });
    }
    case "lose": {
      if (!record.tries.some(({ how }) => how === "home")) return no("care.reasonMissing");
      return moved({ ...next, lost: { reason: input.reason, detail: input.detail } });
    }
    case "join": {
      const earlier = input.day < record.day;
      return moved({
        ...next,
        day: earlier ? input.day : record.day,
        // The reminders of an earlier day are still to come.
        reminders: earlier ? 0 : record.reminders,
        programmes: [...new Set([...record.programmes, ...input.programmes])],
      });
    }
    case "setAside":
      return moved({ ...next, readings: [] });
    case "end":
      return moved(next);
    default:
      return missingCase(input);
  }
}

export function followUpSteps(record: FollowUp, { zoneMinutes }: Calendar): readonly Step[] {
  const { state, since, doctor, village, day } = record;
  const { to } = windowOf(day, zoneMinutes);
  switch (state) {
    case "planned":
      return [{ kind: "followUp.do", owner: doctor, since, due: Math.max(to, since) }];
    case "homeVisit":
      return [{ kind: "followUp.visitHome", owner: village, since, due: since + homeVisitMs }];
    case "toReview":
      return [{ kind: "followUp.review", owner: doctor, since, due: since + reviewMs }];
    case "done":
    case "lost":
    case "ended":
      return [];
    default:
      return missingCase(state);
  }
}

/**
 * What a person's care goes on with when a follow-up has come to its end: `plan` the next one by the rules; `retry`: the same
 * programmes once more after a quarter; `handOver`: the next tier sees to the record's move; `over`: nothing more is owed.
 */
export function afterwards({
  state,
  lost,
  doctor,
}: Pick<FollowUp, "state" | "lost" | "doctor">): "plan" | "retry" | "handOver" | "over" {
  if (state === "done") return "plan";
  if (state !== "lost") return "over";
  switch (lost?.reason) {
    case "unreachable":
    case "refused":
      return "retry";
    case "moved":
      // From the county there is nobody to hand over to.
      return doctor.tier === "county" ? "over" : "handOver";
    default:
      return "over";
  }
}
