import type { AskId } from "../../../core/machine/steps.ts";
import { useText } from "../../parts/language.tsx";
import { Screen } from "../screen.tsx";
import { useEngine } from "../use-kiosk.ts";
import { YesAndNo } from "./answer-card.tsx";
import { questions } from "./questions.ts";
import { StepNote, type StepPlace } from "./step-note.tsx";

/** A question before measuring. Its answer is kept, and decides what the number is worth. */
export function AskStep({ id, check, step }: StepPlace & { readonly id: AskId }) {
  const text = useText();
  const engine = useEngine();
  const question = questions[id];
  const more = question.more === undefined ? [] : [{ key: question.more }];
  return (
    <Screen
      name="prepare"
      of={id}
      step={step}
      title={text.of(question.title, {})}
      note={
        <>
          {question.more !== undefined && <p className="lead">{text.of(question.more, {})}</p>}
          <StepNote check={check} step={step} />
        </>
      }
      says={[{ key: question.title }, ...more]}
    >
      <YesAndNo question={question} onAnswer={(yes) => engine.send({ kind: yes ? "yes" : "no" })} />
    </Screen>
  );
}
