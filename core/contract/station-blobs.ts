import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { declared } from "./errors.ts";
import { blobKinds, blobLimits, pieceBytes } from "./hub-blobs.ts";

const id = z.uuid();
const held = z.strictObject({ received: z.int().nonnegative(), whole: z.boolean() });
const refused = declared("consent.notGiven", "consult.hubAway", "consult.ended", "blob.tooBig", "blob.broken");

/** What a doctor of the call said to be listened to; the hub has the whole of it. */
export const stationNoteSchema = z.strictObject({
  blob: id,
  media: z.string(),
  bytes: z.int().positive(),
  /** Lower-case hex SHA-256 of the whole. */
  hash: z.string(),
  /** Played here to its end. */
  heard: z.boolean(),
});
export type StationNote = z.infer<typeof stationNoteSchema>;

/** Pictures and voice notes of a call by the hub, in pieces: what the resident hands the doctors, and what these said. */
export const stationBlobContract = {
  /** `blob` made by the page; beginning twice is beginning once. Answers where to go on. */
  begin: oc
    .input(
      z.strictObject({
        call: id,
        blob: id,
        kind: z.enum(blobKinds),
        media: z.enum([...blobLimits.still.media, ...blobLimits.voiceNote.media]),
        bytes: z.int().positive(),
        hash: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .output(held)
    .errors(refused),
  /** One that does not begin at `received` changes nothing; the answer says where to go on. */
  put: oc
    .input(
      z.strictObject({
        call: id,
        blob: id,
        offset: z.int().nonnegative(),
        piece: z.base64().max(Math.ceil((pieceBytes * 4) / 3) + 4),
      }),
    )
    .output(held)
    .errors(refused),
  /** Voice notes of the doctors, in the order of their beginning. */
  watch: oc
    .input(z.strictObject({ call: id }))
    .output(eventIterator(z.array(stationNoteSchema)))
    .errors(declared("consult.ended")),
  /** Base64. */
  get: oc
    .input(
      z.strictObject({ call: id, blob: id, offset: z.int().nonnegative(), length: z.int().min(1).max(pieceBytes) }),
    )
    .output(z.strictObject({ piece: z.string() }))
    .errors(declared("consult.hubAway", "consult.ended", "blob.broken")),
  /** Told when one was played to its end; told again it changes nothing. */
  heard: oc
    .input(z.strictObject({ call: id, blob: id }))
    .output(z.strictObject({}))
    .errors(declared("consult.hubAway", "consult.ended", "blob.broken")),
} as const;
