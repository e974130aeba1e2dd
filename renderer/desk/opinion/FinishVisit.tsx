import { useEffect, useRef, useState } from "react";
import { outcomeCodes, urgentFrom, type OutcomeCode } from "../../../core/domain/calls.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { useText } from "../../parts/language.tsx";
import { outcomeOf, type DeskCall } from "../call.ts";
import { useShown } from "../use-shown.ts";

/** Ends the visit. Without an opinion, or where it is urgent, the doctor says how it ended. */
export function FinishVisit({
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
  const { view } = useShown(call.shown);
  const [asking, setAsking] = useState(false);
  const [fault, setFault] = useState<FaultCode>();
  const isUrgent = (view?.severity ?? 0) >= urgentFrom;
  const isOwner = view?.clinician === undefined || view.clinician.id === view.you;
  const finish = async (code?: OutcomeCode) => {
    setAsking(false);
    const done = await call.finish(code);
    if (done.ok) leave();
    else setFault(done.code);
  };
  if (!open || !isOwner) return null;
  return (
    <>
      <button
        type="button"
        className="second"
        data-testid="finish"
        onClick={() => (unsent || isUrgent ? setAsking(true) : void finish())}
      >
        {text("desk.finish")}
      </button>
      {fault !== undefined && (
        <span className="opinion-fault" role="alert">
          {fault === "wire.closed" ? text("desk.line.away") : text.fault(fault)}
        </span>
      )}
      {asking && (
        <HowItEnded
          call={call}
          unsent={unsent}
          urgent={isUrgent}
          finish={(code) => void finish(code)}
          close={() => setAsking(false)}
        />
      )}
    </>
  );
}

function HowItEnded(props: {
  readonly call: DeskCall;
  readonly unsent: boolean;
  readonly urgent: boolean;
  readonly finish: (code: OutcomeCode | undefined) => void;
  readonly close: () => void;
}) {
  const text = useText();
  const dialog = useRef<HTMLDialogElement>(null);
  const { opinions } = props.call.shown.get();
  const next = opinions.at(-1)?.next;
  // What a signed opinion says already is not asked twice; without one nothing is assumed.
  const [code, setCode] = useState<OutcomeCode | undefined>(next === undefined ? undefined : outcomeOf(next));
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      className="proof how-ended"
      data-testid="finish-ask"
      onClose={props.close}
      aria-label={text("desk.finish.how")}
    >
      <h2>{text("desk.finish.how")}</h2>
      {props.unsent && <p className="opinion-fault">{text("desk.finish.sure")}</p>}
      <fieldset className="next-steps">
        {props.urgent && <legend>{text("desk.finish.urgent")}</legend>}
        {outcomeCodes.map((one, index) => (
          <label key={one} className="next-step" data-testid={`outcome-${one}`}>
            <input
              type="radio"
              name="outcome"
              value={one}
              autoFocus={code === undefined ? index === 0 : one === code}
              checked={code === one}
              onChange={() => setCode(one)}
            />
            <span>{text(`desk.outcome.${one}`)}</span>
          </label>
        ))}
      </fieldset>
      <footer className="invite-foot">
        <button type="button" className="quiet" onClick={() => dialog.current?.close()}>
          {text("desk.finish.no")}
        </button>
        <span className="spread" />
        <button
          type="button"
          className="main"
          data-testid="finish-sure"
          disabled={props.urgent && code === undefined}
          onClick={() => props.finish(code)}
        >
          {text("desk.finish.end")}
        </button>
      </footer>
    </dialog>
  );
}
