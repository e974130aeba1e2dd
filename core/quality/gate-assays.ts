import type { MeasurementKind } from "../domain/outcome.ts";
import type { ComparisonFact, ControlFact, LotFact } from "./facts.ts";
import type { Edges, Finding, Look } from "./gate-look.ts";
import { gateLimits } from "./gate-table.ts";
import { dayOf, endOf, startOf, type Moment } from "./local-day.ts";
import type { QualityPlan } from "./plan.ts";
import { controlLevels, type ControlLevel } from "./vocabulary.ts";

/** The part of the gate that is about meters with strips, reagents and control solutions (calibration.md §2–§4). */

const controlCode = { failed: "controlFailed", rejected: "controlRejected", warning: "controlWarning" } as const;

/** The kind of measurement that a controlled analyte belongs to. */
export function analyteKind(plan: QualityPlan, analyte: string): MeasurementKind | undefined {
  return plan.controls.find((each) => each.analyte === analyte)?.of;
}

/** Both levels, or the one that the vendor sells and that is in use. */
export function levelsOf(
  { bothLevels, analyte }: QualityPlan["controls"][number],
  lots: readonly LotFact[],
): readonly ControlLevel[] {
  if (bothLevels) return controlLevels;
  const inUse = controlLevels.filter((level) =>
    lots.some(({ lot }) => lot.kind === "control" && lot.analyte === analyte && lot.level === level),
  );
  return inUse.length === 0 ? controlLevels : inUse;
}

/** The last control of today; a run of another day says nothing about today. */
export function todaysControl(
  runs: readonly ControlFact[],
  analyte: string,
  level: ControlLevel,
  { now, zoneMinutes }: Moment,
): ControlFact | undefined {
  const last = runs.findLast(({ run }) => run.analyte === analyte && run.level === level);
  return last !== undefined && dayOf(last.at, zoneMinutes) === dayOf(now, zoneMinutes) ? last : undefined;
}

export function controlConditions({ plan, facts, moment, edges, due }: Look): readonly Finding[] {
  if (plan.controls.length === 0) return [];
  const today = dayOf(moment.now, moment.zoneMinutes);
  const tomorrow = endOf(today, moment.zoneMinutes);
  edges.passed(tomorrow);
  const found = plan.controls.flatMap((control) =>
    levelsOf(control, facts.lots).flatMap((level): readonly Finding[] => {
      const { analyte, of } = control;
      const about = { about: `${analyte} ${level}`, of };
      const last = todaysControl(facts.runs, analyte, level, moment);
      due.push({
        what: "control",
        at: last?.run.verdict === "passed" ? tomorrow : moment.now,
        ...(last === undefined ? {} : { lastAt: last.at, evidence: last.entry }),
        about: about.about,
      });
      if (last === undefined) return [{ code: "controlMissing", since: startOf(today, moment.zoneMinutes), ...about }];
      if (last.run.verdict === "passed") return [];
      return [{ code: controlCode[last.run.verdict], since: last.at, evidence: last.entry, ...about }];
    }),
  );
  return [...found, ...roomConditions({ facts, moment })];
}

/** The room as it was last read today. */
function roomConditions({ facts, moment }: Pick<Look, "facts" | "moment">): readonly Finding[] {
  const today = dayOf(moment.now, moment.zoneMinutes);
  const last = facts.runs.findLast(({ run }) => run.room !== undefined);
  if (last?.run.room === undefined || dayOf(last.at, moment.zoneMinutes) !== today) return [];
  const { celsius } = last.run.room;
  const labels = facts.lots.flatMap(({ lot }) => (lot.kind === "control" ? [] : (lot.label ?? [])));
  const outside = (labels.length === 0 ? [gateLimits.room] : labels).some(
    ({ lowCelsius, highCelsius }) => celsius < lowCelsius || celsius > highCelsius,
  );
  return outside
    ? [{ code: "roomOutside", since: last.at, evidence: last.entry, about: `${String(celsius)} Cel` }]
    : [];
}

/** First moments at which a lot may not be used any more. `openedTooLong`: more days than its vial allows. */
export function lotEnds({ lot }: Pick<LotFact, "lot">, zoneMinutes: number) {
  return {
    expired: endOf(lot.expiry, zoneMinutes),
    openedTooLong: startOf(lot.openedOn, zoneMinutes, lot.openDays + 1),
  };
}

