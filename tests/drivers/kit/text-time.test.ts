import { describe, expect, test } from "vitest";
import { timePattern } from "../../../drivers/kit/text-time.ts";

/** One table of tokens reads and writes a wall time in a text. */
describe("a pattern", () => {
  test.each([
    ["YYYY-MM-DD hh:mm:ss", "2024-03-05 07:30:09", "2024-03-05T07:30:09"],
    ["YYYY-MM-DD hh:mm", "2024-12-31 23:59", "2024-12-31T23:59"],
    ["YYMMDDhhmm", "2403050730", "2024-03-05T07:30"],
    ["hh:mm DD/MM/YY", "07:30 05/03/24", "2024-03-05T07:30"],
    ["MON DD YYYY hh:mm", "Jan  05 2024 07:30", "2024-01-05T07:30"],
    ["MON DD YYYY hh:mm", "June 05 2024 07:30", "2024-06-05T07:30"],
  ])("%s reads and writes %j", (pattern, text, time) => {
    const table = timePattern(pattern, false);
    expect([table.write(time), table.read(text, 0), table.length]).toEqual([text, time, text.length]);
  });
  test.each(
    ["Jan ", "Feb ", "Mar ", "Apr ", "May ", "June", "July", "Aug ", "Sep ", "Oct ", "Nov ", "Dec "].map(
      (name, i) => [name, i + 1] as const,
    ),
  )("%s is month %i", (name, month) => {
    const table = timePattern("MONDDYYYYhhmm", false);
    const time = `2024-${String(month).padStart(2, "0")}-05T07:30`;
    expect([table.read(`${name}0520240730`, 0), table.write(time)]).toEqual([time, `${name}0520240730`]);
  });
  test.each([
    ["Jun ", "2024-06-05T07:30"],
    ["Jul ", "2024-07-05T07:30"],
    ["Sept", "2024-09-05T07:30"],
    ["Juni", undefined],
    ["JAN ", undefined],
  ])("%j is read too, or not", (name, time) => {
    expect(timePattern("MONDDYYYYhhmm", false).read(`${name}0520240730`, 0)).toBe(time);
  });
});

describe("a text that", () => {
  const table = () => timePattern("YY.MM.DD hh:mm", false);
  test.each([
    ["is one", "24.03.05 07:30", "2024-03-05T07:30"],
    ["names no day of the calendar", "24.02.30 07:30", null],
    ["is zeros", "00.00.00 00:00", null],
    ["has a letter", "24.03.05 07:3x", undefined],
    ["has a sign just below the digits", "24.03.05 07:3/", undefined],
    ["has a sign just above them", "24.03.05 07::0", undefined],
    ["has another mark", "24-03.05 07:30", undefined],
    ["ends too soon", "24.03.05 07:3", undefined],
    ["is empty", "", undefined],
  ])("%s", (_, text, time) => {
    expect(table().read(text, 0)).toBe(time);
  });
  test("stands somewhere in a line is read from there", () => {
    expect(table().read("at 24.03.05 07:30 x", 3)).toBe("2024-03-05T07:30");
  });
});

describe("loose marks", () => {
  const short = () => timePattern("YY.MM", true);
  const table = () => timePattern("YY.MM.DD hh:mm", true);
  test.each([
    ["24-03/05_07~30", "2024-03-05T07:30"],
    ["24 03 05 07 30", "2024-03-05T07:30"],
    ["24.03.05 07:30", "2024-03-05T07:30"],
    ["24003.05 07:30", undefined],
    ["24903.05 07:30", undefined],
    ["24\x1f03.05 07:30", undefined],
    ["24\x7f03.05 07:30", undefined],
  ])("%j", (text, time) => {
    expect(table().read(text, 0)).toBe(time);
  });
  test("must be there", () => expect(short().read("24", 0)).toBeUndefined());
});

describe("writing", () => {
  test("nothing is zeros, and a name where a name must stand", () => {
    expect(timePattern("YYYY-MM-DD hh:mm:ss", false).write(null)).toBe("0000-00-00 00:00:00");
    expect(timePattern("YY", false).write(null)).toBe("00");
    expect(timePattern("MON", false).write(null)).toBe("Jan ");
  });
  test("seconds that a time does not have are zero", () => {
    expect(timePattern("hh:mm:ss", false).write("2024-03-05T07:30")).toBe("07:30:00");
  });
  test.each([
    ["YY", "1999-03-05T07:30"],
    ["YY", "2100-03-05T07:30"],
  ])("%s cannot say %s", (pattern, time) => {
    expect(() => timePattern(pattern, false).write(time)).toThrow(`${time} does not fit into ${pattern}`);
  });
});
