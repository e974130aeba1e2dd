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
