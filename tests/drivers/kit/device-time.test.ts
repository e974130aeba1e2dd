import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkedTime, deviceTimeOf, wallMs, wallParts } from "../../../drivers/kit/device-time.ts";

/** The language's own calendar, in UTC, is the yardstick; a device's wall has no zone either. */
const yardstick = (ms: number): string => new Date(ms).toISOString().slice(0, 19);
const second = fc.integer({ min: -62_135_596_800, max: 253_402_300_799 });

describe("a wall time and its milliseconds", () => {
  test.each([
    [0, "1970-01-01T00:00:00"],
    [-1_000, "1969-12-31T23:59:59"],
    [Date.UTC(2000, 1, 29, 23, 59, 59), "2000-02-29T23:59:59"],
    [Date.UTC(2000, 2, 1), "2000-03-01T00:00:00"],
    [Date.UTC(1900, 1, 28, 12), "1900-02-28T12:00:00"],
    [Date.UTC(1900, 2, 1), "1900-03-01T00:00:00"],
    [Date.UTC(2100, 1, 28), "2100-02-28T00:00:00"],
    [Date.UTC(2024, 11, 31, 1, 2, 3), "2024-12-31T01:02:03"],
    [Date.UTC(2400, 1, 29), "2400-02-29T00:00:00"],
    [-62_135_596_800_000, "0001-01-01T00:00:00"],
  ])("%d is %s", (ms, text) => {
    expect([deviceTimeOf(ms), wallMs(text)]).toEqual([text, ms]);
  });
  test("agree with the calendar for any second from the year 1 to the year 9999", () => {
    fc.assert(
      fc.property(second, (seconds) => {
        const text = yardstick(seconds * 1_000);
        expect([deviceTimeOf(seconds * 1_000), wallMs(text)]).toEqual([text, seconds * 1_000]);
      }),
      { numRuns: 3_000, seed: 11 },
    );
  });
  test("agree with the calendar on each day of eight hundred years", () => {
    const days = Array.from({ length: 292_194 }, (_, day) => (day - 73_048) * 86_400_000);
    expect(days.filter((ms) => deviceTimeOf(ms) !== yardstick(ms) || wallMs(yardstick(ms)) !== ms)).toEqual([]);
  });
  test("parts of a second fall away", () => {
    expect(deviceTimeOf(1_999)).toBe("1970-01-01T00:00:01");
    expect(wallParts(-1)).toEqual([1969, 12, 31, 23, 59, 59]);
  });
  test("seconds may be absent", () => {
    expect(wallMs("2026-11-22T08:05")).toBe(Date.UTC(2026, 10, 22, 8, 5));
  });
  test.each(["", "2026-11-22", "2026-11-22 08:05", "2026-11-22T08:05:00Z", "x2026-11-22T08:05", "2026-1-22T08:05"])(
    "%j is none",
    (text) => {
      expect(() => wallMs(text)).toThrow(`not a device time: ${text}`);
    },
  );
});

describe("a time that a device shows", () => {
  test.each<readonly [Parameters<typeof checkedTime>, string | null]>([
    [[2026, 11, 22, 8, 5, 9], "2026-11-22T08:05:09"],
    [[2026, 11, 22, 8, 5, 0], "2026-11-22T08:05:00"],
    [[2026, 11, 22, 8, 5], "2026-11-22T08:05"],
    [[26, 1, 1, 0, 0], "0026-01-01T00:00"],
    [[2024, 2, 29, 23, 59, 59], "2024-02-29T23:59:59"],
    [[2026, 2, 29, 0, 0], null],
    [[2026, 0, 1, 0, 0], null],
    [[2026, 13, 1, 0, 0], null],
    [[2026, 99, 1, 0, 0], null],
    [[2026, 14, 31, 0, 0], null],
    [[2026, 1, 0, 0, 0], null],
    [[2026, 12, 31, 0, 0], "2026-12-31T00:00"],
    [[2026, 12, 32, 0, 0], null],
    [[2026, 1, 1, 24, 0], null],
    [[2026, 1, 1, 0, 60], null],
    [[2026, 1, 1, 0, 0, 60], null],
    [[20_260, 1, 1, 0, 0], null],
    [[2026, 1, 1, 0, 100], null],
    [[0, 0, 0, 0, 0, 0], null],
  ])("%j is %s", (parts, text) => {
    expect(checkedTime(...parts)).toBe(text);
  });
});
