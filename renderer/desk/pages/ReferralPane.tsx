import { useState } from "react";
import type { Referral } from "../../../core/care/referral-parts.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { focusNow } from "../../parts/focus-first.ts";
import { useText } from "../../parts/language.tsx";
import type { Me } from "../desk.ts";
import type { HubDoor } from "../hub.ts";
import { hour } from "../words.ts";
import { Fault } from "./Fault.tsx";
import { actionsFor, type Action } from "./referral-board.ts";
import { ReferralForm } from "./ReferralForm.tsx";
import { ReferralMarks } from "./ReferralMarks.tsx";
import { ReferralPath } from "./ReferralPath.tsx";
import { useSigning } from "./use-signing.tsx";
import { wallDay, type Called } from "./work-kit.ts";

/** One referral: the letter, what happened so far, and what one's own side can do now. */
export function ReferralPane(props: {
  readonly door: HubDoor;
  readonly me: Me;
  readonly referral: Referral;
  readonly names: Called;
  readonly done: (words: string) => void;
  readonly close: () => void;
}) {
  const text = useText();
  const { door, referral, names } = props;
  const [action, setAction] = useState<Action>();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<FaultCode>();
  const signing = useSigning(door);
  const mine = actionsFor(referral, props.me.practice?.org);

  const run = async (what: Action, work: () => Promise<unknown>) => {
    if (busy) return;
    setBusy(true);
    setFault(undefined);
    const why = await signing.run(work);
    setBusy(false);
    if (why === undefined) props.done(text(`work.referral.did.${what}`));
    else setFault(why);
  };

  return (
    <aside className="pane referral-pane" aria-label={text("work.referral.letter")} data-testid="referral-pane">
      <header className="who">
        <h2>{names.resident(referral.resident)}</h2>
        <ReferralMarks referral={referral} />
        <span className="spread" />
        <button type="button" className="quiet small" onClick={props.close}>
          {text("desk.proof.close")}
        </button>
      </header>
      <p>
        <strong>
          {names.org(referral.from.org)} → {names.org(referral.to.org)}
        </strong>
        {referral.to.department !== undefined && ` · ${referral.to.department}`}
      </p>
      <p className="referral-reasons">
        {referral.reasons.map((reason) => (
          <span key={reason} className="tag">
            {text(`work.reason.${reason}`)}
          </span>
        ))}
      </p>
      <ReferralPath referral={referral} />
      <blockquote>{referral.summary}</blockquote>
      {referral.appointment && (
        <p data-testid="appointment">
          {text("work.referral.appointment", {
            day: wallDay(referral.appointment.at),
            time: hour(new Date(referral.appointment.at).toISOString()),
          })}
          {` · ${referral.appointment.department} · ${referral.appointment.doctor}`}
        </p>
      )}
      {referral.rejection && (
        <p className="rx-back">
          {text(`work.reject.${referral.rejection.reason}`)}: {referral.rejection.detail}
          {referral.rejection.alternative !== undefined &&
            ` · ${text("work.referral.alternative")} ${referral.rejection.alternative}`}
        </p>
      )}
      {referral.back && (
        <blockquote aria-label={text("work.referral.back")}>
          {text("work.referral.back")} {referral.back.text}
        </blockquote>
      )}
      <ol className="referral-history" aria-label={text("work.referral.history")}>
        {referral.history.map(({ kind, state, at }) => (
          <li key={`${kind}-${String(at)}`}>
            <time>
              {wallDay(at)} {hour(new Date(at).toISOString())}
            </time>{" "}
            {text(`work.referral.state.${state}`)}
          </li>
        ))}
      </ol>
      <Fault code={fault} />
      <div className="referral-actions" role="group" aria-label={text("work.referral.actions")}>
        {mine.map((one, nth) => (
          <button
            key={one}
            type="button"
            ref={nth === 0 ? focusNow : undefined}
            className={nth === 0 ? "main small" : "second small"}
            data-testid={`do-${one}`}
            aria-expanded={action === one}
            onClick={() => setAction(one)}
          >
            {text(`work.referral.do.${one}`)}
          </button>
        ))}
        {mine.length === 0 && <p className="hint">{text("work.referral.others")}</p>}
      </div>
      {action !== undefined && (
        <ReferralForm key={action} door={door} referral={referral} action={action} busy={busy} run={run} />
      )}
      {signing.dialog}
    </aside>
  );
}
