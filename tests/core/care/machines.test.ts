import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plainCalendar, workingDaysLater } from "../../../core/care/hours.ts";
import {
  endStates,
  moveRecord,
  openRecord,
  stepsOf,
  type CareMove,
  type CareOpening,
  type CareRecord,
} from "../../../core/care/records.ts";
import { faults } from "../../../core/domain/faults.ts";
import { reviewPoints, type PrescriptionText } from "../../../core/care/prescription-parts.ts";
import { recordKinds, type Owner, type RecordKind } from "../../../core/care/tasks.ts";
import { paperSignature } from "./simulated-county.ts";

const start = Date.parse("2026-03-02T02:00:00.000Z");
const id = "018f0000-0000-7000-8000-000000000001";
const village: Owner = { org: "village", tier: "village" };
const doctor: Owner = { org: "township", tier: "township", person: "li" };
const county: Owner = { org: "county", tier: "county" };
const opened = { at: start, by: "li" } as const;

const text: PrescriptionText = {
  id,
  revision: 1,
  resident: "r",
  doctor: { ...doctor, person: "li", name: "Li" },
  pharmacy: { org: "township", tier: "township" },
  diagnosis: "Specimen",
  course: "ordinary",
  items: [{ drug: "amlodipine-5", dose: { amount: 5, unit: "mg" }, timesPerDay: 1, days: 7, pieces: 7 }],
  patient: {
    ageYears: 60,
    sex: "male",
    pregnant: "no",
    breastfeeding: "no",
    liver: "normal",
    allergies: { asked: true, to: [] },
    conditions: [],
    taking: [],
    guardianPresent: false,
    pediatricDoctor: false,
  },
  catalogue: "test",
};
const openings: Readonly<Record<RecordKind, CareOpening>> = {
  prescription: { kind: "prescription", ...opened, text },
  referral: {
    kind: "referral",
    ...opened,
    text: {
      id,
      direction: "up",
      priority: "urgent",
      resident: "r",
      from: doctor,
      to: county,
      reasons: ["other"],
      summary: "s",
    },
  },
  followUp: {
    kind: "followUp",
    ...opened,
    text: { id, resident: "r", day: "2026-03-10", programmes: ["hypertension"], doctor, village },
  },
  danger: {
    kind: "danger",
    ...opened,
    text: { id, resident: "r", severity: 3, what: "BP_SEVERE", first: village, doctor },
  },
  plan: {
    kind: "plan",
    ...opened,
    text: { id, resident: "r", doctor, goals: ["noSmoking"], tasks: ["stopSmoking"], review: "2026-06-01" },
  },
  talk: {
    kind: "talk",
    ...opened,
    text: { id, resident: "r", station: "s", why: "unheard", message: id, owner: village },
  },
  wish: {
    kind: "wish",
    ...opened,
    text: {
      id,
      resident: "r",
      station: "s",
      wanted: { kind: "followUp", week: "this", half: "morning", how: "phone" },
      owner: village,
    },
  },
  contract: {
    kind: "contract",
    ...opened,
    text: {
      id,
      resident: "r",
      station: "s",
      visit: "v",
      askedAt: 1,
      act: "touch",
      identity: "card",
      text: "2026-11",
      language: "en",
      doctor: { org: "township", tier: "township", person: "li", name: "Li" },
    },
  },
};

