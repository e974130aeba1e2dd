import { useEffect, useRef, useState } from "react";
import { focusNow } from "../../parts/focus-first.ts";
import { useText } from "../../parts/language.tsx";
import { Fault } from "../pages/Fault.tsx";
import { useSending } from "./Field.tsx";
import { StateTag, workWords } from "./Lists.tsx";
import { PersonForm } from "./PersonForm.tsx";
import type { Office, Person } from "./shape.ts";

type Step = "look" | "change" | "again" | "retire";

/** One person: who they are, and what an administrator does about them; what ends something is asked about first. */
export function PersonPane(props: {
  readonly office: Office;
  readonly person: Person;
  readonly isSelf: boolean;
  /** Leads to the page that resets a second factor. */
  readonly lostPhone: (account: string) => void;
}) {
  const text = useText();
  const { office, person, isSelf } = props;
  const { name, account, state, practice, factor } = person;
  const [step, setStep] = useState<Step>("look");
  const { busy, fault, send } = useSending();
  const pane = useRef<HTMLElement>(null);
  useEffect(() => pane.current?.focus(), []);
  const back = () => {
    setStep("look");
    pane.current?.focus();
  };
  const inviteAgain = async () => {
    const made = await send(() => office.client.inviteAgain({ id: person.id }));
    back();
    if (made) office.show({ ...made, person: { account, name } });
  };
  const retire = async () => {
    const done = await send(() => office.client.retire({ id: person.id }));
    back();
    if (done) office.say(text("desk.staff.retire.done", { name }));
  };
  const facts = [
    [text("desk.staff.account"), account],
    [text("desk.staff.role"), workWords(text, person)],
    [text("desk.staff.org"), practice?.orgName ?? text("desk.staff.org.none")],
    ...(practice ? [[text("desk.staff.licence"), practice.licence] as const] : []),
  ] as const;
  const why = !office.writes ? "readOnly" : state === "retired" ? "left" : isSelf ? "self" : undefined;
  return (
    <section className="pane staff-aside" aria-label={name} data-testid="person-pane" tabIndex={-1} ref={pane}>
      <header className="board-head">
        <h2>{name}</h2>
        <StateTag person={person} />
        {state !== "retired" && (
          <span className="tag">{text(factor ? "desk.staff.factor.yes" : "desk.staff.factor.no")}</span>
        )}
      </header>
      {step === "change" ? (
        <PersonForm office={{ ...office, close: back }} person={person} place={undefined} done={back} />
      ) : (
        <dl className="staff-facts">
          {facts.map(([what, words]) => (
            <div key={what}>
              <dt>{what}</dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
      )}
      <Fault code={fault} />
      {why !== undefined && <p className="hint">{text(`desk.staff.${why}`)}</p>}
      {step === "again" && (
        <Sure
          words={text(state === "invited" ? "desk.staff.again.askNew" : "desk.staff.again.ask", { name })}
          act={text("desk.staff.again.do")}
          testId="again"
          busy={busy}
          not={back}
          go={() => void inviteAgain()}
        />
      )}
      {step === "retire" && (
        <Sure
          words={text("desk.staff.retire.ask", { name })}
          act={text("desk.staff.retire.do")}
          testId="retire"
          busy={busy}
          not={back}
          go={() => void retire()}
        />
      )}
      {step === "look" && why === undefined && (
        <div className="staff-keys">
          <button type="button" className="second" data-testid="person-change" onClick={() => setStep("change")}>
            {text("desk.staff.change")}
          </button>
          {factor && (
            <button
              type="button"
              className="second"
              data-testid="person-lost-phone"
              onClick={() => props.lostPhone(account)}
            >
              {text("desk.staff.lostPhone")}
            </button>
          )}
          <button type="button" className="second" data-testid="person-again" onClick={() => setStep("again")}>
            {text("desk.staff.again")}
          </button>
          <button type="button" className="second" data-testid="person-retire" onClick={() => setStep("retire")}>
            {text("desk.staff.retire")}
          </button>
        </div>
      )}
      {step === "look" && (
        <div className="work-foot">
          <button type="button" className="quiet" data-testid="staff-close" onClick={office.close}>
            {text("desk.staff.close")}
          </button>
        </div>
      )}
    </section>
  );
}

/** Says what will be over, and has the harmless key under the finger. */
function Sure(props: {
  readonly words: string;
  readonly act: string;
  readonly testId: string;
  readonly busy: boolean;
  readonly not: () => void;
  readonly go: () => void;
}) {
  const text = useText();
  return (
    <div className="staff-sure">
      <p role="alert" data-testid={`${props.testId}-sure`}>
        {props.words}
      </p>
      <div className="work-foot">
        <button type="button" className="quiet" ref={focusNow} data-testid={`${props.testId}-not`} onClick={props.not}>
          {text("desk.staff.not")}
        </button>
        <span className="spread" />
        <button
          type="button"
          className="stop"
          data-testid={`${props.testId}-do`}
          disabled={props.busy}
          onClick={props.go}
        >
          {props.act}
        </button>
      </div>
    </div>
  );
}
