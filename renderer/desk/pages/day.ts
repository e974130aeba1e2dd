import { monthAway } from "./MonthPicker.tsx";

const two = (n: number) => String(n).padStart(2, "0");
const at = (day: string): number => Date.parse(`${day}T00:00:00.000Z`);
const dayAt = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const dayMs = 86_400_000;

export const isDay = (day: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/u.test(day) && !Number.isNaN(at(day)) && dayAt(at(day)) === day;

export const daysAway = (day: string, by: number): string => dayAt(at(day) + by * dayMs);
/** From the one to the other, in days. */
export const daysBetween = (from: string, to: string): number => Math.round((at(to) - at(from)) / dayMs);

/** The same day of another month, or its last one. */
export function monthsAway(day: string, by: number): string {
  const month = monthAway(day.slice(0, 7), by);
  const last = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
  return `${month}-${two(Math.min(last, Number(day.slice(8))))}`;
}

/**
 * A day as it was typed: whole (`2026-12-06`, `20261206`, `2026.12.6`, `2026年12月6日`), or month and day alone, which are the next
 * such day from `today` on. Undefined: none.
 */
export function readDay(typed: string, today: string): string | undefined {
  const parts = typed.trim().match(/\d+/gu) ?? [];
  const [only = ""] = parts;
  const whole =
    parts.length === 1 && only.length === 8
      ? [only.slice(0, 4), only.slice(4, 6), only.slice(6)]
      : parts.length === 1 && only.length === 4
        ? [only.slice(0, 2), only.slice(2)]
        : parts;
  if (whole.length === 2) {
    const [month = "", day = ""] = whole.map((part) => two(Number(part)));
    const thisYear = `${today.slice(0, 4)}-${month}-${day}`;
    if (isDay(thisYear) && thisYear >= today) return thisYear;
    const nextYear = `${String(Number(today.slice(0, 4)) + 1)}-${month}-${day}`;
    return isDay(nextYear) ? nextYear : undefined;
  }
  if (whole.length !== 3) return undefined;
  const [year = "", month = "", day = ""] = whole;
  const read = `${year}-${two(Number(month))}-${two(Number(day))}`;
  return isDay(read) ? read : undefined;
}

/** The weeks that a month touches, Monday first: 35 or 42 days. */
export function weeksOf(month: string): readonly (readonly string[])[] {
  const first = `${month}-01`;
  const before = (new Date(at(first)).getUTCDay() + 6) % 7;
  const start = daysAway(first, -before);
  const weeks = Math.ceil(daysBetween(start, `${monthAway(month, 1)}-01`) / 7);
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: 7 }, (_, day) => daysAway(start, week * 7 + day)),
  );
}
