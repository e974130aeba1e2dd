import { useEffect, useRef, useState } from "react";
import { breakReasonSchema } from "../../../core/care/breaking.ts";
import type { AlarmItem } from "../../../core/contract/hub-alarms.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { useText } from "../../parts/language.tsx";
import { faultOf, type HubDoor } from "../hub.ts";
import { Facts } from "../RecordPane.tsx";
import { useFeed } from "../use-feed.ts";

/** Opens the record behind a grave alarm: first why, then what is known. The resident and an auditor hear of it. */
export function GlassDialog(props: { readonly door: HubDoor; readonly alarm: AlarmItem; readonly close: () => void }) {
  const text = useText();
  const { door, alarm } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState<FaultCode>();
  const [open, setOpen] = useState(false);
  const given = breakReasonSchema.safeParse(reason);
  useEffect(() => dialog.current?.showModal(), []);
  const breakIt = async () => {
    if (!given.success) return;
    try {
      await door.client.record.break({ alarm: alarm.alarm, reason: given.data });
      setOpen(true);
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
      <p className="hint">
        {alarm.station.name} {alarm.station.place} · {text("desk.glass.lead")}
      </p>
      {fault !== undefined && (
        <p className="opinion-fault" role="alert">
          {fault === "wire.closed" ? text("desk.line.away") : text.fault(fault)}
        </p>
      )}
      {open ? (
        <Opened door={door} alarm={alarm.alarm} />
      ) : (
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
      )}
      <footer className="invite-foot">
        <button type="button" className="quiet" onClick={() => dialog.current?.close()}>
          {text("desk.proof.close")}
        </button>
        <span className="spread" />
        {!open && (
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

function Opened({ door, alarm }: { readonly door: HubDoor; readonly alarm: string }) {
  const text = useText();
  const { value, fault } = useFeed(door, (client, options) => client.record.watch({ alarm }, options), alarm);
  if (fault !== undefined) return <p className="opinion-fault">{text.fault(fault)}</p>;
  return (
    <div className="glass-record" tabIndex={0} data-testid="glass-record">
      {value ? <Facts record={value} /> : <p className="hint">{text("desk.record.loading")}</p>}
    </div>
  );
}
