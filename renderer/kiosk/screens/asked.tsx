import type { OfferedKind } from "../../../core/domain/outcome.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Picture } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { checkNames } from "../judged.ts";
import { Screen } from "../screen.tsx";
import { useEngine } from "../use-kiosk.ts";

/** The doctor in the call asks for a measurement; nothing starts without a yes. It is said aloud: who cannot read must hear it. */
export function Asked({ check }: { readonly check: OfferedKind }) {
  const text = useText();
  const engine = useEngine();
  const name = text(checkNames[check]);
  return (
    <Screen
      name="asked"
      of={check}
      step={check}
      title={text("kiosk.asked.title", { check: name })}
      says={[{ key: "kiosk.asked.title", values: { check: name } }, { key: "kiosk.asked.what" }]}
      actions={
        <>
          <Press kind="second" onPress={() => engine.send({ kind: "no" })} testId="asked-no">
            <Icon name="no" />
            {text("kiosk.asked.no")}
          </Press>
          <Press kind="main" onPress={() => engine.send({ kind: "yes" })} testId="asked-yes">
            <Icon name="yes" />
            {text("kiosk.asked.yes")}
          </Press>
        </>
      }
    >
      <div className="state">
        <Picture name={check} className="state-picture" />
        <p className="lead">{text("kiosk.asked.what")}</p>
      </div>
    </Screen>
  );
}
