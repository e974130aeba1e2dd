import { useState } from "react";
import type { FaultCode } from "../../../core/domain/faults.ts";
import type { Prescription } from "../../../core/care/prescription-parts.ts";
import { useText } from "../../parts/language.tsx";
import type { HubDoor } from "../hub.ts";
import { Fault } from "./Fault.tsx";
import { failing } from "./work-kit.ts";

/** What its doctor may still do with a signed one: a longer time to fetch it, or an end with a reason. */
export function RxClose(props: {
  readonly door: HubDoor;
  readonly prescription: Prescription;
  readonly done: (words: string) => void;
}) {
  const text = useText();
  const { door, prescription } = props;
  const { id, state } = prescription;
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState<FaultCode>();
  const end = async () => {
    const why = await failing(() => door.client.prescription.change({ id, input: { kind: "void", reason } }));
    setFault(why);
    if (why === undefined) props.done(text("work.rx.voided"));
  };
  const extend = async () => {
    const why = await failing(() => door.client.prescription.change({ id, input: { kind: "extend", days: 3 } }));
    setFault(why);
    if (why === undefined) props.done(text("work.rx.extended"));
  };
  return (
    <section className="pane rx-review" aria-label={text("work.rx.close")}>
      <h2>{text("work.rx.close")}</h2>
      <p className="hint">{text(`work.rx.next.${state}`)}</p>
      <label className="work-field">
        {text("work.rx.voidReason")}
        <textarea
          data-testid="void-reason"
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </label>
      <Fault code={fault} />
      <div className="work-foot">
        {(state === "signed" || state === "valid") && (
          <button type="button" className="second" data-testid="rx-extend" onClick={() => void extend()}>
            {text("work.rx.extend")}
          </button>
        )}
        <button
          type="button"
          className="stop"
          data-testid="rx-void"
          disabled={reason.trim() === ""}
          onClick={() => void end()}
        >
          {text("work.rx.void")}
        </button>
      </div>
    </section>
  );
}
