import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Screen } from "../screen.tsx";

const gone = [{ key: "kiosk.gone.title" }, { key: "kiosk.gone.what" }] as const;

/** The line to the host is cut; it is dialed again by itself. */
export function Gone() {
  const text = useText();
  return (
    <Screen name="gone" title={text("kiosk.gone.title")} says={gone}>
      <div className="state" role="status">
        <span className="state-sign state-turns">
          <Icon name="again" />
        </span>
        <p className="lead">{text("kiosk.gone.what")}</p>
      </div>
    </Screen>
  );
}

export function Forbidden() {
  const text = useText();
  return (
    <Screen name="forbidden" title={text.fault("wire.forbidden")} says={[{ key: "kiosk.forbidden.what" }]}>
      <div className="state" role="alert">
        <span className="state-sign">
          <Icon name="stop" />
        </span>
        <p className="lead">{text("kiosk.forbidden.what")}</p>
      </div>
    </Screen>
  );
}

/** Before the first word from the host. Usually a blink. */
export function Greeting() {
  const text = useText();
  return <Screen name="greeting" title={text("kiosk.brand")} says={[]} titleHidden />;
}
