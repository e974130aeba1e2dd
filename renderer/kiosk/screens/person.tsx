import type { StationView } from "../../../core/contract/views.ts";
import type { KioskState } from "../../../core/machine/kiosk.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Picture } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { Screen } from "../screen.tsx";
import { useEngine } from "../use-kiosk.ts";

/** Three wrong answers lead here: to somebody with a name, and on. */
export function Person({
  station,
  screen,
}: {
  readonly station: StationView;
  readonly screen: Extract<KioskState, { readonly at: "person" }>;
}) {
  const text = useText();
  const engine = useEngine();
  const { keeper } = station.station;
  const inVisit = "visit" in screen.then;
  return (
    <Screen
      name="person"
      title={text("kiosk.person.title")}
      says={[
        { key: "kiosk.person.title" },
        keeper === "" ? { key: "kiosk.person.anybody" } : { key: "kiosk.person.keeper", values: { name: keeper } },
        { key: "kiosk.person.what" },
      ]}
      actions={
        <>
          {!inVisit && (
            <Press kind="second" onPress={() => engine.send({ kind: "guest" })} testId="guest">
              <Icon name="guest" />
              {text("kiosk.person.guest")}
            </Press>
          )}
          <Press kind="main" onPress={() => engine.send({ kind: "again" })} testId="person-again">
            <Icon name={inVisit ? "next" : "again"} />
            {text(inVisit ? "kiosk.person.goOn" : "kiosk.person.again")}
          </Press>
        </>
      }
    >
      <div className="state">
        <Picture name="bell" className="state-picture" />
        <p className="title" data-testid="keeper">
          {keeper === "" ? text("kiosk.person.anybody") : text("kiosk.person.keeper", { name: keeper })}
        </p>
        <p className="lead">{text("kiosk.person.what")}</p>
      </div>
    </Screen>
  );
}
