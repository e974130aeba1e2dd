import type { FaultCode } from "./faults.ts";
import type { Reading } from "./quantity.ts";

/** What one act of measuring is about. `body`: weight, height and composition; `chemistry`: any other blood or urine analyte. */
export const measurementKinds = [
  "bloodPressure",
  "glucose",
  "lipids",
  "oximetry",
  "temperature",
  "body",
  "chemistry",
] as const;
export type MeasurementKind = (typeof measurementKinds)[number];

/** What a resident is offered on the kiosk today. */
export const offeredKinds = [
  "bloodPressure",
  "glucose",
  "lipids",
  "oximetry",
  "temperature",
  "body",
] as const satisfies readonly MeasurementKind[];
export type OfferedKind = (typeof offeredKinds)[number];

/** A reason to be careful with a measurement. It travels with the numbers and is shown beside them. */
export const doubts = [
  "irregularPulse",
  "bodyMotion",
  /** A part of the panel could not be calculated by the analyser. */
  "notCalculable",
  /** The device's clock disagrees with the station's by more than the profile allows. */
  "deviceClockWrong",
  /** The wire has no check of its own; a person compared the numbers with the device's display. */
  "confirmedByEye",
  /** Inside the hard range but unusual (rules.md §1, SOFT_CONFIRM). */
  "unusual",
  /** The device itself marks the result (a status digit whose meaning its maker did not publish). */
  "deviceMarked",
  /** Taken while the device was out of order, on a counted override signed by a member of staff. */
  "override",
  /** The device is in use under conditions: staff present, result preliminary. */
  "preliminary",
] as const;
export type Doubt = (typeof doubts)[number];

export const waveKinds = ["pulse", "ecg", "respiration"] as const;
export type WaveKind = (typeof waveKinds)[number];

/** Device-local wall time `YYYY-MM-DDTHH:mm:ss` (seconds may be absent), without zone. Kept as shown, never trusted. */
export type DeviceTime = string;

/**
 * What the decoder makes of bytes. A decoder answers, it never throws; bytes that are no frame come back as `discarded`.
 * - `measurement`: a whole result. `stored` is true when it came out of the device's memory: it may belong to anybody.
 * - `information`: what the device says about itself (serial number, firmware, clock, memory count).
 */
export type Outcome =
  | { readonly kind: "progress"; readonly of: MeasurementKind; readonly readings: readonly Reading[] }
  | {
      readonly kind: "measurement";
      readonly of: MeasurementKind;
      readonly readings: readonly Reading[];
      readonly doubts: readonly Doubt[];
      readonly deviceTime?: DeviceTime;
      readonly stored?: boolean;
      /** Free facts the device sent along: lot, user number, index in memory. Strings only; never shown as numbers. */
      readonly notes?: Readonly<Record<string, string>>;
    }
  /** A result on control solution or another control material. It is no resident's and can never become a measurement. */
  | {
      readonly kind: "control";
      readonly of: MeasurementKind;
      readonly readings: readonly Reading[];
      readonly deviceTime?: DeviceTime;
      readonly stored?: boolean;
      readonly notes?: Readonly<Record<string, string>>;
    }
  /** Samples of a curve for the live view, in raw steps by channel. Never stored as numbers. */
  | { readonly kind: "wave"; readonly of: WaveKind; readonly samples: Readonly<Record<string, readonly number[]>> }
  /** What a scanner read, as text. Opaque: never logged, never shown. */
  | { readonly kind: "scan"; readonly text: string }
  /** A resident's card. Everything in it is private: never logged, never shown in full. */
  | { readonly kind: "identity"; readonly card: Readonly<Record<string, string>> }
  | { readonly kind: "fault"; readonly code: FaultCode; readonly detail?: string }
  | { readonly kind: "information"; readonly about: string; readonly values: Readonly<Record<string, string | number>> }
  | { readonly kind: "discarded"; readonly bytes: Uint8Array; readonly reason: DiscardReason };

/** `noise`: no frame starts here. The others: a frame was seen and is broken in this way. */
export type DiscardReason = "noise" | "length" | "checksum" | "value" | "incomplete";
