import { useEffect, useLayoutEffect, useState, type ReactNode } from "react";
import { useText } from "../../parts/language.tsx";
import type { StationDoor } from "../../station.ts";
import { lateVoice } from "./late-voice.ts";
import { VoiceProvider } from "./voice.tsx";

const load = async () => {
  const { createPlayer, pageEdge } = await import("./player.ts");
  return createPlayer(pageEdge);
};

/** Gives the page the station's voice, with the packs the station has, in the language it is shown in. */
export function StationVoice({ door, children }: { readonly door: StationDoor; readonly children: ReactNode }) {
  const [voice] = useState(() => lateVoice(load));
  const { language } = useText();
  useEffect(
    () =>
      door.feed(
        (client, options) => client.voice.watch(undefined, options),
        (view) => voice.use(view),
      ),
    [door, voice],
  );
  // Before the effects of the screens: they say themselves again in the new language.
  useLayoutEffect(() => voice.speakIn(language), [voice, language]);
  return <VoiceProvider value={voice}>{children}</VoiceProvider>;
}
