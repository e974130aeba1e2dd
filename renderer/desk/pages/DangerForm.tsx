import { useState } from "react";
import type { Task } from "../../../core/care/tasks.ts";
import { outcomeCodes } from "../../../core/domain/calls.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { useText } from "../../parts/language.tsx";
import type { HubDoor } from "../hub.ts";
import { WhyForm } from "./WhyForm.tsx";
import { failing } from "./work-kit.ts";

const findings = ["well", "treated", "unchanged", "died", "notFound"] as const;
/** A referral has a letter, which is written on its own page and answers the danger by itself. */
const answers = outcomeCodes.filter((code) => code !== "refer");

/** A dangerous case is answered with an outcome or with a referral, and later looked up: what became of the person. */
export function DangerForm(props: {
  readonly door: HubDoor;
  readonly task: Task;
  readonly name: string;
  /** Absent: this person writes no referrals. */
  readonly refer?: (() => void) | undefined;
  readonly done: () => void;
}) {
  const text = useText();
  const { door, task, refer } = props;
  const { id } = task.about;
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<FaultCode>();
  const move = async (input: Parameters<HubDoor["client"]["danger"]["move"]>[0]["input"]) => {
    setBusy(true);
    const why = await failing(() => door.client.danger.move({ id, input }));
    setBusy(false);
    setFault(why);
    if (why === undefined) props.done();
  };
  const shared = { testId: "danger", fault, busy };
  return (
    <section className="pane follow-pane" aria-label={props.name} data-testid="danger-form">
      <h2>{props.name}</h2>
      <h3>{text(`loop.step.${task.kind}`)}</h3>
      {task.kind === "danger.answer" ? (
        <>
          <WhyForm
            {...shared}
            choice={{
              label: text("work.stored.outcome"),
              options: answers.map((one) => [one, text(`work.outcome.${one}`)] as const),
            }}
            send={(outcome, detail) => {
              if (outcome) void move({ kind: "answer", outcome, detail });
            }}
          />
          {refer && (
            <button type="button" className="second" data-testid="danger-refer" onClick={refer}>
              {text("work.refer.write")}
            </button>
          )}
        </>
      ) : (
        <WhyForm
          {...shared}
          choice={{
            label: text("work.field.outcome"),
            options: findings.map((one) => [one, text(`work.danger.${one}`)] as const),
          }}
          send={(found, detail) => {
            if (found) void move({ kind: "check", found, detail });
          }}
        />
      )}
    </section>
  );
}
