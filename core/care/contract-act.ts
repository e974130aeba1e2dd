import { z } from "zod";
import { agreementSchema } from "./agreement.ts";
import { helpers, identityWays, type Helper, type IdentityWay } from "../journal/visit-bodies.ts";

/**
 * What a person does at the station to choose a family doctor or to leave one: by their own hand on the glass or the two keys, or
 * by laying their card. Nobody else has a way to.
 */
export const contractActs = ["touch", "key", "card"] as const;
export type ContractAct = (typeof contractActs)[number];

/** The wordings of duties and rights; the last is read out today. */
export const contractVersions = ["2026-11", "2026-11-22"] as const;
export const contractVersion = "2026-11-22" satisfies (typeof contractVersions)[number];
/** Acts of before there were agreements: they have none, and stand as they are. */
export const versionsWithout: readonly string[] = ["2026-11"] satisfies readonly (typeof contractVersions)[number][];

/** What is read out and agreed to, in order: what it is, what the doctor owes, what one may do oneself. */
export const contractTerms = [
  "sign.contract",
  "kiosk.doctor.duty.sees",
  "kiosk.doctor.duty.asks",
  "kiosk.doctor.right.free",
  "kiosk.doctor.right.end",
] as const;

export const contractAskedSchema = z.strictObject({
  contract: z.uuid(),
  doctor: z.strictObject({ id: z.string().min(1), name: z.string().min(1), org: z.string().min(1) }),
  act: z.enum(contractActs),
  /** How the person was recognized in this very visit. */
  identity: z.enum(identityWays),
  /** Who operated for the person. */
  helper: z.enum(helpers).optional(),
  /** The wording of duties and rights that was read out, and its language. */
  text: z.string().min(1).max(20),
  language: z.enum(["zh-CN", "en"]),
  /** What was signed, the SHA-256 of its canonical text, and when all of it had been read out. */
  agreement: agreementSchema.optional(),
  hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  explainedAt: z.iso.datetime({ precision: 3 }).optional(),
});
export type ContractAsked = z.infer<typeof contractAskedSchema>;

export const contractEndedSchema = z.strictObject({
  contract: z.uuid(),
  act: z.enum(contractActs),
  helper: z.enum(helpers).optional(),
});
export type ContractEnded = z.infer<typeof contractEndedSchema>;

/**
 * Whether somebody recognized so may sign. A phone number and four characters of a card are known to others, too; and with somebody
 * operating, a code may be on the helper's phone: then the card itself has to lie there. A specimen is nobody.
 */
export function mayContract(identity: IdentityWay, helper: Helper | undefined): boolean {
  if (identity === "card" || identity === "specimen") return true;
  return identity === "code" && helper === undefined;
}
