import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import type { DiscardReason } from "../domain/outcome.ts";
import { declared } from "./errors.ts";
import { serialSettingsSchema } from "./technician-devices.ts";
import { device, id, sessionSchema as session } from "./technician-parts.ts";

/** What was made of bytes: a frame with its values as text, or bytes that are no frame. */
export const heardSchema = z.strictObject({
  /** Name of the frame in the profile; absent for bytes that are none. */
  frame: z.string().optional(),
  sizeBytes: z.int().nonnegative(),
  values: z.array(z.strictObject({ field: z.string(), value: z.string() })),
  discarded: z.enum(["noise", "length", "checksum", "value", "incomplete"] satisfies DiscardReason[]).optional(),
});

/**
 * One line of the live view. While a visit is open (`withheld`), bytes and values that may be a person's numbers are not
 * in it: direction, size and the names of frames are.
 */
export const lineEventSchema = z.discriminatedUnion("kind", [
  /** First, and again whenever it changes. */
  z.strictObject({
    kind: z.literal("state"),
    open: z.boolean(),
    serial: serialSettingsSchema,
    residentPresent: z.boolean(),
    /** `paused`: a resident is here. */
    recording: z.enum(["off", "on", "paused"]),
    /** The file being written. */
    capture: z.string().optional(),
  }),
  z.strictObject({
    kind: z.literal("bytes"),
    /** Counts up per device; a gap means the page was too slow and lines were left out. */
    seq: z.int().positive(),
    at: z.string(),
    /** Since the port was opened. */
    ms: z.number().nonnegative(),
    direction: z.enum(["in", "out"]),
    sizeBytes: z.int().nonnegative(),
    /** Lower-case; absent when withheld. */
    hex: z.string().optional(),
    withheld: z.boolean(),
    /** What became whole with these bytes; empty while a frame is only begun. */
    heard: z.array(heardSchema),
  }),
]);
export type LineEvent = z.infer<typeof lineEventSchema>;

export const captureSchema = z.strictObject({
  name: z.string(),
  device: z.string(),
  at: z.string(),
  sizeBytes: z.int().nonnegative(),
});

export const lineContract = {
  watch: oc
    .input(z.strictObject({ session, device }))
    .output(eventIterator(lineEventSchema))
    .errors(declared("staff.signedOut", "staff.forbidden", "technician.noDevice")),
  /** Starts or ends a capture file; answers its name. */
  record: oc
    .input(z.strictObject({ id, session, device, on: z.boolean() }))
    .output(z.strictObject({ name: z.string() }))
    .errors(
      declared(
        "staff.signedOut",
        "staff.forbidden",
        "technician.noDevice",
        "technician.residentPresent",
        "technician.noCapture",
        "store.failed",
        "store.full",
      ),
    ),
  captures: oc
    .input(z.strictObject({ session }))
    .output(z.array(captureSchema))
    .errors(declared("staff.signedOut", "staff.forbidden")),
  capture: oc
    .input(z.strictObject({ session, name: z.string().max(200) }))
    .output(z.strictObject({ text: z.string() }))
    .errors(declared("staff.signedOut", "staff.forbidden", "technician.noCapture")),
} as const;
