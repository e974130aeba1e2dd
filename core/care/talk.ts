import { z } from "zod";
import { dayMs, workingDaysLater, type Calendar } from "./hours.ts";
import { moved, no, type Moved } from "./machine.ts";
import { ownerSchema, type Step } from "./tasks.ts";

/**
 * A person owes a resident a word: what was left for them was not heard at a station for a week (`unheard`), or they asked to talk
 * about what they heard (`asked`, when their record was opened),
 * or say that it is wrong (`wrong`, when two records were joined or parted). Moments: milliseconds since 1970 UTC.
 */
const words = z.string().trim().min(1).max(1_000);

export const talkReasons = ["unheard", "asked", "wrong"] as const;
export const talkWays = ["phone", "home", "clinic", "station"] as const;

export const talkTextSchema = z.strictObject({
  id: z.uuid(),
  resident: z.string().min(1),
  station: z.string().min(1),
  why: z.enum(talkReasons),
  /** What it is about; of several that were not heard the oldest. */
  message: z.uuid(),
  owner: ownerSchema,
});
export type TalkText = z.infer<typeof talkTextSchema>;

/** `station`: heard there after all. */
export const talkInputSchema = z.strictObject({
  kind: z.literal("done"),
  by: z.string().min(1),
  at: z.number(),
  how: z.enum(talkWays),
  detail: words.optional(),
});
export type TalkInput = z.infer<typeof talkInputSchema>;

export const talkSchema = talkTextSchema.extend({
  state: z.enum(["open", "done"]),
  since: z.number(),
  done: talkInputSchema.omit({ kind: true }).optional(),
});
export type Talk = z.infer<typeof talkSchema>;

/** After so long unheard a person sees to it. P. */
export const unheardMs = 7 * dayMs;

export const openTalk = (text: TalkText, at: number): Talk => ({ ...text, state: "open", since: at });

/** `care.reasonMissing`: whoever talked says what was said. */
export function moveTalk(record: Talk, { kind: _kind, ...done }: TalkInput): Moved<Talk> {
  if (record.state === "done") return no("care.notNow");
  if (done.how !== "station" && done.detail === undefined) return no("care.reasonMissing");
  return moved({ ...record, state: "done", since: done.at, done });
}

export function talkSteps({ state, since, owner, why }: Talk, calendar: Calendar): readonly Step[] {
  if (state === "done") return [];
  return [{ kind: `talk.${why}`, owner, since, due: workingDaysLater(since, 3, calendar) }];
}
