import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { entrySchema } from "../journal/entry.ts";
import { shippedSchema } from "../journal/withheld.ts";
import { declared } from "./errors.ts";

const ok = z.strictObject({});

/** The station's journal on its way to the hub, and the hub's own on its way to the station. */
export const journalContract = {
  /** The station ships entries in order; the hub stores them by (owner, seq) and says what it holds durably. */
  ship: oc
    .input(
      z.strictObject({
        entries: z.array(shippedSchema).max(500),
        head: z.strictObject({ seq: z.int().nonnegative(), hash: z.string(), signature: z.string() }),
      }),
    )
    .output(z.strictObject({ seq: z.int().nonnegative(), hash: z.string(), hub: z.string(), signature: z.string() }))
    .errors(declared("store.broken", "wire.badInput", "store.failed")),
  held: oc.output(z.strictObject({ seq: z.int().nonnegative(), hash: z.string() })),
  /** Numbers above `after` of which the hub holds no more than the hash, in order, at most 1,000. */
  withheld: oc
    .input(z.strictObject({ after: z.int().nonnegative() }))
    .output(z.strictObject({ seqs: z.array(z.int().positive()) })),
  /** Entries that were withheld and may be seen now: each must have the hash that is held at its number. */
  reveal: oc
    .input(z.strictObject({ entries: z.array(entrySchema).max(500) }))
    .output(ok)
    .errors(declared("store.broken", "store.failed")),
  /** Entries of the hub's own journal that are addressed to this station, after the cursor. */
  inbox: oc.input(z.strictObject({ after: z.int().nonnegative() })).output(eventIterator(entrySchema)),
} as const;
