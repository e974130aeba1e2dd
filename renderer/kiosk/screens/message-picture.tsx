import { useMemo, useState } from "react";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Picture } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { base64, type Carried } from "../engine/message.ts";
import { Screen } from "../screen.tsx";
import { useEngine } from "../use-kiosk.ts";

/** A picture for a doctor's eye, for who likes; then the message goes. */
export function MessagePicture(props: {
  readonly onSend: (picture: Carried | undefined) => Promise<FaultCode | undefined>;
}) {
  const text = useText();
  const engine = useEngine();
  const [picture, setPicture] = useState<Carried>();
  const [state, setState] = useState<"asked" | "busy" | "none" | "failed">("asked");
  const take = async () => {
    setState("busy");
    const { takeStill } = await engine.kit();
    const taken = await takeStill();
    setPicture(taken.ok ? { kind: "still", media: "image/jpeg", bytes: taken.still.full } : undefined);
    setState(taken.ok ? "asked" : "none");
  };
  const onSend = async () => {
    setState("busy");
    if ((await props.onSend(picture)) !== undefined) setState("failed");
  };
  const title = picture === undefined ? "kiosk.message.picture" : "kiosk.message.picture.taken";
  const words = (
    {
      asked: "kiosk.message.picture.how",
      busy: "kiosk.message.sending",
      none: "kiosk.message.noPicture",
      failed: "kiosk.message.failed",
    } as const
  )[state];
  const sendKey = (
    <Press
      key="send"
      kind={picture === undefined ? "second" : "main"}
      disabled={state === "busy"}
      onPress={() => void onSend()}
      testId="message-send"
    >
      <Icon name="next" />
      {text(picture === undefined ? "kiosk.message.picture.without" : "kiosk.message.send")}
    </Press>
  );
  const takeKey = (
    <Press
      key="take"
      kind={picture === undefined ? "main" : "second"}
      disabled={state === "busy"}
      onPress={() => void take()}
      testId="picture-take"
    >
      <Icon name={picture === undefined ? "call" : "again"} />
      {text(picture === undefined ? "kiosk.message.picture.take" : "kiosk.message.picture.again")}
    </Press>
  );
  return (
    <Screen
      name="message"
      step={`${title} ${state}`}
      title={text(title)}
      says={[{ key: title }, ...(picture === undefined || state === "failed" ? [{ key: words }] : [])]}
      actions={picture === undefined ? [sendKey, takeKey] : [takeKey, sendKey]}
    >
      <div className="state">
        {picture === undefined ? (
          <Picture name="medicine" className="state-picture" />
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

function Still({ bytes, label }: { readonly bytes: Carried["bytes"]; readonly label: string }) {
  const address = useMemo(() => `data:image/jpeg;base64,${base64(bytes)}`, [bytes]);
  return <img className="message-still" src={address} alt={label} data-testid="message-still" />;
}
