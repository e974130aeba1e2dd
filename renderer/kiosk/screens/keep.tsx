import type { KioskState } from "../../../core/machine/kiosk.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Picture } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { Screen } from "../screen.tsx";
import { useEngine } from "../use-kiosk.ts";
import { KeepUnderName } from "./mine-keep.tsx";

/** Asked of a guest once, on the way out; whoever says no has gone on with one touch. */
export function Keep({ screen }: { readonly screen: Extract<KioskState, { readonly at: "keep" }> }) {
  const engine = useEngine();
  if (screen.step === "ask") return <Asked />;
  return <KeepUnderName onBack={() => engine.send({ kind: "back" })} onOver={() => engine.send({ kind: "next" })} />;
}

function Asked() {
  const text = useText();
  const engine = useEngine();
  return (
    <Screen
      name="keep"
      title={text("kiosk.keep.ask")}
      says={[{ key: "kiosk.keep.ask" }, { key: "kiosk.keep.askWhat" }]}
      actions={
        <>
          <Press kind="second" onPress={() => engine.send({ kind: "no" })} testId="keep-no">
            <Icon name="no" />
            {text("kiosk.keep.no")}
          </Press>
          <Press kind="main" onPress={() => engine.send({ kind: "yes" })} testId="keep-yes">
            <Icon name="yes" />
            {text("kiosk.keep.yes")}
          </Press>
        </>
      }
    >
      <div className="state">
        <Picture name="record" className="state-picture" />
        <p className="lead">{text("kiosk.keep.askWhat")}</p>
      </div>
    </Screen>
  );
}
