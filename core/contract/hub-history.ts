import { oc } from "@orpc/contract";
import { z } from "zod";
import { callModes, outcomeCodes } from "../domain/calls.ts";
import { opinionSchema } from "../journal/entry.ts";
import { declared } from "./errors.ts";
import { resultSchema } from "./views.ts";

/** Visits that a history goes back over, and residents that one list names. */
export const mostVisits = 40;
export const mostResidents = 200;

export const historySchema = z.strictObject({
  /** The newest first. */
  visits: z.array(
    z.strictObject({
      visit: z.string(),
      station: z.string(),
      name: z.string(),
      results: z.array(resultSchema),
      /** The record it is kept in, where that is another one of the same person. */
      record: z.string().optional(),
    }),
  ),
  calls: z.array(
    z.strictObject({
      id: z.uuid(),
      /** Milliseconds since 1970 UTC. */
      at: z.number(),
      mode: z.enum(callModes),
      station: z.string(),
      /** Absent: nobody took it. */
      clinician: z.string().optional(),
      severity: z.int(),
      outcome: z.enum(["finished", "left", "lost"]).optional(),
      code: z.enum(outcomeCodes).optional(),
    }),
  ),
  opinions: z.array(opinionSchema),
});
export type History = z.infer<typeof historySchema>;

export const inCareSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  birthYear: z.int(),
  sex: z.enum(["female", "male"]),
  /** Signed with the caller. */
  contracted: z.boolean(),
  /** Records that are not at their end yet. */
  open: z.int().nonnegative(),
});
export type InCare = z.infer<typeof inCareSchema>;

/** What happened before this visit, and whose visits they are. */
export const historyContract = {
  /** Everybody in the caller's care whom a station has registered, the most open records first. */
  list: oc.output(z.array(inCareSchema)),
  /** Visits, calls and opinions of a resident in the caller's care. */
  history: oc
    .input(z.strictObject({ resident: z.string() }))
    .output(historySchema)
    .errors(declared("care.noRelation")),
} as const;
