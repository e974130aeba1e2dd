import { z } from "zod";
import { missingCase } from "../domain/missing-case.ts";
import { dayOf, startOf } from "../quality/local-day.ts";
import { workingDaysLater, type Calendar } from "./hours.ts";
import { moved, no, type Moved, type Ways } from "./machine.ts";
import { ownerSchema, type Step } from "./tasks.ts";

/**
 * What a resident asked the practice for at a station: a day to be looked after, a service package, more of a medicine. It is
 * never left without somebody who answers. Moments: milliseconds since 1970 UTC; days on the wall.
 */
export const wishWeeks = ["this", "next"] as const;
export const dayHalves = ["morning", "afternoon"] as const;
export const meetingWays = ["phone", "station", "home"] as const;
export type MeetingWay = (typeof meetingWays)[number];
export type WishWeek = (typeof wishWeeks)[number];
export type DayHalf = (typeof dayHalves)[number];

export const wantedSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("followUp"),
    week: z.enum(wishWeeks),
    half: z.enum(dayHalves),
    how: z.enum(meetingWays),
  }),
  /** By its id in the list of packages. */
  z.strictObject({ kind: z.literal("package"), package: z.string().regex(/^[a-z0-9-]{2,60}$/) }),
  /** What was handed out by this prescription comes to its end. */
  z.strictObject({ kind: z.literal("refill"), prescription: z.uuid() }),
]);
export type Wanted = z.infer<typeof wantedSchema>;

/** By the station, in its own journal; the person is the entry's subject. */
export const wishMadeSchema = z.strictObject({ wish: z.uuid(), wanted: wantedSchema });

const words = z.string().trim().min(1).max(1_000);

export const wishTextSchema = z.strictObject({
  id: z.uuid(),
  resident: z.string().min(1),
  station: z.string().min(1),
  visit: z.string().optional(),
  wanted: wantedSchema,
  owner: ownerSchema,
});
export type WishText = z.infer<typeof wishTextSchema>;

/** What was settled; a package or a medicine needs no day. */
const settledSchema = z.strictObject({
  day: z.iso.date().optional(),
  half: z.enum(dayHalves).optional(),
  how: z.enum(meetingWays).optional(),
});
export type WishSettled = z.infer<typeof settledSchema>;

const by = { by: z.string().min(1), at: z.number() } as const;
export const wishInputSchema = z.discriminatedUnion("kind", [
  /** Once more: another day. */
  z.strictObject({ kind: z.literal("agree"), ...by, settled: settledSchema }),
  z.strictObject({ kind: z.literal("decline"), ...by, detail: words }),
  /** The day was kept, or what was wanted is done; `detail`: what became of it. */
  z.strictObject({ kind: z.literal("done"), ...by, detail: words }),
]);
export type WishInput = z.infer<typeof wishInputSchema>;

export const wishStates = ["open", "agreed", "declined", "done"] as const;
export type WishState = (typeof wishStates)[number];

export const wishSchema = wishTextSchema.extend({
  state: z.enum(wishStates),
  since: z.number(),
  askedAt: z.number(),
  settled: settledSchema.optional(),
  detail: words.optional(),
});
export type Wish = z.infer<typeof wishSchema>;

const ways: Ways<WishState, WishInput["kind"]> = {
  open: { agree: "agreed", decline: "declined" },
  agreed: { agree: "agreed", decline: "declined", done: "done" },
  declined: {},
  done: {},
};

export const openWish = (text: WishText, at: number): Wish => ({ ...text, state: "open", since: at, askedAt: at });

/** Codes: `care.notNow`; `care.reasonMissing` (a follow-up without day or way); `care.tooLate` (a day in the past). */
export function moveWish(record: Wish, input: WishInput, { zoneMinutes }: Calendar): Moved<Wish> {
  const state = ways[record.state][input.kind];
  if (state === undefined) return no("care.notNow");
  const { at } = input;
  switch (input.kind) {
    case "agree": {
      const { day, how } = input.settled;
      if (record.wanted.kind === "followUp" && (day === undefined || how === undefined))
        return no("care.reasonMissing");
      if (day !== undefined && day < dayOf(at, zoneMinutes)) return no("care.tooLate");
      return moved({ ...record, state, since: at, settled: input.settled });
    }
    case "decline":
    case "done":
      return moved({ ...record, state, since: at, detail: input.detail });
    default:
      return missingCase(input);
  }
}

/** An answer within two working days; what was agreed on is done on its day, else within a week (P). */
export function wishSteps({ state, since, owner, settled }: Wish, calendar: Calendar): readonly Step[] {
  switch (state) {
    case "open":
      return [{ kind: "wish.answer", owner, since, due: workingDaysLater(since, 2, calendar) }];
    case "agreed": {
      const due =
        settled?.day === undefined
          ? workingDaysLater(since, 5, calendar)
          : Math.max(since, startOf(settled.day, calendar.zoneMinutes, 1));
      return [{ kind: "wish.keep", owner, since, due }];
    }
    case "declined":
    case "done":
      return [];
    default:
      return missingCase(state);
  }
}
