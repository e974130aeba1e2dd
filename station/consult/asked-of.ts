import type { HubClient } from "./hub-client.ts";
import type { AskingVisit } from "./visit-desk.ts";

type Join = Parameters<HubClient["queue"]["join"]>[0];

/**
 * With what a visit is put into a queue. Alone with a doctor is only who has a diagnosis from before (service.md §4); with
 * everybody else a village doctor sits.
 */
export function askedOf(asking: AskingVisit): Omit<Join, "call"> {
  const { visit, shownName, severity, worst, subject, knownDiagnosis } = asking;
  return {
    visit,
    shownName,
    severity,
    mode: knownDiagnosis ? "return" : "assisted",
    knownDiagnosis,
    ...(worst === undefined ? {} : { worst }),
    ...(subject === null ? {} : { resident: subject }),
  };
}
