import { describe, expect, test } from "vitest";
import { goalKinds, planTaskKinds } from "../../../core/care/plan-kinds.ts";
import type { PlanTold } from "../../../core/care/plan-told.ts";
import type { VisitView } from "../../../core/contract/views.ts";
import type { Measurement } from "../../../core/journal/entry.ts";
import { takenAway } from "../../../station/takeaway/content.ts";
import { printable, widthOf, wrapped } from "../../../station/takeaway/paper.ts";
import { finished, jobOf, slip, toDraw } from "../../../station/takeaway/slip.ts";
import { summaryText } from "../../../station/takeaway/summary.ts";

const visit = "018f0000-0000-7000-8000-0000000000b1";
const measurement = (of: Measurement["of"], readings: Measurement["readings"]): Measurement => ({
  id: visit,
  visit,
  of,
  readings,
  doubts: [],
  provenance: {
    device: "d",
    profile: "p",
    profileVersion: "1",
    program: "1",
    simulated: false,
    port: "/dev/x",
    rawHex: [],
  },
  times: { heardAt: "2026-11-02T01:05:00.000Z" },
  context: {},
});
const judged = (domain: string, value: string, severity: 0 | 2) => ({
  domain,
  category: "C",
  severity,
  action: "DOCTOR_4W",
  flags: [],
  value,
  rule: "R",
});

const view: VisitView = {
  id: visit,
  kind: "resident",
  resident: { id: visit, shownName: "王*妈", birthYear: 1948, sex: "female", specimen: false },
  openedAt: "2026-11-02T01:00:00.000Z",
  closed: false,
  resumed: false,
  consents: [],
  answers: {},
  refusals: [],
  opinions: [],
  results: [
    {
      of: "bloodPressure",
      measurements: [
        measurement("bloodPressure", [
          { quantity: "bp.systolic", value: 151, unit: "mm[Hg]" },
          { quantity: "bp.diastolic", value: 92, unit: "mm[Hg]" },
          { quantity: "pulse.rate", value: 71, unit: "/min" },
        ]),
      ],
      assessments: [judged("bp", "150/91", 2), judged("pulse", "72", 0)],
      next: "none",
      grade: { grade: "screening", missing: ["rest"] },
    },
    {
      of: "oximetry",
      measurements: [measurement("oximetry", [{ quantity: "spo2", value: 97, unit: "%" }])],
      assessments: [],
      next: "none",
    },
  ],
  overall: { ...judged("overall", "", 2), adviceKey: "sum.2" },
  nextStep: { step: visit, action: "DOCTOR_4W", choice: "book", due: "2026-11-30", owner: "familyDoctor" },
};
const from = {
  view,
  station: { name: "红星村健康E站", place: "村委会旁", simulated: false },
  language: "zh-CN",
  now: Date.UTC(2026, 10, 2, 1, 15),
  zoneMinutes: 480,
} as const;
const textOf = (lines: readonly { readonly text: string }[]): string => lines.map(({ text }) => text).join("\n");

describe("a slip", () => {
  test("says what the screen said: numbers with unit and mark, one sentence, what follows", () => {
    expect(textOf(slip(takenAway(from), 32))).toMatchInlineSnapshot(`
      "红星村健康E站
      村委会旁
      王*妈           2026-11-02 09:15
      --------------------------------
      血压                       09:05
      150/91
      毫米汞柱             ◇ 要看医生
      心跳 72 次/分            ○ 正常
      这次只作初步参考
      --------------------------------
      血氧                       09:05
      97
      %
      --------------------------------
      有一项需要医生看看,请按时预约。
      约医生看
      最晚2026-11-30
      您的家庭医生管这件事
      --------------------------------
      不要自己加药、减药、停药,先问医
      生。
      本结果只供参考,不能代替医生诊
      断。"
    `);
  });

  test.each(["zh-CN", "en"] as const)("in %s no line is wider than its paper", (language) => {
    const lines = slip(takenAway({ ...from, language }), 32);
    expect(lines.filter(({ text, large }) => widthOf(text) > (large ? 16 : 32))).toEqual([]);
  });

  test("uses wider paper where there is some", () => {
    const lines = slip(takenAway({ ...from, language: "en" }), 48);
    expect(Math.max(...lines.map(({ text }) => widthOf(text)))).toBe(48);
  });

  test("says of a simulated station that it is one", () => {
    const station = { ...from.station, simulated: true };
    expect(textOf(slip(takenAway({ ...from, station }), 32))).toContain("模拟结果");
  });

  test("has a sign in the place of a character that no printer has, and says so", () => {
    const station = { ...from.station, name: "㐀𠮷村" };
    const lines = finished(slip(takenAway({ ...from, station }), 32), new Map(), 32, "zh-CN");
    expect(lines[0]?.text).toContain("〓〓村");
    expect(lines.at(-1)?.text).toContain("打印机里没有这个字");
  });

  test("asks for a picture of the line, in its place, and says nothing when it has one", () => {
    const station = { ...from.station, name: "㐀𠮷村" };
    const lines = slip(takenAway({ ...from, station }), 32);
    const rare = `${" ".repeat(13)}㐀𠮷村`;
    expect(toDraw(lines, 32)).toEqual([rare]);
    const done = finished(lines, new Map([[rare, "dots of it"]]), 32, "zh-CN");
    expect(textOf(done)).not.toMatch(/〓|打印机里没有这个字/);
    const job = jobOf(done);
    expect(job[0]).toEqual({ send: "drawn", values: { dots: "dots of it" } });
    expect(job[1]).toMatchObject({ send: "line" });
  });

  test("turns to another look only where it changes", () => {
    const job = jobOf([
      { text: "a", large: true, centre: true, bold: false },
      { text: "b", large: true, centre: true, bold: false },
      { text: "c", large: false, centre: false, bold: true },
    ]);
    expect(job.map(({ send }) => send)).toEqual(["centre", "large", "line", "line", "left", "normal", "bold", "line"]);
  });
});

