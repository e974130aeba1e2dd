import { useState } from "react";
import type { StationView } from "../../../core/contract/views.ts";
import type { MessageKey } from "../../../core/i18n/message.ts";
import type { Helper } from "../../../core/journal/visit-bodies.ts";
import type { KioskState } from "../../../core/machine/kiosk.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Picture } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { Choice, Choices } from "../board.tsx";
import type { Listening } from "../engine.ts";
import { Screen } from "../screen.tsx";
import { useEngine, useShown } from "../use-kiosk.ts";

type State = Extract<KioskState, { readonly at: "who" }>;

function titleOf(ways: Listening["ways"]): MessageKey {
  if (ways === undefined || (ways.card && ways.code)) return "kiosk.who.lay";
  if (ways.card) return "kiosk.who.layCard";
  return ways.code ? "kiosk.who.layCode" : "kiosk.who.cannot";
}

/** Lay a card, show a code. Nothing of what is on them is shown. */
export function Who({ station, screen }: { readonly station: StationView; readonly screen: State }) {
  const engine = useEngine();
  const [asking, setAsking] = useState(false);
  const choose = (helper: Helper | undefined) => {
    engine.send({ kind: "helper", helper });
    setAsking(false);
  };
  return asking ? (
    <WhoOperates onChoose={choose} />
  ) : (
    <Lay station={station} screen={screen} onAsk={() => setAsking(true)} />
  );
}

function Lay({
  station,
  screen,
  onAsk,
}: {
  readonly station: StationView;
  readonly screen: State;
  readonly onAsk: () => void;
}) {
  const text = useText();
  const engine = useEngine();
  const { openFault, listening } = useShown();
  const { ways, left = false } = listening;
  const title = titleOf(ways);
  const wrong = screen.wrong ?? openFault;
  const cannot = title === "kiosk.who.cannot";
  return (
    <Screen
      name="who"
      step={left ? "left" : wrong === undefined ? title : `${wrong} ${screen.tries}`}
      says={[{ key: left ? "kiosk.who.left" : title }]}
      title={text.of(title, {})}
      note={<p className="lead">{text(cannot ? "kiosk.who.cannotWhat" : "kiosk.who.layWhat")}</p>}
      actions={
        <>
          <Press kind="second" onPress={onAsk} testId="helper">
            <Icon name="guest" />
            {text(screen.helper === undefined ? "kiosk.helper.key" : "kiosk.helper.change")}
          </Press>
          <Press kind={cannot ? "main" : "second"} onPress={() => engine.send({ kind: "noCard" })} testId="no-card">
            {text("kiosk.who.noCard")}
            <Icon name="next" />
          </Press>
        </>
      }
    >
      {left ? (
        <p className="notice lead" role="alert" data-testid="card-left">
          {text("kiosk.who.left")}
        </p>
      ) : (
        wrong !== undefined && (
          <p className="notice lead" role="alert" data-testid="open-fault" data-code={wrong}>
            {text.fault(wrong)}
          </p>
        )
      )}
      {screen.helper !== undefined && (
        <p className="notice" role="status" data-testid="helper-now">
          {text(`kiosk.helper.now.${screen.helper}`)}
        </p>
      )}
      <div className="lay">
        <figure className="show-picture">
          <Picture name={ways?.card === false && ways.code ? "layCode" : "layCard"} says={text("kiosk.who.picture")} />
        </figure>
        <p className="lead lay-state" role="status" data-testid="listening">
          {!left && text.of(waitingFor(listening), {})}
        </p>
      </div>
      {station.simulated && station.residents.length > 0 && <Specimens station={station} />}
    </Screen>
  );
}

/** The first letter of the name itself: demonstration people carry a mark before it. */
function signOf(shownName: string): string {
  return Array.from(shownName.split("·").at(-1) ?? shownName)[0] ?? "";
}

/** Only in a simulated station: cards to lay down by touch. */
function Specimens({ station }: { readonly station: StationView }) {
  const text = useText();
  const engine = useEngine();
  return (
    <section className="specimens" aria-label={text("kiosk.who.specimens")}>
      <p className="quiet">{text("kiosk.who.specimens")}</p>
      <div className="people">
        {station.residents.map((resident) => (
          <Press
            key={resident.id}
            kind="card"
            className="person"
            onPress={() => engine.send({ kind: "specimen", id: resident.id })}
            testId="resident-card"
          >
            <span className="person-sign" aria-hidden="true">
              {signOf(resident.shownName)}
            </span>
            <span className="person-name">{resident.shownName}</span>
            {resident.specimen && <span className="tag">{text("kiosk.who.specimen")}</span>}
          </Press>
        ))}
      </div>
    </section>
  );
}

function WhoOperates({ onChoose }: { readonly onChoose: (helper: Helper | undefined) => void }) {
  const text = useText();
  return (
    <Screen
      name="helper"
      title={text("kiosk.helper.title")}
      says={[{ key: "kiosk.helper.title" }, { key: "kiosk.helper.what" }]}
      note={<p className="lead">{text("kiosk.helper.what")}</p>}
    >
      <Choices>
        <Choice picture="self" onPress={() => onChoose(undefined)} testId="helper-self">
          {text("kiosk.helper.self")}
        </Choice>
        <Choice picture="family" onPress={() => onChoose("relative")} testId="helper-relative">
          {text("kiosk.helper.relative")}
        </Choice>
        <Choice picture="doctor" onPress={() => onChoose("villageDoctor")} testId="helper-villageDoctor">
          {text("kiosk.helper.villageDoctor")}
        </Choice>
      </Choices>
    </Screen>
  );
}

function waitingFor({ ways, busy, lift = false }: Listening): MessageKey {
  if (ways === undefined) return "kiosk.who.opening";
  if (busy) return "kiosk.who.reading";
  return lift ? "kiosk.who.lift" : "kiosk.who.waiting";
}
