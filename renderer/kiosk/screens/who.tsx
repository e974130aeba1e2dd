import type { StationView } from "../../../core/contract/views.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Press } from "../../parts/press.tsx";
import { Screen } from "../screen.tsx";
import { useEngine, useShown } from "../use-kiosk.ts";

/** The first letter of the name itself: demonstration people carry a mark before it. */
function signOf(shownName: string): string {
  return Array.from(shownName.split("·").at(-1) ?? shownName)[0] ?? "";
}

/** Names in part only: the room is open. A number or a card comes with the card reader. */
export function Who({ station }: { readonly station: StationView }) {
  const text = useText();
  const engine = useEngine();
  const { openFault } = useShown();
  return (
    <Screen
      name="who"
      title={text("kiosk.who.title")}
      note={<p>{text("kiosk.who.what")}</p>}
      actions={
        <Press kind="second" onPress={() => engine.send({ kind: "person", person: { kind: "guest" } })} testId="guest">
          <Icon name="guest" />
          {text("kiosk.who.guest")}
        </Press>
      }
    >
      {openFault !== undefined && (
        <div className="notice" role="alert" data-testid="open-fault">
          <p className="lead">{text.fault(openFault)}</p>
        </div>
      )}
      <div className="people">
        {station.residents.map((resident) => (
          <Press
            key={resident.id}
            kind="card"
            className="person"
            onPress={() => engine.send({ kind: "person", person: { kind: "resident", id: resident.id } })}
            testId="resident-card"
          >
            <span className="person-sign" aria-hidden="true">
              {signOf(resident.shownName)}
            </span>
            <span className="person-name">{resident.shownName}</span>
            <span className="person-about">
              {text(resident.sex === "female" ? "kiosk.who.female" : "kiosk.who.male")} ·{" "}
              {text("kiosk.who.born", { year: resident.birthYear })}
            </span>
            {resident.specimen && <span className="tag">{text("kiosk.who.specimen")}</span>}
          </Press>
        ))}
      </div>
    </Screen>
  );
}
