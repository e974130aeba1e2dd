import { z } from "zod";
import { canonical } from "../journal/canonical.ts";
import type { Sha256 } from "../journal/chain.ts";
import { dayMs } from "./hours.ts";
import { packageGroups, payers } from "./packages.ts";
import { teamRoles } from "./team.ts";

/**
 * The electronic agreement of a contract with a family doctor (service.md §2): one document, made before anybody signs. The
 * resident's act names its hash, the doctor signs the very same text. Everything that is shown or printed of it comes out of it, in
 * both languages, so that what a catalogue says later changes nothing.
 */
const words = z.string().trim().min(1).max(300);
const both = z.strictObject({ zh: words, en: words });
const named = { name: z.string().min(1).max(100), org: z.string().min(1).max(100) } as const;

/** P: service.md §2. */
export const contractMonths = 12;

export const agreementSchema = z.strictObject({
  /** The wording of duties and rights. */
  text: z.string().min(1).max(20),
  contract: z.uuid(),
  /** The contract that this one goes on with. */
  renews: z.uuid().optional(),
  resident: z.string().min(1),
  doctor: z.strictObject({ id: z.string().min(1), ...named }),
  /** Who else looks after the person. */
  team: z.array(z.strictObject({ role: z.enum(teamRoles), ...named })).max(20),
  /** Where both can be reached. */
  phone: z.string().min(3).max(30),
  package: z.strictObject({
    id: z.string().min(1).max(60),
    type: z.enum(packageGroups),
    specimen: z.boolean(),
    name: both,
    contains: z.array(both.extend({ timesAYear: z.int().positive().optional() })).max(12),
  }),
  /** Yuan a year, of the resident's own where `payer` says so. */
  fee: z.strictObject({ yuan: z.int().nonnegative(), payer: z.enum(payers), says: both.optional() }),
  /** The day on which it was drawn up, on the wall. */
  date: z.iso.date(),
  /** From the doctor's yes, or from the end of the contract that it goes on with. */
  months: z.int().min(1).max(36),
  /** Where it was drawn up. */
  place: z.strictObject({ name: z.string().max(80), place: z.string().max(120) }),
  /** What both owe, as read out. */
  words: z.array(both).min(1).max(12),
});
export type Agreement = z.infer<typeof agreementSchema>;

export const agreementText = (agreement: Agreement): string => canonical(agreement);
export const agreementHash = (agreement: Agreement, sha256: Sha256): string => sha256(agreementText(agreement));

/** From when on a contract is to be renewed: 30 days before its end (service.md §2). */
export const renewalMs = 30 * dayMs;

/** `months` after a moment, at the same time of day; ms since 1970 UTC. The last day of a shorter month where there is no such day. */
export function monthsLater(from: number, months: number): number {
  const date = new Date(from);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return date.getTime();
}
