import { useState } from "react";
import { declineReasons, type Contract, type DeclineReason } from "../../../core/care/contract.ts";
import { contractTerms } from "../../../core/care/contract-act.ts";
import type { Task } from "../../../core/care/tasks.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { useText } from "../../parts/language.tsx";
import type { HubDoor } from "../hub.ts";
import { useFeed } from "../use-feed.ts";
import { Fault } from "./Fault.tsx";
import { failing } from "./work-kit.ts";

/** Somebody chose this doctor at a station: by which act, to which words; yes, or no with a reason that the resident is told. */
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
  const asked = mine?.find((one) => one.id === id);
  const answer = async (work: () => Promise<unknown>) => {
    const why = await failing(work);
    if (why === undefined) props.done();
    else setFault(why);
  };
  return (
    <section className="pane follow-pane" aria-label={props.name} data-testid="contract-form">
      <h2>{props.name}</h2>
      <h3>{text(`loop.step.${task.kind}`)}</h3>
      {asked && <Act asked={asked} />}
      <h4>{text("work.contract.terms")}</h4>
      <ul className="hint">
        {contractTerms.map((key) => (
          <li key={key}>{text.of(key, {})}</li>
        ))}
      </ul>
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
        <div className="work-foot">
          <button type="submit" className="main" data-testid="contract-send">
            {text(reason === undefined ? "work.contract.accept" : "work.contract.decline")}
          </button>
        </div>
      </form>
    </section>
  );
}

/** When, by which hand, under which identity, and who operated. */
function Act({ asked }: { readonly asked: Contract }) {
  const text = useText();
  const { askedAt, act, identity, helper } = asked;
  const when = new Intl.DateTimeFormat(text.language, { dateStyle: "medium", timeStyle: "short" }).format(askedAt);
  return (
    <p data-testid="contract-act">
      {text("work.contract.asked", { when })} · {text(`work.contract.identity.${identity}`)} ·{" "}
      {text(`work.contract.act.${act}`)}
      {helper !== undefined && ` · ${text(`work.contract.helper.${helper}`)}`}
    </p>
  );
}
