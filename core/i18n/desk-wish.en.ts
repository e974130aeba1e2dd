import type { deskWish as zh } from "./desk-wish.zh-CN.ts";

/** Same keys and placeholders as desk-wish.zh-CN.ts. */
export const deskWish = {
  "work.wish.followUp": "Asks for a follow-up: {week}, {half}, {how}",
  "work.wish.package": "Asks for a service package: {id}",
  "work.wish.refill": "Medicine is nearly used up; asks for more",
  "work.wish.week.this": "this week",
  "work.wish.week.next": "next week",
  "work.wish.half.morning": "morning",
  "work.wish.half.afternoon": "afternoon",
  "work.wish.how.phone": "by telephone",
  "work.wish.how.station": "at the station",
  "work.wish.how.home": "at home",
  "work.wish.standing": "Agreed: {day} {half} {how}",
  "work.wish.answer": "Answer",
  "work.wish.agree": "Yes, on a day",
  "work.wish.decline": "Not this time",
  "work.wish.done": "Done",
  "work.wish.day": "Day",
  "work.wish.half": "Morning or afternoon",
  "work.wish.how": "How",
  "work.wish.told": "The resident hears your answer at the next visit to the station.",
} as const satisfies Record<keyof typeof zh, string>;
