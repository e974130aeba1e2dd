import type { KioskState } from "../../../core/machine/kiosk.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Picture } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { Screen } from "../screen.tsx";
import { knownSign, signPictures } from "../signs.ts";
import { useEngine, useShown } from "../use-kiosk.ts";

/** The wrong person is the gravest error: part of the name and the picture chosen before, to be confirmed. */
export function IsItYou({ screen }: { readonly screen: Extract<KioskState, { readonly at: "isItYou" }> }) {
  const text = useText();
  const engine = useEngine();
  const { found } = useShown();
  const sign = knownSign(found?.sign);
  const title = screen.helper !== undefined ? "ui.right_person" : "kiosk.isItYou.title";
  const name = found?.shownName ?? "";
  return (
    <Screen
      name="is-it-you"
      title={
        title === "ui.right_person"
          ? text("ui.right_person", { name })
          : text(screen.found.known ? "kiosk.isItYou.title" : "kiosk.isItYou.new")
      }
      says={[
        ...(found?.expired === true ? [{ key: "kiosk.isItYou.expired" } as const] : []),
        { key: "ui.right_person", values: { name } },
      ]}
      note={screen.found.resumes && <p>{text("kiosk.isItYou.resumes")}</p>}
      actions={
        <>
          <Press kind="second" onPress={() => engine.send({ kind: "no" })} testId="not-me">
            <Icon name="no" />
            {text("kiosk.isItYou.no")}
          </Press>
          <Press kind="main" onPress={() => engine.send({ kind: "yes" })} testId="its-me">
            <Icon name="yes" />
            {text(screen.helper === undefined ? "kiosk.isItYou.yes" : "kiosk.isItYou.helped")}
          </Press>
        </>
      }
    >
      <div className="state">
        {found?.expired === true && (
          <p className="notice lead" role="status" data-testid="card-expired" data-code="identify.cardExpired">
            {text.fault("identify.cardExpired")}
          </p>
        )}
        <Picture
          name={sign === undefined ? "self" : signPictures[sign]}
          says={sign === undefined ? "" : text(`kiosk.sign.${sign}`)}
          className="state-picture"
        />
        <p className="shown-name" data-testid="shown-name">
          {name}
        </p>
      </div>
    </Screen>
  );
}
