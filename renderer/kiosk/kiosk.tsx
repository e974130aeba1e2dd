import { lazy, Suspense, useEffect, useState } from "react";
import type { StationView } from "../../core/contract/views.ts";
import type { KioskState } from "../../core/machine/kiosk.ts";
import { missingCase } from "../../core/domain/missing-case.ts";
import { LanguageProvider } from "../parts/language.tsx";
import type { StationDoor } from "../station.ts";
import type { Engine } from "./engine.ts";
import { Frame } from "./frame.tsx";
import { IdleWatch } from "./idle-watch.tsx";
import { Overlay } from "./overlay.tsx";
import { Forbidden, Gone, Greeting } from "./screens/away.tsx";
import { Checks } from "./screens/checks.tsx";
import { Confirm } from "./screens/confirm.tsx";
import { Consent } from "./screens/consent.tsx";
import { Consult } from "./screens/consult.tsx";
import { Emergency } from "./screens/emergency.tsx";
import { Enter } from "./screens/enter.tsx";
import { Failed } from "./screens/failed.tsx";
import { Farewell } from "./screens/farewell.tsx";
import { IsItYou } from "./screens/is-it-you.tsx";
import { MayDoctor } from "./screens/may-doctor.tsx";
import { Measure } from "./screens/measure.tsx";
import { Mine } from "./screens/mine.tsx";
import { NextStep } from "./screens/next-step.tsx";
import { NoCard } from "./screens/no-card.tsx";
import { Person } from "./screens/person.tsx";
import { Phone } from "./screens/phone.tsx";
import { Prepare } from "./screens/prepare.tsx";
import { Rate } from "./screens/rate.tsx";
import { Result } from "./screens/result.tsx";
import { Results } from "./screens/results.tsx";
import { Sign } from "./screens/sign.tsx";
import { TakeAway } from "./screens/take-away.tsx";
import { Triage } from "./screens/triage.tsx";
import { Welcome } from "./screens/welcome.tsx";
import { Who } from "./screens/who.tsx";
import { TwoKeys } from "./two-keys.tsx";
import { EngineProvider, useEngine, useShown } from "./use-kiosk.ts";
import { PromptProvider } from "./voice/prompt.tsx";
import { useVoice } from "./voice/voice.tsx";

/** The technician's place comes when it is asked for; a resident's first screen does not wait for it. */
const TechnicianPlace = lazy(async () => ({ default: (await import("./technician/place.tsx")).TechnicianPlace }));

/** The whole kiosk page over one engine. */
export function Kiosk({ engine, door }: { readonly engine: Engine; readonly door: StationDoor }) {
  return (
    <LanguageProvider>
      <EngineProvider value={engine}>
        <PromptProvider>
          <Page door={door} />
        </PromptProvider>
      </EngineProvider>
    </LanguageProvider>
  );
}

function Page({ door }: { readonly door: StationDoor }) {
  const shown = useShown();
  const [staff, setStaff] = useState(false);
  if (staff && shown.station !== undefined)
    return (
      <Suspense fallback={<Greeting />}>
        <TechnicianPlace door={door} line={shown.line} station={shown.station} onLeave={() => setStaff(false)} />
      </Suspense>
    );
  return <Sitting key={shown.sitting} door={door} onStaff={() => setStaff(true)} />;
}

/** One person's time at the station. The next one gets a page that is made anew, down to every field. */
function Sitting({ door, onStaff }: { readonly door: StationDoor; readonly onStaff: () => void }) {
  const engine = useEngine();
  const voice = useVoice();
  const { over, lower } = useShown();
  // Drawn without anything of the one before: only now the host is told so.
  useEffect(() => {
    voice.reset();
    engine.cleared();
  }, [engine, voice]);
  return (
    <div className="kiosk" data-lower={lower ? "" : undefined}>
      <Frame covered={over !== undefined} onStaff={onStaff}>
        <CurrentScreen />
      </Frame>
      {over !== undefined && <Overlay key={over} over={over} door={door} />}
      <IdleWatch />
      <TwoKeys />
    </div>
  );
}

function CurrentScreen() {
  const { line, station, screen, farewell } = useShown();
  if (line === "forbidden") return <Forbidden />;
  if (screen.at === "away") return <Gone />;
  if (station === undefined) return line === "closed" ? <Gone /> : <Greeting />;
  if (farewell) return <Farewell />;
  return <ScreenOf screen={screen} station={station} />;
}

function ScreenOf({
  screen,
  station,
}: {
  readonly screen: Exclude<KioskState, { readonly at: "away" }>;
  readonly station: StationView;
}) {
  const { visit } = useShown();
  switch (screen.at) {
    case "welcome":
      return <Welcome station={station} />;
    case "who":
      return <Who station={station} screen={screen} />;
    case "noCard":
      return <NoCard />;
    case "phone":
      return <Phone screen={screen} />;
    case "isItYou":
      return <IsItYou screen={screen} />;
    case "consent":
      return <Consent screen={screen} />;
    case "sign":
      return <Sign />;
    case "person":
      return <Person station={station} screen={screen} />;
    case "triage":
      return <Triage screen={screen} />;
    case "emergency":
      return <Emergency station={station} screen={screen} />;
    case "checks":
      return <Checks station={station} visit={visit} />;
    case "prepare":
      return <Prepare key={screen.check} check={screen.check} step={screen.step} />;
    case "measure":
      return <Measure check={screen.check} />;
    case "enter":
      return <Enter check={screen.check} />;
    case "confirm":
      return <Confirm check={screen.check} />;
    case "failed":
      return <Failed code={screen.code} />;
    case "result":
      return <Result check={screen.check} />;
    case "results":
      return <Results />;
    case "nextStep":
      return <NextStep />;
    case "takeAway":
      return <TakeAway as={screen.as} wrong={screen.wrong} />;
    case "rate":
      return <Rate />;
    case "mine":
      return <Mine page={screen.page} />;
    case "mayDoctor":
      return <MayDoctor />;
    case "consult":
      return <Consult />;
    default:
      return missingCase(screen);
  }
}