/** Every input there is, some of them wrong, given the record as it stands. */
function inputs(there: CareRecord, at: number): readonly CareMove[] {
  const by = "li";
  const now = { by, at } as const;
  const signature = (of: "prescription" | "referral" | "followUp" | "carePlan") => paperSignature(of, by, at);
  const appointment = { at: at + 3_600_000, department: "D", doctor: "X" };
  switch (there.kind) {
    case "prescription": {
      const { record } = there;
      const review = (verdict: "accept" | "return" | "refuse", fine: boolean, reason?: string): CareMove => ({
        of: "prescription",
        id,
        input: {
          kind: "review",
          by: "yao",
          at,
          signature: paperSignature("prescriptionReview", "yao", at),
          review: {
            prescription: id,
            revision: record.revision,
            signed: record.signature?.signature ?? "none",
            verdict,
            appropriate: Object.fromEntries(reviewPoints.map((point) => [point, fine])) as Record<
              (typeof reviewPoints)[number],
              boolean
            >,
            ...(reason === undefined ? {} : { reason }),
          },
        },
      });
      return [
        { of: "prescription", id, input: { kind: "sign", ...now, signature: signature("prescription") } },
        review("accept", true),
        review("accept", false),
        review("return", false, "why"),
        review("return", false),
        review("refuse", false, "why"),
        { of: "prescription", id, input: { kind: "revise", ...now, text: { ...text, revision: record.revision + 1 } } },
        { of: "prescription", id, input: { kind: "extend", ...now, days: 3 } },
        { of: "prescription", id, input: { kind: "dispense", ...now, lots: [{ drug: "amlodipine-5", lot: "L" }] } },
        { of: "prescription", id, input: { kind: "expire", ...now } },
        { of: "prescription", id, input: { kind: "void", ...now, reason: "why" } },
      ];
    }
    case "referral": {
      const of = "referral" as const;
      return [
        { of, id, input: { kind: "sign", ...now, signature: signature("referral") } },
        { of, id, input: { kind: "send", ...now } },
        { of, id, input: { kind: "accept", ...now, appointment } },
        { of, id, input: { kind: "reject", ...now, reason: "noBed", detail: "full", alternative: "elsewhere" } },
        { of, id, input: { kind: "reject", ...now, reason: "noBed", detail: "full" } },
        { of, id, input: { kind: "arrive", ...now } },
        { of, id, input: { kind: "notArrive", ...now } },
        { of, id, input: { kind: "rebook", ...now, appointment } },
        { of, id, input: { kind: "redirect", ...now, to: county } },
        { of, id, input: { kind: "treat", ...now } },
        { of, id, input: { kind: "return", ...now, back: "b", signature: signature("referral") } },
        { of, id, input: { kind: "receive", ...now } },
        { of, id, input: { kind: "check", ...now, outcome: "improved" } },
        { of, id, input: { kind: "withdraw", ...now, reason: "refused", detail: "d" } },
      ];
    }
    case "followUp": {
      const of = "followUp" as const;
      const form = {
        standings: [{ programme: "hypertension" as const, control: "controlled" as const }],
        symptoms: "none",
        advice: "none",
        medication: "regular" as const,
        evidence: { measurements: [], contact: "clinic" as const },
      };
      return [
        { of, id, input: { kind: "remind", ...now } },
        { of, id, input: { kind: "try", ...now, how: "phone", answered: false } },
        { of, id, input: { kind: "try", ...now, how: "home", answered: false } },
        { of, id, input: { kind: "reading", ...now, measurements: [id] } },
        { of, id, input: { kind: "setAside", ...now, detail: "d" } },
        { of, id, input: { kind: "join", ...now, day: "2026-03-04", programmes: ["diabetes"] } },
        { of, id, input: { kind: "complete", ...now, form, signature: signature("followUp") } },
        {
          of,
          id,
          input: {
            kind: "complete",
            ...now,
            form: { ...form, evidence: { measurements: [] } },
            signature: signature("followUp"),
          },
        },
        { of, id, input: { kind: "lose", ...now, reason: "unreachable", detail: "d" } },
        { of, id, input: { kind: "end", ...now, why: "died" } },
      ];
    }
    case "danger": {
      const of = "danger" as const;
      return [
        { of, id, input: { kind: "answer", ...now, outcome: "solved", detail: "d" } },
        { of, id, input: { kind: "answer", ...now, outcome: "refer", detail: "d" } },
        { of, id, input: { kind: "answer", ...now, outcome: "refused", detail: "d" } },
        { of, id, input: { kind: "check", ...now, found: "notFound", detail: "d" } },
        { of, id, input: { kind: "check", ...now, found: "well", detail: "d" } },
      ];
    }
    case "wish": {
      const of = "wish" as const;
      const settled = { day: "2030-01-01", how: "phone" as const };
      return [
        { of, id, input: { kind: "agree", ...now, settled } },
        { of, id, input: { kind: "agree", ...now, settled: { ...settled, how: "home" } } },
        { of, id, input: { kind: "agree", ...now, settled: {} } },
        { of, id, input: { kind: "decline", ...now, detail: "d" } },
        { of, id, input: { kind: "done", ...now, detail: "d" } },
      ];
    }
    case "contract": {
      const of = "contract" as const;
      return [
        { of, id, input: { kind: "accept", ...now } },
        { of, id, input: { kind: "accept", at, by: "wang" } },
        { of, id, input: { kind: "decline", ...now, reason: "full" } },
        { of, id, input: { kind: "end", ...now, act: "touch" } },
        { of, id, input: { kind: "replace", ...now, with: id } },
        { of, id, input: { kind: "expire", ...now } },
      ];
    }
    case "talk": {
      const done = (how: "phone" | "station", detail?: string): CareMove => ({
        of: "talk",
        id,
        input: { kind: "done", ...now, how, ...(detail === undefined ? {} : { detail }) },
      });
      return [done("phone"), done("phone", "told"), done("station")];
    }
    case "plan": {
      const of = "plan" as const;
      return [
        { of, id, input: { kind: "change", ...now, text: { ...planText, review: "2026-12-01" } } },
        { of, id, input: { kind: "approve", ...now, signature: signature("carePlan") } },
        { of, id, input: { kind: "review", ...now, reached: [], again: "2026-12-24" } },
        { of, id, input: { kind: "review", ...now, reached: [] } },
        { of, id, input: { kind: "review", ...now, reached: [], reason: "done" } },
        { of, id, input: { kind: "replace", ...now, next: id } },
      ];
    }
  }
}
const planText = {
  id,
  resident: "r",
  doctor,
  goals: ["noSmoking" as const],
  tasks: ["stopSmoking" as const],
  review: "2026-06-01",
};

