import { useText } from "../../parts/language.tsx";
import { Picture } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { Struck } from "../../parts/struck.tsx";
import type { PicturedAnswer, Question } from "./questions.ts";

/** Yes and no to a question, each with its picture; yes comes first. */
export function YesAndNo(props: { readonly question: Question; readonly onAnswer: (yes: boolean) => void }) {
  const { question, onAnswer } = props;
  return (
    <div className="answers answers-two">
      <AnswerCard answer={question.yes} onPress={() => onAnswer(true)} testId="ask-yes" />
      <AnswerCard answer={question.no} onPress={() => onAnswer(false)} testId="ask-no" />
    </div>
  );
}

function AnswerCard(props: { readonly answer: PicturedAnswer; readonly onPress: () => void; readonly testId: string }) {
  const text = useText();
  const { picture, struck, words } = props.answer;
  return (
    <Press kind="card" className="answer" onPress={props.onPress} testId={props.testId}>
      {struck === true ? <Struck name={picture} /> : <Picture name={picture} />}
      <span className="answer-name">{text.of(words, {})}</span>
    </Press>
  );
}
