import { z } from "zod";
import { outcomeCodes, type OutcomeCode } from "../domain/calls.ts";
import { missingCase } from "../domain/missing-case.ts";
import { dayMs, hourMs, minuteMs } from "./hours.ts";
import { moved, no, type Moved, type Ways } from "./machine.ts";
import { ownerSchema, type Step } from "./tasks.ts";

/**
 * A dangerous value or a named emergency sign, from the moment it is known until somebody has looked up what became of the
 * person (product A-66, M10; service.md §4: nobody closes severity 3 without an outcome code). Moments: milliseconds UTC.
 */
const moment = z.number();
const words = z.string().trim().min(1).max(1_000);

export const dangerReportSchema = z.strictObject({
  id: z.uuid(),
  resident: z.string().min(1),
  station: z.string().optional(),
  visit: z.string().optional(),
  severity: z.union([z.literal(3), z.literal(4)]),
  /** Category of the worst assessment, or the symptom's code. */
  what: z.string().min(1).max(100),
  /** Who answers first, and who looks up the outcome. */
  first: ownerSchema,
  doctor: ownerSchema,
});
const severities = dangerReportSchema.shape.severity;
export type DangerReport = z.infer<typeof dangerReportSchema>;

const by = { by: z.string().min(1), at: moment } as const;
export const dangerInputSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("answer"),
    ...by,
    outcome: z.enum(outcomeCodes),
    detail: words,
    /** With `refer`: the referral that was made. */
    referral: z.uuid().optional(),
  }),
  /** The same visit once more, before anybody answered: `id` of what would have been a record of its own. */
  z.strictObject({
    kind: z.literal("again"),
    ...by,
    id: z.uuid(),
    severity: severities,
    what: z.string().min(1).max(100),
  }),
  /** It was raised of a visit before anybody knew whose; `resident` is who it was. */
  z.strictObject({ kind: z.literal("known"), ...by, resident: z.string().min(1) }),
  z.strictObject({
    kind: z.literal("check"),
    ...by,
    found: z.enum(["well", "treated", "unchanged", "died", "notFound"]),
    detail: words,
  }),
]);
export type DangerInput = z.infer<typeof dangerInputSchema>;

export const dangerStates = ["raised", "answered", "checked"] as const;
export type DangerState = (typeof dangerStates)[number];

export const dangerSchema = dangerReportSchema.extend({
  state: z.enum(dangerStates),
  since: moment,
  raisedAt: moment,
  /** What joined it since. */
  joined: z.array(z.uuid()).optional(),
  answer: z
    .strictObject({
      outcome: z.enum(outcomeCodes),
      detail: words,
      at: moment,
      by: z.string(),
      referral: z.uuid().optional(),
    })
    .optional(),
  check: z.strictObject({ found: z.string(), detail: words, at: moment, by: z.string() }).optional(),
});
export type Danger = z.infer<typeof dangerSchema>;

const ways: Ways<DangerState, DangerInput["kind"]> = {
  raised: { answer: "answered", again: "raised", known: "raised" },
  answered: { check: "checked", known: "answered" },
  checked: { known: "checked" },
};

/** In place of a resident, while nobody knows whose visit it is. */
export const nobodyOf = (visit: string): string => `visit:${visit}`;
const isNobody = ({ resident, visit }: DangerReport): boolean => visit !== undefined && resident === nobodyOf(visit);

export function raiseDanger(report: DangerReport, at: number): Danger {
  return { ...report, state: "raised", since: at, raisedAt: at };
}

/** Whether this report is this record already. */
export const isReportOf = ({ id, joined = [] }: Danger, report: string): boolean =>
  id === report || joined.includes(report);

/** Codes: `care.notNow` (also: whose it is was known before); `care.reasonMissing` (`refer` without a referral). */
export function moveDanger(record: Danger, input: DangerInput): Moved<Danger> {
  const state = ways[record.state][input.kind];
  if (state === undefined) return no("care.notNow");
  const { at, by } = input;
  const next: Danger = { ...record, state, since: at };
  switch (input.kind) {
    case "answer": {
      const { outcome, detail, referral } = input;
      if (outcome === "refer" && referral === undefined) return no("care.reasonMissing");
      return moved({ ...next, answer: { outcome, detail, at, by, ...(referral === undefined ? {} : { referral }) } });
    }
    case "again": {
      const joined = [...(record.joined ?? []), input.id];
      const { severity, what } = input;
      // What is worse has its own, shorter time; what is not leaves the time that runs.
      return moved(severity > record.severity ? { ...next, severity, what, joined } : { ...record, joined });
    }
    case "known":
      return isNobody(record) ? moved({ ...record, resident: input.resident }) : no("care.notNow");
    case "check": {
      const check = { found: input.found, detail: input.detail, at, by };
      // Whoever was not found is looked for again.
      return moved(input.found === "notFound" ? { ...next, state: "answered", check } : { ...next, check });
    }
    default:
      return missingCase(input);
  }
}

/** Severity 4: one minute; 3: three minutes (service.md §4, DQ-12). */
const answerMs = { 3: 3 * minuteMs, 4: minuteMs } as const;

/**
 * The look-up: within two weeks; who refused is the family doctor's task of the same day (rules.md §10), who called back or was
 * not found, of the next.
 */
const checkMs: Readonly<Record<OutcomeCode, number>> = {
  solved: 14 * dayMs,
  refer: 14 * dayMs,
  emergency: 14 * dayMs,
  calledBack: dayMs,
  refused: 8 * hourMs,
};

export function dangerSteps({ state, since, severity, first, doctor, answer, check }: Danger): readonly Step[] {
  switch (state) {
    case "raised":
      return [{ kind: "danger.answer", owner: first, since, due: since + answerMs[severity] }];
    case "answered": {
      const within = check === undefined ? checkMs[answer?.outcome ?? "refused"] : dayMs;
      return [{ kind: "danger.check", owner: doctor, since, due: since + within }];
    }
    case "checked":
      return [];
    default:
      return missingCase(state);
  }
}
