import { assess } from "../../../core/rules/assess.ts";

/** "RULE CATEGORY severity ACTION key flag|flag value": what a domain answers, as one line to compare. */
export function said(domain: string, inputs: unknown): string {
  const answer = assess(domain, inputs);
  if (answer.kind !== "assessed") return answer.kind;
  const { rule, category, severity, action, flags, adviceKey = "-", value = "-" } = answer.assessment;
  return [rule, category, severity, action, adviceKey, flags.join("|") || "-", value].join(" ");
}
