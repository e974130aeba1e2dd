import { z } from "zod";
import { entrySchema, type Entry } from "./entry.ts";

/**
 * What the hub holds of an entry whose person did not agree that it be sent: its place in the chain and its hash, nothing
 * of what it says. The chain stays whole and provable; if the person agrees later, the entry itself is revealed and must
 * have that very hash.
 */
export const withheldSchema = z.strictObject({
  owner: entrySchema.shape.owner,
  seq: entrySchema.shape.seq,
  prevHash: entrySchema.shape.prevHash,
  hash: entrySchema.shape.hash,
  withheld: z.literal(true),
});
export type Withheld = z.infer<typeof withheldSchema>;
/** An entry as it crosses to the hub. */
export type Shipped = Entry | Withheld;
export const shippedSchema = z.union([entrySchema, withheldSchema]);

export const isWithheld = (shipped: Shipped): shipped is Withheld => "withheld" in shipped;

export const withhold = ({ owner, seq, prevHash, hash }: Entry): Withheld => ({
  owner,
  seq,
  prevHash,
  hash,
  withheld: true,
});
