import { useEffect, useMemo, useRef, useState } from "react";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Picture } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { base64, type Carried } from "../engine/message.ts";
import { Screen } from "../screen.tsx";
import { useEngine, useShown } from "../use-kiosk.ts";

/** A picture for a doctor's eye, for who likes; then the message goes, or in a talk the picture alone. */
export function MessagePicture(props: {
  readonly onSend: (picture: Carried | undefined) => Promise<FaultCode | undefined>;
  /** The doctor in the talk asked for it. */
  readonly isAsked?: boolean;
}) {
  const { isAsked = false } = props;
  const text = useText();
  const engine = useEngine();
  const [picture, setPicture] = useState<Carried>();
  const [state, setState] = useState<"asked" | "taking" | "sending" | "none" | "failed">("asked");
  const busy = state === "taking" || state === "sending";
  const take = async () => {
    setState("taking");
    const taken = isAsked ? await engine.takeStill() : await (await engine.kit()).takeStill();
    const { full: bytes, preview } = taken.ok ? taken.still : {};
    setPicture(bytes && { kind: "still", media: "image/jpeg", bytes, ...(isAsked && preview ? { preview } : {}) });
    setState(taken.ok ? "asked" : "none");
  };
  const onSend = async () => {
    setState("sending");
    if ((await props.onSend(picture)) !== undefined) setState("failed");
  };
  const asks = isAsked ? "kiosk.show.title" : "kiosk.message.picture";
  const title = picture === undefined ? asks : "kiosk.message.picture.taken";
  const without = isAsked ? "kiosk.show.no" : "kiosk.message.picture.without";
  const send = isAsked ? "kiosk.show.send" : "kiosk.message.send";
  const words = (
    {
      asked: "kiosk.message.picture.how",
      taking: "kiosk.message.picture.taking",
      sending: "kiosk.message.sending",
      none: "kiosk.message.noPicture",
      failed: "kiosk.message.failed",
    } as const
  )[state];
  const sendKey = (
    <Press
      key="send"
      kind={picture === undefined ? "second" : "main"}
      disabled={busy}
      onPress={() => void onSend()}
      testId="message-send"
    >
      <Icon name="next" />
      {text(picture === undefined ? without : send)}
    </Press>
  );
  const takeKey = (
    <Press
      key="take"
      kind={picture === undefined ? "main" : "second"}
      disabled={busy}
      onPress={() => void take()}
      testId="picture-take"
    >
      <Icon name={picture === undefined ? "call" : "again"} />
      {text(picture === undefined ? "kiosk.message.picture.take" : "kiosk.message.picture.again")}
    </Press>
  );
  return (
    <Screen
      name={isAsked ? "show" : "message"}
      step={`${title} ${state}`}
      title={text(title)}
      says={
        busy
          ? [{ key: words }]
          : [{ key: title }, ...(picture === undefined || state === "failed" ? [{ key: words }] : [])]
      }
      actions={picture === undefined ? [sendKey, takeKey] : [takeKey, sendKey]}
    >
      <div className="state">
        {picture === undefined ? (
          isAsked ? (
            <Finder />
          ) : (
            <Picture name="medicine" className="state-picture" />
          )
        ) : (
          <Still bytes={picture.bytes} label={text("kiosk.message.picture.yours")} />
        )}
        {(picture === undefined || state !== "asked") && (
          <p className="lead" role="status" data-testid="picture-how">
            {text(words)}
          </p>
        )}
      </div>
    </Screen>
  );
}

/** What the camera sees, as the doctor will: not mirrored. */
function Finder() {
  const text = useText();
  const { local } = useShown().call;
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = local ?? null;
  }, [local]);
  return (
    <video
      ref={video}
      className="message-still"
      autoPlay
      playsInline
      muted
      aria-label={text("kiosk.consult.self")}
      data-testid="finder"
    />
  );
}

function Still({ bytes, label }: { readonly bytes: Carried["bytes"]; readonly label: string }) {
  const address = useMemo(() => `data:image/jpeg;base64,${base64(bytes)}`, [bytes]);
  return <img className="message-still" src={address} alt={label} data-testid="message-still" />;
}
