import { pieceCount, sha256Of, type BlobCarrier, type BlobHave, type BlobHead } from "./blob-pieces.ts";

interface Coming {
  readonly head: BlobHead;
  readonly pieces: Map<number, Uint8Array<ArrayBuffer>>;
  whole: boolean;
}

/** More than any picture of a phone; what claims more is refused. */
export const mostBlobBytes = 8_000_000;
const mostComing = 16;

/**
 * The far end of a carrier, in memory. What does not fit its head throws, which the carrier tells the sender. A blob whose
 * hash is wrong is forgotten and asked for again from its first piece.
 */
export function createBlobReceiver(
  onWhole: (head: BlobHead, bytes: Uint8Array<ArrayBuffer>) => void,
  /** What has come of one that is not whole. */
  onPiece: (head: BlobHead, done: number) => void = () => undefined,
): BlobCarrier {
  const coming = new Map<string, Coming>();

  const have = (one: Coming): BlobHave => ({
    have: [...one.pieces.keys()].sort((a, b) => a - b),
    whole: one.whole,
  });

  const finish = async (one: Coming) => {
    const bytes = new Uint8Array(one.head.bytes);
    for (const [index, piece] of one.pieces) bytes.set(piece, index * one.head.pieceBytes);
    if ((await sha256Of(bytes)) !== one.head.sha256) return one.pieces.clear();
    if (one.whole) return;
    one.whole = true;
    onWhole(one.head, bytes);
  };

  return {
    begin(head) {
      const known = coming.get(head.id);
      if (known && known.head.sha256 === head.sha256) return Promise.resolve(have(known));
      if (head.bytes > mostBlobBytes || head.bytes < 1 || head.pieceBytes < 1)
        return Promise.reject(new Error("blob of an impossible size"));
      const one: Coming = { head, pieces: new Map(), whole: false };
      coming.delete(head.id);
      coming.set(head.id, one);
      for (const oldest of coming.keys()) {
        if (coming.size <= mostComing) break;
        coming.delete(oldest);
      }
      onPiece(head, 0);
      return Promise.resolve(have(one));
    },
    async put(id, index, piece) {
      const one = coming.get(id);
      if (!one) throw new Error("piece of an unknown blob");
      const { bytes, pieceBytes } = one.head;
      const expected = Math.min(pieceBytes, bytes - index * pieceBytes);
      if (!Number.isInteger(index) || index < 0 || piece.length !== expected) throw new Error("piece out of its place");
      if (!one.whole) one.pieces.set(index, piece);
      if (!one.whole && one.pieces.size === pieceCount(one.head)) await finish(one);
      if (!one.whole) onPiece(one.head, one.pieces.size);
      return have(one);
    },
  };
}
