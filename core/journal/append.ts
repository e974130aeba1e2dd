import { z } from "zod";
import { canonical, entryHash, genesisHash, type Sha256 } from "./chain.ts";
import { entryBodies, entrySchema, isEntryType, type Entry, type NewEntry } from "./entry.ts";

/** The end of a journal: its last sequence number and hash; 0 and the genesis hash while it is empty. */
export interface Head {
  readonly owner: string;
  readonly seq: number;
  readonly hash: string;
}

/** A head with its owner's Ed25519 signature (base64url) over `headText`. */
export interface SignedHead extends Head {
  readonly signature: string;
}

export function emptyHead(owner: string): Head {
  return { owner, seq: 0, hash: genesisHash };
}

const frameSchema = entrySchema
  .omit({ owner: true, seq: true, heardAt: true, monoMs: true, prevHash: true, hash: true })
  .extend({ body: z.unknown() });

export type Admitted = { readonly ok: true; readonly entry: NewEntry } | { readonly ok: false; readonly why: string };

/** Checks what a writer hands in against the schema of its type. `why` names fields, never values. */
export function admit(offered: unknown): Admitted {
  const frame = frameSchema.safeParse(offered);
  if (!frame.success) return { ok: false, why: reasons(frame.error) };
  const { type, body } = frame.data;
  if (!isEntryType(type)) return { ok: false, why: `type: ${type} is unknown` };
  const checked = entryBodies[type].safeParse(body);
  if (!checked.success) return { ok: false, why: reasons(checked.error, "body.") };
  // The body was just checked against the schema of this very type.
  return { ok: true, entry: { ...frame.data, body: checked.data } as NewEntry };
}

function reasons(error: z.ZodError, prefix = ""): string {
  return error.issues.map((issue) => `${prefix}${issue.path.join(".")}: ${issue.code}`).join("; ");
}

/**
 * The entry that follows `head`. `heardAt` is milliseconds since 1970 UTC. The body is passed through its text form, so
 * that the answer equals what a reader will find, member for member.
 */
export function entryAfter(
  head: Head,
  offered: NewEntry,
  stamp: { readonly heardAt: number; readonly monoMs: number },
  sha256: Sha256,
): Entry {
  const { id, type, actor, subject, visit, body } = offered;
  const bare: Omit<Entry, "hash"> = {
    owner: head.owner,
    seq: head.seq + 1,
    id,
    type,
    heardAt: new Date(stamp.heardAt).toISOString(),
    monoMs: stamp.monoMs,
    actor,
    subject,
    visit,
    body: JSON.parse(canonical(body)) as Entry["body"],
    prevHash: head.hash,
  };
  return { ...bare, hash: entryHash(bare, sha256) };
}

/** Whether a repeated id carries what is already kept under it. What the journal adds itself is not compared. */
export function sameContent(kept: Entry, offered: NewEntry): boolean {
  return content(kept) === content(offered);
}

function content({
  id,
  type,
  actor,
  subject,
  visit,
  body,
}: Pick<Entry, "id" | "type" | "actor" | "subject" | "visit"> & { readonly body: unknown }): string {
  return canonical({ id, type, actor, subject, visit, body });
}
