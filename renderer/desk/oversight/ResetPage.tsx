import { useState } from "react";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { focusNow } from "../../parts/focus-first.ts";
import { useText } from "../../parts/language.tsx";
import { Fault } from "../pages/Fault.tsx";
import { failing, useSaid } from "../pages/work-kit.ts";
import type { PageProps } from "../pages.ts";
import "../pages/work.css";
import "./oversight.css";

/**
 * Somebody's phone is lost: their codes die, and their next sign-in enrols a new one. Said twice before it is done. `about.id`: the
 * account name, where another page knows it.
 */
export function Page({ door, about }: PageProps) {
  const text = useText();
  const [account, setAccount] = useState(about.id ?? "");
  const [reason, setReason] = useState("");
  const [sure, setSure] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<FaultCode>();
  const [said, setSaid] = useSaid(text);
  const reset = async () => {
    if (busy) return;
    setBusy(true);
    const why = await failing(() => door.client.people.resetFactor({ account: account.trim(), reason }));
    setBusy(false);
    setSure(false);
    setFault(why);
    if (why !== undefined) return;
    setSaid(text("desk.reset.done", { account: account.trim() }));
    setAccount("");
    setReason("");
  };
  return (
    <main className="reset-page" data-testid="reset">
      <section className="pane reset" aria-label={text("desk.reset.title")}>
        <h2>{text("desk.reset.title")}</h2>
        <p>{text("desk.reset.lead")}</p>
        <ol className="reset-then">
          <li>{text("desk.reset.then.dead")}</li>
          <li>{text("desk.reset.then.new")}</li>
          <li>{text("desk.reset.then.written")}</li>
        </ol>
        {said !== undefined && (
          <p className="work-done" role="status" data-testid="reset-said">
            {said}
          </p>
        )}
        <form
          className="referral-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (sure) void reset();
            else setSure(true);
          }}
        >
          <label className="work-field">
            {text("desk.reset.account")}
            <input
              required
              ref={focusNow}
              maxLength={64}
              autoComplete="off"
              spellCheck={false}
              data-testid="reset-account"
              disabled={sure}
              value={account}
              onInput={(event) => {
                setAccount(event.currentTarget.value);
                setSaid(undefined);
                setFault(undefined);
              }}
            />
          </label>
          <label className="work-field">
            {text("desk.reset.reason")}
            <textarea
              required
              minLength={2}
              maxLength={200}
              rows={3}
              data-testid="reset-reason"
              disabled={sure}
              value={reason}
              onInput={(event) => setReason(event.currentTarget.value)}
            />
          </label>
          <Fault code={fault} />
          {sure && (
            <p className="opinion-fault" role="alert" data-testid="reset-sure">
              {text("desk.reset.sure", { account: account.trim() })}
            </p>
          )}
          <div className="work-foot">
            {sure && (
              <button type="button" className="quiet" data-testid="reset-not" onClick={() => setSure(false)}>
                {text("desk.reset.not")}
              </button>
            )}
            <span className="spread" />
            <button
              key={String(sure)}
              ref={sure ? focusNow : undefined}
              type="submit"
              className={sure ? "stop" : "main"}
              data-testid={sure ? "reset-do" : "reset-ask"}
              disabled={busy || account.trim() === "" || reason.trim().length < 2}
            >
              {text(sure ? "desk.reset.do" : "desk.reset.ask")}
            </button>
          </div>
        </form>
      </section>
    </main>
  );
}
