import type { Entry } from "../../core/journal/entry.ts";

export const entryColumns =
  "seq, id, type, heard_at, mono_ms, actor_role, actor_id, subject, visit, body, prev_hash, hash";

export interface EntryRow {
  readonly seq: number;
  readonly id: string;
  readonly type: string;
  readonly heard_at: number;
  readonly mono_ms: number;
  readonly actor_role: string;
  readonly actor_id: string;
  readonly subject: string | null;
  readonly visit: string | null;
  readonly body: string;
  readonly prev_hash: Uint8Array;
  readonly hash: Uint8Array;
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");

/** A row that is no entry: its body is no JSON or its time is none. Only tampering makes one. Read as `store.broken`. */
export class UnreadableRow extends Error {
  readonly code = "SQLITE_CORRUPT_ROW";
  constructor(seq: number) {
    super(`entry ${String(seq)} cannot be read`);
  }
}

/** Throws `UnreadableRow`. */
export function entryOf(row: EntryRow, owner: string): Entry {
  try {
    return asEntry(row, owner);
  } catch {
    throw new UnreadableRow(row.seq);
  }
}

function asEntry(row: EntryRow, owner: string): Entry {
  return {
    owner,
    seq: row.seq,
    id: row.id,
    type: row.type,
    heardAt: new Date(row.heard_at).toISOString(),
    monoMs: row.mono_ms,
    actor: { role: row.actor_role, id: row.actor_id },
    subject: row.subject,
    visit: row.visit,
    body: JSON.parse(row.body) as Entry["body"],
    prevHash: hex(row.prev_hash),
    hash: hex(row.hash),
  };
}

/** In the order of `entryColumns`. `bodyText` is the canonical text. */
export function entryValues(entry: Entry, bodyText: string): readonly unknown[] {
  return [
    entry.seq,
    entry.id,
    entry.type,
    Date.parse(entry.heardAt),
    entry.monoMs,
    entry.actor.role,
    entry.actor.id,
    entry.subject,
    entry.visit,
    bodyText,
    Buffer.from(entry.prevHash, "hex"),
    Buffer.from(entry.hash, "hex"),
  ];
}
