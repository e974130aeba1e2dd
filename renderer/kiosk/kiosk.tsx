import { lazy, Suspense, useState } from "react";
import { LanguageProvider } from "../parts/language.tsx";
import type { Engine } from "./engine.ts";
import { Frame } from "./frame.tsx";
import { IdleWatch } from "./idle-watch.tsx";
import { Overlay } from "./overlay.tsx";
import { Forbidden, Gone, Greeting } from "./screens/away.tsx";
import { Checks } from "./screens/checks.tsx";
import { Confirm } from "./screens/confirm.tsx";
import { Consult } from "./screens/consult.tsx";
import { Failed } from "./screens/failed.tsx";
import { Farewell } from "./screens/farewell.tsx";
import { Measure } from "./screens/measure.tsx";
import { Prepare } from "./screens/prepare.tsx";
import { Result } from "./screens/result.tsx";
import { Results } from "./screens/results.tsx";
import { Welcome } from "./screens/welcome.tsx";
import { Who } from "./screens/who.tsx";
import type { StationDoor } from "../station.ts";
import { EngineProvider, useShown } from "./use-kiosk.ts";

/** The technician's place comes when it is asked for; a resident's first screen does not wait for it. */
const TechnicianPlace = lazy(async () => ({ default: (await import("./technician/place.tsx")).TechnicianPlace }));

/** The whole kiosk page over one engine. */
export function Kiosk({ engine, door }: { readonly engine: Engine; readonly door: StationDoor }) {
  return (
    <LanguageProvider>
      <EngineProvider value={engine}>
        <Page door={door} />
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
  return (
    <div className="kiosk">
      <Frame covered={shown.over !== undefined} onStaff={() => setStaff(true)}>
        <CurrentScreen />
      </Frame>
      {shown.over !== undefined && <Overlay over={shown.over} door={door} />}
      <IdleWatch />
    </div>
  );
}

function CurrentScreen() {
  const { line, station, screen, farewell, visit } = useShown();
  if (line === "forbidden") return <Forbidden />;
  if (screen.at === "away") return <Gone />;
  if (station === undefined) return line === "closed" ? <Gone /> : <Greeting />;
  if (farewell) return <Farewell />;
  switch (screen.at) {
    case "welcome":
      return <Welcome station={station} />;
    case "who":
      return <Who station={station} />;
    case "checks":
      return <Checks station={station} visit={visit} />;
    case "prepare":
      return <Prepare key={screen.check} check={screen.check} />;
    case "measure":
      return <Measure check={screen.check} />;
    case "confirm":
      return <Confirm check={screen.check} />;
    case "failed":
      return <Failed code={screen.code} />;
    case "result":
      return <Result check={screen.check} />;
    case "results":
      return <Results />;
    case "consult":
      return <Consult />;
  }
}
