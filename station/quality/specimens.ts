import { v7 as newId } from "uuid";
import type { Quantity } from "../../core/domain/quantity.ts";
import { instant } from "../../core/domain/time.ts";
import type { EntryBody, NewEntry } from "../../core/journal/entry.ts";
import type { Staff } from "../../core/journal/quality-bodies.ts";
import { judgeCheck } from "../../core/quality/checks.ts";
import { judgePairs } from "../../core/quality/compare.ts";
import { levelsOf, todaysControl } from "../../core/quality/gate-assays.ts";
import { dayMs, dayOf, type Moment } from "../../core/quality/local-day.ts";
import {
  controlLevels,
  type CalibrationKind,
  type ConditionCode,
  type ControlLevel,
} from "../../core/quality/vocabulary.ts";
import type { CalibrationValues } from "../../core/contract/quality.ts";
import { specimenStaff } from "../technician/specimen-staff.ts";
import type { Scribe } from "../visits/scribe.ts";
import type { Judged } from "./watch.ts";

/**
 * What a simulated station brings along so that its simulated devices may be tried: papers, lots and today's controls,
 * invented and marked. Only what is wanting is made; what failed stays failed.
 */

const [operator, technician] = specimenStaff.map(({ staff, name, role }): Staff => ({ id: staff, name, role }));

/** A middle and a half width per level, in the unit that the rules use. */
const vials: Readonly<Partial<Record<Quantity, { readonly unit: string; readonly L1: Vial; readonly L2: Vial }>>> = {
  glucose: { unit: "mmol/L", L1: [5, 1], L2: [15, 2] },
  "cholesterol.total": { unit: "mmol/L", L1: [4.2, 0.5], L2: [6.8, 0.8] },
  "cholesterol.hdl": { unit: "mmol/L", L1: [1, 0.2], L2: [1.8, 0.3] },
  triglyceride: { unit: "mmol/L", L1: [1.2, 0.3], L2: [2.6, 0.5] },
  uricAcid: { unit: "umol/L", L1: [280, 40], L2: [560, 70] },
  creatinine: { unit: "umol/L", L1: [80, 15], L2: [400, 50] },
  haemoglobin: { unit: "g/L", L1: [110, 10], L2: [160, 12] },
  ketone: { unit: "mmol/L", L1: [0.6, 0.2], L2: [3, 0.6] },
  lactate: { unit: "mmol/L", L1: [1.2, 0.3], L2: [5, 0.8] },
  hba1c: { unit: "%", L1: [5.4, 0.4], L2: [9.8, 0.7] },
  crp: { unit: "mg/L", L1: [10, 3], L2: [50, 8] },
};
type Vial = readonly [middle: number, half: number];

const both = (values: readonly number[]) => values.map((value) => ({ reference: value, shown: value }));

/** Every point exactly right. */
const perfect: Readonly<Record<CalibrationKind, CalibrationValues>> = {
  staticPressure: {
    kind: "staticPressure",
    points: (["up", "down"] as const).flatMap((direction) =>
      both([0, 50, 100, 150, 200, 250]).map((point) => ({ ...point, direction })),
    ),
  },
  leakage: { kind: "leakage", points: [{ from: 250, to: 248, withCuff: true }] },
  repeatability: { kind: "repeatability", runs: Array.from({ length: 10 }, () => ({ systolic: 120, diastolic: 80 })) },
  overPressure: { kind: "overPressure", releasedAt: 290, heldSeconds: 120 },
  scale: { kind: "scale", points: both([20, 50, 100]) },
  thermometer: { kind: "thermometer", points: both([35, 37, 41]) },
  oximeter: {
    kind: "oximeter",
    points: [{ reference: 97, shown: 97, referencePulse: 72, shownPulse: 72 }],
  },
  height: { kind: "height", points: both([100, 150, 180]) },
  clock: { kind: "clock", driftSeconds: 0 },
};

