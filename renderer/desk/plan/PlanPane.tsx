import { useState } from "react";
import { v7 as uuidv7 } from "uuid";
import type { History } from "../../../core/contract/hub-history.ts";
import { allows } from "../../../core/rights.ts";
import { useText } from "../../parts/language.tsx";
import type { Me } from "../desk.ts";
import type { DraftStore } from "../draft.ts";
import type { HubDoor } from "../hub.ts";
import { useToday, useSaid } from "../pages/work-kit.ts";
import type { Records } from "../resident/timeline.ts";
import { draftFor, formOfPlan, presentPlan } from "./plan-form.ts";
import { PlanEditor } from "./PlanEditor.tsx";
import { PlanView } from "./PlanView.tsx";
import "./plan.css";

export interface PlanParts {
  readonly door: HubDoor;
  readonly me: Me;
  readonly drafts: DraftStore;
  readonly resident: string;
  readonly person: { readonly name: string; readonly birthYear: number; readonly sex: "female" | "male" } | undefined;
  readonly records: Records;
  readonly history: Pick<History, "visits">;
}

/** A resident's plan: what is in force, or one being written, first as the rules draft it. */
export function PlanPane(
  props: PlanParts & {
    /** Something was written: the page asks anew. */
    readonly changed: () => void;
    readonly close: () => void;
  },
) {
  const text = useText();
  const { me, resident, records, history, person, changed } = props;
  const [another, setAnother] = useState(() => props.drafts.getItem(keptPlan(resident)) !== null);
  const [said, setSaid] = useSaid(text);
  const [newId, setNewId] = useState(() => uuidv7());
  const today = useToday();
  const plan = presentPlan(records.plans);
  const drafted = draftFor(person, { history, followUps: records.followUps }, today);
  const mayDraft = allows(me.role, "plan.draft") !== "no";
  // A draft that is somebody else's to sign is looked at, not written on.
  const isMine = plan?.doctor.org === me.practice?.org;
  const isEditing = mayDraft && (plan === undefined || another || (plan.state === "drafted" && isMine));
  const done = (words: string) => {
    setSaid(words);
    setAnother(false);
    changed();
  };
  return (
    <section className="pane plan" aria-label={text("desk.plan.title")} data-testid="plan">
      <header className="resident-head">
        <h2>{text("desk.plan.title")}</h2>
        {person && <span>{person.name}</span>}
        {plan && (
          <span className="tag tag-fact" data-testid="plan-state">
            {text(`desk.plan.${plan.state}`)}
          </span>
        )}
        {said !== undefined && (
          <p className="work-done" role="status" data-testid="plan-said">
            {said}
          </p>
        )}
        <span className="spread" />
        <button type="button" className="quiet small" data-testid="plan-close" onClick={props.close}>
          {text("desk.plan.close")}
        </button>
      </header>
      {isEditing ? (
        <PlanEditor
          key={another ? "another" : (plan?.id ?? "first")}
          {...props}
          keptAs={keptPlan(resident)}
          before={plan}
          start={
            plan === undefined
              ? {
                  id: newId,
                  goals: [...(drafted?.goals ?? [])],
                  tasks: [...(drafted?.tasks ?? [])],
                  review: drafted?.review ?? "",
                  note: "",
                }
              : plan.state === "drafted"
                ? formOfPlan(plan)
                : { ...formOfPlan(plan), id: newId, review: drafted?.review ?? "" }
          }
          grounds={drafted?.grounds ?? []}
          done={done}
          cancel={
            another
              ? () => {
                  setAnother(false);
                }
              : undefined
          }
        />
      ) : plan ? (
        <PlanView
          key={`${plan.id}-${String(plan.since)}`}
          {...props}
          plan={plan}
          another={
            mayDraft && isMine
              ? () => {
                  // Another plan, never the one that was signed.
                  setNewId(uuidv7());
                  setAnother(true);
                }
              : undefined
          }
          done={done}
        />
      ) : (
        <p className="calm">{text("desk.plan.none")}</p>
      )}
    </section>
  );
}

const keptPlan = (resident: string): string => `plan:${resident}`;
/** Whether somebody was in the middle of it before the page was loaded anew. */
export const isPlanBegun = (drafts: DraftStore, resident: string): boolean =>
  drafts.getItem(keptPlan(resident)) !== null;
