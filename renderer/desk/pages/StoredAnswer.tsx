import { useState } from "react";
import { prefilled } from "../../../core/care/opinion.ts";
import { groupOf, saidWord, type SentenceGroup } from "../../../core/care/sentences.ts";
import { longestPart } from "../../../core/care/soap.ts";
import type { VisitRecord } from "../../../core/contract/hub-visits.ts";
import type { WorkItem } from "../../../core/contract/hub-work.ts";
import { outcomeCodes, type OutcomeCode } from "../../../core/domain/calls.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { focusNow } from "../../parts/focus-first.ts";
import { useHeard } from "../../parts/heard.ts";
import { typeset, useText } from "../../parts/language.tsx";
import {
  dropDraft,
  isFilled,
  keepDraft,
  missingOf,
  readDraft,
  wishOf,
  type Chosen,
  type Draft,
  type DraftStore,
  type NextStep,
} from "../draft.ts";
import type { HubDoor } from "../hub.ts";
import { NextSteps } from "../opinion/NextSteps.tsx";
import { categoryWord, hour } from "../words.ts";
import { Fault } from "./Fault.tsx";
import { SentenceChoice } from "./SentenceChoice.tsx";
import { symptomWord } from "./work-kit.ts";
import { useSigning } from "./use-signing.tsx";

/** How the case ended, as far as the next step says it; the doctor may say otherwise. */
const endOf: Readonly<Record<NextStep, OutcomeCode>> = {
  none: "solved",
  homeSeries: "solved",
  comeBack: "solved",
  hospital: "refer",
  emergency: "emergency",
};

/** What P says when the doctor writes nothing else: the doctor's own choices, not the findings. */
const planGroups: ReadonlySet<SentenceGroup> = new Set(["medicine", "living", "next"]);

const given = ({ values: { days, date } }: Chosen) => ({
  ...(days === undefined ? {} : { days }),
  ...(date === undefined ? {} : { date }),
});

/**
 * The sheet of an answer. S and O come from the visit. A is put together from what the visit was graded as, at the doctor's
 * touch, and typed on; P says what the doctor chose to tell until the doctor writes another.
 */
export function StoredAnswer(props: {
  readonly door: HubDoor;
  readonly drafts: DraftStore;
  readonly item: WorkItem;
  readonly record: VisitRecord | undefined;
  readonly done: () => void;
}) {
  const text = useText();
  const { door, drafts, item, record } = props;
  const [draft, setDraft] = useState(() => readDraft(drafts, item.call));
  const [otherEnd, setEnd] = useState<OutcomeCode>();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<FaultCode>();
  const signing = useSigning(door);
  const change = (part: Partial<Draft>) => {
    const changed = { ...draft, ...part };
    setDraft(changed);
    keepDraft(drafts, item.call, changed);
  };

  const told = draft.sentences.filter((one) => isFilled(one) && planGroups.has(groupOf(one.key)));
  const plan =
    draft.plan === ""
      ? told
          .map((one) => typeset(text.language, saidWord(text.language, { key: one.key, values: given(one) })))
          .join("\n")
      : draft.plan;
  const whole = { ...draft, plan };
  const missing = missingOf(whole);
  const outcome = otherEnd ?? (draft.next && endOf[draft.next]);

  const send = async () => {
    if (!record || busy) return;
    const symptoms = (record.symptoms ?? []).map((code) => symptomWord(text, code));
    const wish = wishOf(whole, prefilled({ symptoms, results: record.results }, text.language, hour));
    if (!wish) return;
    setBusy(true);
    setFault(undefined);
    const why = await signing.run(async () => {
      await door.client.opinion.sign({ ...wish, call: item.call });
      await door.client.work.answer({ call: item.call, ...(outcome === undefined ? {} : { outcome }) });
    });
    setBusy(false);
    if (why !== undefined) return setFault(why);
    dropDraft(drafts, item.call);
    props.done();
  };

  useHeard("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void send();
  });

  const grades = [...new Set(record?.results.flatMap(({ assessments }) => assessments.map((one) => one.category)))];
  const judge = (category: string) => {
    const word = categoryWord(text, category);
    const before = draft.assessment.trimEnd();
    change({ assessment: (before === "" ? word : `${before}; ${word}`).slice(0, longestPart) });
  };

  return (
    <section className="pane stored-answer" aria-label={text("desk.opinion.title")}>
      <div className="stored-judgment">
        <label htmlFor="stored-a">{text("desk.soap.assessment")}</label>
        <div className="chips" role="group" aria-label={text("work.stored.graded")}>
          {grades.map((category, nth) => (
            <button
              key={category}
              type="button"
              className="chip"
              data-testid="grade-chip"
              ref={nth === 0 ? focusNow : undefined}
              onClick={() => judge(category)}
            >
              + {categoryWord(text, category)}
            </button>
          ))}
        </div>
        <textarea
          id="stored-a"
          data-testid="stored-a"
          maxLength={longestPart}
          value={draft.assessment}
          onChange={(event) => change({ assessment: event.currentTarget.value })}
        />
        <label htmlFor="stored-p">{text("desk.soap.plan")}</label>
        <textarea
          id="stored-p"
          data-testid="stored-p"
          maxLength={longestPart}
          value={plan}
          onChange={(event) => change({ plan: event.currentTarget.value })}
        />
      </div>
      <SentenceChoice chosen={draft.sentences} choose={(sentences) => change({ sentences: [...sentences] })} />
      <footer className="stored-send">
        <NextSteps value={draft.next} disabled={busy} choose={(next) => change({ next })} />
        <label className="work-field-row">
          {text("work.stored.outcome")}
          <select
            data-testid="outcome"
            value={outcome ?? ""}
            onChange={(event) => setEnd(outcomeCodes.find((code) => code === event.currentTarget.value))}
          >
            <option value="" disabled>
              {text("work.choose")}
            </option>
            {outcomeCodes.map((code) => (
              <option key={code} value={code}>
                {text(`work.outcome.${code}`)}
              </option>
            ))}
          </select>
        </label>
        <span className="spread hint">{missing && text(`desk.soap.missing.${missing}`)}</span>
        <Fault code={fault} />
        <button
          type="button"
          className="main"
          data-testid="stored-send"
          disabled={busy || missing !== undefined}
          aria-keyshortcuts="Control+Enter"
          onClick={() => void send()}
        >
          {busy ? text("desk.opinion.sending") : text("desk.soap.send")}
        </button>
      </footer>
      {signing.dialog}
    </section>
  );
}