export function lotConditions({ plan, facts, moment, edges }: Look): readonly Finding[] {
  const found = facts.lots.flatMap((fact): readonly Finding[] => {
    const { lot, entry } = fact;
    const ends = lotEnds(fact, moment.zoneMinutes);
    const about = { evidence: entry, about: lot.lot, of: analyteKind(plan, lot.analyte ?? "") };
    const expired = edges.passed(ends.expired);
    const tooLong = edges.passed(ends.openedTooLong);
    const code = facts.observed.stripCode;
    const other = lot.kind === "strip" && code !== undefined && lot.meterCode !== undefined && lot.meterCode !== code;
    return [
      ...(expired ? [{ code: "lotExpired" as const, since: ends.expired, dueAt: ends.expired, ...about }] : []),
      ...(tooLong
        ? [{ code: "lotOpenedTooLong" as const, since: ends.openedTooLong, dueAt: ends.openedTooLong, ...about }]
        : []),
      ...(other ? [{ code: "lotMismatch" as const, ...about }] : []),
    ];
  });
  const missing = plan.strips
    .filter((of) => !facts.lots.some(({ lot }) => lot.kind !== "control" && servesKind(plan, lot.analyte, of)))
    .map((of): Finding => ({ code: "lotMissing", about: of, of }));
  return [...found, ...missing];
}

const servesKind = (plan: QualityPlan, analyte: string | undefined, of: MeasurementKind): boolean =>
  analyte === undefined || analyteKind(plan, analyte) === of;

export function comparisonConditions({ plan, facts, moment, edges, due }: Look): readonly Finding[] {
  return plan.comparison.flatMap((of): readonly Finding[] => {
    const own = facts.comparisons.filter(({ pairs }) => pairs.some(({ analyte }) => analyteKind(plan, analyte) === of));
    const last = own.at(-1);
    if (last === undefined) {
      due.push({ what: "comparison", about: of });
      return [{ code: "comparisonMissing", about: of, of }];
    }
    const failure = failedComparison(last, own.at(-2));
    if (failure !== undefined) return [{ code: failure, since: last.at, evidence: last.entry, about: of, of }];
    return comparisonAge(last, of, { moment, edges, due });
  });
}

/** One pair outside: five new pairs (§2.3). More than one, or again: outside limits. */
function failedComparison(last: ComparisonFact, before: ComparisonFact | undefined) {
  if (last.verdict === "passed") return undefined;
  const outside = last.pairs.filter(({ ok }) => !ok).length;
  return outside > 1 || before?.verdict === "failed" ? "comparisonOutside" : "comparisonRepeat";
}

function comparisonAge(
  last: ComparisonFact,
  of: MeasurementKind,
  { moment, edges, due }: { readonly moment: Moment; readonly edges: Edges; readonly due: Look["due"] },
): readonly Finding[] {
  const day = dayOf(last.at, moment.zoneMinutes);
  const dueAt = startOf(day, moment.zoneMinutes, gateLimits.comparisonDueDays + 1);
  const lateAt = startOf(day, moment.zoneMinutes, gateLimits.comparisonLastDays + 1);
  const dated = { evidence: last.entry, about: of, of };
  due.push({ what: "comparison", at: dueAt, lastAt: last.at, evidence: last.entry, about: of });
  if (edges.passed(lateAt)) return [{ code: "comparisonOverdue", since: lateAt, dueAt, ...dated }];
  return edges.passed(dueAt) ? [{ code: "comparisonSoon", since: dueAt, dueAt: lateAt, ...dated }] : [];
}

/** Somebody at the station must be trained for it (WS/T 781). */
export function trainingConditions({ plan, training, moment, edges, due }: Look): readonly Finding[] {
  return plan.trained.flatMap((of): readonly Finding[] => {
    const ends = training
      .filter((each) => each.of === of)
      .map((each) => ({ ...each, end: endOf(each.validUntil, moment.zoneMinutes) }));
    const last = ends.reduce<(typeof ends)[number] | undefined>(
      (latest, each) => (latest === undefined || each.end > latest.end ? each : latest),
      undefined,
    );
    due.push({
      what: "training",
      ...(last === undefined ? {} : { at: last.end, lastAt: last.at, evidence: last.entry }),
      about: of,
    });
    if (last !== undefined && !edges.passed(last.end)) return [];
    return [
      {
        code: "operatorUncertified",
        ...(last === undefined ? {} : { since: last.end, evidence: last.entry }),
        about: of,
        of,
      },
    ];
  });
}
