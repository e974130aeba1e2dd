import { useEffect } from "react";
import { useSetLanguage, useText } from "../../parts/language.tsx";
import { Picture } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { Screen } from "../screen.tsx";
import { useEngine } from "../use-kiosk.ts";

const staysMs = 8_000;

/** Thank you. Nothing of the visit is in the page any more; the next person starts in the station's own language. */
export function Farewell() {
  const text = useText();
  const engine = useEngine();
  const setLanguage = useSetLanguage();
  useEffect(() => {
    const timer = setTimeout(() => engine.greet(), staysMs);
    return () => {
      clearTimeout(timer);
      setLanguage("zh-CN");
    };
  }, [engine, setLanguage]);
  return (
    <Screen
      name="leave"
      title={text("kiosk.leave.title")}
      says={[{ key: "kiosk.leave.title" }, { key: "kiosk.leave.card" }, { key: "kiosk.leave.clean" }]}
      actions={
        <Press kind="main" onPress={() => engine.greet()} testId="next-person">
          {text("kiosk.leave.next")}
        </Press>
      }
    >
      <div className="state">
        <Picture name="goodbye" className="state-picture" />
        <p className="lead" data-testid="take-card">
          {text("kiosk.leave.card")}
        </p>
        <p className="lead">{text("kiosk.leave.clean")}</p>
      </div>
    </Screen>
  );
}
