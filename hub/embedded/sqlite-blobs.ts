import { createHash } from "node:crypto";
import { callBlobLimits } from "../../core/contract/hub-blobs.ts";
import type { Blob, BlobStore, Put } from "../ports/blobs.ts";
import type { Database } from "../store/open.ts";

interface BlobRow extends Pick<Blob, "id" | "call" | "kind" | "media" | "bytes" | "hash" | "received"> {
  readonly whole: number;
  readonly sent_by: string;
  /** Null: the sender. */
  readonly kept_by: string | null;
  readonly made_at: number;
  readonly heard_at: number | null;
}

const blobOf = ({ whole, sent_by: by, kept_by, made_at: at, heard_at, ...row }: BlobRow): Blob => ({
  ...row,
  whole: whole === 1,
  by,
  keptBy: kept_by ?? by,
  at,
  ...(heard_at === null ? {} : { heardAt: heard_at }),
});

export function createSqliteBlobs(db: Database): BlobStore {
  const find = db.prepare<[string], BlobRow>("SELECT * FROM blobs WHERE id = ?");
  const ofCall = db.prepare<[string], BlobRow>("SELECT * FROM blobs WHERE call = ? ORDER BY made_at, id");
  const sums = db.prepare<[string], { items: number; bytes: number }>(
    "SELECT count(*) AS items, coalesce(sum(bytes), 0) AS bytes FROM blobs WHERE call = ?",
  );
  const insert = db.prepare("INSERT INTO blobs VALUES (?, ?, ?, ?, ?, ?, 0, 0, ?, ?, ?, NULL)");
  const insertPiece = db.prepare("INSERT INTO blob_pieces (blob, at, piece) VALUES (?, ?, ?)");
  const grow = db.prepare("UPDATE blobs SET received = ?, whole = ? WHERE id = ?");
  const hear = db.prepare("UPDATE blobs SET heard_at = ? WHERE id = ? AND heard_at IS NULL");
  const dropPieces = db.prepare("DELETE FROM blob_pieces WHERE blob = ?");
  const pieces = db.prepare<[string], { piece: Uint8Array }>(
    "SELECT piece FROM blob_pieces WHERE blob = ? ORDER BY at",
  );
  // The piece that begins before the place asked for, and those after it.
  const piecesFrom = db.prepare<[string, string, number, number], { at: number; piece: Uint8Array }>(
    `SELECT at, piece FROM blob_pieces WHERE blob = ? AND at >=
       (SELECT max(at) FROM blob_pieces WHERE blob = ? AND at <= ?) AND at < ? ORDER BY at`,
  );

  const put = db.transaction((id: string, offset: number, piece: Uint8Array): Put => {
    const row = find.get(id);
    if (!row) throw new Error("a piece of nothing");
    const blob = blobOf(row);
    if (blob.whole || offset !== blob.received || piece.length === 0) return { ok: true, blob };
    const received = offset + piece.length;
    if (received > blob.bytes) return { ok: false, code: "blob.tooBig" };
    insertPiece.run(id, offset, piece);
    const whole = received === blob.bytes;
    if (whole) {
      const hash = createHash("sha256");
      for (const one of pieces.iterate(id)) hash.update(one.piece);
      if (hash.digest("hex") !== blob.hash) {
        dropPieces.run(id);
        grow.run(0, 0, id);
        return { ok: false, code: "blob.broken" };
      }
    }
    grow.run(received, whole ? 1 : 0, id);
    return { ok: true, blob: { ...blob, received, whole } };
  });
  const begin = db.transaction((blob: Parameters<BlobStore["begin"]>[0]): Blob | undefined => {
    const there = find.get(blob.id);
    if (there) return blobOf(there);
    const sum = sums.get(blob.call);
    if (sum && (sum.items >= callBlobLimits.items || sum.bytes + blob.bytes > callBlobLimits.bytes)) return undefined;
    const { id, call, kind, media, bytes, hash, by, keptBy, at } = blob;
    insert.run(id, call, kind, media, bytes, hash, by, at, keptBy === by ? null : keptBy);
    return { ...blob, received: 0, whole: false };
  });

  return {
    begin: async (blob) => begin.immediate(blob),
    find: async (id) => {
      const row = find.get(id);
      return row && blobOf(row);
    },
    heard: async (id, at) => hear.run(at, id).changes > 0,
    ofCall: async (call) => ofCall.all(call).map(blobOf),
    put: async (id, offset, piece) => put.immediate(id, offset, piece),
    read: async (id, offset, length) => {
      const found = piecesFrom.all(id, id, offset, offset + length);
      const start = found[0]?.at ?? offset;
      return Buffer.concat(found.map(({ piece }) => piece)).subarray(offset - start, offset - start + length);
    },
  };
}
