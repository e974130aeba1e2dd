import type { MeasurementKind } from "../domain/outcome.ts";
import { instant } from "../domain/time.ts";
import type { QualitySnapshot } from "../journal/quality-bodies.ts";
import type { DeviceFacts } from "./facts.ts";
import { levelsOf, todaysControl } from "./gate-assays.ts";
import type { GateAnswer } from "./gate.ts";
import type { Moment } from "./local-day.ts";
import type { QualityPlan } from "./plan.ts";

/** What stands behind a number of one kind at this moment: it travels with the number. */
export function snapshotOf(
  of: MeasurementKind,
  plan: QualityPlan,
  facts: DeviceFacts,
  gate: GateAnswer,
  moment: Moment,
): QualitySnapshot {
  const state = gate.stateFor(of);
  const controls = plan.controls
    .filter((control) => control.of === of)
    .flatMap((control) =>
      levelsOf(control, facts.lots).flatMap((level) => todaysControl(facts.runs, control.analyte, level, moment) ?? []),
    );
  const [check] = plan.checks.filter((each) => each.of === of).flatMap(({ kind }) => facts.checks[kind] ?? []);
  const certificate = facts.certificate?.certificate;
  const override = state === "blocked" ? gate.override?.entry : undefined;
  return {
    gate: state,
    conditions: gate.conditions.filter((each) => each.of === undefined || each.of === of).map(({ code }) => code),
    controls: controls.map(({ run, at }) => ({
      run: run.id,
      analyte: run.analyte,
      level: run.level,
      lot: run.lot,
      operator: run.operator.name,
      at: instant(at),
      verdict: run.verdict,
    })),
    lots: facts.lots.flatMap(({ lot }) => (lot.kind === "control" ? [] : [lot.lot])),
    ...(check === undefined
      ? {}
      : {
          calibration: {
            record: check.entry,
            kind: check.record.kind,
            at: instant(check.at),
            verdict: check.record.verdict,
          },
        }),
    ...(certificate === undefined || !plan.verification
      ? {}
      : { certificate: { number: certificate.number, validUntil: certificate.validUntil } }),
    ...(override === undefined ? {} : { override }),
    specimen: controls.some(({ run }) => run.specimen) || check?.record.specimen === true,
  };
}