const plan: PlanTold = {
  goals: ["pressureBelow140", "noSmoking"],
  tasks: ["saltBelow5", "measurePressureDaily"],
  review: "2026-11-30",
};

const planned = (told: PlanTold) => ({ ...from, view: { ...view, plan: told } });

describe("a plan in force", () => {
  test("stands on the slip: what to reach, what to do, and the day of the next look", () => {
    const text = textOf(slip(takenAway(planned(plan)), 32));
    expect(text.slice(text.indexOf("医生定的"))).toMatchInlineSnapshot(`
      "医生定的健康计划
      要做到的：
      - 血压降到140和90以下。
      - 把烟戒掉。
      平时要做的：
      - 吃淡一点，每天的盐不超过一啤酒
      瓶盖。
      - 每天早上量一次血压，把数记下
      来。
      2026-11-30请再来，医生看看计划要
      不要改。
      --------------------------------
      不要自己加药、减药、停药,先问医
      生。
      本结果只供参考,不能代替医生诊
      断。"
    `);
    expect(text.indexOf("您的家庭医生管这件事")).toBeLessThan(text.indexOf("医生定的健康计划"));
  });

  test("is not there where there is none", () => {
    expect(textOf(slip(takenAway(from), 32))).not.toContain("计划");
  });

  test("asks nobody to come on a day that is over", () => {
    const late = takenAway(planned({ ...plan, review: "2026-11-01" }));
    expect(late.plan?.lines.at(-1)).toBe("该看计划了，请来站点，或者问医生。");
    expect(takenAway(planned({ ...plan, review: "2026-11-02" })).plan?.lines.at(-1)).toContain("2026-11-02");
  });

  test.each((["zh-CN", "en"] as const).flatMap((language) => [32, 48].map((columns) => [language, columns] as const)))(
    "in %s fits %d columns to the last of its words, and needs no character that a printer lacks",
    (language, columns) => {
      const whole: PlanTold = {
        goals: [...goalKinds],
        tasks: [...planTaskKinds],
        review: "2026-11-30",
      };
      const taken = takenAway({ ...planned(whole), language });
      const lines = slip(taken, columns);
      expect(lines.filter(({ text, large }) => widthOf(text) > (large ? columns / 2 : columns))).toEqual([]);
      const plain = (text: string) => text.replaceAll(/\s/gu, "");
      for (const words of taken.plan?.lines ?? []) expect(plain(textOf(lines))).toContain(plain(words));
      expect(toDraw(lines, columns)).toEqual([]);
    },
  );
});

describe("the text of a code", () => {
  test("has the plan whole, behind the numbers", () => {
    const text = summaryText(takenAway(planned(plan)));
    expect(text.indexOf("血氧")).toBeLessThan(text.indexOf("医生定的健康计划"));
    expect(text).toContain("- 吃淡一点，每天的盐不超过一啤酒瓶盖。\n");
    expect(text).toContain("2026-11-30请再来");
    expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(1_000);
  });

  test("has no half of a plan: without room for all of it there is none, and the numbers stay", () => {
    const many = { ...view, plan, results: Array.from({ length: 5 }, () => view.results).flat() };
    const text = summaryText(takenAway({ ...from, view: many }));
    expect(text).not.toMatch(/计划|啤酒瓶盖/u);
    expect(text).toContain("150/91");
    expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(1_000);
  });

  test("names nobody, and holds numbers, dates and what follows", () => {
    const text = summaryText(takenAway(from));
    expect(text).not.toContain("王");
    expect(text).toContain("2026-11-02 09:15");
    expect(text).toContain("150/91 毫米汞柱 ◇ 要看医生");
    expect(text).toContain("最晚2026-11-30");
    expect(text).toContain("不能代替医生诊断");
  });

  test("leaves results out rather than growing beyond what a phone reads", () => {
    const many = { ...view, results: Array.from({ length: 40 }, () => view.results).flat() };
    const text = summaryText(takenAway({ ...from, view: many }));
    expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(1_000);
    expect(text).toContain("不能代替医生诊断");
  });
});

describe("paper", () => {
  test.each([
    ["血压128/82", 10],
    ["abc", 3],
    ["○△◇□■〓", 12],
  ])("%s is %d columns wide", (text, columns) => expect(widthOf(text)).toBe(columns));

  test.each([
    ["one two three", 7, ["one two", "three"]],
    ["血压偏高请歇", 6, ["血压偏", "高请歇"]],
    ["血压偏高请歇。", 12, ["血压偏高请", "歇。"]],
    ["abcdefghij", 4, ["abcd", "efgh", "ij"]],
  ])("%s breaks at %d columns", (text, columns, lines) => expect(wrapped(text, columns)).toEqual(lines));

  test("control characters are blanks", () => expect(printable("a\u001b@\nb")).toBe("a @ b"));
});
