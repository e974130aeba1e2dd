import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { contractSchema, declineReasons } from "../care/contract.ts";
import { teamRoles } from "../care/team.ts";
import { tiers } from "../domain/practice.ts";
import { failures } from "./hub-care.ts";

const id = z.uuid();

/** Somebody of the institutions that a station belongs to, as a resident chooses among them. */
export const teamMemberSchema = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1),
  role: z.enum(teamRoles),
  org: z.string().min(1),
  orgName: z.string().min(1),
  tier: z.enum(tiers),
  /** Where the institution is reached. */
  phone: z.string().min(3).max(30).optional(),
});
export type TeamMember = z.infer<typeof teamMemberSchema>;
/** Nobody chooses among more. */
export const mostTeam = 200;

/**
 * Contracts with a family doctor. What begins and ends one is the resident's act, an entry of their station's journal
 * (`contract.asked`, `contract.ended`): the hub finds it there, and there is no operation that makes one.
 */
export const contractContract = {
  /** Who works where this station stands and at its hospital. Doctors among them can be chosen; together they are the team. */
  doctors: oc.output(z.array(teamMemberSchema).max(mostTeam)),
  /** Who asked this doctor and waits, the longest first; then those whose contract stands. The whole list on every change. */
  mine: oc.output(eventIterator(z.array(contractSchema))),
  /** Only by the doctor who was chosen (`care.notYours`). */
  accept: oc.input(z.strictObject({ id })).output(contractSchema).errors(failures),
  /** By that doctor, or by a doctor of the institution where that doctor works no more. */
  decline: oc
    .input(z.strictObject({ id, reason: z.enum(declineReasons) }))
    .output(contractSchema)
    .errors(failures),
} as const;
