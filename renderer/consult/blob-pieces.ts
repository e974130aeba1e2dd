/**
 * Pictures and voice notes go in pieces that the far end counts: what is cut off goes on where it stopped, over whatever
 * carries them. `blob-sender.ts` sends, `blob-receiver.ts` puts together.
 */
export interface BlobHead {
  /** Made by the sender; the same after a reload, so that a transfer can be taken up. */
  readonly id: string;
  readonly kind: "preview" | "still" | "voiceNote";
  readonly type: string;
  readonly bytes: number;
  readonly pieceBytes: number;
  /** SHA-256 of the whole, hex. */
  readonly sha256: string;
}

/** What the far end has of it: piece numbers, ascending. `whole`: all of them, and the hash agrees. */
export interface BlobHave {
  readonly have: readonly number[];
  readonly whole: boolean;
}

/** The other end: the hub, or the page at the end of a data channel. All of them may be asked again without harm. */
export interface BlobCarrier {
  begin(head: BlobHead): Promise<BlobHave>;
  /** `left`: told where the piece has gone and its answer is waited for: the next one may go meanwhile. */
  put(id: string, index: number, piece: Uint8Array<ArrayBuffer>, left?: () => void): Promise<BlobHave>;
}

/** Two seconds of a line of 64 kbit/s that also carries a voice. */
export const pieceBytes = 8_000;

/** The small picture that goes ahead of a still. */
export const previewOf = (still: string): string => `${still}-preview`;

/** What has come of what the other side sends; `bytes`: it is whole. */
export interface BlobComing {
  readonly head: BlobHead;
  readonly done: number;
  readonly of: number;
  readonly bytes: Uint8Array<ArrayBuffer> | undefined;
}

export const pieceCount = ({ bytes, pieceBytes: size }: Pick<BlobHead, "bytes" | "pieceBytes">): number =>
  Math.ceil(bytes / size);

/** Those the far end lacks, in order. */
export function missingPieces(head: BlobHead, have: readonly number[]): readonly number[] {
  const known = new Set(have);
  return Array.from({ length: pieceCount(head) }, (_, index) => index).filter((index) => !known.has(index));
}

export async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
