import { describe, expect, test } from "vitest";
import type { ControlChart } from "../../core/contract/quality.ts";
import { calibrationValuesSchema } from "../../core/contract/quality-views.ts";
import { calibrationKinds, conditionCodes } from "../../core/quality/vocabulary.ts";
import { judgeCheck } from "../../core/quality/checks.ts";
import { checkTables } from "../../renderer/kiosk/technician/check-table.ts";
import { offsetWords, serialWords } from "../../renderer/kiosk/technician/device-words.tsx";
import { placeOf } from "../../renderer/kiosk/technician/levey-jennings.tsx";
import { dayIn, numberIn } from "../../renderer/kiosk/technician/number-pad.tsx";
import { aboutWords, dueWords, plain, routeFor } from "../../renderer/kiosk/technician/quality-words.ts";
import { tabOf } from "../../renderer/kiosk/technician/route.ts";
import { techIn } from "../../renderer/kiosk/technician/words.ts";

const tech = techIn("en");

describe("numbers and days as people type them", () => {
  test.each([
    ["12.5", 12.5],
    [" 12,5 ", 12.5],
    ["-3", -3],
    ["", undefined],
    ["1e3", undefined],
    ["12.", undefined],
    ["twelve", undefined],
  ])("%j is %s", (typed, number) => expect(numberIn(typed)).toBe(number));
  test.each([
    ["2026-12-31", "2026-12-31"],
    ["2026/12/31", "2026-12-31"],
    ["2026-13-01", undefined],
    ["31-12-2026", undefined],
    ["", undefined],
  ])("%j is the day %s", (typed, day) => expect(dayIn(typed)).toBe(day));
});

describe("the tables of the checks", () => {
  const filled = (kind: (typeof calibrationKinds)[number]) => {
    const { rows, columns } = checkTables[kind];
    return rows.map((row) => columns.map((_, column) => Number(row.given[column] || row.given[0] || 90)));
  };
  test.each(calibrationKinds)("%s makes a record the station takes", (kind) => {
    const rows = filled(kind);
    const values = checkTables[kind].values(rows, [...rows.keys()]);
    expect(calibrationValuesSchema.parse(values)).toEqual(values);
  });
  test.each(calibrationKinds)("%s finds each judged point of its row", (kind) => {
    const rows = filled(kind);
    const per = checkTables[kind].pointsPerRow;
    const { points } = judgeCheck(checkTables[kind].values(rows, [...rows.keys()]), undefined);
    expect(per === 0 || points.length === per * rows.length).toBe(true);
  });
  const shown = [0, 51, 101, 152, 203, 252, 252, 203, 153, 102, 51, 0];
  const rowsOf = (display: readonly number[]) =>
    display.map((value, row) => [Number(checkTables.staticPressure.rows[row]?.given[0]), value]);
  const judged = (display: readonly number[]) =>
    judgeCheck(checkTables.staticPressure.values(rowsOf(display), [...display.keys()]), undefined);
  test("the worked example of calibration.md §1.5 passes", () => expect(judged(shown).verdict).toBe("passed"));
  test("204 at 200 fails it, at that point", () => {
    const { verdict, points } = judged(shown.with(4, 204));
    expect([verdict, points.findIndex(({ ok }) => !ok)]).toEqual(["failed", 4]);
  });
  test("a row that is left out keeps the others' directions", () => {
    const values = checkTables.staticPressure.values(
      [
        [250, 250],
        [250, 251],
      ],
      [5, 6],
    );
    expect(values.kind === "staticPressure" && values.points.map(({ direction }) => direction)).toEqual(["up", "down"]);
  });
});

describe("where a task leads", () => {
  test.each([
    ["controlMissing", "glucose L1", { at: "control", device: "d", analyte: "glucose", level: "L1" }],
    ["controlRejected", "glucose L1", { at: "release", device: "d" }],
    ["checkOverdue", "leakage", { at: "check", device: "d", kind: "leakage" }],
    ["certificateMissing", undefined, { at: "verify", device: "d" }],
    ["lotExpired", "S26-104", { at: "lots", device: "d" }],
    ["operatorUncertified", "glucose", { at: "staff" }],
  ] as const)("%s about %s", (code, about, route) => {
    expect(routeFor("d", { code, ...(about === undefined ? {} : { about }) })).toEqual(route);
  });
  test.each(conditionCodes)("%s leads to a page of a tab", (code) => {
    expect(["today", "devices", "quality", "checks", "staff"]).toContain(tabOf(routeFor("d", { code })));
  });
});

describe("words", () => {
  test.each([
    ["glucose L2", "Glucose high"],
    ["staticPressure", "Static pressure"],
    ["lipids", "Lipids"],
    ["S26-104", "S26-104"],
  ])("about %s", (about, words) => expect(aboutWords(tech, about)).toBe(words));
  test.each([
    [0, "Right"],
    [90_000, "90 s ahead"],
    [-5_400_000, "90 min behind"],
    [259_200_000, "3 days ahead"],
  ])("a clock off by %d ms", (ms, words) => expect(offsetWords(tech, ms)).toBe(words));
  test("a line's form as manuals write it", () => {
    expect(serialWords({ baudRate: 9_600, dataBits: 7, parity: "even", stopBits: 1 })).toBe("9600 7E1");
  });
  test.each([
    [undefined, "bad"],
    [-3, "bad"],
    [10, "care"],
    [100, "ok"],
  ] as const)("due in %s days", (days, mark) => {
    const at = days === undefined ? undefined : new Date(Date.now() + days * 86_400_000).toISOString();
    expect(dueWords(tech, at).mark).toBe(mark);
  });
  test.each([
    [5, "5"],
    [5.4321, "5.432"],
    [0.1 + 0.2, "0.3"],
  ])("%d is written %s", (value, words) => expect(plain(value)).toBe(words));
});

describe("the control chart", () => {
  const chart: ControlChart = {
    unit: "mmol/L",
    range: { low: 4, high: 6 },
    collected: { runs: 1, days: 1 },
    points: [],
    months: [],
  };
  const own = { ...chart, own: { mean: 5.2, sd: 0.1, runs: 20, days: 10 } };
  test.each([
    ["the vial's upper end", chart, 6, 2],
    ["the vial's middle", chart, 5, 0],
    ["own limits, as in calibration.md §4", own, 5.43, 2.3],
  ])("%s", (_, over, value, place) => expect(placeOf(over, value)).toBeCloseTo(place, 6));
});
