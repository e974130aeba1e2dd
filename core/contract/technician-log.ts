import { oc } from "@orpc/contract";
import { z } from "zod";
import { measurementKinds } from "../domain/outcome.ts";
import { workKinds } from "../journal/work-log.ts";
import { declared } from "./errors.ts";
import { id, sessionSchema as session } from "./technician-parts.ts";

const day = z.iso.date();
const count = z.int().nonnegative();

/** One line of the day's work log. `values`: codes, names and numbers, put into words by the page and the printer alike. */
export const workLineSchema = z.strictObject({
  entry: z.string(),
  at: z.iso.datetime({ precision: 3 }),
  kind: z.enum(workKinds),
  /** As staff call each other; absent for what the station noted by itself. */
  who: z.string().optional(),
  /** What staff call the device, else what it is. */
  device: z.string().optional(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
});

export const workLogSchema = z.strictObject({
  /** On the wall of the station. */
  day,
  today: day,
  lines: z.array(workLineSchema),
  /** Written about this day, on whatever day. */
  remarks: z.array(workLineSchema),
  /** For residents: how much, never what or for whom. */
  counts: z.strictObject({
    visits: count,
    guests: count,
    measured: z.record(z.enum(measurementKinds), count),
    refused: count,
    consults: count,
    opinions: count,
  }),
});
export type WorkLog = z.infer<typeof workLogSchema>;
export type WorkLogLine = z.infer<typeof workLineSchema>;

const signedIn = ["staff.signedOut", "staff.forbidden"] as const;

/** The day's work log writes itself out of the journal; only remarks are written by hand. */
export const logContract = {
  /** `day` absent: today. */
  day: oc
    .input(z.strictObject({ session, day: day.optional() }))
    .output(workLogSchema)
    .errors(declared(...signedIn, "store.failed")),
  /** PDF as base64. */
  paper: oc
    .input(z.strictObject({ session, day }))
    .output(z.strictObject({ name: z.string(), pdf: z.string() }))
    .errors(declared(...signedIn, "quality.noFont", "store.failed")),
  /** About a day that has begun. `id` becomes the entry's. */
  remark: oc
    .input(z.strictObject({ id, session, day, text: z.string().trim().min(1).max(400) }))
    .output(z.strictObject({}))
    .errors(declared(...signedIn, "store.failed", "store.full", "wire.badInput")),
} as const;
