import { useEffect, useState, type KeyboardEvent, type SyntheticEvent } from "react";
import type { FaultCode } from "../../core/domain/faults.ts";
import { useText } from "../parts/language.tsx";
import { faultOf, type HubDoor } from "./hub.ts";
import { CodeInput } from "./SignIn.tsx";

/** The hub's least; the hub itself says what is too simple. */
const shortestPin = 8;

/**
 * Opens one's signing key with PIN and code; the first time it is made. Stands where a signature was refused with
 * `sign.locked`, and calls `opened` when the key can sign.
 */
export function SignForm(props: {
  readonly door: Pick<HubDoor, "client">;
  readonly opened: () => void;
  readonly cancel: () => void;
}) {
  const text = useText();
  const { door, opened, cancel } = props;
  const [hasKey, setHasKey] = useState<boolean>();
  const [pin, setPin] = useState("");
  const [code, setCode] = useState("");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<FaultCode>();

  useEffect(() => {
    let gone = false;
    door.client.signing.state().then(
      (state) => {
        if (!gone) setHasKey(state.hasKey);
      },
      (error: unknown) => {
        if (!gone) setFault(faultOf(error));
      },
    );
    return () => {
      gone = true;
    };
  }, [door]);

  const ready = hasKey !== undefined && pin.length >= shortestPin && /^\d{3} ?\d{3}$/.test(code) && !busy;
  const open = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (!ready) return;
    setBusy(true);
    try {
      await (hasKey ? door.client.signing.open({ pin, code }) : door.client.signing.makeKey({ pin, code }));
      setBusy(false);
      opened();
    } catch (error) {
      const why = faultOf(error);
      setBusy(false);
      setCode("");
      setFault(why);
    }
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Escape") cancel();
    // Ctrl+Enter is the page's; here every Enter means the same.
    event.stopPropagation();
  };

  return (
    <form
      className="sign-form"
      data-testid="sign-form"
      aria-label={text("desk.sign.title")}
      onSubmit={(event) => void open(event)}
      onKeyDown={keys}
    >
      <p className="hint">{text(hasKey === false ? "desk.sign.first" : "desk.sign.locked")}</p>
      <label>
        {text("desk.sign.pin")}
        <input
          data-testid="sign-pin"
          type="password"
          autoComplete="off"
          autoFocus
          value={pin}
          onChange={(event) => setPin(event.target.value)}
        />
      </label>
      <label>
        {text("desk.code")}
        <CodeInput value={code} change={setCode} testId="sign-code" focus={false} />
      </label>
      <button type="submit" className="main" data-testid="sign-open" disabled={!ready}>
        {busy ? text("desk.opinion.sending") : text("desk.sign.open")}
      </button>
      <button type="button" className="quiet" data-testid="sign-cancel" onClick={cancel}>
        {text("desk.sign.cancel")}
      </button>
      {fault !== undefined && (
        <p className="opinion-fault" role="alert" data-testid="sign-fault">
          {fault === "wire.badInput"
            ? text("desk.sign.simple")
            : fault === "wire.closed"
              ? text("desk.opinion.lineAway")
              : text.fault(fault)}
        </p>
      )}
    </form>
  );
}
