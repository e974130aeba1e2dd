import { useEffect, useRef, useState } from "react";
import { breakReasonSchema } from "../../../core/care/breaking.ts";
import type { OpenGlass } from "../../../core/contract/hub-record.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { useText } from "../../parts/language.tsx";
import { faultOf, type HubDoor } from "../hub.ts";
import { span, wallDay } from "../pages/work-kit.ts";
import { Facts } from "../RecordPane.tsx";
import { useFeed } from "../use-feed.ts";
import { useNow } from "../use-shown.ts";
import { hour } from "../words.ts";

/** The alarm whose record is opened, and where it came from. */
export type GlassOver = Pick<OpenGlass, "alarm" | "station" | "place">;

/** Opens the record behind a grave alarm: first why, then what is known, and for how long. The resident and an auditor hear of it. */
export function GlassDialog(props: {
  readonly door: HubDoor;
  readonly over: GlassOver;
  /** Those that stand open already: no reason is asked twice. */
  readonly opened: readonly OpenGlass[];
  readonly choose: (over: GlassOver) => void;
  readonly close: () => void;
}) {
  const text = useText();
  const { door, over, opened } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState<FaultCode>();
  const [broken, setBroken] = useState<string>();
  const until = opened.find(({ alarm }) => alarm === over.alarm)?.until ?? broken;
  const given = breakReasonSchema.safeParse(reason);
  useEffect(() => dialog.current?.showModal(), []);
  const breakIt = async () => {
    if (!given.success) return;
    try {
      setBroken((await door.client.record.break({ alarm: over.alarm, reason: given.data })).until);
    } catch (error) {
      setFault(faultOf(error));
    }
  };
  return (
    <dialog
      ref={dialog}
      className="proof glass"
      data-testid="glass"
      onClose={props.close}
      aria-label={text("desk.glass.title")}
    >
      <h2>{text("desk.glass.title")}</h2>
      {opened.length > 1 && until !== undefined ? (
        <label className="work-field-row">
          {text("desk.glass.which")}
          <select
            data-testid="glass-which"
            value={over.alarm}
            onChange={({ currentTarget: { value } }) => {
              const next = opened.find(({ alarm }) => alarm === value);
              if (next) props.choose(next);
            }}
          >
            {opened.map(({ alarm, station, place, at }) => (
              <option key={alarm} value={alarm}>
                {station} {place} · {hour(at)}
              </option>
            ))}
          </select>
        </label>
      ) : (
        <p className="hint">
          {over.station} {over.place} · {text("desk.glass.lead")}
        </p>
      )}
      {fault !== undefined && (
        <p className="opinion-fault" role="alert">
          {fault === "wire.closed" ? text("desk.line.away") : text.fault(fault)}
        </p>
      )}
      {until === undefined ? (
        <label className="glass-reason">
          {text("desk.glass.reason")}
          <textarea
            autoFocus
            rows={3}
            maxLength={500}
            data-testid="glass-reason"
            value={reason}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        </label>
      ) : (
        <Opened door={door} alarm={over.alarm} until={Date.parse(until)} />
      )}
      <footer className="invite-foot">
        <button type="button" className="quiet" data-testid="glass-close" onClick={() => dialog.current?.close()}>
          {text("desk.glass.close")}
        </button>
        <span className="spread" />
        {until === undefined && (
          <button
            type="button"
            className="stop"
            data-testid="glass-open"
            disabled={!given.success}
            onClick={() => void breakIt()}
          >
            {text("desk.glass.open")}
          </button>
        )}
      </footer>
    </dialog>
  );
}

function Opened({ door, alarm, until }: { readonly door: HubDoor; readonly alarm: string; readonly until: number }) {
  const text = useText();
  const now = useNow();
  const { value, fault } = useFeed(door, (client, options) => client.record.watch({ alarm }, options), alarm);
  if (fault !== undefined) return <p className="opinion-fault">{text.fault(fault)}</p>;
  if (now >= until) return <p className="opinion-fault">{text("desk.glass.over")}</p>;
  return (
    <>
      <p className="glass-until" data-testid="glass-until">
        {text("desk.glass.until", {
          day: wallDay(until),
          time: hour(new Date(until).toISOString()),
          span: span(text, until - now),
        })}
      </p>
      <div className="glass-record" tabIndex={0} autoFocus data-testid="glass-record">
        {value ? <Facts record={value} /> : <p className="hint">{text("desk.record.loading")}</p>}
      </div>
    </>
  );
}
