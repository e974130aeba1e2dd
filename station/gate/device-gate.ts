import type { MeasurementKind } from "../../core/domain/outcome.ts";
import type { QualitySnapshot } from "../../core/journal/quality-bodies.ts";
import type { ConditionCode } from "../../core/quality/vocabulary.ts";
import type { Device } from "../devices/device.ts";

/** What quality control says when a number of one kind is about to be taken. */
export interface Passage {
  readonly ready: boolean;
  /** What stands in the way, or what makes it preliminary, first. */
  readonly why?: ConditionCode;
  readonly preliminary: boolean;
  /** Only a counted override lets it through. */
  readonly override: boolean;
  /** Travels with the number. */
  readonly quality: QualitySnapshot;
}

/** The gate of calibration.md §6, as measuring sees it. */
export interface DeviceGate {
  passage(device: Device, of: MeasurementKind): Passage;
  /** The device said something about itself: in force before its next word. */
  observed(device: Device): void;
}
