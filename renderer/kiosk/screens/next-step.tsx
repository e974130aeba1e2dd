import { useState } from "react";
import { actionCodes } from "../../../core/rules/assessment.ts";
import { nextStepOf, type FollowUp, type FollowUpOwner, type NextStepOffer } from "../../../core/rules/next-step.ts";
import type { NextChoice } from "../../../core/journal/visit-bodies.ts";
import type { VisitView } from "../../../core/contract/views.ts";
import type { KioskInput } from "../../../core/machine/kiosk.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Picture, type PictureName } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { SeverityMark } from "../../parts/severity.tsx";
import { dayWords, sentenceOf, spokenAdvice } from "../judged.ts";
import { Screen } from "../screen.tsx";
import { useEngine, useShown } from "../use-kiosk.ts";

const pictures: Readonly<Record<FollowUp, PictureName>> = {
  emergency: "bell",
  callNow: "doctor",
  book: "book",
  homeSeries: "homeSeries",
  comeBack: "comeBack",
  repeat: "bloodPressure",
  none: "goodbye",
};
const names = {
  emergency: "kiosk.next.emergency",
  callNow: "kiosk.next.callNow",
  book: "kiosk.next.book",
  homeSeries: "kiosk.next.homeSeries",
  comeBack: "kiosk.next.comeBack",
  repeat: "kiosk.next.repeat",
  none: "kiosk.next.none",
} as const satisfies Record<FollowUp, string>;
const agrees = {
  emergency: "kiosk.next.yes.callNow",
  callNow: "kiosk.next.yes.callNow",
  book: "kiosk.next.yes.book",
  homeSeries: "kiosk.next.yes.homeSeries",
  comeBack: "kiosk.next.yes.comeBack",
  repeat: "kiosk.next.yes.repeat",
  none: "kiosk.next.yes.none",
} as const satisfies Record<FollowUp, string>;

const owners = {
  dutyDoctor: "kiosk.next.owner.dutyDoctor",
  familyDoctor: "kiosk.next.owner.familyDoctor",
  stationStaff: "kiosk.next.owner.stationStaff",
  resident: "kiosk.next.owner.resident",
} as const satisfies Record<FollowUpOwner, string>;

/** By the summary of the visit; a visit without results owes nothing. */
export function offerOf(visit: VisitView | undefined): NextStepOffer {
  const action = actionCodes.find((code) => code === visit?.overall?.action) ?? "SHOW_ONLY";
  const findings = (visit?.results ?? []).flatMap(({ assessments }) =>
    assessments.flatMap(({ domain, severity, action: own }) => {
      const known = actionCodes.find((code) => code === own);
      return known === undefined ? [] : [{ domain, severity, action: known }];
    }),
  );
  return nextStepOf({ severity: visit?.overall?.severity ?? 0, action }, findings);
}

const isChoice = (does: FollowUp): does is FollowUp & NextChoice =>
  does === "callNow" || does === "book" || does === "homeSeries" || does === "comeBack";

/** What the person's yes or later does. A call is chosen and begun at once. */
export function inputsFor(does: FollowUp): readonly KioskInput[] {
  if (does === "repeat") return [{ kind: "home" }];
  if (does === "callNow" || does === "emergency")
    return [{ kind: "choose", choice: "callNow" }, { kind: "callDoctor" }];
  return isChoice(does) ? [{ kind: "choose", choice: does }] : [{ kind: "no" }];
}

/** What follows from the results: the rule's best one first, later second; never without an owner. */
export function NextStep() {
  const text = useText();
  const engine = useEngine();
  const { visit } = useShown();
  const [today] = useState(() => Date.now());
  const offer = offerOf(visit);
  const { does, declined, withinDays, owner } = offer;
  const due = withinDays === undefined ? undefined : dueOf(withinDays, today);
  const ownerKey = owners[owner];
  const owed = does !== "none";
  return (
    <Screen
      name="next"
      of={does}
      title={text("kiosk.next.title")}
      says={[{ key: names[does] }, ...spokenAdvice(text, visit?.overall), ...(owed ? [{ key: ownerKey }] : [])]}
      actions={
        <>
          {owed && (
            <Press kind="second" onPress={() => engine.send(...inputsFor(laterOf(declined)))} testId="next-later">
              {text("ui.later")}
            </Press>
          )}
          <Press kind="main" onPress={() => engine.send(...inputsFor(does))} testId="next-yes">
            {(does === "callNow" || does === "emergency") && <Icon name="call" />}
            {text(agrees[does])}
          </Press>
        </>
      }
    >
      <div className="next-step" data-testid="next-step" data-does={does}>
        <figure className="show-picture">
          <Picture name={pictures[does]} />
        </figure>
        <div className="next-words">
          <p className="next-name">{text(names[does])}</p>
          {due !== undefined && (
            <p className="title" data-testid="next-due">
              {withinDays === 0 ? text("kiosk.next.today") : text("kiosk.next.by", { date: dayWords(text, due) })}
            </p>
          )}
          {owed && (
            <p className="next-owner lead" data-testid="next-owner">
              <Icon name="guest" />
              {text(ownerKey)}
            </p>
          )}
          {visit?.overall !== undefined && (
            <div className="next-why">
              <SeverityMark severity={visit.overall.severity} level={false} />
              <p className="lead">{sentenceOf(text, visit.overall)}</p>
            </div>
          )}
          <p className="foot-note">
            {text("foot.drug")} {text("foot.disclaimer")}
          </p>
        </div>
      </div>
    </Screen>
  );
}

/** Later is not never: what the rule leaves over, or a plain "no". Measuring again is offered by every screen anyway. */
const laterOf = (declined: FollowUp): FollowUp => (declined === "repeat" || declined === "callNow" ? "none" : declined);

/** The last day, as an instant of the station's own calendar. */
export function dueOf(withinDays: number, now: number): string {
  const day = new Date(now);
  day.setDate(day.getDate() + withinDays);
  return day.toISOString();
}
