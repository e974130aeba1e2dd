import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Picture } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { Screen } from "../screen.tsx";
import { useEngine } from "../use-kiosk.ts";

/** Asked when a doctor is called and nobody agreed yet that one may see the results. */
export function MayDoctor() {
  const text = useText();
  const engine = useEngine();
  return (
    <Screen
      name="may-doctor"
      title={text("kiosk.mayDoctor.title")}
      says={[{ key: "kiosk.mayDoctor.title" }, { key: "kiosk.mayDoctor.what" }]}
      actions={
        <>
          <Press kind="second" onPress={() => engine.send({ kind: "no" })} testId="may-not">
            <Icon name="no" />
            {text("kiosk.mayDoctor.no")}
          </Press>
          <Press kind="main" onPress={() => engine.send({ kind: "yes" })} testId="may">
            <Icon name="call" />
            {text("kiosk.mayDoctor.yes")}
          </Press>
        </>
      }
    >
      <div className="state">
        <Picture name="consentSend" className="state-picture picture-wide" />
        <p className="lead">{text("kiosk.mayDoctor.what")}</p>
      </div>
    </Screen>
  );
}
