import type { MeasurementKind } from "../../core/domain/outcome.ts";
import type { Comparison } from "../../core/journal/entry.ts";
import type { Answers } from "../../core/journal/visit-bodies.ts";
import type { Arm, PressurePlan } from "../../core/rules/pressure-protocol.ts";
import type { VisitAssessment } from "../../core/rules/visit-facts.ts";
import type { Store } from "../store/store.ts";

/** Both arms are measured at the first visit and once a year (rules.md §3.1). */
const yearMs = 365 * 24 * 3_600_000;

/** How the pressures of one visit are to be taken, and what was known of the arms before it. */
export interface ArmsKnown {
  /** Absent: whichever arm the cuff is on. */
  readonly plan: PressurePlan["arms"];
  readonly before: Comparison | undefined;
}

/** A guest comes without a past: whichever arm is measured. Who can measure only one arm says so, and is not asked again. */
export async function armsKnown(
  store: Pick<Store, "history" | "provenance" | "visit">,
  of: { readonly resident: string | null; readonly visit: string; readonly answers: Answers; readonly now: number },
): Promise<ArmsKnown> {
  const { resident, visit, answers, now } = of;
  const before = resident === null ? undefined : await comparedBefore(store, resident, visit);
  if (answers.arm !== undefined || resident === null) return { plan: answers.arm, before };
  const holds = before !== undefined && now - Date.parse(before.at) < yearMs;
  return { plan: holds ? before.use : "both", before };
}

/** Every judged pressure carries the last comparison along, so the newest of another visit knows it. */
async function comparedBefore(
  store: Pick<Store, "history" | "provenance" | "visit">,
  resident: string,
  visit: string,
): Promise<Comparison | undefined> {
  for (const { seq } of await store.history(resident, "bp.systolic", mostReadings)) {
    const kept = await store.provenance(seq);
    if (kept?.visit === undefined || kept.visit === null || kept.visit === visit) continue;
    const found = (await store.visit(kept.visit))?.results.find(({ of }) => of === pressure)?.compared;
    if (found !== undefined) return found;
    // One that was cut short before it was judged; the one before it is asked.
  }
  return undefined;
}

const pressure: MeasurementKind = "bloodPressure";
/** Of one visit and some that were cut short. */
const mostReadings = 12;

/** What is known of the arms after this visit's pressures: compared now, said to have one only, or carried along. */
export function comparedNow(
  assessments: readonly VisitAssessment[],
  { before }: ArmsKnown,
  said: Arm | undefined,
  at: string,
): Comparison | undefined {
  const judged = assessments.find(({ domain }) => domain === "bp_arm");
  if (judged !== undefined) return { use: judged.flags.includes("USE_RIGHT") ? "right" : "left", at };
  return said === undefined ? before : { use: said, at };
}
