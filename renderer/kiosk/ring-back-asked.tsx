import { Icon } from "../parts/icons.tsx";
import { useText } from "../parts/language.tsx";
import { Picture } from "../parts/picture.tsx";
import { Press } from "../parts/press.tsx";
import { ringBackAsked } from "./ring-back.ts";
import { Sheet } from "./sheet.tsx";
import { useEngine, useShown } from "./use-kiosk.ts";

/** A yes is the call that the person could have made themselves. Said aloud: who cannot read must hear it. */
export function RingBackAsked() {
  const text = useText();
  const engine = useEngine();
  const asked = ringBackAsked(useShown());
  if (!asked) return null;
  return (
    <Sheet
      key={asked.call}
      name="ringBack"
      says={[{ key: "kiosk.ringBack" }, { key: "kiosk.ringBack.what" }]}
      title={text("kiosk.ringBack")}
      actions={
        <>
          <Press
            kind="second"
            onPress={() => void engine.own.door.client.consult.notNow({ call: asked.call }).catch(() => undefined)}
            testId="ring-back-no"
          >
            <Icon name="no" />
            {text("kiosk.ringBack.no")}
          </Press>
          <Press kind="main" onPress={() => engine.send({ kind: "callDoctor" })} testId="ring-back-yes">
            <Icon name="yes" />
            {text("kiosk.ringBack.yes")}
          </Press>
        </>
      }
    >
      <div className="state">
        <Picture name="doctor" className="state-picture" />
        <p className="lead" translate="no" data-testid="ring-back-name">
          {asked.name}
        </p>
        <p className="lead">{text("kiosk.ringBack.what")}</p>
      </div>
    </Sheet>
  );
}
