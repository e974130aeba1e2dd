import type { Entry } from "../journal/entry.ts";
import { bodyOf } from "../journal/visit-results.ts";
import type { Sha256 } from "../journal/chain.ts";
import { agreementHash } from "./agreement.ts";
import {
  contractVersions,
  mayContract,
  versionsWithout,
  type ContractAsked,
  type ContractEnded,
} from "./contract-act.ts";

/**
 * The act behind an entry of a station, out of what that station wrote of the same visit (`visit`, in order): the resident's own,
 * in a visit that was open, under the identity that was proved in it, with whoever operated for them, to the very text that the act
 * names. Undefined: there was no such act, and there is no contract.
 */
export function askedIn(
  visit: readonly Entry[],
  entry: Entry,
  sha256: Sha256,
): (ContractAsked & { readonly resident: string; readonly visit: string }) | undefined {
  const asked = bodyOf(entry, "contract.asked");
  const { subject: resident } = entry;
  if (asked === undefined || resident === null || entry.visit === null || entry.id !== asked.contract) return undefined;
  const known = contractVersions.some((one) => one === asked.text) && mayContract(asked.identity, asked.helper);
  if (!known || !isOwnAct(visit, entry, asked) || !isToThisText(asked, entry, sha256)) return undefined;
  return { ...asked, resident, visit: entry.visit };
}

/** Whether the agreement is of this contract, this person and this doctor, was read out before, and is what the hash says. */
function isToThisText(asked: ContractAsked, { subject, heardAt }: Entry, sha256: Sha256): boolean {
  const { agreement, hash, explainedAt } = asked;
  if (agreement === undefined) return hash === undefined && versionsWithout.includes(asked.text);
  if (explainedAt === undefined || explainedAt > heardAt) return false;
  return (
    agreement.contract === asked.contract &&
    agreement.resident === subject &&
    agreement.text === asked.text &&
    agreement.doctor.id === asked.doctor.id &&
    agreementHash(agreement, sha256) === hash
  );
}

/**
 * Leaving the doctor, by the resident. Nothing else of the visit is asked for: who leaves may have agreed no more that the hub sees
 * anything, and is let go all the same.
 */
export function endedIn(entry: Entry): (ContractEnded & { readonly resident: string }) | undefined {
  const ended = bodyOf(entry, "contract.ended");
  const { subject: resident, actor } = entry;
  const isOwn = resident !== null && entry.visit !== null && actor.role === "resident" && actor.id === resident;
  return ended && isOwn ? { ...ended, resident } : undefined;
}

/** Whether the resident of a named, open visit did it, identified and helped as `said`. */
function isOwnAct(visit: readonly Entry[], entry: Entry, said: Pick<ContractAsked, "identity" | "helper">): boolean {
  const { subject, actor } = entry;
  if (subject === null || entry.visit === null) return false;
  if (actor.role !== "resident" || actor.id !== subject) return false;
  const before = visit.filter(({ seq, visit: of }) => seq < entry.seq && of === entry.visit);
  const own = before.filter((one) => one.subject === subject);
  const begun = own.some((one) => bodyOf(one, "visit.opened")?.kind === "resident");
  const last = own.findLast(
    ({ type }) => type === "visit.opened" || type === "visit.resumed" || type === "visit.closed",
  );
  const recognized = own.flatMap((one) => bodyOf(one, "resident.recognized") ?? []);
  const identity = recognized.findLast(({ way }) => way !== undefined)?.way;
  return (
    begun && last?.type !== "visit.closed" && identity === said.identity && recognized.at(-1)?.helper === said.helper
  );
}
