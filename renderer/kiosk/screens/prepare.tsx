import type { MessageKey } from "../../../core/i18n/message.ts";
import type { OfferedKind } from "../../../core/domain/outcome.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Picture, type PictureName } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { Screen } from "../screen.tsx";
import { useEngine, useShown } from "../use-kiosk.ts";

/** One step, one body part, one moving picture. */
interface Show {
  readonly picture: PictureName;
  readonly says: MessageKey;
  readonly words: readonly MessageKey[];
}

const hands: Show = { picture: "hands", says: "kiosk.picture.hands", words: ["prep.fingers", "prep.alcohol"] };
const finger: Show = { picture: "finger", says: "kiosk.picture.finger", words: ["prep.lancet", "prep.drop"] };
const steps: Readonly<Record<OfferedKind, readonly (Show | "food")[]>> = {
  bloodPressure: [
    { picture: "sit", says: "kiosk.picture.sit", words: ["prep.posture", "prep.heart"] },
    { picture: "cuff", says: "kiosk.picture.cuff", words: ["prep.cuff"] },
    { picture: "quiet", says: "kiosk.picture.sit", words: ["prep.quiet", "prep.twice"] },
  ],
  glucose: [
    "food",
    hands,
    finger,
    { picture: "strip", says: "kiosk.picture.strip", words: ["kiosk.prepare.device.glucose"] },
  ],
  lipids: [
    "food",
    hands,
    finger,
    { picture: "strip", says: "kiosk.picture.strip", words: ["kiosk.prepare.device.lipids"] },
  ],
};
const titles = {
  bloodPressure: "kiosk.prepare.bloodPressure",
  glucose: "kiosk.prepare.glucose",
  lipids: "kiosk.prepare.lipids",
} as const;

export function Prepare({ check }: { readonly check: OfferedKind }) {
  const text = useText();
  const engine = useEngine();
  const shown = useShown();
  const all = steps[check];
  const at = Math.min(shown.step, all.length - 1);
  const step = all[at];
  if (step === undefined || step === "food") return check === "lipids" ? <Fasting /> : <Meal />;
  const last = at === all.length - 1;
  return (
    <Screen
      name="prepare"
      step={at}
      title={text(titles[check])}
      note={
        <p className="step-note">
          <span className="dots" aria-hidden="true">
            {all.map((_, index) => (
              <i key={index} data-here={index <= at ? "" : undefined} />
            ))}
          </span>
          {text("kiosk.prepare.step", { n: at + 1, of: all.length })}
        </p>
      }
      actions={
        last ? (
          <>
            <Press kind="second" onPress={() => engine.toStep(0)} testId="prepare-again">
              {text("kiosk.prepare.again")}
            </Press>
            <Press kind="main" onPress={() => engine.begin()} testId="measure-start">
              {text("kiosk.prepare.start")}
              <Icon name="next" />
            </Press>
          </>
        ) : (
          <Press kind="main" onPress={() => engine.toStep(at + 1)} testId="prepare-next">
            {text("kiosk.prepare.next")}
            <Icon name="next" />
          </Press>
        )
      }
    >
      <div className="show">
        <figure className="show-picture">
          <Picture key={step.picture} name={step.picture} says={text.of(step.says, {})} />
        </figure>
        <div className="show-words">
          {shown.wasStopped && (
            <p className="notice lead" role="status" data-testid="was-stopped">
              {text("kiosk.measure.stopped")}
            </p>
          )}
          {step.words.map((key) => (
            <p key={key} className="lead">
              {text.of(key, {})}
            </p>
          ))}
        </div>
      </div>
    </Screen>
  );
}

const meals = [
  ["fasting", "mealFasting", "kiosk.meal.fasting", "kiosk.meal.fasting.what"],
  ["pp2h", "mealAfter", "kiosk.meal.pp2h", "kiosk.meal.pp2h.what"],
  ["random", "mealAny", "kiosk.meal.random", "kiosk.meal.random.what"],
] as const;

function Meal() {
  const text = useText();
  const engine = useEngine();
  return (
    <Screen name="prepare" step="food" title={text("kiosk.meal.title")}>
      <div className="answers">
        {meals.map(([meal, picture, key, what]) => (
          <Press
            key={meal}
            kind="card"
            className="answer"
            onPress={() => engine.answerMeal(meal)}
            testId={`meal-${meal}`}
          >
            <Picture name={picture} />
            <span className="answer-name">{text(key)}</span>
            <span className="answer-what">{text(what)}</span>
          </Press>
        ))}
      </div>
    </Screen>
  );
}

function Fasting() {
  const text = useText();
  const engine = useEngine();
  return (
    <Screen name="prepare" step="food" title={text("kiosk.fasting.title")} note={<p>{text("kiosk.fasting.what")}</p>}>
      <div className="answers">
        <Press kind="card" className="answer" onPress={() => engine.answerMeal("fasting")} testId="meal-fasting">
          <Picture name="mealFasting" />
          <span className="answer-name">{text("kiosk.fasting.yes")}</span>
        </Press>
        <Press kind="card" className="answer" onPress={() => engine.answerMeal("random")} testId="meal-random">
          <Picture name="mealAfter" />
          <span className="answer-name">{text("kiosk.fasting.no")}</span>
        </Press>
      </div>
    </Screen>
  );
}
