import type { MessageKey } from "../i18n/message.ts";
import { actionCodes, type Assessment, type PersonActionCode, type Severity } from "./assessment.ts";

const summaries = {
  0: "sum.0",
  1: "sum.1",
  2: "sum.2",
  3: "sum.3",
  4: "sum.4",
} as const satisfies Record<Severity, MessageKey>;

export interface OverallItem {
  readonly severity: Severity;
  readonly action: PersonActionCode;
}

/** OV-01: the highest severity; among the results that have it, the most pressing action. Nothing gives 0 and ROUTINE. */
export function overall(items: readonly OverallItem[]): Assessment {
  const severity = items.reduce<Severity>((worst, item) => (item.severity > worst ? item.severity : worst), 0);
  const action = items
    .filter((item) => item.severity === severity)
    .reduce<PersonActionCode>(
      (pressing, item) => (actionCodes.indexOf(item.action) > actionCodes.indexOf(pressing) ? item.action : pressing),
      "ROUTINE",
    );
  return { category: "OVERALL", severity, action, flags: [], adviceKey: summaries[severity], rule: "OV-01" };
}