/** What is wanting, as entries; none when nothing is. */
export function specimenFacts(judged: Judged, scribe: Scribe, moment: Moment): readonly NewEntry[] {
  if (operator === undefined || technician === undefined) return [];
  const { device, plan, facts, gate } = judged;
  const wanting = new Set(gate.conditions.map(({ code }) => code));
  const wants = (...codes: readonly ConditionCode[]): boolean => codes.some((code) => wanting.has(code));
  const fact = <T extends Parameters<Scribe["fact"]>[0]>(type: T, body: EntryBody<T>, id = newId()): NewEntry =>
    scribe.fact(type, body, { visit: null, subject: null, id });
  const today = dayOf(moment.now, moment.zoneMinutes);
  const inDays = (days: number): string => dayOf(moment.now + days * dayMs, moment.zoneMinutes);
  const at = instant(moment.now);
  const specimen = true;
  const made: NewEntry[] = [];

  if (wants("certificateMissing", "certificateExpired")) {
    const certificate = {
      device: device.id,
      number: "SPECIMEN-0001",
      issuer: "样本·计量院",
      issued: today,
      validUntil: inDays(365),
      serialNumber: facts.registeredSerial ?? facts.observed.serialNumber ?? "SPECIMEN",
      items: ["样本·示值", "样本·气密性"],
    };
    made.push(fact("verification.recorded", { certificate, by: technician, specimen }));
  }
  if (wants("checkMissing", "checkOverdue", "checkSoon")) {
    const due = gate.conditions.filter(({ code }) => code.startsWith("check") && code !== "checkFailed");
    for (const { kind } of plan.checks.filter((each) => due.some(({ about }) => about === each.kind))) {
      const id = newId();
      const { points, flags, verdict, baseline } = judgeCheck(perfect[kind], facts.baseline);
      const body: EntryBody<"calibration.recorded"> = {
        id,
        device: device.id,
        kind,
        points: [...points],
        flags: [...flags],
        verdict,
        ...(baseline === undefined ? {} : { baseline }),
        reference: {
          name: "样本·标准器",
          serial: "SPECIMEN",
          certificate: "SPECIMEN-0002",
          validUntil: inDays(365),
          errorLimit: 0,
        },
        technician,
        at,
        specimen,
      };
      made.push(fact("calibration.recorded", body, id));
    }
  }
  const lots = plan.controls.flatMap(({ analyte }) =>
    controlLevels.flatMap((level): readonly EntryBody<"lot.opened">["lot"][] => {
      const vial = vials[analyte];
      const used = facts.lots.find(
        ({ lot }) => lot.kind === "control" && lot.analyte === analyte && lot.level === level,
      );
      const ended = gate.conditions.some(({ code, about }) => code.startsWith("lot") && about === used?.lot.lot);
      if (vial === undefined || (used !== undefined && !ended)) return [];
      return [
        {
          kind: "control",
          device: device.id,
          lot: `SPECIMEN-${level}`,
          expiry: inDays(180),
          openedOn: today,
          openDays: 90,
          analyte,
          level,
          range: rangeOf(vial[level]),
          unit: vial.unit,
        },
      ];
    }),
  );
  for (const lot of lots) made.push(fact("lot.opened", { lot, by: operator, specimen }));
  if (wants("lotMissing", "lotExpired", "lotOpenedTooLong")) {
    const lot = { device: device.id, expiry: inDays(180), openedOn: today, openDays: 90 };
    made.push(fact("lot.opened", { lot: { ...lot, kind: "strip", lot: "SPECIMEN-S" }, by: operator, specimen }));
  }
  for (const control of plan.controls) {
    const vial = vials[control.analyte];
    if (vial === undefined) continue;
    const levels = lots.length > 0 ? controlLevels : levelsOf(control, facts.lots);
    for (const level of levels.filter((each) => todaysControl(facts.runs, control.analyte, each, moment) === undefined))
      made.push(controlOf(judged, control.analyte, level, vial, { at, fact, operator }));
  }
  if (wants("comparisonMissing", "comparisonSoon", "comparisonOverdue")) {
    for (const of of plan.comparison) {
      const analytes = plan.controls.filter((control) => control.of === of).map(({ analyte }) => analyte);
      const pairs = analytes.flatMap((analyte) =>
        [4.2, 6, 8.5, 12, 17].map((value) => ({ analyte, device: value, laboratory: value })),
      );
      const judgedPairs = judgePairs(pairs);
      const body = { device: device.id, pairs: [...judgedPairs.pairs], verdict: judgedPairs.verdict };
      made.push(fact("comparison.recorded", { ...body, by: technician, at, specimen }));
    }
  }
  if (wants("notCleaned", "cleaningSoon"))
    made.push(fact("device.cleaned", { device: device.id, by: operator, specimen }));
  if (wants("operatorUncertified"))
    for (const of of plan.trained)
      made.push(fact("operator.certified", { operator, of, validUntil: inDays(365), by: technician, specimen }));
  return made;
}

const rangeOf = ([middle, half]: Vial) => ({ low: rounded(middle - half), high: rounded(middle + half) });
const rounded = (value: number): number => Math.round(value * 100) / 100;

function controlOf(
  { device }: Judged,
  analyte: Quantity,
  level: ControlLevel,
  vial: NonNullable<(typeof vials)[Quantity]>,
  how: {
    readonly at: string;
    readonly operator: Staff;
    readonly fact: (type: "control.run", body: EntryBody<"control.run">, id: string) => NewEntry;
  },
): NewEntry {
  const id = newId();
  const body: EntryBody<"control.run"> = {
    id,
    device: device.id,
    analyte,
    level,
    lot: `SPECIMEN-${level}`,
    strip: "SPECIMEN-S",
    value: vial[level][0],
    unit: vial.unit,
    range: rangeOf(vial[level]),
    verdict: "passed",
    rules: [],
    operator: how.operator,
    byHand: true,
    at: how.at,
    rawHex: [],
    specimen: true,
  };
  return how.fact("control.run", body, id);
}
