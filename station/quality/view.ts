import type { DeviceQuality, QualityView } from "../../core/contract/quality.ts";
import { instant } from "../../core/domain/time.ts";
import { levelsOf, lotEnds, todaysControl } from "../../core/quality/gate-assays.ts";
import type { DeviceFacts, TrainingFact } from "../../core/quality/facts.ts";
import { gateLimits, gateTable } from "../../core/quality/gate-table.ts";
import { endOf, type Moment } from "../../core/quality/local-day.ts";
import type { Judged } from "./watch.ts";

/** What the technician's page is shown, computed from facts and the gate's answers. */
export function viewOfQuality(
  judged: readonly Judged[],
  training: readonly TrainingFact[],
  moment: Moment,
  who: { readonly simulated: boolean; readonly staff: string },
): QualityView {
  return {
    at: instant(moment.now),
    simulated: who.simulated,
    devices: judged.map((each) => deviceOf(each, moment, who.staff)),
    tasks: judged.flatMap(({ device, gate }) =>
      gate.conditions.map((condition) => ({
        id: [device.id, condition.code, condition.about ?? ""].join(" "),
        device: device.id,
        condition,
        owner: gateTable[condition.code].owner,
        ageMs: condition.since === undefined ? 0 : Math.max(0, moment.now - Date.parse(condition.since)),
      })),
    ),
    review: judged.flatMap(({ device, facts }) =>
      facts.reviews.map(({ entry, at, review: { control, since, measurements } }) => ({
        entry,
        device: device.id,
        control,
        since,
        at: instant(at),
        measurements,
      })),
    ),
    operators: training.map(({ operator: { id, name }, of, validUntil }) => ({
      id,
      name,
      of,
      validUntil,
      valid: moment.now < endOf(validUntil, moment.zoneMinutes),
    })),
  };
}

function deviceOf({ device, plan, facts, gate }: Judged, moment: Moment, staff: string): DeviceQuality {
  const { limit, windowDays } = gateLimits.overrides;
  const { observed, registeredSerial, latches } = facts;
  const { serialNumber, firmware } = observed;
  return {
    device: device.id,
    maker: device.profile.model.maker,
    model: device.profile.model.name,
    measures: [...device.profile.measures],
    checks: plan.checks.map(({ kind }) => kind),
    analytes: plan.controls.map(({ analyte }) => analyte),
    needs: {
      verification: plan.verification,
      comparison: plan.comparison.length > 0,
      strips: plan.strips.length > 0,
    },
    gate: {
      state: gate.state,
      ...(facts.gate?.state === gate.state ? { since: instant(facts.gate.at) } : {}),
      conditions: [...gate.conditions],
    },
    due: gate.due.map(({ what, at, lastAt, evidence, about }) => ({
      what,
      ...(at === undefined ? {} : { at: instant(at) }),
      ...(lastAt === undefined ? {} : { lastAt: instant(lastAt) }),
      ...(evidence === undefined ? {} : { evidence }),
      ...(about === undefined ? {} : { about }),
    })),
    lots: lotsOf(facts, moment),
    controls: plan.controls.flatMap((control) =>
      levelsOf(control, facts.lots).map((level) => {
        const last = todaysControl(facts.runs, control.analyte, level, moment);
        const { analyte } = control;
        return last === undefined
          ? { analyte, level, state: "missing" as const }
          : { analyte, level, state: last.run.verdict, run: last.run.id, at: instant(last.at), lot: last.run.lot };
      }),
    ),
    override: {
      used: gate.overridesUsed,
      limit,
      windowDays,
      ...(gate.override === undefined ? {} : { until: instant(gate.override.until) }),
    },
    latched: latches.map(({ code, at, reportedBy }) => ({
      code,
      since: instant(at),
      reportedBy,
      mayRelease: reportedBy !== staff,
    })),
    ...(serialNumber === undefined ? {} : { serialNumber }),
    ...(registeredSerial === undefined ? {} : { registeredSerial }),
    ...(firmware === undefined ? {} : { firmware }),
  };
}

function lotsOf(facts: DeviceFacts, { now, zoneMinutes }: Moment): DeviceQuality["lots"] {
  return facts.lots.map((fact) => {
    const { expired, openedTooLong } = lotEnds(fact, zoneMinutes);
    const until = Math.min(expired, openedTooLong);
    return {
      entry: fact.entry,
      lot: fact.lot,
      openedBy: fact.by.name,
      usableUntil: instant(until),
      usable: now < until,
    };
  });
}
