import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Picture } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { dayWords } from "../judged.ts";
import { Screen } from "../screen.tsx";
import { useEngine, useShown } from "../use-kiosk.ts";

/** Somebody measured with this person's code and without a name. Only the person says whose the numbers are; none is shown. */
export function WasIt() {
  const text = useText();
  const engine = useEngine();
  const at = useShown().found?.unclaimed;
  return (
    <Screen
      name="was-it"
      title={text("kiosk.wasIt.title")}
      says={[{ key: "kiosk.wasIt.title" }, { key: "kiosk.wasIt.what" }]}
      actions={
        <>
          <Press kind="second" onPress={() => engine.send({ kind: "no" })} testId="was-not">
            <Icon name="no" />
            {text("kiosk.wasIt.no")}
          </Press>
          <Press kind="main" onPress={() => engine.send({ kind: "yes" })} testId="was-me">
            <Icon name="yes" />
            {text("kiosk.wasIt.yes")}
          </Press>
        </>
      }
    >
      <div className="state">
        <Picture name="layCode" className="state-picture picture-wide" />
        {at !== undefined && (
          <p className="title" data-testid="was-at">
            {dayWords(text, at)}
          </p>
        )}
        <p className="lead">{text("kiosk.wasIt.what")}</p>
      </div>
    </Screen>
  );
}
