import { z } from "zod";
import type { alarmReasons } from "../journal/visit-bodies.ts";
import { hourMs, workingDaysLater, type Calendar } from "./hours.ts";

/** How long a record stays open to the one who broke the glass, and how long after an alarm it may be broken. */
export const openMs = 24 * hourMs;
/** Worked days within which an auditor looks at every breaking (service.md §11). */
export const reviewDays = 3;

export const breakReasonSchema = z.string().trim().min(4).max(500);
export const breakFindings = ["justified", "unjustified"] as const;

const when = z.iso.datetime({ precision: 3 });

/** A doctor opened the record of somebody not in care, because of an alarm. */
export const brokenSchema = z.strictObject({
  id: z.uuid(),
  alarm: z.uuid(),
  station: z.string().min(1),
  visit: z.string().min(1),
  /** Null for a guest. */
  resident: z.string().nullable(),
  by: z.strictObject({ id: z.string().min(1), name: z.string().min(1), role: z.string().min(1) }),
  reason: breakReasonSchema,
  at: when,
  /** From here on it is closed again. */
  until: when,
  /** To be reviewed by then. */
  due: when,
  /** Left for the resident. */
  message: z.uuid(),
});
export type Broken = z.infer<typeof brokenSchema>;

export const breakReviewSchema = z.strictObject({
  breaking: z.uuid(),
  by: z.strictObject({ id: z.string().min(1), name: z.string().min(1) }),
  finding: z.enum(breakFindings),
  note: z.string().trim().max(1_000),
  at: when,
});
export type BreakReview = z.infer<typeof breakReviewSchema>;

/** How grave a call for help is: who only pressed the key named no danger. */
export const alarmSeverity = (reason: (typeof alarmReasons)[number]): 3 | 4 => (reason === "asked" ? 3 : 4);

/** Only on an alarm of the gravest kind, and while it is fresh. Times in milliseconds since 1970 UTC. */
export const mayBreak = (reason: (typeof alarmReasons)[number], raisedAt: number, now: number): boolean =>
  alarmSeverity(reason) === 4 && now - raisedAt < openMs;

/** When a record broken open now closes, and when it is to be reviewed at the latest. */
export const spanOf = (now: number, calendar: Calendar): { readonly until: number; readonly due: number } => ({
  until: now + openMs,
  due: workingDaysLater(now, reviewDays, calendar),
});
