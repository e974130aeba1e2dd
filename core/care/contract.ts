import { z } from "zod";
import { dayMs, workingDaysLater, type Calendar } from "./hours.ts";
import { moved, no, type Moved, type Ways } from "./machine.ts";
import { contractActs, contractAskedSchema } from "./contract-act.ts";
import { ownerSchema, type Step } from "./tasks.ts";

/**
 * The contract with a family doctor (service.md §2). It begins with an act of the resident at a station, becomes active when that
 * very doctor accepts, and ends by the resident's act, by another contract, or after its year. Moments: ms since 1970 UTC.
 */
export const contractStates = ["asked", "active", "declined", "ended", "changed", "expired"] as const;
export type ContractState = (typeof contractStates)[number];

/** Why a doctor declines; the resident is told by the sentence, never in free words. */
export const declineReasons = ["full", "elsewhere", "meetFirst"] as const;
export type DeclineReason = (typeof declineReasons)[number];

export const contractTextSchema = contractAskedSchema.omit({ contract: true, doctor: true }).extend({
  id: z.uuid(),
  resident: z.string().min(1),
  station: z.string().min(1),
  visit: z.string().min(1),
  /** When the station heard the act. */
  askedAt: z.number(),
  doctor: ownerSchema.extend({ person: z.string().min(1), name: z.string().min(1) }),
});
export type ContractText = z.infer<typeof contractTextSchema>;

const by = { by: z.string().min(1), at: z.number() } as const;
export const contractInputSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("accept"), ...by }),
  z.strictObject({ kind: z.literal("decline"), ...by, reason: z.enum(declineReasons) }),
  /** By the resident, at a station. */
  z.strictObject({ kind: z.literal("end"), ...by, act: z.enum(contractActs) }),
  /** Another contract of the same person took its place. */
  z.strictObject({ kind: z.literal("replace"), ...by, with: z.uuid() }),
  z.strictObject({ kind: z.literal("expire"), ...by }),
]);
export type ContractInput = z.infer<typeof contractInputSchema>;

export const contractSchema = contractTextSchema.extend({
  state: z.enum(contractStates),
  since: z.number(),
  /** When it ends by itself; only of one that was accepted. */
  until: z.number().optional(),
  reason: z.enum(declineReasons).optional(),
});
export type Contract = z.infer<typeof contractSchema>;

/** One year, then it is signed anew or not. P: service.md §2. */
export const contractTermMs = 365 * dayMs;

const ways: Ways<ContractState, ContractInput["kind"]> = {
  asked: { accept: "active", decline: "declined", end: "ended", replace: "changed" },
  active: { end: "ended", replace: "changed", expire: "expired" },
  declined: {},
  ended: {},
  changed: {},
  expired: {},
};

export const openContract = (text: ContractText, at: number): Contract => ({ ...text, state: "asked", since: at });

/** `care.notYours`: nobody accepts for the doctor who was chosen; `care.notNow`: not in this state, or before its year is over. */
export function moveContract(record: Contract, input: ContractInput): Moved<Contract> {
  const state = ways[record.state][input.kind];
  if (state === undefined) return no("care.notNow");
  const next = { ...record, state, since: input.at };
  switch (input.kind) {
    case "accept":
      if (input.by !== record.doctor.person) return no("care.notYours");
      return moved({ ...next, until: input.at + contractTermMs });
    case "decline":
      return moved({ ...next, reason: input.reason });
    case "expire":
      return record.until !== undefined && input.at >= record.until ? moved(next) : no("care.notNow");
    case "end":
    case "replace":
      return moved(next);
  }
}

export function contractSteps({ state, since, doctor }: Contract, calendar: Calendar): readonly Step[] {
  if (state !== "asked") return [];
  const { org, tier, person } = doctor;
  const owner = { org, tier, person };
  return [{ kind: "contract.answer", owner, since, due: workingDaysLater(since, 3, calendar) }];
}
