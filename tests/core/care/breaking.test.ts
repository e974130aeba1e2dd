import { expect, test } from "vitest";
import { alarmSeverity, mayBreak, openMs, spanOf } from "../../../core/care/breaking.ts";
import { plainCalendar } from "../../../core/care/hours.ts";
import { alarmReasons } from "../../../core/journal/visit-bodies.ts";

test.each(alarmReasons)("an alarm because of '%s' has a severity", (reason) => {
  expect(alarmSeverity(reason)).toBe(reason === "asked" ? 3 : 4);
});

test.each([
  { reason: "result", age: 0, may: true },
  { reason: "symptom", age: openMs - 1, may: true },
  { reason: "symptom", age: openMs, may: false },
  { reason: "asked", age: 0, may: false },
] as const)("$reason, $age ms old: $may", ({ reason, age, may }) => {
  expect(mayBreak(reason, 1_000, 1_000 + age)).toBe(may);
});

test("broken on a Friday, it is closed on Saturday and reviewed until Wednesday", () => {
  const friday = Date.parse("2026-03-06T02:00:00.000Z");
  const { until, due } = spanOf(friday, plainCalendar);
  expect([until, due].map((ms) => new Date(ms).toISOString())).toEqual([
    "2026-03-07T02:00:00.000Z",
    "2026-03-11T02:00:00.000Z",
  ]);
});
