import type { StationView } from "../../../core/contract/views.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Picture, type PictureName } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { Screen } from "../screen.tsx";
import { useEngine } from "../use-kiosk.ts";

const offers = [
  ["bloodPressure", "kiosk.check.bloodPressure"],
  ["glucose", "kiosk.check.glucose"],
  ["lipids", "kiosk.check.lipids"],
  ["doctor", "kiosk.welcome.doctor"],
] as const satisfies readonly (readonly [PictureName, string])[];

export function Welcome({ station }: { readonly station: StationView }) {
  const text = useText();
  const engine = useEngine();
  const { place, keeper } = station.station;
  const whose = [place, keeper && text("kiosk.welcome.keeper", { name: keeper })].filter(Boolean);
  return (
    <Screen
      name="welcome"
      title={text("kiosk.welcome.title")}
      says={
        station.storage === "ok"
          ? [{ key: "kiosk.welcome.title" }, { key: "kiosk.welcome.what" }]
          : [{ key: "kiosk.storage" }]
      }
      note={<p className="lead">{text("kiosk.welcome.what")}</p>}
      actions={
        station.storage === "ok" ? (
          <Press kind="main" className="press-start" onPress={() => engine.send({ kind: "start" })} testId="start">
            {text("kiosk.welcome.start")}
            <Icon name="next" />
          </Press>
        ) : (
          <div className="notice" role="alert" data-testid="storage">
            <p className="lead">{text("kiosk.storage")}</p>
            <p>{text.fault(station.storage === "full" ? "store.full" : "store.broken")}</p>
          </div>
        )
      }
    >
      <ul className="offers">
        {offers.map(([picture, key]) => (
          <li key={key}>
            <Picture name={picture} />
            <p>{text(key)}</p>
          </li>
        ))}
      </ul>
      {station.clock.state === "wrong" && (
        <p className="notice" role="alert" data-testid="station-clock">
          {text.fault("gate.clockWrong")}
        </p>
      )}
      {whose.length > 0 && <p className="keeper">{whose.join(" · ")}</p>}
    </Screen>
  );
}
