import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { joinedSchema, partReasonSchema, recordRefSchema, sameWhys } from "../care/same-person.ts";
import { declared } from "./errors.ts";

const id = z.uuid();
const nothing = z.strictObject({});
/** As it was given, to the last space: what a code means is nobody's business but of who made it. */
const code = z.string().min(1).max(2_000);

/** One of two records that may be one person's. Of somebody who is not in the caller's care the name is shown in part. */
export const alikeSchema = z.strictObject({
  ...recordRefSchema.shape,
  stationName: z.string(),
  name: z.string(),
  sex: z.enum(["female", "male"]),
  birthYear: z.int(),
  inCare: z.boolean(),
});
export type Alike = z.infer<typeof alikeSchema>;

export const pairSchema = z.strictObject({
  one: alikeSchema,
  other: alikeSchema,
  why: z.array(z.enum(sameWhys)),
  /** Absent: nobody has decided yet. */
  joined: joinedSchema.pick({ id: true, at: true, by: true }).optional(),
});
export type Pair = z.infer<typeof pairSchema>;

const pair = z.strictObject({ id, one: recordRefSchema, other: recordRefSchema });
const decisions = declared("care.unknown", "care.noRelation", "store.failed");

/** Who is who, across stations. */
export const personContract = {
  /**
   * Whose code it is. `here`: a resident of the asking station; `elsewhere`: of another one; `unknown`: nobody's, or of more than
   * one person. Never a name. Five in a row that lead nowhere, and a station has to wait.
   */
  resolve: oc
    .input(z.strictObject({ code }))
    .output(
      z.discriminatedUnion("kind", [
        z.strictObject({ kind: z.literal("here"), resident: z.string() }),
        z.strictObject({ kind: z.literal("elsewhere") }),
        z.strictObject({ kind: z.literal("unknown") }),
      ]),
    )
    .errors(declared("identify.tooMany")),
  /** A resident of this station, recognized by card, showed this code and wants to be known by it. `id` makes a repeat harmless. */
  link: oc
    .input(z.strictObject({ id, resident: z.string(), code }))
    .output(nothing)
    .errors(declared("identify.notFound", "store.failed")),
  /** They no longer do. `link`: the id it was linked under; one that the hub does not know is no fault. */
  unlink: oc
    .input(z.strictObject({ id, resident: z.string(), link: id }))
    .output(nothing)
    .errors(declared("identify.notFound", "store.failed")),
  /** Records that may be one person's and are not decided on, then those that were joined; of people in the caller's care. */
  alike: oc.output(eventIterator(z.array(pairSchema))),
  /** They are one person. Only what the rule proposes can be joined (`care.unknown`). */
  join: oc.input(pair).output(joinedSchema).errors(decisions),
  /** They are two. */
  apart: oc.input(pair).output(nothing).errors(decisions),
  /** It was wrong: each is again what it was. */
  part: oc
    .input(z.strictObject({ id, joining: id, reason: partReasonSchema }))
    .output(nothing)
    .errors(decisions),
} as const;
