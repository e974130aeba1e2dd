import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { outcomeCodes } from "../domain/calls.ts";
import { declared } from "./errors.ts";
import { queueItemSchema } from "./hub-calls.ts";

const id = z.uuid();
const ok = z.strictObject({});

/** A stored call: readings and answers are in the visit's record, pictures and voice notes among the call's blobs. */
export const workItemSchema = queueItemSchema.extend({
  blobs: z.strictObject({ whole: z.int().nonnegative(), coming: z.int().nonnegative() }),
});
export type WorkItem = z.infer<typeof workItemSchema>;

/** The list of those who do not wait at a screen (store-and-forward). */
export const workContract = {
  /** One's own first, then what is offered: the worst first, then who waits longest. The whole list on every change. */
  watch: oc.output(eventIterator(z.array(workItemSchema))),
  /** Taken, the visit's record opens (`visit.watch`); not answered within an hour, it is offered again. */
  take: oc
    .input(z.strictObject({ call: id }))
    .output(ok)
    .errors(declared("consult.alreadyTaken", "consult.ended", "consult.notYours", "consult.notNext")),
  /** Closes it; the opinion must be written. */
  answer: oc
    .input(z.strictObject({ call: id, outcome: z.enum(outcomeCodes).optional() }))
    .output(ok)
    .errors(declared("consult.notYours", "consult.opinionNeeded", "consult.outcomeNeeded")),
} as const;
