import type { MessageKey } from "../../../core/i18n/message.ts";
import { useText } from "../../parts/language.tsx";
import { Picture, type PictureName } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { Screen } from "../screen.tsx";
import { useEngine } from "../use-kiosk.ts";
import { StepNote, type StepPlace } from "./step-note.tsx";

interface Choice<Value> {
  readonly value: Value;
  readonly picture: PictureName;
  readonly words: MessageKey;
  readonly what?: MessageKey;
}

/** A choice between pictures. */
function Choices<Value extends string>(props: {
  readonly all: readonly Choice<Value>[];
  readonly prefix: string;
  readonly onChoose: (value: Value) => void;
}) {
  const text = useText();
  return (
    <div className="answers">
      {props.all.map(({ value, picture, words, what }) => (
        <Press
          key={value}
          kind="card"
          className="answer"
          onPress={() => props.onChoose(value)}
          testId={`${props.prefix}-${value}`}
        >
          <Picture name={picture} />
          <span className="answer-name">{text.of(words, {})}</span>
          {what !== undefined && <span className="answer-what">{text.of(what, {})}</span>}
        </Press>
      ))}
    </div>
  );
}

/** By the upper arm's circumference (rules.md §3.1). */
const cuffs = [
  { value: "small", picture: "armSmall", words: "kiosk.cuff.small", what: "kiosk.cuff.small.what" },
  { value: "standard", picture: "armStandard", words: "kiosk.cuff.standard", what: "kiosk.cuff.standard.what" },
  { value: "large", picture: "armLarge", words: "kiosk.cuff.large", what: "kiosk.cuff.large.what" },
] as const satisfies readonly Choice<string>[];

export function CuffStep(place: StepPlace) {
  const text = useText();
  const engine = useEngine();
  return (
    <Screen
      name="prepare"
      of="cuff"
      step={place.step}
      title={text("kiosk.cuff.title")}
      note={<StepNote {...place} />}
      says={[{ key: "kiosk.cuff.title" }]}
    >
      <Choices
        all={cuffs}
        prefix="cuff"
        onChoose={(cuff: (typeof cuffs)[number]["value"]) => engine.send({ kind: "answers", answers: { cuff } })}
      />
    </Screen>
  );
}

const meals = [
  { value: "fasting", picture: "mealFasting", words: "kiosk.meal.fasting", what: "kiosk.meal.fasting.what" },
  { value: "pp2h", picture: "mealAfter", words: "kiosk.meal.pp2h", what: "kiosk.meal.pp2h.what" },
  { value: "random", picture: "mealAny", words: "kiosk.meal.random", what: "kiosk.meal.random.what" },
] as const satisfies readonly Choice<string>[];

export function MealStep(place: StepPlace) {
  const text = useText();
  const engine = useEngine();
  return (
    <Screen
      name="prepare"
      of="meal"
      step={place.step}
      title={text("kiosk.meal.title")}
      note={<StepNote {...place} />}
      says={[{ key: "prep.meal" }, { key: "prep.pp2h" }]}
    >
      <Choices
        all={meals}
        prefix="meal"
        onChoose={(meal: (typeof meals)[number]["value"]) => engine.send({ kind: "meal", meal })}
      />
    </Screen>
  );
}

const fasts = [
  { value: "fasting", picture: "mealFasting", words: "kiosk.fasting.yes" },
  { value: "random", picture: "mealAfter", words: "kiosk.fasting.no", what: "prep.lipid" },
] as const satisfies readonly Choice<string>[];

export function FastingStep(place: StepPlace) {
  const text = useText();
  const engine = useEngine();
  return (
    <Screen
      name="prepare"
      of="fasting"
      step={place.step}
      title={text("kiosk.fasting.title")}
      note={
        <>
          <p>{text("kiosk.fasting.what")}</p>
          <StepNote {...place} />
        </>
      }
      says={[{ key: "kiosk.fasting.title" }, { key: "kiosk.fasting.what" }]}
    >
      <Choices
        all={fasts}
        prefix="meal"
        onChoose={(meal: (typeof fasts)[number]["value"]) => engine.send({ kind: "meal", meal })}
      />
    </Screen>
  );
}
