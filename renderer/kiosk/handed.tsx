import { useEffect, useMemo, useRef } from "react";
import type { CallBlob } from "../consult/call-blobs.ts";
import { Icon } from "../parts/icons.tsx";
import { useText } from "../parts/language.tsx";
import { Press } from "../parts/press.tsx";
import type { CallShown } from "./call.ts";
import { useEngine, useShown } from "./use-kiosk.ts";
import { useVoice } from "./voice/voice.tsx";

/** What was handed to and fro in the talk, and how far it is; the way to leave a voice where the line carries no live one. */
export function Handed() {
  const text = useText();
  const engine = useEngine();
  const { call } = useShown();
  const own = call.blobs.findLast((one) => one.own);
  const notes = call.blobs.filter((one) => !one.own && one.kind === "voiceNote");
  // Several doctors may say something: one after the other, and none is passed over.
  const theirs = notes.find(({ heard, state }) => heard !== true && state !== "lost") ?? notes.at(-1);
  const mayOnlyRecord = call.talk === "pair" ? call.line.own?.step === "voiceNote" : isBroken(call);
  return (
    <>
      {own && (
        <p className="notice" role="status" data-testid="handed" data-state={own.state}>
          {text(`kiosk.show.${own.kind}.${own.state}`, { n: own.done, of: own.of })}
        </p>
      )}
      {theirs && (
        <p className="notice" role="status" data-testid="left-by-doctor" data-state={theirs.state}>
          {text(`kiosk.show.other.${theirs.state}`, { n: theirs.done, of: theirs.of })}
        </p>
      )}
      {theirs?.bytes && <Listen key={theirs.id} note={theirs} />}
      {mayOnlyRecord && (
        <Press kind="second" onPress={() => engine.send({ kind: "say" })} testId="say">
          <Icon name="mic" />
          {text("kiosk.show.say")}
        </Press>
      )}
    </>
  );
}

/** In a room the line of this station carries no talk now: spoken messages go by the hub, in both directions. */
export const isBroken = ({ talk, room }: CallShown): boolean =>
  talk === "room" && room?.seats.some(({ seat, broken }) => seat === room.you && broken === true) === true;

/** Played once by itself: who cannot read hears that there is something. Not while a body is measured: this is the screen of the talk alone. */
function Listen({ note: { id, bytes, type, heard } }: { readonly note: CallBlob }) {
  const text = useText();
  const engine = useEngine();
  const speaker = useVoice();
  const sound = useRef<HTMLAudioElement>(null);
  const address = useMemo(() => bytes && URL.createObjectURL(new Blob([bytes], { type })), [bytes, type]);
  useEffect(
    () => () => {
      if (address !== undefined) URL.revokeObjectURL(address);
    },
    [address],
  );
  const play = () => {
    speaker.stop();
    if (sound.current) sound.current.currentTime = 0;
    void sound.current?.play().catch(() => undefined);
  };
  return (
    <>
      <audio ref={sound} src={address} autoPlay={heard !== true} onEnded={() => engine.heard(id)} />
      <Press kind="second" onPress={play} testId="listen">
        <Icon name="voice" />
        {text("kiosk.show.listen")}
      </Press>
    </>
  );
}
