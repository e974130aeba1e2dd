import { z } from "zod";
import { comparator, name, unit } from "./schema-parts.ts";

/** The simulated device: what it would say. */

const steady = z.union([
  z.number(),
  z.string(),
  /** A number drawn from an inclusive range. */
  z.strictObject({ between: z.tuple([z.number(), z.number()]) }),
  /** A time so many ms before the simulated device's now. */
  z.strictObject({ agoMs: z.int().min(0) }),
  z.record(name, z.boolean()),
  z.strictObject({ value: z.number(), unit, comparator: comparator.optional() }),
  z.strictObject({ between: z.tuple([z.number(), z.number()]), unit }),
  z.strictObject({ notCalculable: z.literal(true) }),
  z.null(),
]);
/** In a stream also `over` time: from each of these ms (since the stream began) on, this. The first begins at 0. */
export const simValue = z.union([steady, z.strictObject({ over: z.array(z.tuple([z.int().min(0), steady])).min(1) })]);
const simValues = z.record(name, simValue);

const play = {
  afterMs: z.int().min(0),
  /** Only at the first to the last time (from 1) that the host said this. */
  times: z.tuple([z.int().min(1), z.int().min(1)]).optional(),
  /** Only when the host has said, or has not yet said, this other frame. */
  once: name.optional(),
  until: name.optional(),
};
export const simLine = z.union([
  z.strictObject({ send: name, values: simValues, ...play }),
  /** One frame every `everyMs`, `count` of them or until the host says something else. */
  z.strictObject({
    stream: name,
    values: simValues,
    everyMs: z.int().min(10),
    count: z.int().min(1).optional(),
    ...play,
  }),
  /** One frame every `everyMs`, its field on straight lines through the points [ms, value]; `values`: its other fields. */
  z.strictObject({
    ramp: name,
    field: name,
    values: simValues.optional(),
    points: z.array(z.tuple([z.int().min(0), z.number()])).min(2),
    everyMs: z.int().min(10),
    ...play,
  }),
  /** Line `index` of a memory (from `first`, 0), asked for by a field of the host's frame. Nothing is said for other lines without `none`. */
  z.strictObject({
    memory: name,
    by: name,
    first: z.int().min(0).optional(),
    rows: z.array(simValues).min(1),
    none: z.strictObject({ send: name, values: simValues }).optional(),
    ...play,
  }),
]);
const script = z.array(simLine);
const answers = z.record(name, script);
export const simulate = z.strictObject({
  /** What is answered to each frame of the host. */
  answers,
  /** What is sent when somebody uses the device itself. */
  press: script.optional(),
  /** What is sent unasked from the moment the line is open. */
  onOpen: script.optional(),
  /** By name: only what differs from the healthy script. */
  faults: z.record(
    name,
    z.strictObject({
      answers: answers.optional(),
      press: script.optional(),
      onOpen: script.optional(),
      /** On a line with answers: this piece of what is sent (from 1) has a wrong bit the first time. */
      bends: z.int().min(1).optional(),
    }),
  ),
});
