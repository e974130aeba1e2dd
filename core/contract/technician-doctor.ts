import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { declared } from "./errors.ts";
import { device, sessionSchema as session } from "./technician-parts.ts";
import { faultCodeSchema } from "./views.ts";

export const doctorSteps = ["plug", "port", "permission", "speed", "silence", "checksum", "clock", "driver"] as const;
export const doctorStepSchema = z.enum(doctorSteps);
export type DoctorStep = z.infer<typeof doctorStepSchema>;

/** The sentence of a finding is `tech.finding.<code>` of the catalogue, filled with `values`: what was found and what to do. */
export const findingCodes = [
  "plug.ok",
  "plug.missing",
  "plug.lost",
  "port.ok",
  "port.busy",
  "port.held",
  "port.unknown",
  "permission.ok",
  "permission.refused",
  "permission.unknown",
  "speed.ok",
  "speed.other",
  "speed.wrong",
  "speed.unknown",
  "silence.ok",
  "silence.silent",
  "silence.waitsForPerson",
  "silence.unknown",
  "checksum.ok",
  "checksum.broken",
  "checksum.noise",
  "checksum.unknown",
  "clock.ok",
  "clock.off",
  "clock.none",
  "clock.unknown",
  "driver.ok",
  "driver.missing",
  "driver.doubtful",
] as const;
export const findingSchema = z.strictObject({
  step: doctorStepSchema,
  state: z.enum(["ok", "bad", "unknown"]),
  code: z.enum(findingCodes),
  /** The fault behind it and the number that can be read over the telephone; with `bad` only. */
  fault: faultCodeSchema.optional(),
  number: z.int().positive().optional(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type FindingCode = (typeof findingCodes)[number];
export type Finding = z.infer<typeof findingSchema>;

export const doctorEventSchema = z.discriminatedUnion("kind", [
  /** What is looked at now, and how long it may take at the most. */
  z.strictObject({ kind: z.literal("looking"), step: doctorStepSchema, latestMs: z.number() }),
  z.strictObject({ kind: z.literal("finding"), finding: findingSchema }),
  /** The last one. `first`: the finding to see to first. */
  z.strictObject({
    kind: z.literal("verdict"),
    state: z.enum(["ok", "bad", "unknown"]),
    first: findingSchema.optional(),
  }),
]);
export type DoctorEvent = z.infer<typeof doctorEventSchema>;

export const doctorContract = {
  run: oc
    .input(z.strictObject({ session, device }))
    .output(eventIterator(doctorEventSchema))
    .errors(declared("staff.signedOut", "staff.forbidden", "technician.noDevice")),
  /** Plain text, both languages, for help from far: no name of any person, no reading. */
  report: oc
    .input(z.strictObject({ session, device }))
    .output(z.strictObject({ text: z.string() }))
    .errors(declared("staff.signedOut", "staff.forbidden", "technician.noDevice")),
} as const;
