import { useState } from "react";
import type { KioskState } from "../../../core/machine/kiosk.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Picture } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import type { Carried } from "../engine/message.ts";
import { Screen } from "../screen.tsx";
import { useEngine, useShown } from "../use-kiosk.ts";
import { MessagePicture } from "./message-picture.tsx";
import { MessageVoice } from "./message-voice.tsx";
import "../screens-call.css";

/** A message for a doctor who answers later. What was recorded lives here, and goes with this screen. */
export function Message({ step }: { readonly step: Extract<KioskState, { readonly at: "message" }>["step"] }) {
  const [voice, setVoice] = useState<Carried>();
  const engine = useEngine();
  switch (step) {
    case "ask":
      return <AskMessage />;
    case "voice":
      return (
        <MessageVoice
          voice={voice}
          onVoice={setVoice}
          onKeep={() => engine.send({ kind: "next" })}
          onWithout={() => {
            setVoice(undefined);
            engine.send({ kind: "next" });
          }}
        />
      );
    case "picture":
      return (
        <MessagePicture
          onSend={(picture) => engine.leaveMessage([voice, picture].filter((one) => one !== undefined))}
        />
      );
    case "kept":
      return <Kept />;
  }
}

function AskMessage() {
  const text = useText();
  const engine = useEngine();
  return (
    <Screen
      name="message"
      step="ask"
      title={text("kiosk.message.title")}
      says={[{ key: "kiosk.message.what" }, { key: "kiosk.message.urgent" }]}
      actions={
        <>
          <Press kind="second" onPress={() => engine.send({ kind: "back" })} testId="message-no">
            <Icon name="no" />
            {text("kiosk.message.no")}
          </Press>
          <Press kind="main" onPress={() => engine.send({ kind: "yes" })} testId="message-yes">
            <Icon name="mic" />
            {text("kiosk.message.yes")}
          </Press>
        </>
      }
    >
      <div className="state">
        <Picture name="consentSend" className="state-picture picture-wide" />
        <p className="lead">{text("kiosk.message.what")}</p>
        <p className="notice">{text("kiosk.message.urgent")}</p>
      </div>
    </Screen>
  );
}

function Kept() {
  const text = useText();
  const engine = useEngine();
  const { station } = useShown();
  const where = station?.hub === "up" ? "kiosk.message.goes" : "kiosk.message.later";
  return (
    <Screen
      name="message"
      step="kept"
      title={text("kiosk.message.kept")}
      says={[{ key: "kiosk.message.kept" }, { key: where }]}
      actions={
        <Press kind="main" onPress={() => engine.send({ kind: "yes" })} testId="message-done">
          <Icon name="yes" />
          {text("kiosk.opinion.read")}
        </Press>
      }
    >
      <div className="state">
        <Picture name="doctor" className="state-picture" />
        <p className="lead" role="status" data-testid="message-kept">
          {text(where)}
        </p>
      </div>
    </Screen>
  );
}
