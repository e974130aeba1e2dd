import { z } from "zod";
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
  "loop.say.keepMeasuring",
  "loop.say.takeAsTold",
  "loop.say.doctorCalls",
  "loop.say.recordOpened",
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

/** Parameters are days, departments and names as the sentence says them; never a person's number or diagnosis. */
const params = z.strictObject({ day: z.string().max(40).optional(), department: z.string().max(100).optional() });

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
    .max(8),
  worse: z.array(z.enum(worseKeys)).min(1).max(4),
  about: recordRefSchema.optional(),
});
export type MessageLeft = z.infer<typeof messageLeftSchema>;

export const messageToldSchema = z.strictObject({
  message: z.uuid(),
  how: z.array(z.enum(["shown", "spoken", "printed"])).min(1),
});
export type MessageTold = z.infer<typeof messageToldSchema>;
