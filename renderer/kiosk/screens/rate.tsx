import { useText } from "../../parts/language.tsx";
import { Picture, type PictureName } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { Screen } from "../screen.tsx";
import { useEngine } from "../use-kiosk.ts";

const faces = [
  [3, "faceGood", "kiosk.rate.3"],
  [2, "faceFair", "kiosk.rate.2"],
  [1, "faceBad", "kiosk.rate.1"],
] as const satisfies readonly (readonly [1 | 2 | 3, PictureName, string])[];

/** One pictured question on leaving. */
export function Rate() {
  const text = useText();
  const engine = useEngine();
  return (
    <Screen
      name="rate"
      title={text("kiosk.rate.title")}
      says={[{ key: "kiosk.rate.title" }]}
      actions={
        <Press kind="second" onPress={() => engine.send({ kind: "no" })} testId="rate-skip">
          {text("kiosk.rate.skip")}
        </Press>
      }
    >
      <div className="answers faces">
        {faces.map(([rating, picture, words]) => (
          <Press
            key={rating}
            kind="card"
            className="answer"
            onPress={() => engine.send({ kind: "rate", rating })}
            testId={`rate-${rating}`}
          >
            <Picture name={picture} />
            <span className="answer-name">{text(words)}</span>
          </Press>
        ))}
      </div>
    </Screen>
  );
}
