import { useState, type KeyboardEvent } from "react";
import type { FaultCode } from "../../core/domain/faults.ts";
import type { Opinion } from "../../core/journal/entry.ts";
import { useText } from "../parts/language.tsx";
import type { DeskCall } from "./call.ts";
import {
  dropDraft,
  freshDraft,
  keepDraft,
  longestOpinion,
  nextSteps,
  readDraft,
  type Draft,
  type DraftStore,
  type NextStep,
} from "./draft.ts";
import { hour } from "./words.ts";

/** Writes the opinion and ends the visit. A sent opinion is never edited, only followed by another. */
export function OpinionEditor(props: {
  readonly call: DeskCall;
  readonly drafts: DraftStore;
  readonly opinions: readonly Opinion[];
  readonly open: boolean;
  readonly leave: () => void;
}) {
  const text = useText();
  const { call, drafts, opinions } = props;
  const { call: id } = call.shown.get();
  const [draft, setDraft] = useState(() => readDraft(drafts, id));
  const [writing, setWriting] = useState(() => draft.text !== "");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<FaultCode>();
  const sent = opinions.at(-1);
  const isWriting = writing || sent === undefined;
  const { id: opinion, text: words, next } = draft;
  const ready = words.trim() !== "" && next !== undefined && !busy && props.open;

  const change = (part: Partial<Draft>) => {
    const changed = { ...draft, ...part };
    setDraft(changed);
    setFault(undefined);
    keepDraft(drafts, id, changed);
  };

  const send = async () => {
    if (!ready) return;
    setBusy(true);
    const done = await call.write({ id: opinion, text: words, next });
    setBusy(false);
    if (!done.ok) return setFault(done.code);
    dropDraft(drafts, id);
    setDraft(freshDraft());
    setWriting(false);
    setFault(undefined);
  };

  const keys = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void send();
  };

  return (
    <section className="pane opinion" aria-label={text("desk.opinion.title")}>
      <h2>{text("desk.opinion.title")}</h2>
      {isWriting ? (
        <>
          <textarea
            data-testid="opinion-text"
            aria-label={text("desk.opinion.label")}
            placeholder={text("desk.opinion.hint")}
            maxLength={longestOpinion}
            disabled={!props.open}
            value={draft.text}
            onChange={(event) => change({ text: event.target.value })}
            onKeyDown={keys}
          />
          <NextStepChoice value={draft.next} disabled={!props.open} choose={(step) => change({ next: step })} />
        </>
      ) : (
        <SentOpinion opinion={sent} />
      )}
      {fault !== undefined && (
        <p className="opinion-fault" role="alert" data-testid="opinion-fault">
          {fault === "wire.closed" ? text("desk.opinion.lineAway") : text.fault(fault)}
        </p>
      )}
      <footer>
        <FinishVisit call={call} open={props.open} unsent={sent === undefined} leave={props.leave} />
        <span className="spread" />
        {isWriting && words !== "" && !busy && (
          <span className="hint">
            {next === undefined ? text("desk.opinion.next.choose") : text("desk.opinion.draft")}
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
            {busy ? text("desk.opinion.sending") : text("desk.opinion.send")}
          </button>
        ) : (
          props.open && (
            <button type="button" className="quiet" data-testid="opinion-more" onClick={() => setWriting(true)}>
              {text("desk.opinion.more")}
            </button>
          )
        )}
      </footer>
    </section>
  );
}

function NextStepChoice(props: {
  readonly value: Draft["next"];
  readonly disabled: boolean;
  readonly choose: (next: NextStep) => void;
}) {
  const text = useText();
  return (
    <fieldset className="next-steps" disabled={props.disabled}>
      <legend>{text("desk.opinion.next")}</legend>
      {nextSteps.map((next) => (
        <label key={next} className={`next-step next-${next}`} data-testid={`next-${next}`}>
          <input
            type="radio"
            name="next-step"
            value={next}
            checked={props.value === next}
            onChange={() => props.choose(next)}
          />
          <span>{text(`desk.opinion.next.${next}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function SentOpinion({ opinion }: { readonly opinion: Opinion }) {
  const text = useText();
  return (
    <div className="sent" data-testid="opinion-sent">
      <p className="sent-state">
        <strong>{text("desk.opinion.sent", { time: hour(opinion.writtenAt) })}</strong> {text("desk.opinion.sent.hint")}
      </p>
      <blockquote>{opinion.text}</blockquote>
      <p>
        {text("desk.opinion.next")} <strong>{text(`desk.opinion.next.${opinion.next}`)}</strong>
      </p>
    </div>
  );
}

function FinishVisit({
  call,
  open,
  unsent,
  leave,
}: {
  readonly call: DeskCall;
  readonly open: boolean;
  readonly unsent: boolean;
  readonly leave: () => void;
}) {
  const text = useText();
  const [asking, setAsking] = useState(false);
  const [fault, setFault] = useState<FaultCode>();
  const finish = async () => {
    setAsking(false);
    const done = await call.finish();
    if (done.ok) leave();
    else setFault(done.code);
  };
  if (!open) return null;
  if (asking) {
    return (
      <span className="finish-ask" role="alertdialog" aria-label={text("desk.finish")}>
        <span>{text("desk.finish.sure")}</span>
        <button type="button" className="stop small" data-testid="finish-sure" onClick={() => void finish()}>
          {text("desk.finish.yes")}
        </button>
        <button type="button" className="quiet" autoFocus onClick={() => setAsking(false)}>
          {text("desk.finish.no")}
        </button>
      </span>
    );
  }
  return (
    <>
      <button
        type="button"
        className="second"
        data-testid="finish"
        onClick={() => (unsent ? setAsking(true) : void finish())}
      >
        {text("desk.finish")}
      </button>
      {fault !== undefined && (
        <span className="opinion-fault" role="alert">
          {fault === "wire.closed" ? text("desk.line.away") : text.fault(fault)}
        </span>
      )}
    </>
  );
}
