import type { ConsentScope } from "../../../core/domain/consent.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Picture } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { Screen } from "../screen.tsx";
import { useEngine } from "../use-kiosk.ts";

const pictures = { keep: "consentKeep", send: "consentSend", family: "consentFamily" } as const;

/** One sentence and one picture for each, apart. A no is as easy as a yes, and stops nobody from measuring. */
export function Consent({ scope, child }: { readonly scope: ConsentScope; readonly child: boolean }) {
  const text = useText();
  const engine = useEngine();
  const key = `kiosk.consent.${scope}` as const;
  return (
    <Screen
      name="consent"
      step={scope}
      of={scope}
      title={text(key)}
      says={[...(child ? [{ key: "kiosk.consent.guardian" } as const] : []), { key }, { key: "kiosk.consent.what" }]}
      actions={
        <>
          <Press kind="second" onPress={() => engine.send({ kind: "no" })} testId="consent-no">
            <Icon name="no" />
            {text("kiosk.consent.no")}
          </Press>
          <Press kind="main" onPress={() => engine.send({ kind: "yes" })} testId="consent-yes">
            <Icon name="yes" />
            {text("kiosk.consent.yes")}
          </Press>
        </>
      }
    >
      <div className="state">
        <Picture name={pictures[scope]} className="state-picture picture-wide" />
        {child && (
          <p className="notice lead" data-testid="guardian">
            {text("kiosk.consent.guardian")}
          </p>
        )}
        <p className="lead">{text("kiosk.consent.what")}</p>
      </div>
    </Screen>
  );
}
