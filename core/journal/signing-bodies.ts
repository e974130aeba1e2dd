import { z } from "zod";

const ofKey = z.strictObject({ account: z.string(), publicKey: z.string() });

/** What the hub writes about personal signing keys; never anything that could open one. */
export const signingBodies = {
  "signing.keyMade": ofKey,
  /** PIN and code were right: the key could sign for ten minutes from here. */
  "signing.opened": ofKey,
} as const;
