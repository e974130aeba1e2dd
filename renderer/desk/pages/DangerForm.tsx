import { useState } from "react";
import type { Task } from "../../../core/care/tasks.ts";
import { outcomeCodes, type OutcomeCode } from "../../../core/domain/calls.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { useText } from "../../parts/language.tsx";
import type { HubDoor } from "../hub.ts";
import { Fault } from "./Fault.tsx";
import { failing } from "./work-kit.ts";

const findings = ["well", "treated", "unchanged", "died", "notFound"] as const;
type Found = (typeof findings)[number];
/** A referral is made on its own page first; here it would have no letter. */
const answers = outcomeCodes.filter((code) => code !== "refer");

/** A dangerous case is answered with an outcome, and later looked up: what became of the person. */
export function DangerForm(props: {
  readonly door: HubDoor;
  readonly task: Task;
  readonly name: string;
  readonly done: () => void;
}) {
  const text = useText();
  const { door, task } = props;
  const { id } = task.about;
  const [outcome, setOutcome] = useState<OutcomeCode>();
  const [found, setFound] = useState<Found>();
  const [detail, setDetail] = useState("");
  const [fault, setFault] = useState<FaultCode>();
  const isAnswer = task.kind === "danger.answer";
  const send = async () => {
    const input = isAnswer
      ? outcome && { kind: "answer" as const, outcome, detail }
      : found && { kind: "check" as const, found, detail };
    if (!input) return;
    const why = await failing(() => door.client.danger.move({ id, input }));
    if (why === undefined) props.done();
    else setFault(why);
  };
  return (
    <section className="pane follow-pane" aria-label={props.name} data-testid="danger-form">
      <h2>{props.name}</h2>
      <h3>{text(`loop.step.${task.kind}`)}</h3>
      <form
        className="referral-form"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <label className="work-field">
          {isAnswer ? text("work.stored.outcome") : text("work.field.outcome")}
          <select
            required
            autoFocus
            data-testid="danger-choice"
            value={(isAnswer ? outcome : found) ?? ""}
            onChange={({ currentTarget: { value } }) =>
              isAnswer
                ? setOutcome(answers.find((one) => one === value))
                : setFound(findings.find((one) => one === value))
            }
          >
            <option value="" disabled>
              {text("work.choose")}
            </option>
            {isAnswer
              ? answers.map((one) => (
                  <option key={one} value={one}>
                    {text(`work.outcome.${one}`)}
                  </option>
                ))
              : findings.map((one) => (
                  <option key={one} value={one}>
                    {text(`work.danger.${one}`)}
                  </option>
                ))}
          </select>
        </label>
        <label className="work-field">
          {text("work.field.detail")}
          <textarea
            required
            maxLength={1_000}
            data-testid="danger-detail"
            value={detail}
            onChange={(event) => setDetail(event.currentTarget.value)}
          />
        </label>
        <Fault code={fault} />
        <div className="work-foot">
          <button type="submit" className="main" data-testid="danger-send">
            {text("work.follow.send")}
          </button>
        </div>
      </form>
    </section>
  );
}
