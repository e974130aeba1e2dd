import type { DeviceQuality, QualityView } from "../../../core/contract/quality.ts";
import { isQuantity, quantities } from "../../../core/domain/quantity.ts";
import type { Condition } from "../../../core/journal/quality-bodies.ts";
import {
  calibrationKinds,
  controlLevels,
  type CalibrationKind,
  type ControlLevel,
  type ControlVerdict,
  type GateState,
} from "../../../core/quality/vocabulary.ts";
import { typeset } from "../../parts/language.tsx";
import type { MarkKind } from "./parts.tsx";
import type { Route } from "./route.ts";
import type { Tech } from "./words.ts";

export const gateMarks: Readonly<Record<GateState, MarkKind>> = { ready: "ok", restricted: "care", blocked: "bad" };
export const verdictMarks: Readonly<Record<ControlVerdict, MarkKind>> = {
  passed: "ok",
  warning: "care",
  failed: "bad",
  rejected: "bad",
};

export function analyteWords(tech: Tech, analyte: string): string {
  if (!isQuantity(analyte)) return analyte;
  return typeset(tech.language, quantities[analyte][tech.language === "en" ? "en" : "zh"]);
}

const signs: Readonly<Record<string, string>> = { "mm[Hg]": "mmHg", "umol/L": "µmol/L", Cel: "°C", "1": "" };
/** As instruments print it. */
export const unitSign = (unit: string): string => signs[unit] ?? unit;

interface ControlOf {
  readonly analyte: string;
  readonly level: ControlLevel;
}

/** The analyte and level a condition speaks of, where it does. */
export function controlOf(about: string | undefined): ControlOf | undefined {
  const [analyte, named] = about?.split(" ") ?? [];
  const level = controlLevels.find((one) => one === named);
  return analyte !== undefined && isQuantity(analyte) && level !== undefined ? { analyte, level } : undefined;
}

export const checkOf = (about: string | undefined): CalibrationKind | undefined =>
  calibrationKinds.find((kind) => kind === about);

/** What a condition or a date is about, in words. */
export function aboutWords(tech: Tech, about: string | undefined): string {
  const control = controlOf(about);
  if (control) return `${analyteWords(tech, control.analyte)} ${tech(`tech.level.${control.level}`)}`;
  const check = checkOf(about);
  if (check) return tech(`qc.check.${check}`);
  return about === undefined ? "" : tech.code("tech.of", about);
}

/** Where a condition is seen to. */
export function routeFor(device: string, { code, about }: Pick<Condition, "code" | "about">): Route {
  const control = controlOf(about);
  const check = checkOf(about);
  switch (code) {
    case "certificateMissing":
    case "certificateExpired":
    case "certificateSoon":
      return { at: "verify", device };
    case "checkMissing":
    case "checkFailed":
    case "checkOverdue":
    case "checkSoon":
      return check === undefined ? { at: "checks" } : { at: "check", device, kind: check };
    case "firmwareChanged":
      return { at: "checks" };
    case "controlMissing":
    case "controlFailed":
    case "controlWarning":
      return control === undefined ? { at: "quality" } : { at: "control", device, ...control };
    case "lotMissing":
    case "lotExpired":
    case "lotOpenedTooLong":
    case "lotMismatch":
    case "roomOutside":
      return { at: "lots", device };
    case "comparisonMissing":
    case "comparisonOutside":
    case "comparisonRepeat":
    case "comparisonSoon":
    case "comparisonOverdue":
      return { at: "comparison", device };
    case "controlRejected":
    case "selfTest":
    case "cuffThrice":
    case "identityChanged":
      return { at: "release", device };
    case "clockDrift":
    case "clockSlow":
    case "notCleaned":
    case "cleaningSoon":
      return { at: "device", device };
    case "operatorUncertified":
      return { at: "staff" };
  }
}

export function qualityOf(view: QualityView | undefined, id: string): DeviceQuality | undefined {
  return view?.devices.find((one) => one.device === id);
}

/** Whole days from now; negative when past. */
export const daysUntil = (instant: string): number => Math.ceil((Date.parse(instant) - Date.now()) / 86_400_000);

/** `soonDays`: from here on it asks for attention; weekly things ask later than yearly ones. */
export function dueWords(
  tech: Tech,
  at: string | undefined,
  soonDays = 30,
): { readonly words: string; readonly mark: MarkKind } {
  if (at === undefined) return { words: tech("tech.due.never"), mark: "bad" };
  const days = daysUntil(at);
  if (days < 0) return { words: tech("tech.due.over", { n: -days }), mark: "bad" };
  if (days === 0) return { words: tech("tech.due.today"), mark: "care" };
  return { words: tech("tech.due.in", { n: days }), mark: days <= soonDays ? "care" : "ok" };
}

/** A number as it is written in a record: no more than three decimals, none that say nothing. */
export const plain = (value: number): string => String(Number(value.toFixed(3)));
