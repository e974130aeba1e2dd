import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { orgFaults, staffFaults, staffRoles } from "../domain/directory.ts";
import { practiceSchema, tiers } from "../domain/practice.ts";
import { declared } from "./errors.ts";

const id = z.string().min(1).max(64);

export const orgSchema = z.strictObject({
  id,
  name: z.string().trim().min(1).max(100),
  tier: z.enum(tiers),
  /** Where its missed work climbs to: an institution of a higher tier. */
  above: id.optional(),
  /** Where residents reach it. */
  phone: z
    .string()
    .trim()
    .regex(/^[+]?[0-9][0-9 -]{2,19}$/)
    .optional(),
});

export const staffSchema = z.strictObject({
  id,
  /** What is typed at sign-in. */
  account: z.string(),
  name: z.string(),
  role: z.enum([...staffRoles, "operator"]),
  practice: practiceSchema.optional(),
  /** `invited`: has chosen no password yet. `retired`: signs in nowhere any more; what was signed stays good. */
  state: z.enum(["invited", "active", "retired"]),
  /** Until when the code of the invitation is good, ISO 8601 UTC. */
  invitedUntil: z.string().optional(),
  /** Whether a second factor was ever proved. */
  factor: z.boolean(),
});

const pairing = { branch: id.optional(), hospital: id.optional() } as const;
export const pairedStationSchema = z.strictObject({ id, name: z.string(), place: z.string(), ...pairing });

export const directorySchema = z.strictObject({
  orgs: z.array(orgSchema),
  accounts: z.array(staffSchema),
  stations: z.array(pairedStationSchema),
});
export type DirectoryView = z.infer<typeof directorySchema>;

const named = {
  name: z.string().trim().min(1).max(60),
  practice: practiceSchema
    .pick({ org: true, specialty: true })
    .extend({ licence: z.string().trim().min(1).max(60) })
    .optional(),
} as const;
/** Shown once; only its hash is kept. `until`: ISO 8601 UTC. */
const code = { code: z.string(), until: z.string() } as const;

/** Who and what there is at this hub, kept by the county's manager; nothing of residents. */
export const directoryContract = {
  /** The whole on every change. */
  watch: oc.output(eventIterator(directorySchema)),
  /** A new institution, or with `id` another name, tier, place or phone of one; who works there works under the new name. */
  putOrg: oc
    .input(orgSchema.partial({ id: true }))
    .output(z.strictObject({ id }))
    .errors(declared(...orgFaults)),
  /** The account is there from now on; whoever brings the code chooses its password. */
  invite: oc
    .input(
      z.strictObject({
        account: z
          .string()
          .trim()
          .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{1,63}$/u),
        role: z.enum(staffRoles),
        ...named,
      }),
    )
    .output(z.strictObject({ id, ...code }))
    .errors(declared("account.taken", ...staffFaults)),
  /** Password, second factor and sessions are gone at once. Nobody does it for themselves. */
  inviteAgain: oc
    .input(z.strictObject({ id }))
    .output(z.strictObject({ id, ...code }))
    .errors(declared("account.unknown", "account.forbidden", "account.lastManager")),
  change: oc
    .input(z.strictObject({ id, ...named }))
    .output(z.strictObject({ id }))
    .errors(declared("account.unknown", ...staffFaults)),
  /** Never oneself, and never the last manager. */
  retire: oc
    .input(z.strictObject({ id }))
    .output(z.strictObject({ id }))
    .errors(declared("account.unknown", "account.forbidden", "account.lastManager")),
  /** For one new station, which will stand there; unspent older codes stop working. */
  stationCode: oc
    .input(z.strictObject(pairing))
    .output(z.strictObject(code))
    .errors(declared(...orgFaults)),
  pairStation: oc
    .input(z.strictObject({ station: id, ...pairing }))
    .output(z.strictObject({}))
    .errors(declared("station.unknown", ...orgFaults)),
} as const;
