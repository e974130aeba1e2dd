import { z } from "zod";
import { liveMeasureSchema, stepSchema } from "./views.ts";

/**
 * What travels on the data channel of a call, station page to desk page, JSON text: the reading being taken, as it is
 * taken. The desk shows it as live; the record comes by the hub, matched by measurement id. What ends or turns a reading
 * goes through the hub, too: whichever copy is first is shown.
 */
export const liveMessageSchema = z.discriminatedUnion("kind", [liveMeasureSchema]);
export type LiveMessage = z.infer<typeof liveMessageSchema>;

/** Pre-negotiated data channel, the same on both sides: reliable and ordered. */
export const liveChannel = { label: "live", id: 1 } as const;

const share = z.number().min(0).max(1);

/**
 * What the two pages tell each other about their line, JSON text. A `step` goes on the live channel and through the hub,
 * whichever is first; the rest goes on the line channel, where what is lost is not sent again.
 */
export const lineMessageSchema = z.discriminatedUnion("kind", [
  stepSchema,
  /** Every two seconds: how what the other side sends arrives. */
  z.strictObject({
    kind: z.literal("heard"),
    /** This side's clock, milliseconds; echoed by the other side's next one with how long it was held. */
    at: z.number(),
    echo: z.strictObject({ at: z.number(), heldMs: z.number() }).optional(),
    /** How much later than at best the other side's last one came. */
    queuedMs: z.number().nonnegative().optional(),
    concealed: share.optional(),
    lost: share.optional(),
    /** Pictures decoded each second. */
    frames: z.number().nonnegative().optional(),
  }),
  /** A packet train as it came in: bit/s between its first and last packet. */
  z.strictObject({ kind: z.literal("train"), id: z.int().nonnegative(), capacity: z.number().positive() }),
]);
export type LineMessage = z.infer<typeof lineMessageSchema>;

/** Pre-negotiated, neither ordered nor sent again: reports and packet trains. */
export const lineChannel = { label: "line", id: 2 } as const;

/** Pictures and voice notes of a call, in pieces. `pieceBytes` bounds one, and the frame's 16 bits of offset with it. */
export const blobHeadSchema = z.strictObject({
  id: z.string().min(1).max(64),
  kind: z.enum(["preview", "still", "voiceNote"]),
  type: z.string().max(64),
  bytes: z.int().positive(),
  pieceBytes: z.int().min(1).max(32_000),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** Text on the blob channel: what begins, and what the other end has of it by now. Pieces go between as bytes. */
export const blobMessageSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("begin"), head: blobHeadSchema }),
  /** `index`: the piece that came last; absent in the answer to `begin`. */
  z.strictObject({
    kind: z.literal("have"),
    id: z.string().max(64),
    index: z.int().nonnegative().optional(),
    have: z.array(z.int().nonnegative()).max(4_000),
    whole: z.boolean(),
  }),
  z.strictObject({ kind: z.literal("refused"), id: z.string().max(64) }),
]);
export type BlobMessage = z.infer<typeof blobMessageSchema>;

/** Pre-negotiated, reliable and ordered, apart from the readings' channel: a reading never waits behind a picture. */
export const blobChannel = { label: "blobs", id: 3 } as const;
