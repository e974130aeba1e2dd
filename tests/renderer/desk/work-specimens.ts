import { planFollowUp, type FollowUp } from "../../../core/care/follow-up.ts";
import { dayMs, hourMs, minuteMs, plainCalendar } from "../../../core/care/hours.ts";
import { movePrescription, writePrescription } from "../../../core/care/prescription.ts";
import type { Item, PatientFacts, Prescription } from "../../../core/care/prescription-parts.ts";
import { draftReferral, moveReferral } from "../../../core/care/referral.ts";
import type { Referral, ReferralInput, ReferralLetter } from "../../../core/care/referral-parts.ts";
import type { Task } from "../../../core/care/tasks.ts";
import type { Names } from "../../../core/contract/hub-names.ts";
import type { WorkItem } from "../../../core/contract/hub-work.ts";
import { calls, minutesAgo, waitingRoom } from "./specimens.ts";
import { specimenSignature } from "./fake-work.ts";

/** Invented people, letters and lists for the work pages. */
export const township = { org: "township", tier: "township" } as const;
const county = { org: "county", tier: "county" } as const;
const village = { org: "village", tier: "village" } as const;

const ids = (nth: number, what: string) => `019a0000-0000-7000-8000-0000000${what}${String(nth).padStart(3, "0")}`;
export const residents = ["赵春梅", "孙德海", "周桂英", "吴国富", "郑小满", "冯玉珍"].map((name, nth) => ({
  id: `resident-${String(nth)}`,
  name,
  birthYear: 1948 + nth * 5,
  sex: nth % 2 === 0 ? ("female" as const) : ("male" as const),
}));
const resident = (nth: number): string => residents[nth % residents.length]?.id ?? "";

export const names: Names = {
  residents,
  orgs: [
    { id: "township", name: "清溪镇卫生院", tier: "township" },
    { id: "county", name: "县人民医院", tier: "county" },
    { id: "village", name: "槐树村卫生室", tier: "village" },
  ],
};

export const storedItems = (): readonly WorkItem[] =>
  waitingRoom().map((item, nth) => ({
    ...item,
    mode: "stored" as const,
    waitingSince: minutesAgo(35 - nth * 9),
    blobs: item.call === calls.first ? { whole: 2, coming: 0 } : { whole: 0, coming: nth },
  }));

const patient: PatientFacts = {
  ageYears: 70,
  sex: "female",
  weightKg: 61,
  pregnant: "no",
  breastfeeding: "no",
  egfr: 58,
  liver: "normal",
  allergies: { asked: true, to: ["penicillin"] },
  conditions: [],
  taking: [],
  guardianPresent: false,
  pediatricDoctor: false,
};

const item = (drug: string, amount: number, timesPerDay: number, days: number, pieces: number): Item => ({
  drug,
  dose: { amount, unit: "mg" },
  timesPerDay,
  days,
  pieces,
});

function prescription(nth: number, items: readonly Item[], since: number): Prescription {
  return writePrescription(
    {
      id: ids(nth, "e0"),
      revision: 1,
      resident: resident(nth),
      doctor: { ...township, person: "doc-1", name: "林若水" },
      pharmacy: township,
      diagnosis: ["原发性高血压 2 级", "2 型糖尿病", "急性上呼吸道感染"][nth % 3] ?? "",
      course: "ordinary",
      items: [...items],
      patient,
      catalogue: "specimen",
    },
    since,
  );
}

/** Two that wait for a review, one that the pharmacist sent back, in this order. */
export function prescriptions(now: number): readonly Prescription[] {
  const signed = (one: Prescription, at: number): Prescription => {
    const signature = specimenSignature("prescription", "林若水");
    const moved = movePrescription(one, { kind: "sign", by: "doc-1", at, signature }, plainCalendar);
    if (!moved.ok) throw new Error(moved.code);
    return moved.record;
  };
  const waits = signed(
    prescription(
      0,
      [
        item("amlodipine-5", 5, 1, 7, 7),
        { ...item("ibuprofen-sr-300", 300, 2, 7, 14), reason: "膝关节痛明显，已告知监测血压，三天后复查。" },
      ],
      now - 21 * minuteMs,
    ),
    now - 20 * minuteMs,
  );
  const second = signed(
    prescription(1, [item("metformin-500", 500, 2, 7, 14)], now - 6 * minuteMs),
    now - 5 * minuteMs,
  );
  return [waits, second];
}

