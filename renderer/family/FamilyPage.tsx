import { useEffect, useState } from "react";
import type { FaultCode } from "../../core/domain/faults.ts";
import { passDigits } from "../../core/domain/guests.ts";
import type { RoomSeat } from "../../core/contract/hub-rooms.ts";
import { RoomGrid } from "../consult/RoomGrid.tsx";
import { useShown } from "../desk/use-shown.ts";
import { Icon } from "../parts/icons.tsx";
import { useSetLanguage, useText } from "../parts/language.tsx";
import type { FamilyCall } from "./call.ts";

type Entered = { readonly ok: true; readonly call: string } | { readonly ok: false; readonly why: FaultCode | "away" };

/** A relative comes in by a code, sees, hears and speaks, and leaves. */
export function FamilyPage(props: {
  /** Of the link, if it was one. */
  readonly code: string;
  /** This tab was in it before it was loaded again. */
  readonly call: string | undefined;
  readonly enter: (code: string) => Promise<Entered>;
  readonly open: (call: string) => FamilyCall;
  readonly left: () => void;
}) {
  const { open } = props;
  // Held for as long as the page is there, which is one call: whoever wants another loads it again.
  const [call, setCall] = useState(() => (props.call === undefined ? undefined : open(props.call)));
  return (
    <div className="family">
      <Language />
      {call ? (
        <Talk call={call} left={props.left} />
      ) : (
        <Enter code={props.code} enter={props.enter} entered={(id) => setCall(open(id))} />
      )}
    </div>
  );
}

function Language() {
  const text = useText();
  const setLanguage = useSetLanguage();
  const other = text.language === "en" ? "zh-CN" : "en";
  return (
    <button
      type="button"
      className="quiet family-language"
      data-testid="language"
      lang={other}
      onClick={() => setLanguage(other)}
    >
      {text("desk.language.other")}
    </button>
  );
}

function Enter(props: {
  readonly code: string;
  readonly enter: (code: string) => Promise<Entered>;
  readonly entered: (call: string) => void;
}) {
  const text = useText();
  const [typed, setTyped] = useState(props.code);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<FaultCode | "away">();
  const digits = typed.replaceAll(/\D/gu, "");
  const submit = async () => {
    setBusy(true);
    const entered = await props.enter(digits);
    setBusy(false);
    if (entered.ok) props.entered(entered.call);
    else setFault(entered.why);
  };
  return (
    <main className="family-card">
      <h1>{text("desk.family.title")}</h1>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <label>
          {text("desk.family.code")}
          <input
            inputMode="numeric"
            autoComplete="one-time-code"
            autoFocus
            data-testid="family-code"
            value={typed}
            onInput={(event) => {
              setTyped(event.currentTarget.value);
              setFault(undefined);
            }}
          />
        </label>
        <p className="hint">{text("desk.family.code.hint")}</p>
        {fault !== undefined && (
          <p className="family-fault" role="alert" data-testid="family-fault">
            {fault === "away" ? text("desk.family.away") : text.fault(fault)}
          </p>
        )}
        <button
          type="submit"
          className="main"
          data-testid="family-enter"
          disabled={busy || digits.length !== passDigits}
        >
          {text(busy ? "desk.family.coming" : "desk.family.enter")}
        </button>
      </form>
    </main>
  );
}

function Talk({ call, left }: { readonly call: FamilyCall; readonly left: () => void }) {
  const text = useText();
  const shown = useShown(call.shown);
  const { over, room, talk, local, parties, muted, lineUp, cameraFault } = shown;
  useEffect(() => {
    if (over) left();
  }, [over, left]);
  if (over)
    return (
      <main className="family-card" data-testid="family-over">
        <p className="family-lead" role="status">
          {text("desk.family.over")}
        </p>
      </main>
    );
  const who = ({ role, name }: RoomSeat) => [text(`desk.role.${role}`), name].filter(Boolean).join(" ");
  return (
    <main className="family-call" data-testid="family-call">
      {talk === "room" && room ? (
        <RoomGrid
          room={room}
          parties={parties}
          local={local}
          selfLabel={text("desk.family.self")}
          playLabel={text("desk.call.play")}
          label={who}
          caption={who}
        />
      ) : (
        <p className="family-lead" role="status">
          {text("desk.family.coming")}
        </p>
      )}
      <div className="family-bar">
        {!lineUp && (
          <span className="tag tag-warn" role="status">
            {text("desk.family.away")}
          </span>
        )}
        {cameraFault !== undefined && <span className="tag tag-warn">{text("desk.family.camera")}</span>}
        <span className="spread" />
        {local && (
          <button
            type="button"
            className="second"
            aria-pressed={muted}
            data-testid="family-mute"
            onClick={() => call.mute(!muted)}
          >
            <Icon name={muted ? "micOff" : "mic"} />
            {text(muted ? "desk.family.unmute" : "desk.family.mute")}
          </button>
        )}
        <button type="button" className="stop" data-testid="family-leave" onClick={() => call.leave()}>
          <Icon name="leave" />
          {text("desk.family.leave")}
        </button>
      </div>
    </main>
  );
}
