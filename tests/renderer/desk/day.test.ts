import { expect, test } from "vitest";
import { daysBetween, isDay, monthsAway, readDay, weeksOf } from "../../../renderer/desk/pages/day.ts";

const today = "2026-11-22";

test.each([
  ["2026-12-06", "2026-12-06"],
  ["20261206", "2026-12-06"],
  ["2026.12.6", "2026-12-06"],
  ["2026年12月6日", "2026-12-06"],
  ["12-6", "2026-12-06"],
  ["1206", "2026-12-06"],
  // Past this year: the next such day.
  ["1-5", "2027-01-05"],
  ["11-22", "2026-11-22"],
  ["2028-02-29", "2028-02-29"],
  ["2027-02-29", undefined],
  ["13-40", undefined],
  ["tomorrow", undefined],
  ["", undefined],
] as const)("%s is read as %s", (typed, day) => {
  expect(readDay(typed, today)).toBe(day);
});

test.each([
  ["2026-01-31", 1, "2026-02-28"],
  ["2026-12-31", 1, "2027-01-31"],
  ["2027-01-15", -1, "2026-12-15"],
] as const)("%s, %i months away, is %s", (day, by, other) => {
  expect(monthsAway(day, by)).toBe(other);
});

test.each(["2026-02", "2026-11", "2027-08"])(
  "the weeks of %s begin on Monday and hold every day of it once",
  (month) => {
    const weeks = weeksOf(month);
    expect(new Date(`${weeks[0]?.[0] ?? ""}T00:00:00Z`).getUTCDay()).toBe(1);
    const own = weeks.flat().filter((day) => day.startsWith(month));
    expect(own).toHaveLength(daysBetween(`${month}-01`, monthsAway(`${month}-01`, 1)));
    expect(weeks.every((week) => week.some((day) => day.startsWith(month)))).toBe(true);
  },
);

test.each(["2026-13-01", "2026-02-30", "26-2-3"])("%s is no day", (day) => {
  expect(isDay(day)).toBe(false);
});