/** Fifteen minutes to two days pass before each choice. */
const walk = fc.array(fc.tuple(fc.nat(1_000), fc.integer({ min: 15, max: 2_880 })), { maxLength: 40 });

describe.each(recordKinds)("%s, moved at random", (kind) => {
  test("nothing vanishes: every state but an end has an owner and a next step, and what is refused says why and changes nothing", () => {
    fc.assert(
      fc.property(walk, (choices) => {
        let there = openRecord(openings[kind]);
        let at = start;
        for (const [choice, minutes] of choices) {
          at += minutes * 60_000;
          const possible = inputs(there, at);
          const move = possible[choice % possible.length];
          if (!move) throw new Error("no input");
          const before = structuredClone(there);
          const answer = moveRecord(there, move, plainCalendar);
          expect(there).toEqual(before);
          if (answer.ok) there = answer.record;
          else expect(Object.hasOwn(faults, answer.code)).toBe(true);
          const steps = stepsOf(there, plainCalendar);
          if (!endStates[kind].includes(there.record.state)) expect(steps.length).toBeGreaterThan(0);
          for (const step of steps) {
            expect(step.owner.org).not.toBe("");
            expect(step.due).toBeGreaterThanOrEqual(step.since);
            expect(Number.isFinite(step.due)).toBe(true);
          }
          expect(new Set(steps.map((step) => step.kind)).size).toBe(steps.length);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("an end is an end: no input leads out of it", () => {
    fc.assert(
      fc.property(walk, (choices) => {
        let there = openRecord(openings[kind]);
        let at = start;
        for (const [choice, minutes] of choices) {
          at += minutes * 60_000;
          // A contract that stands owes nothing and may still be ended.
          const ended = endStates[kind].includes(there.record.state) && there.record.state !== "active";
          const { state } = there.record;
          const move = inputs(there, at)[choice % inputs(there, at).length];
          if (!move) throw new Error("no input");
          const answer = moveRecord(there, move, plainCalendar);
          if (!answer.ok) continue;
          there = answer.record;
          if (ended) expect(there.record.state).toBe(state);
        }
      }),
      { numRuns: 200 },
    );
  });
});

test("an urgent referral owes its two-week look-up from when it is sent until somebody looked, whatever becomes of it", () => {
  fc.assert(
    fc.property(walk, (choices) => {
      let there = openRecord(openings.referral);
      let at = start;
      for (const [choice, minutes] of choices) {
        at += minutes * 60_000;
        const possible = inputs(there, at);
        const move = possible[choice % possible.length];
        const answer = move && moveRecord(there, move, plainCalendar);
        if (answer?.ok !== true || answer.record.kind !== "referral") continue;
        there = answer.record;
        const { sentAt, check } = answer.record.record;
        const owed = stepsOf(there, plainCalendar).filter((step) => step.kind === "referral.outcomeCheck");
        const expected = sentAt === undefined || check !== undefined ? [] : [sentAt + 14 * 86_400_000];
        expect(owed.map((step) => step.due)).toEqual(expected);
      }
    }),
    { numRuns: 500 },
  );
});

test("a prescription is never valid without both signatures of two people", () => {
  fc.assert(
    fc.property(walk, (choices) => {
      let there = openRecord(openings.prescription);
      let at = start;
      for (const [choice, minutes] of choices) {
        at += minutes * 60_000;
        const possible = inputs(there, at);
        const move = possible[choice % possible.length];
        const answer = move && moveRecord(there, move, plainCalendar);
        if (answer?.ok !== true || answer.record.kind !== "prescription") continue;
        there = answer.record;
        const { state, signature, reviews } = answer.record.record;
        if (state !== "valid" && state !== "dispensed") continue;
        const last = reviews.at(-1);
        expect(last?.review.verdict).toBe("accept");
        expect(last?.review.signed).toBe(signature?.signature);
        expect(last?.by).not.toBe(there.record.resident === "r" ? answer.record.record.doctor.person : "");
      }
    }),
    { numRuns: 500 },
  );
});

test.each([
  ["Friday to Monday", "2026-03-06T02:00:00.000Z", 1, "2026-03-09T02:00:00.000Z"],
  ["Saturday to Monday", "2026-03-07T02:00:00.000Z", 1, "2026-03-09T02:00:00.000Z"],
  ["late on Friday by UTC is Saturday on the wall", "2026-03-06T17:00:00.000Z", 1, "2026-03-08T17:00:00.000Z"],
])("working days: %s", (_name, from, days, to) => {
  expect(new Date(workingDaysLater(Date.parse(from), days, plainCalendar)).toISOString()).toBe(to);
});

test("working days: holidays are left out and made-up Saturdays count", () => {
  const calendar = { ...plainCalendar, holidays: new Set(["2026-03-06"]), makeUpDays: new Set(["2026-03-07"]) };
  const from = Date.parse("2026-03-05T02:00:00.000Z");
  expect(new Date(workingDaysLater(from, 1, calendar)).toISOString()).toBe("2026-03-07T02:00:00.000Z");
});
