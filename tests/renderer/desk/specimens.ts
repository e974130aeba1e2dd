import type { Invitation, QueueItem } from "../../../core/contract/hub-calls.ts";
import type { Colleague } from "../../../core/contract/hub-people.ts";
import type { VisitRecord } from "../../../core/contract/hub-visits.ts";
import type { LiveMessage } from "../../../core/contract/live.ts";
import type { Result } from "../../../core/contract/views.ts";
import type { Measurement } from "../../../core/journal/entry.ts";

/** Invented people and numbers for the desk's own tests. */
export const calls = {
  first: "019a0000-0000-7000-8000-00000000c001",
  second: "019a0000-0000-7000-8000-00000000c002",
  third: "019a0000-0000-7000-8000-00000000c003",
} as const;
const visit = "019a0000-0000-7000-8000-00000000a001";
export const liveMeasurement = "019a0000-0000-7000-8000-00000000b009";

export const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

const station = (name: string, place: string) => ({ id: `station-${name}`, name, place });

/** What a call has that waits for anybody. */
const waits = {
  mode: "assisted",
  step: "everyone",
  late: false,
  contracted: false,
  callBack: false,
  declined: false,
  mine: false,
} as const;

export const waitingRoom = (): readonly QueueItem[] => [
  {
    ...waits,
    call: calls.first,
    station: station("槐树村站", "村卫生室"),
    shownName: "王*兰",
    state: "waiting",
    severity: 3,
    worst: "BP_GRADE3",
    late: true,
    contracted: true,
    waitingSince: minutesAgo(4.2),
  },
  {
    ...waits,
    call: calls.second,
    station: station("石桥村站", "村委会一楼"),
    shownName: "李*",
    state: "interrupted",
    severity: 2,
    worst: "GLU_F_DM_RANGE",
    mode: "return",
    callBack: true,
    waitingSince: minutesAgo(11.6),
  },
  {
    ...waits,
    call: calls.third,
    station: station("柳林镇站", "镇卫生院大厅"),
    shownName: "赵*民",
    state: "waiting",
    severity: 0,
    waitingSince: minutesAgo(0.4),
  },
];

const practice = (orgName: string, tier: "village" | "township" | "county", specialty?: string) => ({
  org: `org-${orgName}`,
  orgName,
  tier,
  licence: "SPECIMEN-1",
  ...(specialty === undefined ? {} : { specialty }),
});

export const colleagues = (): readonly Colleague[] => [
  {
    id: "doc-2",
    name: "陈明远",
    role: "specialist",
    practice: practice("样本县医院", "county", "心血管内科"),
    here: true,
  },
  { id: "doc-3", name: "黄春燕", role: "villageDoctor", practice: practice("槐树村卫生室", "village"), here: true },
  {
    id: "doc-4",
    name: "周启文",
    role: "doctor",
    practice: practice("柳林镇卫生院", "township", "全科"),
    here: false,
    lastHere: minutesAgo(95),
  },
  { id: "doc-5", name: "吴药师", role: "pharmacist", practice: practice("样本县医院", "county"), here: false },
];

export const invitation = (): Invitation => ({
  call: "019a0000-0000-7000-8000-00000000c00b",
  mode: "assisted",
  role: "doctor",
  handOver: false,
  by: { id: "doc-4", name: "周启文" },
  since: minutesAgo(0.5),
  severity: 2,
  shownName: "孙*",
  station: station("石桥村站", "村委会一楼"),
});

const provenance = (device: string, profile: string, rawHex: readonly string[]): Measurement["provenance"] => ({
  device,
  profile,
  profileVersion: "1",
  program: "0.1.0",
  simulated: true,
  port: "/dev/pts/4",
  rawHex: [...rawHex],
});

const pressure = (
  id: string,
  at: string,
  systolic: number,
  diastolic: number,
  pulse: number,
  doubts: Measurement["doubts"],
): Measurement => ({
  id,
  visit,
  of: "bloodPressure",
  readings: [
    { quantity: "bp.systolic", value: systolic, unit: "mm[Hg]" },
    { quantity: "bp.diastolic", value: diastolic, unit: "mm[Hg]" },
    { quantity: "pulse.rate", value: pulse, unit: "/min" },
  ],
  doubts,
  provenance: provenance("cuff-1", "example-cuff", ["fe8500a86c004e31", "0230313b31323b313533"]),
  times: { heardAt: at, deviceTime: "2026-11-22T09:31:00", deviceOffsetMs: -42_000 },
  context: {},
});

const pressures = (): Result => ({
  of: "bloodPressure",
  measurements: [
    pressure("019a0000-0000-7000-8000-00000000b001", minutesAgo(9), 184, 112, 78, ["bodyMotion"]),
    pressure("019a0000-0000-7000-8000-00000000b002", minutesAgo(7), 182, 110, 76, ["deviceClockWrong"]),
  ],
  assessments: [
    {
      domain: "bp",
      category: "BP_GRADE3",
      severity: 3,
      action: "DOCTOR_TODAY",
      flags: [],
      value: "183/111",
      rule: "BP-30",
    },
    {
      domain: "pulse",
      category: "PULSE_NORMAL",
      severity: 0,
      action: "ROUTINE",
      flags: [],
      value: "77",
      rule: "PL-06",
    },
  ],
  next: "none",
});

