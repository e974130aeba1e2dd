import { lazy, Suspense, useEffect, useLayoutEffect, useState } from "react";
import { LanguageProvider } from "../parts/language.tsx";
import { loadWords } from "../parts/words.ts";
import "./first-words.ts";
import type { StationDoor } from "../station.ts";
import type { Engine } from "./engine.ts";
import { Frame } from "./frame.tsx";
import { IdleWatch } from "./idle-watch.tsx";
import { loadLater, useLater } from "./later.ts";
import { Forbidden, Gone, Greeting } from "./screens/away.tsx";
import { Welcome } from "./screens/welcome.tsx";
import { TextSizeProvider, useTextSize, type TextSize } from "./text-size.tsx";
import { TwoKeys } from "./two-keys.tsx";
import { EngineProvider, useEngine, useShown } from "./use-kiosk.ts";
import { PromptProvider } from "./voice/prompt.tsx";
import { StationVoice } from "./voice/station-voice.tsx";
import { useVoice, VoiceProvider, type Voice } from "./voice/voice.tsx";

/** The technician's place comes when it is asked for; a resident's first screen does not wait for it. */
const TechnicianPlace = lazy(async () => ({ default: (await import("./technician/place.tsx")).TechnicianPlace }));

/** The whole kiosk page over one engine. */
export function Kiosk({
  engine,
  door,
  voice,
}: {
  readonly engine: Engine;
  readonly door: StationDoor;
  /** In place of the station's own, where what is said is to be looked at and not heard. */
  readonly voice?: Voice;
}) {
  // Nobody waits for what comes after the welcome screen: it is there before a hand is.
  useEffect(() => {
    const idle = requestIdleCallback(() => void Promise.all([loadLater(), loadWords("en")]), { timeout: 500 });
    return () => cancelIdleCallback(idle);
  }, []);
  const page = (
    <PromptProvider>
      <Page door={door} />
    </PromptProvider>
  );
  return (
    <LanguageProvider>
      <EngineProvider value={engine}>
        {voice === undefined ? (
          <StationVoice door={door}>{page}</StationVoice>
        ) : (
          <VoiceProvider value={voice}>{page}</VoiceProvider>
        )}
      </EngineProvider>
    </LanguageProvider>
  );
}

function Page({ door }: { readonly door: StationDoor }) {
  const shown = useShown();
  // In the size that was chosen before the way in was found.
  const [staff, setStaff] = useState<TextSize>();
  if (staff !== undefined && shown.station !== undefined)
    return (
      <TextSizeProvider key="staff" from={staff}>
        <Suspense fallback={<Greeting />}>
          <TechnicianPlace door={door} line={shown.line} station={shown.station} onLeave={() => setStaff(undefined)} />
        </Suspense>
      </TextSizeProvider>
    );
  // What stood here at the very first drawing is held by the page's root as long as it lives, with all that was ever shown
  // in it: that must be nobody's time. The first person's begins when the station has been heard of.
  const time = shown.station === undefined ? "nobody" : shown.sitting;
  return (
    <TextSizeProvider key={time}>
      <Sitting door={door} onStaff={setStaff} />
    </TextSizeProvider>
  );
}

/** One person's time at the station. The next one gets a page that is made anew, down to every field. */
function Sitting({ door, onStaff }: { readonly door: StationDoor; readonly onStaff: (size: TextSize) => void }) {
  const engine = useEngine();
  const voice = useVoice();
  const { over, lower, screen } = useShown();
  const { large, size } = useTextSize();
  const later = useLater();
  // The voice forgets who leaves before the next screen has something to say, which it would otherwise cut off.
  useLayoutEffect(() => () => voice.reset(), [voice]);
  // Drawn without anything of the one before: only now the host is told so.
  useEffect(() => engine.cleared(), [engine]);
  return (
    <div className="kiosk" data-lower={lower && !large ? "" : undefined} data-large={large ? "" : undefined}>
      <Frame covered={later !== undefined && over !== undefined} onStaff={() => onStaff(size)}>
        <CurrentScreen />
        {later !== undefined && "visit" in screen && <later.CallDock />}
      </Frame>
      {later !== undefined && over !== undefined && <later.Overlay key={over} over={over} door={door} />}
      <IdleWatch />
      <TwoKeys />
    </div>
  );
}

function CurrentScreen() {
  const { line, station, screen, farewell } = useShown();
  const later = useLater();
  if (line === "forbidden") return <Forbidden />;
  if (screen.at === "away") return <Gone />;
  if (station === undefined) return line === "closed" ? <Gone /> : <Greeting />;
  if (screen.at === "welcome" && !farewell) return <Welcome station={station} />;
  if (later === undefined) return <Greeting />;
  if (farewell || screen.at === "welcome") return <later.Farewell />;
  return <later.ScreenOf screen={screen} station={station} />;
}
