import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { alarmReasons } from "../journal/visit-bodies.ts";
import { declared } from "./errors.ts";

const id = z.uuid();
const ok = z.strictObject({});

/** A call for help, as the duty doctor sees it. */
export const alarmItemSchema = z.strictObject({
  alarm: id,
  station: z.strictObject({ id: z.string(), name: z.string(), place: z.string() }),
  visit: z.string(),
  reason: z.enum(alarmReasons),
  at: z.string(),
});
export type AlarmItem = z.infer<typeof alarmItemSchema>;

/** Calls for help. */
export const alarmContract = {
  /** A call for help at the station. Said again on every new line until somebody answers; the same one is one. */
  raise: oc
    .input(z.strictObject({ alarm: id, visit: z.string(), reason: z.enum(alarmReasons), at: z.string() }))
    .output(ok)
    .errors(declared("store.failed")),
  /** Somebody is there, at the station itself. */
  over: oc.input(z.strictObject({ alarm: id })).output(ok),
  /** Those that nobody answered yet, oldest first. The whole list on every change. */
  watch: oc.output(eventIterator(z.array(alarmItemSchema))),
  /** A doctor sees to it: the station says so. */
  answer: oc
    .input(z.strictObject({ alarm: id }))
    .output(ok)
    .errors(declared("store.failed")),
} as const;
