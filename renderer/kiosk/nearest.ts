import type { StationView } from "../../core/contract/views.ts";
import { quickChecks, type QuickCheck } from "../../core/machine/steps.ts";

/**
 * The quick check to begin with: of the first device in the station's own order that can be used for one: what is
 * still at work for the person before is free when the first question is answered.
 */
export function nearestOf(station: Pick<StationView, "devices"> | undefined): QuickCheck | undefined {
  for (const { measures, state } of station?.devices ?? []) {
    const quick = quickChecks.find((check) => measures.includes(check));
    if (quick !== undefined && (state === "ready" || state === "busy")) return quick;
  }
  return undefined;
}
