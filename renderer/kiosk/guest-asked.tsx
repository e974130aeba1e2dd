import { Icon } from "../parts/icons.tsx";
import { useText } from "../parts/language.tsx";
import { Picture } from "../parts/picture.tsx";
import { Press } from "../parts/press.tsx";
import { guestAsked } from "./guests.ts";
import { Sheet } from "./sheet.tsx";
import { useEngine, useShown } from "./use-kiosk.ts";

/** The doctor wants somebody to watch or to come along; without a yes nobody comes. Said aloud: who cannot read must hear it. */
export function GuestAsked() {
  const text = useText();
  const engine = useEngine();
  const asked = guestAsked(useShown());
  if (!asked) return null;
  const { ask, scope, name } = asked;
  const title = `kiosk.guest.${scope}` as const;
  const what = `kiosk.guest.${scope}.what` as const;
  const answer = (said: "given" | "refused") => {
    engine.guest(ask, scope, said);
    engine.cover(undefined);
  };
  return (
    <Sheet
      key={ask}
      name="guest"
      says={[{ key: title }, { key: what }]}
      title={text(title)}
      actions={
        <>
          <Press kind="second" onPress={() => answer("refused")} testId="guest-no">
            <Icon name="no" />
            {text("kiosk.guest.no")}
          </Press>
          <Press kind="main" onPress={() => answer("given")} testId="guest-yes">
            <Icon name="yes" />
            {text("kiosk.guest.yes")}
          </Press>
        </>
      }
    >
      <div className="state">
        <Picture name={scope === "teach" ? "learn" : "family"} className="state-picture" />
        {name !== "" && (
          <p className="lead" translate="no" data-testid="guest-name">
            {name}
          </p>
        )}
        <p className="lead">{text(what)}</p>
      </div>
    </Sheet>
  );
}
