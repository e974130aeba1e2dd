import { oc } from "@orpc/contract";
import { z } from "zod";
import { declared } from "./errors.ts";
import { blobKinds, blobLimits, pieceBytes } from "./hub-blobs.ts";

const id = z.uuid();
const held = z.strictObject({ received: z.int().nonnegative(), whole: z.boolean() });
const refused = declared("consent.notGiven", "consult.hubAway", "consult.ended", "blob.tooBig", "blob.broken");

/** Pictures and voice notes of a call of three and more: to the hub in pieces, where the doctors in it see them. */
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
} as const;
