import { z } from "zod";

/**
 * The outside of a message as the wire library sends it: request, event of a feed, or the end of either. The library itself
 * looks at none of it: a message without `i`, for one, silently ends everything that is open on its line.
 */
const envelopeSchema = z.object({
  i: z.string().min(1).max(64),
  t: z.union([z.literal(1), z.literal(3), z.literal(4)]).optional(),
  p: z.unknown().optional(),
});
/** As the contract's names make it. Whatever else a library would take for the same path is not sent by any page or station. */
const path = /^(?:\/[A-Za-z_]+){2,}$/;
const requestSchema = z.object({ u: z.string().max(200).regex(path), m: z.literal("POST").optional() });

/** Whether `text` may be handed to the library. Never throws. */
export function isMessage(text: string): boolean {
  try {
    const envelope = envelopeSchema.parse(JSON.parse(text));
    return envelope.t === 3 || envelope.t === 4 || requestSchema.safeParse(envelope.p).success;
  } catch {
    return false;
  }
}
