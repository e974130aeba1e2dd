import type { KioskState } from "../../../core/machine/kiosk.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Picture } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { Screen } from "../screen.tsx";
import { useEngine, useShown } from "../use-kiosk.ts";

const pictures = { keep: "consentKeep", send: "consentSend", family: "consentFamily" } as const;

/** One sentence and one picture for each, apart. A no is as easy as a yes, and stops nobody from measuring. */
export function Consent({ screen }: { readonly screen: Extract<KioskState, { readonly at: "consent" }> }) {
  const text = useText();
  const engine = useEngine();
  const child = useShown().found?.child === true;
  const { scope, given, left } = screen;
  const key = `kiosk.consent.${scope}` as const;
  const n = Object.keys(given).length + 1;
  return (
    <Screen
      name="consent"
      step={scope}
      of={scope}
      title={text(key)}
      says={[...(child ? [{ key: "kiosk.consent.guardian" } as const] : []), { key }, { key: "kiosk.consent.what" }]}
      note={n + left.length > 1 && <p className="quiet">{text("kiosk.consent.step", { n, of: n + left.length })}</p>}
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
