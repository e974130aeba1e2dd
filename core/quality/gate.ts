import type { MeasurementKind } from "../domain/outcome.ts";
import { instant } from "../domain/time.ts";
import type { Condition } from "../journal/quality-bodies.ts";
import {
  analyteKind,
  comparisonConditions,
  controlConditions,
  lotConditions,
  trainingConditions,
} from "./gate-assays.ts";
import type { DeviceFacts, OverrideFact, TrainingFact } from "./facts.ts";
import { Edges, type Due, type Finding, type Look } from "./gate-look.ts";
import { gateLimits, gateTable, severity } from "./gate-table.ts";
import { dayMs, dayOf, endOf, startOf, type Moment } from "./local-day.ts";
import type { QualityPlan } from "./plan.ts";
import type { GateState } from "./vocabulary.ts";

/** What the gate says of one device at one moment. */
export interface GateAnswer {
  /** Of the device as a whole: `blocked` when nothing it measures may be measured. */
  readonly state: GateState;
  /** Worst first. Also those that an override passes. */
  readonly conditions: readonly Condition[];
  /** The override that is open now, when it passes all that blocks. */
  readonly override: OverrideFact | undefined;
  readonly overridesUsed: number;
  /** Soonest first; never done before all. */
  readonly due: readonly Due[];
  /** The next moment at which this answer may differ without a new fact. */
  readonly nextAt: number | undefined;
  /** Of one kind of measurement; an override is not looked at. */
  stateFor(of: MeasurementKind): GateState;
}

/**
 * The gate (calibration.md §6): a pure function of what the device needs, what the journal says and the clock. Dates are
 * days of the wall calendar; "more than 190 days ago" begins with the 191st day.
 */
export function gateOf(
  measures: readonly MeasurementKind[],
  plan: QualityPlan,
  facts: DeviceFacts,
  training: readonly TrainingFact[],
  moment: Moment,
): GateAnswer {
  const edges = new Edges(moment.now);
  const due: Due[] = [];
  const look: Look = { plan, facts, training, moment, edges, due };
  const found = measures.length === 0 ? [] : asked.flatMap((ask) => ask(look));
  const conditions = unique(found)
    .map(asCondition)
    .sort((a, b) => severity.indexOf(a.code) - severity.indexOf(b.code));
  const stateFor = (of: MeasurementKind): GateState =>
    worst(conditions.filter((condition) => condition.of === undefined || condition.of === of));
  const states = measures.map(stateFor);
  const { override, used } = overridesOf(look, conditions);
  return {
    // A device of which a part is in order is used with care.
    state: states.every((state) => state === states[0]) ? (states[0] ?? "ready") : "restricted",
    conditions,
    override,
    overridesUsed: used,
    due: due.sort((a, b) => (a.at ?? 0) - (b.at ?? 0)),
    nextAt: edges.next,
    stateFor,
  };
}

/** Of conditions in the order of the table, where what blocks comes before what restricts. */
const worst = (conditions: readonly Condition[]): GateState => conditions[0]?.state ?? "ready";

const asked: readonly ((look: Look) => readonly Finding[])[] = [
  latchConditions,
  identityConditions,
  certificateConditions,
  checkConditions,
  controlConditions,
  lotConditions,
  comparisonConditions,
  trainingConditions,
  cleaningConditions,
];

/** The first of those that say the same. */
function unique(found: readonly Finding[]): readonly Finding[] {
  const first = ({ code, about }: Finding) => found.find((each) => each.code === code && each.about === about);
  return found.filter((finding) => first(finding) === finding);
}

function asCondition({ code, since, dueAt, evidence, about, of }: Finding): Condition {
  return {
    code,
    state: gateTable[code].state,
    ...(since === undefined ? {} : { since: instant(since) }),
    ...(dueAt === undefined ? {} : { dueAt: instant(dueAt) }),
    ...(evidence === undefined ? {} : { evidence }),
    ...(about === undefined ? {} : { about }),
    ...(of === undefined ? {} : { of }),
  };
}

function latchConditions({ facts, plan }: Look): readonly Finding[] {
  return facts.latches.map(({ code, at, entry, about }) => {
    const [analyte = ""] = (about ?? "").split(" ");
    const of = analyteKind(plan, analyte);
    return { code, since: at, evidence: entry, about, of };
  });
}

