import { z } from "zod";
import { dayMs, workingDaysLater, type Calendar } from "./hours.ts";
import { moved, no, type Moved, type Ways } from "./machine.ts";
import { monthsLater, renewalMs, type Agreement } from "./agreement.ts";
import { contractActs, contractAskedSchema } from "./contract-act.ts";
import { signatureSchema } from "./signed.ts";
import { ownerSchema, type Step } from "./tasks.ts";

/**
 * The contract with a family doctor (service.md §2). It begins with an act of the resident at a station, becomes active when that
 * very doctor accepts, and ends by the resident's act, by another contract, or after its year. Moments: ms since 1970 UTC.
 */
export const contractStates = ["asked", "active", "declined", "ended", "changed", "expired"] as const;
export type ContractState = (typeof contractStates)[number];

/** As service.md §2 counts them; draft and explained are before there is a contract (`ceremony.ts`). */
export const contractStages = ["signed", "active", "renewalDue", "ended", "terminated", "declined"] as const;
export type ContractStage = (typeof contractStages)[number];

/** How a contract stands at a moment, also where nobody has written yet that its time is over. `until`: ms since 1970 UTC. */
export function stageOf(state: ContractState, until: number | undefined, now: number): ContractStage {
  switch (state) {
    case "asked":
      return "signed";
    case "active":
      if (until !== undefined && now >= until) return "ended";
      return until !== undefined && now >= until - renewalMs ? "renewalDue" : "active";
    case "expired":
      return "ended";
    case "ended":
    case "changed":
      return "terminated";
    case "declined":
      return "declined";
  }
}

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
  z.strictObject({
    kind: z.literal("accept"),
    ...by,
    /** By that doctor, over `documentOf`. Absent: of before doctors signed. */
    signature: signatureSchema.optional(),
    /** Where it goes on with another contract: from the end of that one. */
    from: z.number().optional(),
  }),
  z.strictObject({ kind: z.literal("decline"), ...by, reason: z.enum(declineReasons) }),
  /** By the resident, at a station. */
  z.strictObject({ kind: z.literal("end"), ...by, act: z.enum(contractActs) }),
  /** Another contract of the same person took its place. */
  z.strictObject({ kind: z.literal("replace"), ...by, with: z.uuid() }),
  z.strictObject({ kind: z.literal("expire"), ...by }),
  /** Its end is near: the resident is told, and the doctor. */
  z.strictObject({ kind: z.literal("remind"), ...by }),
]);
export type ContractInput = z.infer<typeof contractInputSchema>;

export const contractSchema = contractTextSchema.extend({
  state: z.enum(contractStates),
  since: z.number(),
  /** When it ends by itself; only of one that was accepted. */
  until: z.number().optional(),
  reason: z.enum(declineReasons).optional(),
  /** The doctor's. */
  signature: signatureSchema.optional(),
  /** When its end was found to be near. */
  remindedAt: z.number().optional(),
});
export type Contract = z.infer<typeof contractSchema>;

/** One year, then it is signed anew or not. P: service.md §2. */
export const contractTermMs = 365 * dayMs;

const ways: Ways<ContractState, ContractInput["kind"]> = {
  asked: { accept: "active", decline: "declined", end: "ended", replace: "changed" },
  active: { remind: "active", end: "ended", replace: "changed", expire: "expired" },
  declined: {},
  ended: {},
  changed: {},
  expired: {},
};

export const openContract = (text: ContractText, at: number): Contract => ({ ...text, state: "asked", since: at });

/** What the doctor signs: the agreement; where there was none yet, what the resident asked for. */
export function documentOf(record: Contract): Agreement | ContractText {
  return record.agreement ?? contractTextSchema.strip().parse(record);
}

/** From when on it is to be renewed; undefined while nobody accepted. */
export const renewalFrom = ({ until }: Pick<Contract, "until">): number | undefined =>
  until === undefined ? undefined : until - renewalMs;

/**
 * `care.notYours`: nobody accepts for the doctor who was chosen; `care.notNow`: not in this state, or before its time;
 * `care.noEvidence`: an agreement that the doctor did not sign.
 */
export function moveContract(record: Contract, input: ContractInput): Moved<Contract> {
  const state = ways[record.state][input.kind];
  if (state === undefined) return no("care.notNow");
  const next = { ...record, state, since: input.at };
  switch (input.kind) {
    case "accept":
      return accepted(next, input);
    case "decline":
      return moved({ ...next, reason: input.reason });
    case "expire":
      return record.until !== undefined && input.at >= record.until ? moved(next) : no("care.notNow");
    case "remind": {
      const from = renewalFrom(record);
      if (from === undefined || input.at < from || record.remindedAt !== undefined) return no("care.notNow");
      // It stands as before: since when it does is not touched.
      return moved({ ...record, remindedAt: input.at });
    }
    case "end":
    case "replace":
      return moved(next);
  }
}

function accepted(next: Contract, input: Extract<ContractInput, { kind: "accept" }>): Moved<Contract> {
  const { agreement, doctor } = next;
  const { by: who, at, signature, from = at } = input;
  if (who !== doctor.person) return no("care.notYours");
  if (agreement !== undefined && signature === undefined) return no("care.noEvidence");
  const until = agreement === undefined ? at + contractTermMs : monthsLater(Math.max(at, from), agreement.months);
  return moved({ ...next, until, ...(signature === undefined ? {} : { signature }) });
}

export function contractSteps(contract: Contract, calendar: Calendar): readonly Step[] {
  const { state, since, until, remindedAt, doctor } = contract;
  const { org, tier, person } = doctor;
  const owner = { org, tier, person };
  if (state === "active" && remindedAt !== undefined && until !== undefined)
    return [{ kind: "contract.renew", owner, since: remindedAt, due: until }];
  if (state !== "asked") return [];
  return [{ kind: "contract.answer", owner, since, due: workingDaysLater(since, 3, calendar) }];
}
