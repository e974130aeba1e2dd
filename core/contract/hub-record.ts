import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { breakFindings, breakReasonSchema, breakReviewSchema, brokenSchema } from "../care/breaking.ts";
import { declared } from "./errors.ts";
import { visitRecordSchema } from "./hub-visits.ts";

const id = z.uuid();

/** As an auditor sees it: who looked, when and why; nothing of what was seen, and no name of a resident. */
export const breakingViewSchema = z.strictObject({
  ...brokenSchema.omit({ resident: true, visit: true, message: true }).shape,
  /** Nobody reviewed it in time. */
  late: z.boolean(),
  review: breakReviewSchema.optional(),
});
export type BreakingView = z.infer<typeof breakingViewSchema>;

/** A record that the caller opened, by its alarm: where, and until when. */
export const openGlassSchema = z.strictObject({
  ...brokenSchema.pick({ alarm: true, at: true, until: true }).shape,
  station: z.string(),
  place: z.string(),
});
export type OpenGlass = z.infer<typeof openGlassSchema>;

/** Emergency access: the glass is broken for 24 hours, with a reason, and everybody hears of it. */
export const recordContract = {
  /**
   * Opens the record of the person behind an alarm of severity 4, for this doctor, for 24 hours. Again while it is open, it is the
   * same. `care.notNow`: no alarm of that kind, or it is older than a day.
   */
  break: oc
    .input(z.strictObject({ alarm: id, reason: breakReasonSchema }))
    .output(z.strictObject({ id, until: brokenSchema.shape.until }))
    .errors(declared("care.unknown", "care.notNow", "store.failed")),
  /** The visit behind the alarm, for who broke the glass; ends when the time is over. */
  watch: oc
    .input(z.strictObject({ alarm: id }))
    .output(eventIterator(visitRecordSchema))
    .errors(declared("care.noRelation")),
  /** What the caller may still look at, the newest first. The whole list on every change. */
  mine: oc.output(eventIterator(z.array(openGlassSchema))),
  /** For the auditor: what is not reviewed yet first, oldest first; then the newest of the others. */
  broken: oc.output(eventIterator(z.array(breakingViewSchema))),
  /** Said once; a second auditor is told `care.notNow`. */
  review: oc
    .input(z.strictObject({ id, finding: z.enum(breakFindings), note: breakReviewSchema.shape.note }))
    .output(breakReviewSchema)
    .errors(declared("care.unknown", "care.notNow", "store.failed")),
} as const;
