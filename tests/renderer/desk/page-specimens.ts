import type { History, InCare } from "../../../core/contract/hub-history.ts";
import type { Pair } from "../../../core/contract/hub-person.ts";
import type { Overview } from "../../../core/contract/hub-overview.ts";
import type { BreakingView } from "../../../core/contract/hub-record.ts";
import { dayMs, hourMs, minuteMs } from "../../../core/care/hours.ts";
import type { Opinion } from "../../../core/journal/entry.ts";
import { colleagues, visitRecord } from "./specimens.ts";
import { followUps, prescriptions, referrals, residents } from "./work-specimens.ts";

/** Invented people and cases for auditor, administrator and the resident's page. */
const instant = (ms: number) => new Date(ms).toISOString();
const uuid = (nth: number) => `019a0000-0000-7000-8000-00000000aa${String(nth).padStart(2, "0")}`;

export function broken(now: number): readonly BreakingView[] {
  const one = (nth: number, ago: number, reason: string, part: Partial<BreakingView> = {}): BreakingView => ({
    id: uuid(nth),
    alarm: uuid(nth + 50),
    station: "station",
    by: { id: `doc-${String(nth)}`, name: ["林若水", "陈明远", "周启文", "林若水"][nth % 4] ?? "", role: "doctor" },
    reason,
    at: instant(now - ago),
    until: instant(now - ago + dayMs),
    due: instant(now - ago + 3 * dayMs),
    late: ago > 3 * dayMs,
    ...part,
  });
  return [
    one(1, 4 * dayMs, "站点求救，血压 212/126，老人说不出话，当班只有我一人。"),
    one(2, 5 * hourMs, "胸痛十分钟未缓解，要看既往心电和用药。"),
    one(3, 6 * dayMs, "低血糖昏迷，家属不在，需要知道是否用胰岛素。", {
      late: false,
      review: {
        breaking: uuid(3),
        by: { id: "aud", name: "钱思源" },
        finding: "justified",
        note: "求救记录和开放时间相符。",
        at: instant(now - 5 * dayMs),
      },
    }),
  ];
}

export const overview = (now: number): Overview => ({
  tasks: {
    open: 43,
    late: 5,
    oldest: (
      [
        ["referral.outcomeCheck", "县人民医院", "county", -9 * dayMs, 2],
        ["followUp.visitHome", "清溪镇卫生院", "township", -3 * dayMs, 1],
        ["referral.accept", "县人民医院", "county", -2 * hourMs, 1],
        ["prescription.review", "清溪镇卫生院", "township", -40 * minuteMs, 0],
        ["danger.answer", "槐树村卫生室", "village", -4 * minuteMs, 1],
        ["referral.sign", "柳林镇卫生院", "township", 50 * minuteMs, 0],
        ["followUp.do", "清溪镇卫生院", "township", 5 * hourMs, 0],
        ["plan.review", "清溪镇卫生院", "township", 2 * dayMs, 0],
      ] as const
    ).map(([kind, orgName, tier, due, missed]) => ({
      kind,
      org: orgName,
      orgName,
      tier,
      madeAt: now + due - dayMs,
      due: now + due,
      missed,
    })),
  },
  contracts: { residents: 812, active: 431, asked: 6 },
  duty: [...colleagues()],
});

/** One pair to decide on, one that was joined. */
export function alike(): readonly Pair[] {
  const one = (resident: string, stationName: string, inCare: boolean) => ({
    station: stationName,
    resident,
    stationName,
    name: inCare ? "赵春梅" : "赵**",
    sex: "female" as const,
    birthYear: 1948,
    inCare,
  });
  return [
    { one: one("r1", "槐树村站", true), other: one("r2", "石桥村站", false), why: ["person", "code"] },
    {
      one: one("r3", "槐树村站", true),
      other: one("r4", "柳林镇站", true),
      why: ["person"],
      joined: { id: uuid(70), at: "2026-11-02T08:00:00.000Z", by: { id: "doc-2", name: "陈明远", role: "doctor" } },
    },
  ];
}

export const inCare = (): readonly InCare[] =>
  residents.map((one, nth) => ({ ...one, contracted: nth < 2, open: [3, 1, 0, 2, 1, 1][nth] ?? 0 }));

/** Six visits in half a year, with calls and what was said after them. */
export function history(now: number): History {
  const days = [2, 21, 48, 80, 120, 170];
  const { results } = visitRecord();
  const opinion = (nth: number, ago: number): Opinion => ({
    id: uuid(20 + nth),
    call: uuid(30 + nth),
    visit: `v${String(nth)}`,
    station: "station",
    clinician: { id: "doc-1", name: "林若水" },
    text: nth === 0 ? "您的血压偏高，要管起来。请一周后再量。" : "血压比上次好，请继续按时吃药。",
    next: "comeBack",
    writtenAt: instant(now - ago * dayMs + 20 * minuteMs),
    soap: {
      subjective: "",
      objective: "",
      assessment: "原发性高血压 3 级，控制不满意。",
      plan: "氨氯地平 5 mg 每日一次，一周后复测。",
    },
  });
  return {
    visits: days.map((ago, nth) => ({
      visit: `v${String(nth)}`,
      station: "station",
      name: "槐树村站",
      results: results.map((result) => ({
        ...result,
        measurements: result.measurements.map((one) => ({
          ...one,
          id: `${one.id.slice(0, -12)}${String(10 + nth)}${one.id.slice(-10)}`,
          times: { ...one.times, heardAt: instant(Date.parse(one.times.heardAt) - ago * dayMs) },
          readings: one.readings.map((reading) => ({
            ...reading,
            value: reading.comparator === undefined ? Math.round(reading.value * (9.4 + nth / 5)) / 10 : reading.value,
          })),
        })),
      })),
    })),
    calls: days.slice(0, 3).map((ago, nth) => ({
      id: uuid(30 + nth),
      at: now - ago * dayMs + 5 * minuteMs,
      mode: (["assisted", "return", "stored"] as const)[nth] ?? "assisted",
      station: "槐树村站",
      ...(nth === 2 ? {} : { clinician: "林若水" }),
      severity: 2,
      outcome: nth === 2 ? ("left" as const) : ("finished" as const),
      ...(nth === 2 ? {} : { code: "solved" as const }),
    })),
    opinions: [opinion(0, 2), opinion(1, 21)],
  };
}

/** What stands on record of the first of the list. */
export function recordsOf(now: number) {
  const own = <T extends { readonly resident: string }>(all: readonly T[]): T[] =>
    all.filter(({ resident }) => resident === residents[0]?.id);
  const [first] = prescriptions(now);
  return {
    referrals: [...own(referrals(now)), ...referrals(now).filter(({ state }) => state === "accepted")],
    followUps: own(followUps(now)),
    prescriptions: first
      ? [
          {
            ...first,
            state: "dispensed" as const,
            since: now - 19 * dayMs,
            dispensed: { at: now - 19 * dayMs, by: "ph", lots: [{ drug: "amlodipine-5", lot: "SPEC-1" }] },
          },
        ]
      : [],
    dangers: [
      {
        id: uuid(90),
        resident: residents[0]?.id ?? "",
        severity: 3 as const,
        what: "BP_GRADE3",
        first: { org: "township", tier: "township" as const },
        doctor: { org: "township", tier: "township" as const },
        state: "raised" as const,
        since: now - 12 * minuteMs,
        raisedAt: now - 12 * minuteMs,
      },
    ],
  };
}
