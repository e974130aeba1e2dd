import { oc } from "@orpc/contract";
import { z } from "zod";
import { contractActs } from "../care/contract-act.ts";
import { agreementSchema } from "../care/agreement.ts";
import { contractStages, contractStates } from "../care/contract.ts";
import { packageSchema } from "../care/packages.ts";
import { declared } from "./errors.ts";
import { teamMemberSchema } from "./hub-contracts.ts";
import { drawnSchema, printCodes, printedSchema } from "./printed.ts";

const id = z.uuid();
const visit = z.uuid();
const hash = z.string().regex(/^[0-9a-f]{64}$/);
/** `care.changed`: another text than the one that was read out. `identify.notFound`: a guest. `identify.cardNeeded`: recognized by what others know, too. `care.unknown`: no such doctor or contract. */
const codes = [
  "visit.closed",
  "care.changed",
  "identify.notFound",
  "identify.cardNeeded",
  "care.unknown",
  "store.failed",
  "store.full",
  "store.broken",
] as const;
const faults = declared(...codes);

/** A contract of the person, as this station knows it. Times UTC. */
export const doctorContractSchema = z.strictObject({
  id,
  doctor: z.strictObject({ id: z.string(), name: z.string(), org: z.string() }),
  state: z.enum(contractStates),
  at: z.string(),
  until: z.string().optional(),
  reason: z.string().optional(),
});
export type DoctorContract = z.infer<typeof doctorContractSchema>;

/** As it is shown: how it stands now, and what was signed (none in contracts of before there were agreements). */
export const shownContractSchema = doctorContractSchema.extend({
  stage: z.enum(contractStages),
  agreement: agreementSchema.optional(),
});
export type ShownContract = z.infer<typeof shownContractSchema>;

export const doctorViewSchema = z.strictObject({
  /** Whose resident one is now. */
  active: shownContractSchema.optional(),
  /** What was asked last, where it waits for the doctor's answer or was declined. */
  asked: shownContractSchema.optional(),
  /** The last one, where its time is over and no other followed. */
  over: shownContractSchema.optional(),
  /** What can be agreed to, the most particular first. */
  packages: z.array(packageSchema),
  /** Who works for this station's institutions; doctors among them can be chosen. */
  team: z.array(teamMemberSchema),
  /** Recognized well enough in this visit to choose. */
  mayChoose: z.boolean(),
});
export type DoctorView = z.infer<typeof doctorViewSchema>;

/** The person's family doctor: seen, chosen and left by the person alone, also without a line to the hub. */
export const doctorContract = {
  view: oc.input(z.strictObject({ visit })).output(doctorViewSchema).errors(faults),
  /**
   * Draws the agreement up; `id` becomes the contract's. It is this visit's alone, and the last one drawn up is the one that counts.
   * `renews`: the contract that it goes on with, near its end and with the same doctor. `care.unknown`: nobody whose telephone is known.
   */
  draw: oc
    .input(
      z.strictObject({ id, visit, doctor: z.string().min(1), package: z.string().min(1), renews: z.uuid().optional() }),
    )
    .output(z.strictObject({ agreement: agreementSchema, hash }))
    .errors(faults),
  /** All of it was shown and read out. */
  explained: oc.input(z.strictObject({ visit, hash })).output(z.strictObject({})).errors(faults),
  /**
   * The act: asks the doctor of the agreement that was read out, and of no other text. Whoever has not agreed yet that the doctor
   * sees the results agrees by this.
   */
  choose: oc
    .input(z.strictObject({ id, visit, hash, act: z.enum(contractActs), language: z.enum(["zh-CN", "en"]) }))
    .output(z.strictObject({}))
    .errors(faults),
  /** The agreement on paper, as `print` does. `care.unknown`: no such agreement of this person. */
  print: oc
    .input(z.strictObject({ id, visit, contract: z.uuid(), language: z.enum(["zh-CN", "en"]), drawn: drawnSchema }))
    .output(printedSchema)
    .errors(declared(...codes, ...printCodes)),
  /** Leaves the doctor, or takes the asking back. Always allowed, by whatever way one was recognized. */
  end: oc
    .input(z.strictObject({ id, visit, contract: id, act: z.enum(contractActs) }))
    .output(z.strictObject({}))
    .errors(faults),
} as const;
