import { z } from "zod";
import { checkSchema, measureEventSchema } from "./views.ts";

/**
 * What travels on the data channel of a call, station page to desk page, JSON text: the reading being taken, as it is
 * taken. The desk shows it as live; the record comes by the hub, matched by measurement id.
 */
export const liveMessageSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("measure"),
    measurement: z.uuid(),
    of: checkSchema,
    at: z.iso.datetime({ precision: 3 }),
    event: measureEventSchema,
  }),
]);
export type LiveMessage = z.infer<typeof liveMessageSchema>;

/** Pre-negotiated data channel, the same on both sides: reliable and ordered. */
export const liveChannel = { label: "live", id: 1 } as const;
