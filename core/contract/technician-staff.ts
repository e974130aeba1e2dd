import { oc } from "@orpc/contract";
import { z } from "zod";
import { declared } from "./errors.ts";
import { id, sessionSchema as session } from "./technician-parts.ts";

export const staffRoleSchema = z.enum(["operator", "technician"]);
export type StaffRole = z.infer<typeof staffRoleSchema>;

export const staffSchema = z.strictObject({
  id: z.string(),
  /** As staff call each other; chosen when added. */
  name: z.string(),
  role: staffRoleSchema,
  /** Day `YYYY-MM-DD` up to which this person may run controls; absent: not certified. */
  certifiedUntil: z.iso.date().optional(),
  /** Brought along by a simulated station; its PIN is no secret and is shown. */
  specimen: z.boolean(),
  specimenPin: z.string().optional(),
});
export type Staff = z.infer<typeof staffSchema>;

/** Six to twelve digits. */
export const pinSchema = z.string().regex(/^\d{6,12}$/);
const staffName = z.string().trim().min(1).max(40);

export const staffSessionSchema = z.strictObject({
  session,
  staff: z.string(),
  name: z.string(),
  role: staffRoleSchema,
  /** Without another call. */
  expiresAt: z.iso.datetime({ precision: 3 }),
});
export type StaffSession = z.infer<typeof staffSessionSchema>;

const signInErrors = {
  FAULT: {
    status: 409,
    data: z.strictObject({
      code: z.enum([
        "staff.wrongPin",
        "staff.locked",
        "staff.setupCode",
        "staff.weakPin",
        "store.failed",
        "store.full",
      ]),
      /** With `staff.locked`: how long until the next try. */
      waitSeconds: z.int().positive().optional(),
    }),
  },
} as const;
const staffErrors = [
  "staff.signedOut",
  "staff.forbidden",
  "staff.unknown",
  "staff.lastTechnician",
  "staff.weakPin",
  "store.failed",
  "store.full",
] as const;

export const staffContract = {
  /** Who may sign in here. `setUp`: nobody is technician yet; the setup code of the shell makes the first one. */
  list: oc.output(z.strictObject({ staff: z.array(staffSchema), setUp: z.boolean() })),
  signIn: oc
    .input(z.strictObject({ operator: z.string().min(1).max(60), pin: z.string().max(40) }))
    .output(staffSessionSchema)
    .errors(signInErrors),
  /** The first technician, by the one-time code that the shell printed. Refused once there is one. */
  setUp: oc
    .input(z.strictObject({ id, code: z.string().max(40), name: staffName, pin: pinSchema }))
    .output(staffSessionSchema)
    .errors(signInErrors),
  signOut: oc.input(z.strictObject({ session })).output(z.strictObject({})),
  /** Somebody is still here: the session lasts ten minutes more. */
  stay: oc.input(z.strictObject({ session })).output(staffSessionSchema).errors(declared("staff.signedOut")),
  /** `id` becomes the person's id. */
  add: oc
    .input(
      z.strictObject({
        id,
        session,
        name: staffName,
        role: staffRoleSchema,
        pin: pinSchema,
        certifiedUntil: z.iso.date().optional(),
      }),
    )
    .output(z.strictObject({}))
    .errors(declared(...staffErrors)),
  /** One's own, with the old one; a technician also somebody else's, with the technician's own as `old`. */
  changePin: oc
    .input(z.strictObject({ id, session, staff: z.string().max(60), old: z.string().max(40), pin: pinSchema }))
    .output(z.strictObject({}))
    .errors(declared(...staffErrors, "staff.wrongPin", "staff.locked")),
  retire: oc
    .input(z.strictObject({ id, session, staff: z.string().max(60) }))
    .output(z.strictObject({}))
    .errors(declared(...staffErrors)),
} as const;
