import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { OpenGlass } from "../../../core/contract/hub-record.ts";
import { createStillOpen } from "../../../renderer/desk/glass/still-open.ts";

beforeEach(() => void vi.useFakeTimers({ now: Date.parse("2026-03-02T08:00:00.000Z") }));
afterEach(() => void vi.useRealTimers());

const glass = (alarm: string, until: string): OpenGlass => ({
  alarm,
  until,
  at: "2026-03-01T09:00:00.000Z",
  station: "Station",
  place: "",
});

test("each one goes when its time is over, without a word of the hub", () => {
  const shown: string[][] = [];
  const { hear } = createStillOpen((open) => void shown.push(open.map(({ alarm }) => alarm)));
  hear([glass("late", "2026-03-02T10:00:00.000Z"), glass("soon", "2026-03-02T09:00:00.000Z")]);
  vi.advanceTimersByTime(3_600_000 - 1);
  expect(shown).toEqual([["late", "soon"]]);
  vi.advanceTimersByTime(1);
  expect(shown.at(-1)).toEqual(["late"]);
  vi.advanceTimersByTime(3_600_000);
  expect(shown).toEqual([["late", "soon"], ["late"], []]);
});

test("what was over before is not shown, and after the end nothing is", () => {
  const shown: string[][] = [];
  const { hear, stop } = createStillOpen((open) => void shown.push(open.map(({ alarm }) => alarm)));
  hear([glass("over", "2026-03-02T08:00:00.000Z"), glass("soon", "2026-03-02T09:00:00.000Z")]);
  stop();
  vi.advanceTimersByTime(7_200_000);
  expect(shown).toEqual([["soon"]]);
});
