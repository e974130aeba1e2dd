import type { VisitParts } from "../../core/contract/visit-parts.ts";
import { consentScopes, type ConsentFacts } from "../../core/domain/consent.ts";
import type { Entry } from "../../core/journal/entry.ts";
import { together } from "../../core/journal/answers.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import { shownAs } from "../../core/rules/visit-facts.ts";
import { triage } from "../../core/rules/triage.ts";

/**
 * What a visit amounts to besides its measurements, from its entries alone. `consents`: what is known of the person or visit;
 * `seatSeconds`: how long one sits at this station before the first pressure.
 */
export function visitParts(entries: Iterable<Entry>, consents: ConsentFacts, seatSeconds: number): VisitParts {
  let answers: VisitParts["answers"] = {};
  const found: { -readonly [K in keyof VisitParts]?: VisitParts[K] } = {};
  let resumed = false;
  for (const entry of entries) {
    const answered = bodyOf(entry, "visit.answered");
    if (answered) answers = together(answers, answered);
    if (entry.type === "visit.resumed") resumed = true;
    if (entry.type === "visit.seated") found.rest = { since: entry.heardAt, seconds: seatSeconds };
    const recognized = bodyOf(entry, "resident.recognized");
    if (recognized?.helper !== undefined) found.helper = recognized.helper;
    else if (recognized) delete found.helper;
    const raised = bodyOf(entry, "alarm.raised");
    if (raised)
      found.alarm = {
        id: raised.alarm,
        raisedAt: entry.heardAt,
        reason: raised.reason,
        symptoms: raised.symptoms,
        state: "sounding",
      };
    const answer = bodyOf(entry, "alarm.answered");
    if (answer && found.alarm?.id === answer.alarm) found.alarm = { ...found.alarm, state: "answered" };
    const made = bodyOf(entry, "assessment.made");
    if (made?.risk !== undefined) found.risk = made.risk;
    else if (made) delete found.risk;
    const chosen = bodyOf(entry, "nextStep.chosen");
    if (chosen) found.nextStep = chosen;
  }
  return {
    ...found,
    resumed,
    answers,
    consents: consentScopes.flatMap((scope) => {
      const fact = consents[scope];
      return fact === undefined ? [] : [{ scope, given: fact.given, at: fact.at, version: fact.version }];
    }),
    ...(answers.symptoms === undefined ? {} : { triage: shownAs("triage", undefined, triage(answers.symptoms)) }),
  };
}
