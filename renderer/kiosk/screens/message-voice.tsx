import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { Recording } from "../../consult/voice-note.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Picture } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { useSecondsLeft } from "../../parts/wait.tsx";
import type { Carried } from "../engine/message.ts";
import { Screen } from "../screen.tsx";
import { useEngine } from "../use-kiosk.ts";
import { useVoice } from "../voice/voice.tsx";

const longestMs = 60_000;
const speakingMs = 10_000;

/** Media type without its parameters; what a browser records here is one of these. */
const mediaOf = (type: string): Carried["media"] => (type.startsWith("audio/ogg") ? "audio/ogg" : "audio/webm");

/** Record, stop, listen, once more. The microphone is open only while it records, and closed however the page is left. */
export function MessageVoice(props: {
  readonly voice: Carried | undefined;
  readonly onVoice: (voice: Carried | undefined) => void;
  readonly onWithout: () => void;
  readonly onKeep: () => void;
}) {
  const engine = useEngine();
  const speaker = useVoice();
  const [until, setUntil] = useState<number>();
  const [isMissing, setMissing] = useState(false);
  const running = useRef<{ readonly recording: Recording; readonly close: () => void }>(undefined);
  const isHere = useRef(true);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
      running.current?.recording.drop();
      running.current?.close();
    };
  }, []);

  const stop = async () => {
    const held = running.current;
    running.current = undefined;
    const note = await held?.recording.stop();
    held?.close();
    if (!isHere.current) return;
    setUntil(undefined);
    if (note) props.onVoice({ kind: "voiceNote", media: mediaOf(note.type), bytes: note.bytes });
  };
  const start = async () => {
    speaker.stop();
    const { openMicrophone, recordVoice, closeCamera } = await engine.kit();
    const got = await openMicrophone();
    const recording = got.ok && isHere.current ? recordVoice(got.stream, () => void stop(), longestMs) : undefined;
    const close = () => got.ok && closeCamera(got.stream);
    if (recording === undefined) {
      close();
      if (isHere.current) setMissing(true);
      return;
    }
    running.current = { recording, close };
    props.onVoice(undefined);
    setUntil(Date.now() + longestMs);
  };

  if (until !== undefined) return <Recorder until={until} onStop={() => void stop()} />;
  if (props.voice !== undefined)
    return <Recorded voice={props.voice} onAgain={() => void start()} onKeep={props.onKeep} />;
  return <BeforeVoice isMissing={isMissing} onStart={() => void start()} onWithout={props.onWithout} />;
}

function BeforeVoice(props: {
  readonly isMissing: boolean;
  readonly onStart: () => void;
  readonly onWithout: () => void;
}) {
  const text = useText();
  const how = props.isMissing ? "kiosk.message.noVoice" : "kiosk.message.voice.how";
  return (
    <Screen
      name="message"
      step={how}
      title={text("kiosk.message.voice")}
      says={[{ key: "kiosk.message.voice" }, { key: how }]}
      actions={
        <>
          <Press kind="second" onPress={props.onWithout} testId="voice-without">
            {text("kiosk.message.without")}
          </Press>
          <Press kind="main" onPress={props.onStart} testId="voice-start">
            <Icon name="mic" />
            {text("kiosk.message.start")}
          </Press>
        </>
      }
    >
      <div className="state">
        <Picture name="self" className="state-picture" />
        <p className="lead" data-testid="voice-how">
          {text(how)}
        </p>
      </div>
    </Screen>
  );
}

/** The station keeps silent: it would be recorded. */
function Recorder({ until, onStop }: { readonly until: number; readonly onStop: () => void }) {
  const text = useText();
  const voice = useVoice();
  const engine = useEngine();
  useLayoutEffect(() => voice.hold(), [voice]);
  // Who speaks is there, and touches nothing.
  useEffect(() => {
    const timer = setInterval(() => engine.touch("touch"), speakingMs);
    return () => clearInterval(timer);
  }, [engine]);
  const seconds = useSecondsLeft(until);
  return (
    <Screen
      name="message"
      step="recording"
      title={text("kiosk.message.recording")}
      says={[]}
      actions={
        <Press kind="stop" onPress={onStop} testId="voice-stop">
          <Icon name="stop" />
          {text("kiosk.message.stop")}
        </Press>
      }
    >
      <div className="state">
        <span className="recording-lamp" aria-hidden="true">
          <Icon name="mic" />
        </span>
        <p className="lead recording-left" role="timer" data-testid="voice-left">
          {text("kiosk.message.left", { n: seconds })}
        </p>
      </div>
    </Screen>
  );
}

function Recorded(props: { readonly voice: Carried; readonly onAgain: () => void; readonly onKeep: () => void }) {
  const text = useText();
  const speaker = useVoice();
  const { media, bytes } = props.voice;
  const sound = useRef<HTMLAudioElement>(null);
  const address = useMemo(() => URL.createObjectURL(new Blob([bytes], { type: media })), [bytes, media]);
  useEffect(() => () => URL.revokeObjectURL(address), [address]);
  return (
    <Screen
      name="message"
      step="recorded"
      title={text("kiosk.message.recorded")}
      says={[{ key: "kiosk.message.recorded" }]}
      actions={
        <>
          <Press kind="second" onPress={props.onAgain} testId="voice-again">
            <Icon name="again" />
            {text("kiosk.message.again")}
          </Press>
          <Press kind="main" onPress={props.onKeep} testId="voice-keep">
            <Icon name="yes" />
            {text("kiosk.message.keep")}
          </Press>
        </>
      }
    >
      <div className="state">
        <span className="state-sign" aria-hidden="true">
          <Icon name="yes" />
        </span>
        <audio ref={sound} src={address} />
        <Press
          kind="second"
          className="message-listen"
          onPress={() => {
            speaker.stop();
            if (sound.current) sound.current.currentTime = 0;
            void sound.current?.play().catch(() => undefined);
          }}
          testId="voice-listen"
        >
          <Icon name="voice" />
          {text("kiosk.message.listen")}
        </Press>
      </div>
    </Screen>
  );
}
