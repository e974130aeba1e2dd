import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { outcomeCodes } from "../domain/calls.ts";
import { takings } from "../journal/visit-bodies.ts";
import { declared } from "./errors.ts";
import { resultSchema } from "./views.ts";

const id = z.uuid();
const ok = z.strictObject({});

/** `medicines`: those signed here; `any`: whatever one takes, where none is. Times are UTC instants. */
export const takenSchema = z.strictObject({
  /** Name of the station at which it was said. */
  station: z.string(),
  medicines: z.array(
    z.strictObject({
      prescription: z.string(),
      drug: z.string(),
      zh: z.string(),
      en: z.string(),
      taken: z.enum(takings),
      at: z.string(),
    }),
  ),
  any: z.strictObject({ taken: z.boolean(), at: z.string() }).optional(),
});
export type TakenToday = z.infer<typeof takenSchema>;

/** The visit as the doctor of its call sees it, computed from the hub's copy of the station's journal. */
export const visitRecordSchema = z.strictObject({
  visit: z.string(),
  resident: z
    .strictObject({
      /** For the calls about a resident's records. */
      id: z.string(),
      name: z.string(),
      birthYear: z.int(),
      sex: z.enum(["female", "male"]),
      specimen: z.boolean(),
      facts: z.record(z.string(), z.json()),
    })
    .optional(),
  results: z.array(resultSchema),
  /** Since then (UTC) the person no longer agrees that anything of the visit is sent. */
  notSentSince: z.string().optional(),
  /** What the resident said at the station, codes of rules.md §2. Absent: nobody asked. */
  symptoms: z.array(z.string()).optional(),
  /** What they said at the station of today's medicines, and when. Absent: nobody asked. */
  taken: takenSchema.optional(),
  /** Numbers refused at the station and why: codes only, no values. */
  refusals: z.array(z.strictObject({ of: z.string().nullable(), reason: z.string(), heardAt: z.string() })),
  /** Proof: the head of the station's journal these rows come from. */
  head: z.strictObject({ owner: z.string(), seq: z.int(), hash: z.string() }),
});
export type VisitRecord = z.infer<typeof visitRecordSchema>;

/** The visit behind a call. */
export const visitContract = {
  /** The doctors of the call only. The record on every change. */
  watch: oc
    .input(z.strictObject({ call: id }))
    .output(eventIterator(visitRecordSchema))
    .errors(declared("consult.notYours", "consult.ended")),
  /** Ends the consult; nothing else does. `outcome`: how it ended, which an urgent one is not closed without. */
  finish: oc
    .input(z.strictObject({ call: id, outcome: z.enum(outcomeCodes).optional() }))
    .output(ok)
    .errors(declared("consult.notYours", "consult.outcomeNeeded")),
} as const;
