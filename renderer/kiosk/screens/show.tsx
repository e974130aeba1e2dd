import { useState } from "react";
import type { KioskState } from "../../../core/machine/kiosk.ts";
import type { Carried } from "../engine/message.ts";
import { useEngine } from "../use-kiosk.ts";
import { MessagePicture } from "./message-picture.tsx";
import { MessageVoice } from "./message-voice.tsx";
import "../screens-call.css";

/** In the talk: a picture that the doctor asked for, or a voice where the line carries no live one. It goes by a yes alone. */
export function Show({ what }: { readonly what: Extract<KioskState, { readonly at: "show" }>["what"] }) {
  const engine = useEngine();
  const [voice, setVoice] = useState<Carried>();
  if (what === "picture")
    return (
      <MessagePicture
        isAsked
        onSend={(picture) => {
          engine.hand(picture);
          return Promise.resolve(undefined);
        }}
      />
    );
  return (
    <MessageVoice
      voice={voice}
      onVoice={setVoice}
      onWithout={() => engine.hand(undefined)}
      onKeep={() => engine.hand(voice)}
    />
  );
}
