import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Picture } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { Screen } from "../screen.tsx";
import { useEngine } from "../use-kiosk.ts";

/** Nobody can be asked whose the code is: measuring does not wait for that. */
export function CodeLater() {
  const text = useText();
  const engine = useEngine();
  return (
    <Screen
      name="code-later"
      title={text("kiosk.codeLater.title")}
      says={[{ key: "kiosk.codeLater.title" }, { key: "kiosk.codeLater.what" }]}
      actions={
        <>
          <Press kind="second" onPress={() => engine.send({ kind: "no" })} testId="code-no">
            <Icon name="no" />
            {text("kiosk.codeLater.no")}
          </Press>
          <Press kind="main" onPress={() => engine.send({ kind: "yes" })} testId="code-yes">
            <Icon name="yes" />
            {text("kiosk.codeLater.yes")}
          </Press>
        </>
      }
    >
      <div className="state">
        <Picture name="layCode" className="state-picture picture-wide" />
        <p className="lead">{text("kiosk.codeLater.what")}</p>
      </div>
    </Screen>
  );
}
