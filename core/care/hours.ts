import { dayMs, dayOf, startOf } from "../quality/local-day.ts";

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export { dayMs };

/** Which days are worked, as the county announces them each year. Days are `YYYY-MM-DD` on the wall. */
export interface Calendar {
  /** Minutes the wall clock is ahead of UTC; China: 480. */
  readonly zoneMinutes: number;
  /** Days off beside Saturday and Sunday. */
  readonly holidays: ReadonlySet<string>;
  /** Saturdays and Sundays that are worked in exchange. */
  readonly makeUpDays: ReadonlySet<string>;
}

export const plainCalendar: Calendar = { zoneMinutes: 480, holidays: new Set(), makeUpDays: new Set() };

export function isWorkingDay(ms: number, { zoneMinutes, holidays, makeUpDays }: Calendar): boolean {
  const wall = ms + zoneMinutes * minuteMs;
  // 1 January 1970 was a Thursday.
  const weekday = (Math.floor(wall / dayMs) + 4) % 7;
  const weekend = weekday === 0 || weekday === 6;
  if (weekend) return makeUpDays.size > 0 && makeUpDays.has(dayOf(ms, zoneMinutes));
  return holidays.size === 0 || !holidays.has(dayOf(ms, zoneMinutes));
}

/** The same time on the wall, `days` worked days later. Asked on a day off, the count begins with the next worked day. */
export function workingDaysLater(ms: number, days: number, calendar: Calendar): number {
  let at = ms;
  let left = days;
  while (left > 0) {
    at += dayMs;
    if (isWorkingDay(at, calendar)) left -= 1;
  }
  return at;
}

/** From the first moment of the month to the first of the next, `to` not included; milliseconds since 1970 UTC. */
export function monthSpan(month: string, { zoneMinutes }: Calendar): { readonly from: number; readonly to: number } {
  const from = startOf(`${month}-01`, zoneMinutes);
  // The 32nd day after the first always lies in the next month.
  const next = dayOf(from + 32 * dayMs, zoneMinutes).slice(0, 7);
  return { from, to: startOf(`${next}-01`, zoneMinutes) };
}
