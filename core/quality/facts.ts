import type { FaultCode } from "../domain/faults.ts";
import type { CalibrationRecord, Condition, ControlRecord, Lot, Staff } from "../journal/quality-bodies.ts";
import type { EntryBody } from "../journal/entry.ts";
import type { CalibrationKind, ConditionCode } from "./vocabulary.ts";

/** What the journal says about one device's quality. All moments are milliseconds since 1970 UTC, the journal's own. */

/** A fact with the entry that keeps it. */
export interface Kept {
  readonly entry: string;
  readonly at: number;
}
export type LotFact = Kept & { readonly lot: Lot; readonly by: Staff };
export type ControlFact = Kept & { readonly run: ControlRecord };
export type CheckFact = Kept & { readonly record: CalibrationRecord };
export type CertificateFact = Kept & { readonly certificate: EntryBody<"verification.recorded">["certificate"] };
export type ComparisonFact = Kept & Pick<EntryBody<"comparison.recorded">, "pairs" | "verdict" | "by">;
export type OverrideFact = Kept & { readonly until: number; readonly by: Staff; readonly reason: string };

/** A fault that does not pass by itself: only a signature over a passing run ends it. */
export type Latch = Kept & { readonly code: ConditionCode; readonly reportedBy: string; readonly about?: string };

/** What the device last said of itself. */
export interface Observed {
  readonly serialNumber?: string | undefined;
  readonly firmware?: string | undefined;
  readonly stripCode?: string | undefined;
  readonly clockOffsetMs?: number | undefined;
}

export interface DeviceFacts {
  /** In use: opened and not closed. */
  readonly lots: readonly LotFact[];
  /** Every lot there ever was, for charts and proofs. */
  readonly allLots: readonly LotFact[];
  /** Every run, oldest first; none is ever left out. */
  readonly runs: readonly ControlFact[];
  /** The last one of each kind. */
  readonly checks: Readonly<Partial<Record<CalibrationKind, CheckFact>>>;
  /** The first passing repeatability: what later ones are compared with, in mm[Hg]. */
  readonly baseline?: number;
  readonly certificate?: CertificateFact;
  /** Every one there ever was, for proofs. */
  readonly certificates: readonly CertificateFact[];
  /** Newest last. */
  readonly comparisons: readonly ComparisonFact[];
  readonly cleaned?: Kept;
  readonly observed: Observed;
  /** The unit that was put into service here. */
  readonly registeredSerial?: string;
  /** Firmware at the last passing check or control. */
  readonly checkedFirmware?: string;
  /** Cuff errors since the last good measurement. */
  readonly cuffErrors: { readonly count: number; readonly at: number };
  readonly latches: readonly Latch[];
  readonly overrides: readonly OverrideFact[];
  readonly reviews: readonly (Kept & { readonly review: EntryBody<"results.underReview"> })[];
  /** Reviewed months, `YYYY-MM`. */
  readonly reviewedMonths: Readonly<Record<string, string>>;
  /** As last written: the state and the codes of its conditions in order, with commas between. */
  readonly gate?: { readonly state: Condition["state"]; readonly at: number; readonly codes: string };
}

/** Training in force or past, per operator and kind: the last one counts. */
export type TrainingFact = Kept & Pick<EntryBody<"operator.certified">, "operator" | "of" | "validUntil">;

export const noFacts: DeviceFacts = {
  lots: [],
  allLots: [],
  runs: [],
  checks: {},
  certificates: [],
  comparisons: [],
  observed: {},
  cuffErrors: { count: 0, at: 0 },
  latches: [],
  overrides: [],
  reviews: [],
  reviewedMonths: {},
};

/** Cuff, hose and valve (§6: three in a row). A weak pulse is the arm's, not the cuff's. */
export const cuffFaults: ReadonlySet<string> = new Set<FaultCode>([
  "device.cuffLoose",
  "device.cuffLeak",
  "device.overPressure",
  "device.slowDeflation",
]);
/** What a device finds wrong with itself. */
export const selfTestFaults: ReadonlySet<string> = new Set<FaultCode>(["device.pump"]);
export const cuffErrorsInRow = 3;
