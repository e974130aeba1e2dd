import { oc } from "@orpc/contract";
import { z } from "zod";
import { contractActs } from "../care/contract-act.ts";
import { contractStates } from "../care/contract.ts";
import { declared } from "./errors.ts";
import { teamMemberSchema } from "./hub-contracts.ts";

const id = z.uuid();
const visit = z.uuid();
/** `identify.notFound`: a guest. `identify.cardNeeded`: recognized by what others know, too. `care.unknown`: no such doctor or contract. */
const faults = declared(
  "visit.closed",
  "identify.notFound",
  "identify.cardNeeded",
  "care.unknown",
  "store.failed",
  "store.full",
  "store.broken",
);

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

export const doctorViewSchema = z.strictObject({
  /** Whose resident one is now. */
  active: doctorContractSchema.optional(),
  /** What was asked last, where it waits for the doctor's answer or was declined. */
  asked: doctorContractSchema.optional(),
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
   * Asks a doctor; `id` becomes the contract's. What the doctor owes and what one may do oneself was read out before, and that the
   * doctor sees the results: whoever has not agreed to that yet agrees by this.
   */
  choose: oc
    .input(
      z.strictObject({
        id,
        visit,
        doctor: z.string().min(1),
        act: z.enum(contractActs),
        language: z.enum(["zh-CN", "en"]),
      }),
    )
    .output(z.strictObject({}))
    .errors(faults),
  /** Leaves the doctor, or takes the asking back. Always allowed, by whatever way one was recognized. */
  end: oc
    .input(z.strictObject({ id, visit, contract: id, act: z.enum(contractActs) }))
    .output(z.strictObject({}))
    .errors(faults),
} as const;
