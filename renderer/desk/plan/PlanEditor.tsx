import { useState } from "react";
import type { Plan } from "../../../core/care/plan.ts";
import type { PlanWish } from "../../../core/contract/hub-care.ts";
import type { PlanGround } from "../../../core/care/plan-draft.ts";
import { goalKinds, mostGoals, mostPlanTasks, planTaskKinds } from "../../../core/care/plan-kinds.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { allows } from "../../../core/rights.ts";
import { focusNow } from "../../parts/focus-first.ts";
import { useHeard } from "../../parts/heard.ts";
import { useText } from "../../parts/language.tsx";
import { useKept } from "../drafts.ts";
import { DayPicker } from "../pages/DayPicker.tsx";
import { daysAway } from "../pages/day.ts";
import { Fault } from "../pages/Fault.tsx";
import { useSigning } from "../pages/use-signing.tsx";
import { failing, useToday } from "../pages/work-kit.ts";
import { Grounds } from "./Grounds.tsx";
import { missingOf, planFormSchema, wishOf, type PlanForm } from "./plan-form.ts";
import type { PlanParts } from "./PlanPane.tsx";

/** Whether the hub has another text under this id: of a first try whose signature failed. */
const differs = ({ goals, tasks, review, note }: Plan, wish: PlanWish): boolean =>
  JSON.stringify([goals, tasks, review, note]) !== JSON.stringify([wish.goals, wish.tasks, wish.review, wish.note]);

/** Two weeks, four and twelve: after a change, until it is at target, and where it is. */
const usual = [14, 28, 84] as const;

