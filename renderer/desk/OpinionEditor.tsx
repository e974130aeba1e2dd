import { useState, type KeyboardEvent } from "react";
import { prefilled } from "../../core/care/opinion.ts";
import type { CallView } from "../../core/contract/hub-calls.ts";
import type { VisitRecord } from "../../core/contract/hub-visits.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import { symptomKey } from "../../core/i18n/symptom-keys.ts";
import type { Opinion } from "../../core/journal/entry.ts";
import { useText, type Text } from "../parts/language.tsx";
import type { DeskCall } from "./call.ts";
import {
  dropDraft,
  freshDraft,
  isBegun,
  keepDraft,
  missingOf,
  readDraft,
  wishOf,
  type Draft,
  type DraftStore,
} from "./draft.ts";
import { FinishVisit } from "./opinion/FinishVisit.tsx";
import { JointPart } from "./opinion/JointPart.tsx";
import { NextSteps } from "./opinion/NextSteps.tsx";
import { Sent } from "./opinion/Sent.tsx";
import { Sentences } from "./opinion/Sentences.tsx";
import { Sheet } from "./opinion/Sheet.tsx";
import { SignForm } from "./SignForm.tsx";
import { useShown } from "./use-shown.ts";
import { hour } from "./words.ts";
import "./opinion/opinion.css";

/** Writes the opinion, signs it, and ends the visit. A sent opinion is never edited, only followed by another. */
export function OpinionEditor(props: {
  readonly call: DeskCall;
  readonly drafts: DraftStore;
  readonly refer: ((resident: string) => void) | undefined;
  readonly opinions: readonly Opinion[];
  readonly open: boolean;
  readonly leave: () => void;
}) {
  const text = useText();
  const { call, drafts, opinions, refer } = props;
  const { call: id, record, view } = useShown(call.shown);
  const [draft, setDraft] = useState(() => readDraft(drafts, id));
  const [writing, setWriting] = useState(() => isBegun(draft));
  const [busy, setBusy] = useState(false);
  const [locked, setLocked] = useState(false);
  const [fault, setFault] = useState<FaultCode>();
  const [together, setTogether] = useState(false);
  const sent = opinions.at(-1);
  const patient = record?.resident?.id;
  const isWriting = writing || sent === undefined;
  const visit = fromVisit(record, text);
  const missing = missingOf(draft);
  const wish = wishOf(draft, visit);
  const ready = missing === undefined && wish !== undefined && !busy && props.open;

  const put = (changed: Draft) => {
    setDraft(changed);
    setFault(undefined);
    keepDraft(drafts, id, changed);
  };

  const send = async () => {
    if (!ready) return;
    setBusy(true);
    const done = await call.sign(wish);
    setBusy(false);
    setLocked(!done.ok && done.code === "sign.locked");
    if (!done.ok) return setFault(done.code === "sign.locked" ? undefined : done.code);
    dropDraft(drafts, id);
    setDraft(freshDraft());
    setWriting(false);
    setFault(undefined);
  };

  const another = () => {
    // Only of one's own can one say that it follows.
    put(freshDraft(sent?.clinician.id === view?.you ? sent?.id : undefined));
    setWriting(true);
  };

  const keys = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void send();
  };

  return (
    <section className="pane opinion" aria-label={text("desk.opinion.title")} onKeyDown={keys}>
      <div className="opinion-head">
        <h2>{text("desk.opinion.title")}</h2>
        {isConference(view) && (
          <button
            type="button"
            className="second small"
            data-testid="joint-toggle"
            aria-pressed={together}
            onClick={() => setTogether(!together)}
          >
            {text("desk.joint.title")}
          </button>
        )}
        {draft.joint !== undefined && !together && (
          <span className="tag tag-fact" data-testid="opinion-joint">
            {text(`desk.joint.as.${draft.joint.as}`, { n: draft.joint.version })}
          </span>
        )}
      </div>
      {together && isConference(view) ? (
        <JointPart
          call={call}
          open={props.open}
          opine={(joint) => {
            put({ ...(isWriting ? draft : freshDraft()), joint });
            setWriting(true);
            setTogether(false);
          }}
        />
      ) : isWriting ? (
        <>
          <Sheet draft={draft} visit={visit} disabled={!props.open} change={(part) => put({ ...draft, ...part })} />
          <Sentences draft={draft} disabled={!props.open} change={put} />
          <NextSteps value={draft.next} disabled={!props.open} choose={(next) => put({ ...draft, next })} />
        </>
      ) : (
        <Sent opinion={sent} refer={refer && patient !== undefined ? () => refer(patient) : undefined} />
      )}
      {fault !== undefined && (
        <p className="opinion-fault" role="alert" data-testid="opinion-fault">
          {fault === "wire.closed" ? text("desk.opinion.lineAway") : text.fault(fault)}
        </p>
      )}
      {locked && isWriting ? (
        <SignForm door={call.door} opened={() => void send()} cancel={() => setLocked(false)} />
      ) : (
        <footer>
          <FinishVisit call={call} open={props.open} unsent={sent === undefined} leave={props.leave} />
          <span className="spread" />
          {isWriting && isBegun(draft) && !busy && (
            <span className="hint" data-testid="opinion-missing">
              {missing === undefined ? text("desk.opinion.draft") : text(`desk.soap.missing.${missing}`)}
            </span>
          )}
          {isWriting ? (
            <button
              type="button"
              className="main"
              data-testid="opinion-send"
              disabled={!ready}
              onClick={() => void send()}
            >
              {busy ? text("desk.opinion.sending") : text("desk.soap.send")}
            </button>
          ) : (
            props.open && (
              <button type="button" className="quiet" data-testid="opinion-more" onClick={another}>
                {text("desk.opinion.more")}
              </button>
            )
          )}
        </footer>
      )}
    </section>
  );
}

/** Three doctors or more in one call. */
function isConference(view: CallView | undefined): boolean {
  const doctors: readonly string[] = ["doctor", "specialist", "villageDoctor"];
  const here = view?.participants.filter(
    ({ kind, role, state }) => kind === "person" && doctors.includes(role) && (state === "here" || state === "away"),
  );
  return here !== undefined && here.length >= 3;
}

function fromVisit(record: VisitRecord | undefined, text: Text) {
  const symptoms = (record?.symptoms ?? []).map((code) => {
    const key = symptomKey(code);
    return key === undefined ? code : text.of(key, {});
  });
  return prefilled({ symptoms, results: record?.results ?? [] }, text.language, hour);
}