function identityConditions({ facts: { observed, registeredSerial, checkedFirmware } }: Look): readonly Finding[] {
  const found: Finding[] = [];
  if (
    observed.serialNumber !== undefined &&
    registeredSerial !== undefined &&
    observed.serialNumber !== registeredSerial
  )
    found.push({ code: "identityChanged" });
  if (observed.firmware !== undefined && checkedFirmware !== undefined && observed.firmware !== checkedFirmware)
    found.push({ code: "firmwareChanged", about: observed.firmware });
  const drift = Math.abs(observed.clockOffsetMs ?? 0);
  if (drift > gateLimits.clockBlockMs) found.push({ code: "clockDrift" });
  else if (drift > gateLimits.clockWarnMs) found.push({ code: "clockSlow" });
  return found;
}

function certificateConditions({ plan, facts: { certificate }, moment, edges, due }: Look): readonly Finding[] {
  if (!plan.verification) return [];
  if (certificate === undefined) {
    due.push({ what: "verification" });
    return [{ code: "certificateMissing" }];
  }
  const { validUntil } = certificate.certificate;
  const end = endOf(validUntil, moment.zoneMinutes);
  const notice = startOf(validUntil, moment.zoneMinutes, -gateLimits.certificateNoticeDays);
  const dated = { dueAt: end, evidence: certificate.entry };
  due.push({ what: "verification", at: end, lastAt: certificate.at, evidence: certificate.entry });
  if (edges.passed(end)) return [{ code: "certificateExpired", since: end, ...dated }];
  return edges.passed(notice) ? [{ code: "certificateSoon", since: notice, ...dated }] : [];
}

function checkConditions({ plan, facts, moment, edges, due }: Look): readonly Finding[] {
  return plan.checks.flatMap(({ kind, of, required, dueDays, lastDays }): readonly Finding[] => {
    const last = facts.checks[kind];
    const about = { about: kind, of };
    if (last?.record.verdict === "failed")
      return [{ code: "checkFailed", since: last.at, evidence: last.entry, ...about }];
    if (!required) return [];
    if (last === undefined) {
      due.push({ what: kind });
      return [{ code: "checkMissing", ...about }];
    }
    const evidence = last.entry;
    const day = dayOf(last.at, moment.zoneMinutes);
    const dueAt = startOf(day, moment.zoneMinutes, dueDays);
    const lateAt = startOf(day, moment.zoneMinutes, lastDays + 1);
    due.push({ what: kind, at: dueAt, lastAt: last.at, evidence });
    if (edges.passed(lateAt)) return [{ code: "checkOverdue", since: lateAt, dueAt, evidence, ...about }];
    return edges.passed(dueAt) ? [{ code: "checkSoon", since: dueAt, dueAt: lateAt, evidence, ...about }] : [];
  });
}

function cleaningConditions({ facts: { cleaned }, moment, edges, due }: Look): readonly Finding[] {
  if (cleaned === undefined) {
    due.push({ what: "cleaning" });
    return [{ code: "notCleaned" }];
  }
  const day = dayOf(cleaned.at, moment.zoneMinutes);
  const dueAt = startOf(day, moment.zoneMinutes, gateLimits.cleaningDays);
  const lateAt = startOf(day, moment.zoneMinutes, gateLimits.cleaningDays + 1);
  const evidence = cleaned.entry;
  due.push({ what: "cleaning", at: dueAt, lastAt: cleaned.at, evidence });
  if (edges.passed(lateAt)) return [{ code: "notCleaned", since: lateAt, dueAt, evidence }];
  return edges.passed(dueAt) ? [{ code: "cleaningSoon", since: dueAt, dueAt: lateAt, evidence }] : [];
}

/** Only an override that passes everything that blocks is in force; what only restricts stands in no way of it. */
function overridesOf({ facts, moment, edges }: Look, conditions: readonly Condition[]) {
  const { windowDays } = gateLimits.overrides;
  const counted = facts.overrides.filter(({ at }) => !edges.passed(at + windowDays * dayMs));
  const open = facts.overrides.findLast(({ at, until }) => at <= moment.now && !edges.passed(until));
  const passable = conditions.every(({ code }) => gateTable[code].override === "counted");
  return { used: counted.length, override: passable ? open : undefined };
}
