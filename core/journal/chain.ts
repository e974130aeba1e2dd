import type { Entry } from "./entry.ts";
import { canonical } from "./canonical.ts";
import { isWithheld, type Shipped } from "./withheld.ts";

export { canonical } from "./canonical.ts";

/** Hash before the first entry of a journal. */
export const genesisHash = "0".repeat(64);

/** SHA-256 of the UTF-8 of `text`, lower-case hex. Given by the room that has one: `core` computes no hash itself. */
export type Sha256 = (text: string) => string;

/** The hash of an entry: over all its other fields, `prevHash` among them. */
export function entryHash(entry: Omit<Entry, "hash">, sha256: Sha256): string {
  const { owner, seq, id, type, heardAt, monoMs, actor, subject, visit, body, prevHash } = entry;
  return sha256(canonical({ owner, seq, id, type, heardAt, monoMs, actor, subject, visit, body, prevHash }));
}

/** Where and how a chain is broken; the first place found. */
export interface Break {
  readonly seq: number;
  readonly why: "gap" | "link" | "hash" | "owner";
}

/**
 * Checks that `entries` follow on `before` (the last entry known to be good, or the genesis): same owner, no gap, every
 * link and hash right. Answers the first break, or undefined. What is withheld has only its link to be checked by.
 */
export function firstBreak(
  entries: Iterable<Shipped>,
  before: { readonly seq: number; readonly hash: string; readonly owner: string },
  sha256: Sha256,
): Break | undefined {
  let { seq, hash } = before;
  for (const entry of entries) {
    if (entry.seq !== seq + 1) return { seq: seq + 1, why: "gap" };
    if (entry.owner !== before.owner) return { seq: entry.seq, why: "owner" };
    if (entry.prevHash !== hash) return { seq: entry.seq, why: "link" };
    if (!isWithheld(entry) && entryHash(entry, sha256) !== entry.hash) return { seq: entry.seq, why: "hash" };
    seq = entry.seq;
    hash = entry.hash;
  }
  return undefined;
}

/** What is signed when a journal is shipped: the owner's word for "up to here, exactly this". */
export function headText(owner: string, seq: number, hash: string): string {
  return canonical({ hash, owner, purpose: "journal-head", seq });
}
