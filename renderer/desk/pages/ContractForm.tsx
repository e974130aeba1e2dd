import { useState } from "react";
import { declineReasons, type DeclineReason } from "../../../core/care/contract.ts";
import type { Task } from "../../../core/care/tasks.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { useText } from "../../parts/language.tsx";
import type { HubDoor } from "../hub.ts";
import { AgreementPaper } from "../contract/Agreement.tsx";
import { PrintAgreement } from "../contract/AgreementDialog.tsx";
import { useFeed } from "../use-feed.ts";
import { useNow } from "../use-shown.ts";
import { Fault } from "./Fault.tsx";
import { useSigning } from "./use-signing.tsx";

/**
 * Somebody signed with this doctor at a station: the whole text and the act; yes, signed with the doctor's own key, or no with a
 * reason that the resident is told. Near its end: what it says, and that renewing is the resident's.
 */
export function ContractForm(props: {
  readonly door: HubDoor;
  readonly task: Task;
  readonly name: string;
  readonly done: () => void;
}) {
  const text = useText();
  const { door, task } = props;
  const { id } = task.about;
  const { value: mine, fault: cut } = useFeed(door, (client, options) => client.contract.mine(undefined, options));
  const [reason, setReason] = useState<DeclineReason>();
  const [fault, setFault] = useState<FaultCode>();
  const now = useNow();
  const signing = useSigning(door);
  const asked = mine?.find((one) => one.id === id);
  const answer = async (work: () => Promise<unknown>) => {
    const why = await signing.run(work);
    if (why === undefined) props.done();
    else setFault(why);
  };
  return (
    <section className="pane follow-pane" aria-label={props.name} data-testid="contract-form">
      <h2>{props.name}</h2>
      <h3>{text(`loop.step.${task.kind}`)}</h3>
      {asked && <AgreementPaper contract={asked} name={props.name} now={now} />}
      {task.kind === "contract.renew" && (
        <div className="work-foot">
          <p className="hint">{text("work.contract.renewal")}</p>
          <PrintAgreement />
        </div>
      )}
      {task.kind === "contract.answer" && (
        <form
          className="referral-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (reason === undefined) void answer(() => door.client.contract.accept({ id }));
            else void answer(() => door.client.contract.decline({ id, reason }));
          }}
        >
          <label className="work-field">
            {text("work.contract.answer")}
            <select
              autoFocus
              data-testid="contract-answer"
              value={reason ?? ""}
              onChange={({ currentTarget: { value } }) => setReason(declineReasons.find((one) => one === value))}
            >
              <option value="">{text("work.contract.accept")}</option>
              {declineReasons.map((one) => (
                <option key={one} value={one}>
                  {text(`work.contract.${one}`)}
                </option>
              ))}
            </select>
          </label>
          <Fault code={fault ?? cut} />
          {reason === undefined && <p className="hint">{text("work.contract.signed")}</p>}
          <div className="work-foot">
            <PrintAgreement />
            <button type="submit" className="main" data-testid="contract-send">
              {text(reason === undefined ? "work.contract.accept" : "work.contract.decline")}
            </button>
          </div>
        </form>
      )}
      {signing.dialog}
    </section>
  );
}
