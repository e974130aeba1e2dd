import { useState } from "react";
import { reviewDay, type Plan } from "../../../core/care/plan.ts";
import type { GoalKind } from "../../../core/care/plan-kinds.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { allows } from "../../../core/rights.ts";
import { useText } from "../../parts/language.tsx";
import { DayPicker } from "../pages/DayPicker.tsx";
import { daysAway } from "../pages/day.ts";
import { Fault } from "../pages/Fault.tsx";
import { failing, useToday, wallDay } from "../pages/work-kit.ts";
import type { PlanParts } from "./PlanPane.tsx";

/** What is in force, or waits for a signature elsewhere; on its day what was reached is ticked, and it goes on or ends. */
export function PlanView(
  props: PlanParts & {
    readonly plan: Plan;
    readonly another: (() => void) | undefined;
    readonly done: (words: string) => void;
  },
) {
  const text = useText();
  const { door, me, plan, records } = props;
  const today = useToday();
  const [reached, setReached] = useState<readonly GoalKind[]>([]);
  const [again, setAgain] = useState("");
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<FaultCode>();
  const mayReview =
    plan.state === "approved" && plan.doctor.org === me.practice?.org && allows(me.role, "plan.review") !== "no";
  const earlier = records.plans
    .filter(({ id, state }) => id !== plan.id && state === "closed")
    .toSorted((one, other) => other.since - one.since);
  const last = plan.reviews.at(-1);

  const review = async (how: { readonly again: string } | { readonly reason: string }, words: string) => {
    if (busy) return;
    setBusy(true);
    const why = await failing(() => door.client.plan.review({ id: plan.id, reached: [...reached], ...how }));
    setBusy(false);
    if (why === undefined) props.done(words);
    else setFault(why);
  };

  return (
    <>
      <div className="plan-columns">
        <fieldset className="plan-list">
          <legend>{text(mayReview ? "desk.plan.reached" : "desk.plan.goals")}</legend>
          {plan.goals.map((goal) => (
            <label key={goal} className="plan-box">
              {mayReview && (
                <input
                  type="checkbox"
                  data-testid={`reached-${goal}`}
                  checked={reached.includes(goal)}
                  onChange={({ currentTarget: { checked } }) =>
                    setReached(plan.goals.filter((one) => (one === goal ? checked : reached.includes(one))))
                  }
                />
              )}
              <span>{text(`plan.goal.${goal}`)}</span>
              {last?.reached.includes(goal) === true && <span className="tag tag-green">{text("desk.plan.was")}</span>}
            </label>
          ))}
        </fieldset>
        <fieldset className="plan-list">
          <legend>{text("desk.plan.tasks")}</legend>
          <ul className="plan-said">
            {plan.tasks.map((task) => (
              <li key={task}>{text(`plan.task.${task}`)}</li>
            ))}
          </ul>
          {plan.note !== undefined && (
            <p className="plan-words">
              <span className="hint">{text("desk.plan.note")}</span> {plan.note}
            </p>
          )}
        </fieldset>
        <aside className="plan-side">
          <p>
            {text("desk.plan.reviewOn")} <strong data-testid="plan-review-day">{reviewDay(plan)}</strong>
          </p>
          {plan.signature ? (
            <p className="hint" data-testid="plan-signed">
              {text("desk.plan.by", { name: plan.signature.by.name, day: wallDay(Date.parse(plan.signature.at)) })} ·{" "}
              {text("desk.sign.test")}
            </p>
          ) : (
            <p className="hint">{text("desk.plan.waits")}</p>
          )}
          {mayReview && (
            <>
              <DayPicker
                label={text("desk.plan.again")}
                testId="plan-again"
                value={again}
                first={daysAway(today, 1)}
                choose={setAgain}
              />
              <button
                type="button"
                className="second"
                data-testid="plan-goes-on"
                disabled={again === "" || busy}
                onClick={() => void review({ again }, text("desk.plan.reviewed"))}
              >
                {text("desk.plan.goesOn")}
              </button>
              <label className="work-field">
                {text("desk.plan.whyEnd")}
                <input
                  maxLength={500}
                  data-testid="plan-end-reason"
                  value={reason}
                  onInput={(event) => setReason(event.currentTarget.value)}
                />
              </label>
              <button
                type="button"
                className="quiet"
                data-testid="plan-end"
                disabled={reason.trim() === "" || busy}
                onClick={() => void review({ reason }, text("desk.plan.ended"))}
              >
                {text("desk.plan.end")}
              </button>
            </>
          )}
          {earlier.length > 0 && (
            <details className="plan-earlier">
              <summary>{text("desk.plan.earlier", { n: earlier.length })}</summary>
              <ol>
                {earlier.map(({ id, signature, goals, since }) => (
                  <li key={id}>
                    <span className="hint">
                      {signature ? wallDay(Date.parse(signature.at)) : wallDay(since)} {signature?.by.name}
                    </span>{" "}
                    {goals.map((goal) => text(`plan.goal.${goal}`)).join(" ")}
                  </li>
                ))}
              </ol>
            </details>
          )}
        </aside>
      </div>
      <div className="work-foot">
        <span className="spread" />
        <Fault code={fault} />
        {props.another && (
          <button type="button" className="main" data-testid="plan-another" onClick={props.another}>
            {text("desk.plan.another")}
          </button>
        )}
      </div>
    </>
  );
}