export function referrals(now: number): readonly Referral[] {
  const letter = (nth: number, part: Partial<ReferralLetter> = {}): ReferralLetter => ({
    id: ids(nth, "f0"),
    direction: "up",
    priority: "routine",
    resident: resident(nth),
    from: { ...township, person: "doc-1" },
    to: { ...county, department: "心血管内科" },
    reasons: ["pressureStaysHigh"],
    summary: "休息后复测 186/112，头晕两天，口服氨氯地平 5 mg 每日一次，请进一步诊治。",
    ...part,
  });
  const run = (start: ReferralLetter, at: number, inputs: readonly ReferralInput[]): Referral =>
    inputs.reduce<Referral>(
      (record, input) => {
        const moved = moveReferral(record, input);
        if (!moved.ok) throw new Error(moved.code);
        return moved.record;
      },
      draftReferral(start, "doc-1", at),
    );
  const sent = (at: number): readonly ReferralInput[] => [
    { kind: "sign", by: "doc-1", at, signature: specimenSignature("referral", "林若水") },
    { kind: "send", by: "doc-1", at },
  ];
  const accepted = (at: number, when: number): readonly ReferralInput[] => [
    ...sent(at),
    {
      kind: "accept",
      by: "he",
      at: at + hourMs,
      appointment: { at: when, department: "心血管内科", doctor: "何文清" },
    },
  ];
  return [
    run(
      letter(0, { priority: "stat", green: "examination", reasons: ["urgentSet", "newComplication"] }),
      now - 40 * minuteMs,
      sent(now - 38 * minuteMs),
    ),
    run(letter(1, { priority: "urgent", green: "outpatient" }), now - hourMs, sent(now - hourMs)),
    run(letter(2, { reasons: ["needsDiagnosis"] }), now - 5 * hourMs, []),
    run(letter(3), now - 2 * dayMs, accepted(now - 2 * dayMs, now + dayMs)),
    run(letter(4, { reasons: ["footUlcer"], to: { ...county, department: "内分泌科" } }), now - 3 * dayMs, [
      ...sent(now - 3 * dayMs),
      {
        kind: "reject",
        by: "he",
        at: now - 3 * dayMs + hourMs,
        reason: "noBed",
        detail: "本周没有床位",
        alternative: "市中心医院内分泌科",
      },
    ]),
    run(letter(5, { reasons: ["secondMiss"] }), now - 9 * dayMs, [
      ...accepted(now - 9 * dayMs, now - 8 * dayMs),
      { kind: "arrive", by: "he", at: now - 8 * dayMs },
      { kind: "treat", by: "he", at: now - 8 * dayMs + hourMs },
    ]),
    run(
      letter(6, {
        direction: "down",
        from: { ...county, person: "he" },
        to: township,
        reasons: ["stableForHome"],
        summary: "住院 9 天，血压 132/80，带药回家，两周内复查肾功能。",
      }),
      now - 20 * hourMs,
      sent(now - 20 * hourMs),
    ),
    run(letter(7, { reasons: ["organDamage"] }), now - 12 * dayMs, [
      ...accepted(now - 12 * dayMs, now - 11 * dayMs),
      { kind: "arrive", by: "he", at: now - 11 * dayMs },
      {
        kind: "return",
        by: "he",
        at: now - 4 * dayMs,
        back: "冠脉 CT 未见明显狭窄，继续氨氯地平，加用阿托伐他汀。",
        signature: specimenSignature("referral", "何文清"),
      },
    ]),
  ];
}

const day = (ms: number): string => new Date(ms + 8 * hourMs).toISOString().slice(0, 10);

export function followUps(now: number): readonly FollowUp[] {
  const planned = (nth: number, at: number, part: Partial<FollowUp> = {}): FollowUp => ({
    ...planFollowUp(
      {
        id: ids(nth, "d0"),
        resident: resident(nth),
        day: day(at),
        programmes: nth % 3 === 0 ? ["hypertension", "diabetes"] : [nth % 3 === 1 ? "hypertension" : "diabetes"],
        doctor: { ...township, person: "doc-1" },
        village,
      },
      now - 80 * dayMs,
    ),
    ...part,
  });
  const tries = (count: number) =>
    Array.from({ length: count }, (_, nth) => ({
      at: now - (count - nth) * 2 * dayMs,
      by: "doc-1",
      how: "phone",
      answered: false,
    }));
  return [
    planned(0, now - 12 * dayMs, { state: "homeVisit", tries: tries(3) }),
    planned(1, now - 3 * dayMs, { tries: tries(1) }),
    planned(2, now - dayMs, { state: "toReview", readings: [ids(1, "b1"), ids(2, "b1")] }),
    planned(3, now),
    planned(4, now + 4 * dayMs),
    planned(5, now + 6 * dayMs),
  ];
}

export function tasks(now: number): readonly Task[] {
  const task = (
    nth: number,
    kind: Task["kind"],
    record: Task["about"]["kind"],
    due: number,
    part: Partial<Task> = {},
  ): Task => ({
    id: `task-${String(nth)}`,
    about: { kind: record, id: ids(nth, record === "referral" ? "f0" : record === "followUp" ? "d0" : "c0") },
    kind,
    resident: resident(nth),
    owner: township,
    madeAt: due - 2 * hourMs,
    due,
    climbAt: due + hourMs,
    pace: { ms: hourMs },
    missed: 0,
    state: "open",
    ...part,
  });
  return [
    task(5, "danger.answer", "danger", now - 14 * minuteMs, { missed: 1 }),
    task(0, "referral.outcomeCheck", "referral", now - 2 * dayMs, {
      owner: { ...township, person: "doc-1" },
      readAt: now - dayMs,
    }),
    task(1, "followUp.do", "followUp", now - 3 * hourMs, { missed: 2 }),
    task(2, "referral.sign", "referral", now + 40 * minuteMs),
    task(3, "followUp.review", "followUp", now + 2 * dayMs, { readAt: now - hourMs }),
    task(4, "danger.check", "danger", now + 9 * dayMs),
    task(6, "talk.asked", "talk", now + 3 * dayMs),
  ];
}
