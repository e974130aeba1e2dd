import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { declared } from "./errors.ts";

const id = z.uuid();

/** What goes in pieces, and how big it may be, bytes. */
export const blobLimits = {
  still: { bytes: 8 * 1024 * 1024, media: ["image/jpeg", "image/png", "image/webp"] },
  voiceNote: { bytes: 2 * 1024 * 1024, media: ["audio/webm", "audio/ogg", "audio/mp4"] },
} as const;
export const blobKinds = ["still", "voiceNote"] as const;
export type BlobKind = (typeof blobKinds)[number];
/** All of one call together, bytes and items. */
export const callBlobLimits = { bytes: 32 * 1024 * 1024, items: 40 } as const;
/** One piece, bytes: as base64 it fits a page's message many times over. */
export const pieceBytes = 24 * 1024;

export const blobStateSchema = z.strictObject({
  blob: id,
  call: id,
  kind: z.enum(blobKinds),
  media: z.string(),
  bytes: z.int().positive(),
  /** Lower-case hex SHA-256 of the whole. */
  hash: z.string(),
  /** Pieces are held without a gap up to here: the next one begins there. */
  received: z.int().nonnegative(),
  whole: z.boolean(),
  /** Participant who sent it. */
  by: z.string(),
  at: z.string(),
  /** When the station had played it to the resident; absent: it has not. */
  heardAt: z.string().optional(),
});
export type BlobState = z.infer<typeof blobStateSchema>;

/** Pictures and voice notes of a call, in pieces that may be cut anywhere and go on where they were. */
export const blobContract = {
  /**
   * `blob` made by the sender; beginning twice is beginning once. Answers where to go on. `of`: the station it came from over
   * the talk, where the desk keeps it; `consult.notYours`: not that of this call.
   */
  begin: oc
    .input(
      z.strictObject({
        blob: id,
        call: id,
        kind: z.enum(blobKinds),
        media: z.enum([...blobLimits.still.media, ...blobLimits.voiceNote.media]),
        bytes: z.int().positive(),
        hash: z.string().regex(/^[0-9a-f]{64}$/),
        of: z.string().optional(),
      }),
    )
    .output(blobStateSchema)
    .errors(declared("consult.notYours", "consult.ended", "blob.tooBig", "blob.unknown")),
  /** `piece`: base64. One that does not begin at `received` changes nothing; the answer says where to go on. */
  put: oc
    .input(
      z.strictObject({
        blob: id,
        offset: z.int().nonnegative(),
        piece: z.base64().max(Math.ceil((pieceBytes * 4) / 3) + 4),
      }),
    )
    .output(blobStateSchema)
    .errors(declared("consult.notYours", "blob.unknown", "blob.broken", "blob.tooBig")),
  state: oc
    .input(z.strictObject({ blob: id }))
    .output(blobStateSchema)
    .errors(declared("blob.unknown")),
  /** Of one that is whole. Base64. */
  get: oc
    .input(z.strictObject({ blob: id, offset: z.int().nonnegative(), length: z.int().min(1).max(pieceBytes) }))
    .output(z.strictObject({ piece: z.string(), bytes: z.int() }))
    .errors(declared("blob.unknown")),
  /** The station has played it to the resident, to its end. Told again it changes nothing. */
  heard: oc
    .input(z.strictObject({ blob: id }))
    .output(blobStateSchema)
    .errors(declared("blob.unknown")),
  /** Those of a call one has part in, in order of their beginning. */
  watch: oc
    .input(z.strictObject({ call: id }))
    .output(eventIterator(z.array(blobStateSchema)))
    .errors(declared("consult.notYours", "consult.ended")),
} as const;
