import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Picture } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { Screen } from "../screen.tsx";
import { useEngine, useShown } from "../use-kiosk.ts";

/**
 * Asked when a doctor is called and nobody agreed yet that one may see the results. Who said no before, or took it back, is told
 * why no doctor is called; yes gives it again.
 */
export function MayDoctor() {
  const text = useText();
  const engine = useEngine();
  const said = useShown().visit?.consents.findLast(({ scope }) => scope === "send");
  const why = said?.given === false ? "fault.consent.notGiven" : "kiosk.mayDoctor.what";
  return (
    <Screen
      name="may-doctor"
      title={text("kiosk.mayDoctor.title")}
      step={why}
      says={[{ key: "kiosk.mayDoctor.title" }, { key: why }]}
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
        <p className="lead" role="status" data-testid="may-why" data-refused={said?.given === false}>
          {why === "kiosk.mayDoctor.what" ? text(why) : text.fault("consent.notGiven")}
        </p>
      </div>
    </Screen>
  );
}