const glucose = (): Result => ({
  of: "glucose",
  measurements: [
    {
      id: "019a0000-0000-7000-8000-00000000b003",
      visit,
      of: "glucose",
      readings: [{ quantity: "glucose", value: 6.6, unit: "mmol/L" }],
      doubts: [],
      provenance: {
        ...provenance("meter-1", "example-meter", ["02190503f1a20c5b4b1f000000bf1b"]),
        simulated: false,
        serialNumber: "GM-88123",
      },
      times: { heardAt: minutesAgo(5), deviceTime: "2026-11-22T09:20:14", deviceOffsetMs: 4_000 },
      context: { meal: "fasting" },
      quality: {
        gate: "ready",
        conditions: [],
        controls: [
          {
            run: "019a0000-0000-7000-8000-00000000d001",
            analyte: "glucose",
            level: "L1",
            lot: "C26-11",
            operator: "演示站点人员",
            at: minutesAgo(120),
            verdict: "passed",
          },
        ],
        lots: ["S26-104"],
        specimen: false,
      },
    },
  ],
  assessments: [
    {
      domain: "glucose",
      category: "GLU_F_IFG",
      severity: 2,
      action: "DOCTOR_4W",
      flags: [],
      value: "6.6",
      rule: "GL-21",
    },
  ],
  next: "none",
});

const lipids = (): Result => ({
  of: "lipids",
  measurements: [
    {
      id: "019a0000-0000-7000-8000-00000000b004",
      visit,
      of: "lipids",
      readings: [
        { quantity: "cholesterol.total", value: 5.62, unit: "mmol/L" },
        { quantity: "cholesterol.hdl", value: 1.12, unit: "mmol/L" },
        { quantity: "triglyceride", value: 5.65, unit: "mmol/L", comparator: ">" },
      ],
      doubts: ["notCalculable", "confirmedByEye"],
      provenance: provenance("lipids-1", "example-lipids", ["5445535420504b47"]),
      times: { heardAt: minutesAgo(3) },
      context: { meal: "fasting" },
    },
  ],
  assessments: [
    {
      domain: "lipid_tg",
      category: "LIP_TG_VERY_HIGH",
      severity: 2,
      action: "DOCTOR_2W",
      flags: [],
      value: ">5.65",
      rule: "LP-33",
    },
    {
      domain: "lipid_tc",
      category: "LIP_TC_BORDER",
      severity: 1,
      action: "LIFESTYLE",
      flags: [],
      value: "5.62",
      rule: "LP-02",
    },
    {
      domain: "lipid_hdl",
      category: "LIP_HDL_OK",
      severity: 0,
      action: "ROUTINE",
      flags: [],
      value: "1.12",
      rule: "LP-20",
    },
  ],
  next: "none",
});

export const visitRecord = (): VisitRecord => ({
  visit,
  resident: {
    id: "resident-specimen-1",
    name: "王秀兰",
    birthYear: 1956,
    sex: "female",
    specimen: true,
    facts: { diabetes: "unknown", hypertension: true, pregnant: false },
  },
  results: [pressures(), glucose(), lipids()],
  taken: {
    station: "槐树村健康E站",
    medicines: [
      {
        prescription: "018f0000-0000-7000-8000-0000000000b1",
        drug: "amlodipine-5",
        zh: "氨氯地平",
        en: "amlodipine",
        taken: "taken",
        at: minutesAgo(12),
      },
      {
        prescription: "018f0000-0000-7000-8000-0000000000b2",
        drug: "metformin-500",
        zh: "二甲双胍",
        en: "metformin",
        taken: "notSure",
        at: minutesAgo(12),
      },
    ],
  },
  refusals: [
    { of: "glucose", reason: "gate.stale", heardAt: minutesAgo(6) },
    { of: "glucose", reason: "gate.stale", heardAt: minutesAgo(6) },
    { of: "bloodPressure", reason: "gate.afterStop", heardAt: minutesAgo(8) },
  ],
  head: { owner: "station-槐树村站", seq: 41, hash: "9f".repeat(32) },
});

const live = (seconds: number, event: LiveMessage["event"]): LiveMessage => ({
  kind: "measure",
  measurement: liveMeasurement,
  of: "bloodPressure",
  at: new Date(Date.UTC(2026, 10, 22, 8) + seconds * 1_000).toISOString(),
  event,
});

/** A cuff going up to 186 and coming down: one value every half second. */
export const cuffRun = (): readonly LiveMessage[] => [
  live(0, { kind: "phase", phase: "measuring", latestMs: 90_000 }),
  ...Array.from({ length: 56 }, (_, step) => {
    const value = step < 24 ? step * 8 : 186 - (step - 24) * 2 + (step % 3);
    return live(1 + step / 2, { kind: "progress", readings: [{ quantity: "bp.cuff", value, unit: "mm[Hg]" }] });
  }),
];

export const cuffStopped = (): LiveMessage => live(31, { kind: "ended", how: "stopped" });
