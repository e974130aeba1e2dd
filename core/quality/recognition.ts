import type { Doubt, MeasurementKind } from "../domain/outcome.ts";
import type { Measurement } from "../journal/entry.ts";
import { stationClockState } from "./station-clock.ts";
import type { ConditionCode } from "./vocabulary.ts";

/**
 * Fit for recognition: may another institution take this number as its own? One answer at the station, the hub and
 * the desk, from what travels with the number. Everything that is missing is named, the gravest first; nothing is guessed
 * in favor of the number.
 */
export const recognitionLacks = [
  /** Of a simulated device, or proved by specimens. */
  "simulated",
  /** Nobody's: a guest was measured. */
  "person",
  /** No bytes of a device stand behind it. */
  "noBytes",
  /** From before there was a gate. */
  "noQuality",
  /** Taken out of order, on an emergency override. */
  "override",
  /** A control failed later; a doctor looks at it. */
  "review",
  /** The unit, its firmware or its serial number is not the one that was verified. */
  "unit",
  /** The device itself: self-test, cuff errors, cleaning. */
  "device",
  "certificate",
  "check",
  "control",
  "lot",
  "comparison",
  "room",
  "operator",
  /** Of the device or of the station: the moment cannot be believed. */
  "clock",
  /** A pressure that is only a screening one, or whose protocol is not over. */
  "grade",
  /** The device or the fences doubt the number. */
  "doubt",
] as const;
export type RecognitionLack = (typeof recognitionLacks)[number];

export interface Recognition {
  readonly fit: boolean;
  /** In the order of `recognitionLacks`; empty when fit. */
  readonly lacks: readonly RecognitionLack[];
}

export interface RecognitionAsked {
  readonly measurement: Pick<Measurement, "of" | "doubts" | "times" | "quality"> & {
    readonly provenance: Pick<Measurement["provenance"], "simulated" | "rawHex">;
  };
  /** Whether it is known whose number it is. */
  readonly person: "known" | "guest";
  /** Of the session it belongs to, where it is a pressure; absent: not judged. */
  readonly grade?: "screening" | "diagnostic" | undefined;
  readonly underReview?: boolean;
}

/** What each condition of the gate takes away; notices take nothing. */
const lackOf: Readonly<Record<ConditionCode, RecognitionLack | undefined>> = {
  certificateMissing: "certificate",
  certificateExpired: "certificate",
  certificateSoon: undefined,
  checkMissing: "check",
  checkFailed: "check",
  checkOverdue: "check",
  checkSoon: "check",
  controlMissing: "control",
  controlFailed: "control",
  controlRejected: "control",
  controlWarning: "control",
  lotMissing: "lot",
  lotExpired: "lot",
  lotOpenedTooLong: "lot",
  lotMismatch: "lot",
  comparisonMissing: "comparison",
  comparisonOutside: "comparison",
  comparisonRepeat: "comparison",
  comparisonSoon: "comparison",
  comparisonOverdue: "comparison",
  roomOutside: "room",
  selfTest: "device",
  cuffThrice: "device",
  firmwareChanged: "unit",
  clockDrift: "clock",
  clockSlow: undefined,
  identityChanged: "unit",
  operatorUncertified: "operator",
  notCleaned: "device",
  cleaningSoon: undefined,
};

/** What must be in the snapshot itself, by kind: a gate that was satisfied with less is not believed. */
const needs: Readonly<Record<MeasurementKind, readonly ("certificate" | "check" | "control" | "lot")[]>> = {
  bloodPressure: ["certificate", "check"],
  glucose: ["control", "lot"],
  lipids: ["control", "lot"],
  oximetry: ["check"],
  temperature: ["check"],
  body: ["check"],
  chemistry: [],
};

/** An irregular pulse is a finding, not a doubt; what a person confirmed on the display is as good as the wire. */
const doubting: readonly Doubt[] = ["bodyMotion", "unusual", "deviceMarked"];

/** Pure. */
export function recognitionOf({ measurement, person, grade, underReview = false }: RecognitionAsked): Recognition {
  const { of, doubts, provenance, times, quality } = measurement;
  const found = new Set<RecognitionLack>(quality === undefined ? ["noQuality"] : ofQuality(of, quality, times.heardAt));
  if (provenance.simulated) found.add("simulated");
  if (person === "guest") found.add("person");
  if (provenance.rawHex.length === 0) found.add("noBytes");
  if (underReview) found.add("review");
  const clock = stationClockState(times.hubAheadMs);
  if (clock === "off" || clock === "wrong" || doubts.includes("deviceClockWrong")) found.add("clock");
  if (of === "bloodPressure" && grade !== "diagnostic") found.add("grade");
  if (doubts.some((doubt) => doubting.includes(doubt))) found.add("doubt");
  const lacks = recognitionLacks.filter((lack) => found.has(lack));
  return { fit: lacks.length === 0, lacks };
}

function ofQuality(
  of: MeasurementKind,
  quality: NonNullable<Measurement["quality"]>,
  heardAt: string,
): readonly RecognitionLack[] {
  const { gate, conditions, controls, lots, calibration, certificate, override, specimen } = quality;
  const named = conditions.flatMap((code) => lackOf[code] ?? []);
  const there = {
    // By the day as the certificate names it; the gate has looked at the very hour.
    certificate: certificate !== undefined && heardAt.slice(0, 10) <= certificate.validUntil,
    check: calibration?.verdict === "passed",
    control: controls.length > 0 && controls.every(({ verdict }) => verdict === "passed"),
    lot: lots.length > 0,
  };
  return [
    ...named,
    ...needs[of].filter((need) => !there[need]),
    // Out of order for a reason that a newer program knows: it does not count as in order.
    ...(gate !== "ready" && named.length === 0 ? (["device"] as const) : []),
    ...(override === undefined ? [] : (["override"] as const)),
    ...(specimen ? (["simulated"] as const) : []),
  ];
}
