import { previewOf, type BlobComing } from "./blob-pieces.ts";
import type { BlobItem } from "./blob-sender.ts";

/** A picture or a voice note of this call, ours or the other side's, as far as it has come. */
export interface CallBlob {
  readonly id: string;
  readonly kind: "still" | "voiceNote";
  readonly own: boolean;
  readonly type: string;
  readonly done: number;
  readonly of: number;
  /** `lost`: the talk it went over is over, or it came out wrong more than once. */
  readonly state: "coming" | "whole" | "lost";
  /** A small one, there before the whole. */
  readonly preview: Uint8Array<ArrayBuffer> | undefined;
  /** Of one that came and is whole. */
  readonly bytes: Uint8Array<ArrayBuffer> | undefined;
  /** A voice note that was played here to its end. */
  readonly heard?: true;
}

type Blobs = readonly CallBlob[];

const first = (id: string, kind: CallBlob["kind"], own: boolean, type: string): CallBlob => ({
  id,
  kind,
  own,
  type,
  done: 0,
  of: 1,
  state: "coming",
  preview: undefined,
  bytes: undefined,
});

function put(blobs: Blobs, blob: CallBlob, change: Partial<CallBlob>): Blobs {
  const known = blobs.find(({ id }) => id === blob.id);
  if (known === undefined) return [...blobs, { ...blob, ...change }];
  return blobs.map((one) => (one === known ? { ...one, ...change } : one));
}

/** A preview is nothing of its own: it stands in for its still. */
export function withComing(blobs: Blobs, { head, done, of, bytes }: BlobComing): Blobs {
  if (head.kind === "preview") {
    if (bytes === undefined) return blobs;
    const still = head.id.slice(0, -previewOf("").length);
    return put(blobs, first(still, "still", false, head.type), { preview: bytes });
  }
  // It may come by two ways; the quicker one counts.
  if (blobs.some(({ id, state }) => id === head.id && state === "whole")) return blobs;
  const state = bytes === undefined ? "coming" : "whole";
  return put(blobs, first(head.id, head.kind, false, head.type), { done, of, state, bytes });
}

export function withItem(blobs: Blobs, { head, done, of, state }: BlobItem): Blobs {
  if (head.kind === "preview") return blobs;
  const now = state === "sent" ? "whole" : state === "broken" ? "lost" : "coming";
  return put(blobs, first(head.id, head.kind, true, head.type), { done, of, state: now });
}

export const withHeard = (blobs: Blobs, id: string): Blobs =>
  blobs.map((one) => (one.id === id ? { ...one, heard: true } : one));

/** The talk that carried them is over: what is whole stays. */
export const withoutRest = (blobs: Blobs): Blobs =>
  blobs.map((one) => (one.state === "coming" ? { ...one, state: "lost" } : one));
