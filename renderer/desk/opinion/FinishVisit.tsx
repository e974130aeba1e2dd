import { useState } from "react";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { useText } from "../../parts/language.tsx";
import type { DeskCall } from "../call.ts";

/** Ends the visit; without an opinion it asks first. */
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
