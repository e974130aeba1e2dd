import type { RefusalCode } from "../../core/domain/faults.ts";
import { deviceMs, judge, type Candidate, type Circumstances, type Verdict } from "./gate.ts";

/** What a read-out of a device's memory amounts to. `passedOver`: records that are not taken, counted and never shown. */
export type ReadOut<C> =
  | { readonly taken: C; readonly verdict: Extract<Verdict, { ok: true }>; readonly passedOver: number }
  | { readonly taken: undefined; readonly reason: RefusalCode; readonly detail?: string; readonly passedOver: number };

/**
 * Chooses from the records of one read-out: of those the gate lets through, the newest. The others belong to other
 * people or other days; of them only the number is kept, because their values are nobody's business here.
 * `already`: whether a record was taken before in this visit; the same record is not a second measurement.
 */
export function chooseRecord<C extends { readonly candidate: Candidate }>(
  records: readonly C[],
  at: Circumstances,
  already: (candidate: Candidate) => boolean,
): ReadOut<C> {
  const newestFirst = [...records].sort(
    (a, b) => (deviceMs(b.candidate.deviceTime) ?? 0) - (deviceMs(a.candidate.deviceTime) ?? 0),
  );
  let fault: Extract<Verdict, { ok: false }> | undefined;
  for (const record of newestFirst) {
    const verdict = already(record.candidate)
      ? ({ ok: false, reason: "gate.stale" } as const)
      : judge(record.candidate, at);
    if (verdict.ok) return { taken: record, verdict, passedOver: records.length - 1 };
    // The newest record speaks for the read-out: an older one must not hide why the newest did not count …
    fault ??= verdict;
    // … and one that is of this visit but impossible or incomplete is not replaced by an older one.
    if (verdict.reason !== "gate.stale" && verdict.reason !== "gate.noClock") break;
  }
  return {
    taken: undefined,
    reason: fault?.reason ?? "gate.stale",
    ...(fault?.detail === undefined ? {} : { detail: fault.detail }),
    passedOver: records.length,
  };
}
