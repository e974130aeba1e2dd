import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { practiceSchema } from "../domain/practice.ts";
import { declared } from "./errors.ts";

/** Who comes to the hub over `/wire`. */
const comers = [
  "villageDoctor",
  "doctor",
  "specialist",
  "pharmacist",
  "technician",
  "manager",
  "auditor",
  "station",
  "family",
] as const;
export type Comer = (typeof comers)[number];

/** Who one is. */
export const meContract = {
  whoami: oc.output(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      role: z.enum(comers),
      expiresAt: z.string(),
      practice: practiceSchema.optional(),
      /** Of a person at a desk: what their unsent drafts are encrypted with in the browser. 32 bytes, base64url; always the same. */
      draftKey: z.string().optional(),
    }),
  ),
} as const;

export const colleagueSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  role: z.enum(["villageDoctor", "doctor", "specialist", "pharmacist"]),
  practice: practiceSchema.optional(),
  /** Has a desk open now. */
  here: z.boolean(),
  /** When the last desk was closed, ISO 8601 UTC; absent where it is open, or was not since the hub began. */
  lastHere: z.string().optional(),
});
export type Colleague = z.infer<typeof colleagueSchema>;

export const peopleContract = {
  /** Everybody who may be asked, oneself excepted, in order of name. The whole list on every change. */
  colleagues: oc.output(eventIterator(z.array(colleagueSchema))),
  /**
   * Takes a person's second factor away, by account name: their phone is lost. The old codes are dead and their sessions end at
   * once; their next sign-in enrols a new one. Nobody does it for themselves (`account.forbidden`).
   */
  resetFactor: oc
    .input(z.strictObject({ account: z.string().min(1).max(64), reason: z.string().trim().min(2).max(200) }))
    .output(z.strictObject({}))
    .errors(declared("account.unknown", "account.forbidden")),
} as const;
