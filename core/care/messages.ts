import { z } from "zod";
import { goalKinds, planTaskKinds } from "./plan-kinds.ts";
import { recordRefSchema } from "./tasks.ts";

/**
 * What the hub has to say to a resident, kept at the station until the next visit: sentences of the catalogue, never free text,
 * so that they can be spoken in both languages. `worse`: what to do when things get worse; always at least one.
 */
export const messageKeys = [
  "loop.say.followUpSoon",
  "loop.say.followUpToday",
  "loop.say.followUpMissed",
  "loop.say.referralSent",
  "loop.say.referralAccepted",
  "loop.say.referralRejected",
  "loop.say.comeBackHome",
  "loop.say.prescriptionReady",
  "loop.say.prescriptionReturned",
  "loop.say.prescriptionEnded",
  "loop.say.planNew",
  "loop.say.planOver",
  "loop.say.keepMeasuring",
  "loop.say.takeAsTold",
  "loop.say.doctorCalls",
  "loop.say.recordOpened",
  "loop.say.recordsJoined",
  "loop.say.joinedByCode",
  "loop.say.joinedByPerson",
  "loop.say.recordsParted",
  "loop.say.bookedPhone",
  "loop.say.bookedStation",
  "loop.say.bookedHome",
  "loop.say.inMorning",
  "loop.say.inAfternoon",
  "loop.say.wishGranted",
  "loop.say.wishDeclined",
  "loop.say.medicineEnds",
  "loop.say.contractActive",
  "loop.say.contractDeclined",
  "loop.say.contractExpired",
  "loop.say.contractDue",
  "plan.say.goals",
  ...goalKinds.map((kind) => `plan.goal.${kind}` as const),
  "plan.say.tasks",
  ...planTaskKinds.map((kind) => `plan.task.${kind}` as const),
  "plan.say.review",
] as const;
export type SayKey = (typeof messageKeys)[number];

export const worseKeys = [
  "loop.worse.emergency",
  "loop.worse.chest",
  "loop.worse.stroke",
  "loop.worse.breath",
  "loop.worse.pressureHigh",
  "loop.worse.sugarLow",
  "loop.worse.sugarHigh",
  "loop.worse.allergy",
  "loop.worse.callUs",
] as const;
export type WorseKey = (typeof worseKeys)[number];

/**
 * Parameters are days, departments and names as the sentence says them; never a person's number or diagnosis. `reason`: in their
 * own words, by who opened or parted the record; it is shown and not spoken.
 */
const params = z.strictObject({
  day: z.string().max(40).optional(),
  department: z.string().max(100).optional(),
  reason: z.string().max(500).optional(),
});

export const messageLeftSchema = z.strictObject({
  id: z.uuid(),
  /** The station it is told at. */
  station: z.string().min(1),
  resident: z.string().min(1),
  from: z.strictObject({ name: z.string().min(1).max(100), org: z.string().max(100).optional() }),
  at: z.iso.datetime({ precision: 3 }),
  sentences: z
    .array(z.strictObject({ key: z.enum(messageKeys), params: params.optional() }))
    .min(1)
    .max(16),
  worse: z.array(z.enum(worseKeys)).min(1).max(4),
  about: recordRefSchema.optional(),
});
export type MessageLeft = z.infer<typeof messageLeftSchema>;

/** As the station keeps it until the resident has heard it. */
export const messageReceivedSchema = z.strictObject({
  message: messageLeftSchema,
  hubSeq: z.int().positive(),
  hubHash: z.string(),
});

/** `replaced`: a newer one about the same record was told in its place. */
export const tellings = ["shown", "spoken", "printed", "replaced"] as const;
export const messageToldSchema = z.strictObject({
  message: z.uuid(),
  how: z.array(z.enum(tellings)).min(1),
  /** The resident wants to talk about it; that alone lets the hub know of it, whatever else was agreed to. */
  talk: z.literal(true).optional(),
});
export type MessageTold = z.infer<typeof messageToldSchema>;

/** A doctor's answer about an earlier visit was told to its resident. */
export const opinionToldSchema = z.strictObject({ opinion: z.uuid(), how: z.array(z.enum(tellings)).min(1) });

/** What somebody did to the resident's record, and the resident may want to talk about, or call wrong. */
export const noticeKeys = ["loop.say.recordOpened", "loop.say.recordsJoined", "loop.say.recordsParted"] as const;
export type NoticeKey = (typeof noticeKeys)[number];

/** Undefined for a message that is no such notice. */
export const noticeOf = ({ sentences }: Pick<MessageLeft, "sentences">): NoticeKey | undefined =>
  noticeKeys.find((notice) => sentences.some(({ key }) => key === notice));

const replaces = (newer: MessageLeft, older: MessageLeft): boolean =>
  newer.about !== undefined && newer.about.id === older.about?.id;

/** What is still to be told, of all that waits, the oldest first: of several about one record the newest alone. */
export const toTell = (waiting: readonly MessageLeft[]): readonly MessageLeft[] =>
  waiting.filter((one, at) => !waiting.slice(at + 1).some((later) => replaces(later, one)));

/** What need not be told any more once `told` was. */
export const replacedBy = (told: MessageLeft, waiting: readonly MessageLeft[]): readonly MessageLeft[] => {
  const earlier = waiting.slice(0, waiting.indexOf(told));
  return earlier.filter((one) => replaces(told, one));
};
