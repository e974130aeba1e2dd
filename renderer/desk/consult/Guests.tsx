import { useEffect, useState } from "react";
import type { GuestAsk } from "../../../core/contract/hub-calls.ts";
import { passMs } from "../../../core/domain/guests.ts";
import { QrPicture } from "../../kiosk/qr-picture.tsx";
import { useText } from "../../parts/language.tsx";
import { useSecondsLeft } from "../../parts/wait.tsx";
import type { DeskCall } from "../call.ts";
import "./guests.css";

/** Guests that the resident is asked about, what the resident said, and the code for a relative who may come. */
export function Guests({
  call,
  id,
  guests,
}: {
  readonly call: DeskCall;
  readonly id: string;
  readonly guests: readonly GuestAsk[];
}) {
  const text = useText();
  const drop = (ask: string) => void call.door.client.guest.drop({ call: id, ask }).catch(() => undefined);
  return (
    <div className="guests" role="list" data-testid="guests">
      {guests.map((one) => (
        <div key={one.ask} role="listitem" data-testid="guest" data-state={one.state}>
          <span className="guest-line">
            <span className="tag">{text(`desk.guest.who.${one.scope}`)}</span>
            {one.name !== "" && <span translate="no">{one.name}</span>}
            <span className={one.state === "refused" ? "tag tag-warn" : "tag"} role="status">
              {text(`desk.guest.${one.state}`)}
            </span>
            <span className="spread" />
            <button type="button" className="quiet" data-testid="guest-drop" onClick={() => drop(one.ask)}>
              {text(one.state === "refused" ? "desk.guest.known" : "desk.guest.drop")}
            </button>
          </span>
          {one.state === "given" && one.scope === "family" && <Code call={call} id={id} ask={one.ask} />}
        </div>
      ))}
    </div>
  );
}

/** A code lives a minute; there is always one that can be read out to its end. */
const renewMs = passMs - 5_000;

function Code({ call, id, ask }: { readonly call: DeskCall; readonly id: string; readonly ask: string }) {
  const text = useText();
  const [pass, setPass] = useState<{ readonly code: string; readonly end: number }>();
  useEffect(() => {
    let left = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const renew = () => {
      clearTimeout(timer);
      if (call.door.state !== "open") return;
      call.door.client.guest.pass({ call: id, ask }).then(
        ({ code }) => {
          if (left) return;
          setPass({ code, end: Date.now() + renewMs });
          timer = setTimeout(renew, renewMs);
        },
        () => left || setPass(undefined),
      );
    };
    renew();
    const forget = call.door.onState(renew);
    return () => {
      left = true;
      clearTimeout(timer);
      forget();
    };
  }, [call, id, ask]);
  const seconds = useSecondsLeft(pass?.end);
  if (!pass) return null;
  const address = `${location.host}/family`;
  return (
    <div className="guest-code">
      <QrPicture words={`${location.origin}/family/#${pass.code}`} says={text("desk.guest.code.picture")} />
      <div>
        <p>{text("desk.guest.code")}</p>
        <p className="guest-digits" data-testid="guest-code" translate="no">
          {pass.code.slice(0, 5)} {pass.code.slice(5)}
        </p>
        <p className="hint">{text("desk.guest.code.where", { address })}</p>
        <p className="hint" role="timer">
          {text("desk.guest.code.left", { n: seconds })}
        </p>
      </div>
    </div>
  );
}
