import { useEffect, useState } from "react";
import { voiceWarningMs } from "../../../core/domain/asking.ts";
import type { OfferedKind } from "../../../core/domain/outcome.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Picture } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { useSecondsLeft } from "../../parts/wait.tsx";
import { checkNames } from "../judged.ts";
import { Screen } from "../screen.tsx";
import { useEngine } from "../use-kiosk.ts";

/** The doctor in the call asks for a measurement; nothing starts without a yes. It is said aloud: who cannot read must hear it. */
export function Asked({ check, said }: { readonly check: OfferedKind; readonly said: boolean }) {
  const text = useText();
  const engine = useEngine();
  const name = text(checkNames[check]);
  if (said) return <Warned check={check} name={name} />;
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

/** The doctor heard a yes: what is going to happen, how soon, and that one touch anywhere stops it. */
function Warned({ check, name }: { readonly check: OfferedKind; readonly name: string }) {
  const text = useText();
  const engine = useEngine();
  const [end] = useState(() => Date.now() + voiceWarningMs);
  const seconds = useSecondsLeft(end);
  useEffect(() => {
    const stop = () => engine.send({ kind: "no" });
    const timer = setTimeout(() => engine.send({ kind: "counted" }), voiceWarningMs);
    document.addEventListener("pointerdown", stop);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("pointerdown", stop);
    };
  }, [engine]);
  return (
    <Screen
      name="asked"
      of={check}
      step={`${check} said`}
      title={text("kiosk.asked.said", { check: name })}
      says={[
        { key: "kiosk.asked.said", values: { check: name } },
        { key: `kiosk.asked.does.${doing(check)}` },
        { key: "kiosk.asked.touch" },
      ]}
      actions={
        <Press kind="stop" first onPress={() => engine.send({ kind: "no" })} testId="asked-stop">
          <Icon name="no" />
          {text("kiosk.asked.stop")}
        </Press>
      }
    >
      <div className="state">
        <Picture name={check} className="state-picture" />
        <p className="lead">{text(`kiosk.asked.does.${doing(check)}`)}</p>
        <p className="number number-number" role="timer" data-testid="asked-left">
          {text("kiosk.idle.left", { n: seconds })}
        </p>
        <p className="lead">{text("kiosk.asked.touch")}</p>
      </div>
    </Screen>
  );
}

const doing = (check: OfferedKind): "cuff" | "reads" => (check === "bloodPressure" ? "cuff" : "reads");