/** Writes a plan in the very sentences that the resident will hear. What the rules drafted is ticked; nothing counts before it is signed. */
export function PlanEditor(
  props: PlanParts & {
    readonly keptAs: string;
    /** The draft being changed, or the version in force that this one is to follow. */
    readonly before: Plan | undefined;
    readonly start: PlanForm;
    readonly grounds: readonly PlanGround[];
    readonly done: (words: string) => void;
    readonly cancel: (() => void) | undefined;
  },
) {
  const text = useText();
  const { door, me, resident, history, before, grounds } = props;
  const { value: form, put, drop } = useKept(props.drafts, props.keptAs, planFormSchema, () => props.start);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<FaultCode>();
  const [dropping, setDropping] = useState(false);
  const [reason, setReason] = useState("");
  const signing = useSigning(door);
  const today = useToday();
  const isDraft = before?.state === "drafted";
  const wish = wishOf(form, {
    resident,
    station: before?.station ?? history.visits[0]?.station,
    after: isDraft ? before.after : before?.id,
  });
  const missing = missingOf(form);
  const maySign = allows(me.role, "plan.approve") !== "no";
  const ready = wish !== undefined && !busy;

  const work = async (steps: () => Promise<FaultCode | undefined>, words: string) => {
    if (busy) return;
    setBusy(true);
    setFault(undefined);
    const why = await steps();
    setBusy(false);
    if (why !== undefined) return setFault(why);
    drop();
    props.done(words);
  };
  /** A draft at the hub is changed; the first time it is opened, and opened again it is the one that is there. */
  const keep = (): Promise<FaultCode | undefined> =>
    failing(async () => {
      if (!wish) return;
      const there = isDraft ? undefined : await door.client.plan.draft(wish);
      if (there === undefined || differs(there, wish)) await door.client.plan.change(wish);
    });
  const draftOnly = () =>
    failing(async () => {
      if (wish) await (isDraft ? door.client.plan.change(wish) : door.client.plan.draft(wish));
    });
  const sign = () =>
    work(
      async () => (await keep()) ?? (await signing.run(() => door.client.plan.approve({ id: form.id }))),
      text("desk.plan.signed"),
    );

  useHeard("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (ready && maySign) void sign();
  });

  const boxes = <K extends string>(
    all: readonly K[],
    ticked: readonly K[],
    most: number,
    words: (one: K) => string,
    change: (ticked: K[]) => void,
  ) =>
    all.map((one, nth) => (
      <label key={one} className="plan-box">
        <input
          type="checkbox"
          data-testid={`plan-${one}`}
          ref={all[0] === "pressureBelow140" && nth === 0 ? focusNow : undefined}
          checked={ticked.includes(one)}
          disabled={!ticked.includes(one) && ticked.length >= most}
          onChange={({ currentTarget: { checked } }) =>
            change(all.filter((it) => (it === one ? checked : ticked.includes(it))))
          }
        />
        <span>{words(one)}</span>
      </label>
    ));

  return (
    <>
      <div className="plan-columns">
        <fieldset className="plan-list">
          <legend>
            {text("desk.plan.goals")}{" "}
            <span className="count">{text("desk.plan.of", { n: form.goals.length, most: mostGoals })}</span>
          </legend>
          {boxes(
            goalKinds,
            form.goals,
            mostGoals,
            (one) => text(`plan.goal.${one}`),
            (goals) => put({ ...form, goals }),
          )}
        </fieldset>
        <fieldset className="plan-list">
          <legend>
            {text("desk.plan.tasks")}{" "}
            <span className="count">{text("desk.plan.of", { n: form.tasks.length, most: mostPlanTasks })}</span>
          </legend>
          {boxes(
            planTaskKinds,
            form.tasks,
            mostPlanTasks,
            (one) => text(`plan.task.${one}`),
            (tasks) => put({ ...form, tasks }),
          )}
        </fieldset>
        <aside className="plan-side">
          <Grounds grounds={grounds} />
          <DayPicker
            label={text("desk.plan.review")}
            testId="plan-review"
            value={form.review}
            first={daysAway(today, 1)}
            choose={(review) => put({ ...form, review })}
          />
          <div className="plan-usual">
            {usual.map((days) => (
              <button
                key={days}
                type="button"
                className="second small"
                data-testid={`plan-in-${String(days)}`}
                onClick={() => put({ ...form, review: daysAway(today, days) })}
              >
                {text("desk.plan.weeks", { n: days / 7 })}
              </button>
            ))}
          </div>
          <label className="work-field plan-note">
            {text("desk.plan.note")}
            <textarea
              rows={3}
              maxLength={1_000}
              data-testid="plan-note"
              value={form.note}
              onChange={(event) => put({ ...form, note: event.currentTarget.value })}
            />
          </label>
          <p className="hint">{text("desk.plan.told")}</p>
        </aside>
      </div>
      {dropping && (
        <label className="work-field">
          {text("desk.plan.whyDrop")}
          <input
            ref={focusNow}
            maxLength={500}
            data-testid="plan-drop-reason"
            value={reason}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        </label>
      )}
      <div className="work-foot">
        {props.cancel && (
          <button
            type="button"
            className="quiet"
            data-testid="plan-cancel"
            onClick={() => {
              drop();
              props.cancel?.();
            }}
          >
            {text("work.refer.cancel")}
          </button>
        )}
        {isDraft && maySign && (
          <button
            type="button"
            className="quiet"
            data-testid="plan-drop"
            disabled={busy || (dropping && reason.trim() === "")}
            onClick={() =>
              dropping
                ? void work(
                    () => failing(() => door.client.plan.review({ id: form.id, reached: [], reason })),
                    text("desk.plan.dropped"),
                  )
                : setDropping(true)
            }
          >
            {text("desk.plan.drop")}
          </button>
        )}
        <span className="hint spread" data-testid="plan-missing">
          {missing !== undefined && text(`desk.plan.missing.${missing}`)}
        </span>
        <Fault code={fault} />
        <button
          type="button"
          className={maySign ? "second" : "main"}
          data-testid="plan-keep"
          disabled={!ready}
          onClick={() => void work(draftOnly, text(maySign ? "desk.plan.kept" : "desk.plan.handed"))}
        >
          {text(maySign ? "desk.plan.keep" : "desk.plan.hand")}
        </button>
        {maySign && (
          <button type="button" className="main" data-testid="plan-sign" disabled={!ready} onClick={() => void sign()}>
            {busy ? text("desk.opinion.sending") : text("desk.plan.sign")}
          </button>
        )}
      </div>
      {signing.dialog}
    </>
  );
}
