import type { Invitation, QueueItem } from "../../core/contract/hub-calls.ts";
import { Icon } from "../parts/icons.tsx";
import { useText } from "../parts/language.tsx";
import { AskNotify } from "./consult/AskNotify.tsx";
import type { Notice, Offered } from "./desk.ts";
import { Grade } from "./Severity.tsx";
import { useNow } from "./use-shown.ts";
import { categoryWord, waited } from "./words.ts";

/** The worst result first, then the longest wait: the hub's order. The doctor's own call stands on top. */
export function Queue(props: {
  readonly items: readonly QueueItem[] | undefined;
  readonly invitations: readonly Invitation[];
  readonly accepting: string | undefined;
  readonly notice: Notice | undefined;
  /** A visit is open, or one is being accepted: only one at a time. */
  readonly busy: boolean;
  readonly accept: (item: Offered) => void;
  readonly decline: (item: Offered) => void;
  readonly dismiss: () => void;
}) {
  const text = useText();
  const waiting = props.items?.filter((item) => !item.mine) ?? [];
  const own = props.items?.filter((item) => item.mine) ?? [];
  return (
    <nav className="pane queue" aria-label={text("desk.queue.title")}>
      <h2>
        {text("desk.queue.title")} <span className="count">{waiting.length}</span>
      </h2>
      <NoticeLine notice={props.notice} dismiss={props.dismiss} />
      <AskNotify />
      {props.invitations.length > 0 && (
        <ol className="invitations">
          {props.invitations.map((one) => (
            <InvitationRow
              key={one.call}
              invitation={one}
              free={!props.busy}
              accept={props.accept}
              decline={props.decline}
            />
          ))}
        </ol>
      )}
      {waiting.length === 0 && own.length === 0 && (
        <div className="queue-empty" data-testid="queue-empty">
          <p>{text("desk.queue.empty")}</p>
          <p className="hint">{text("desk.queue.empty.hint")}</p>
        </div>
      )}
      <ol>
        {[...own, ...waiting].map((item) => (
          <Row
            key={item.call}
            item={item}
            accepting={props.accepting === item.call}
            free={!props.busy}
            accept={props.accept}
            decline={props.decline}
          />
        ))}
      </ol>
      {props.busy && props.accepting === undefined && waiting.length > 0 && (
        <p className="hint queue-busy">{text("desk.queue.busy")}</p>
      )}
    </nav>
  );
}

function Row(props: {
  readonly item: QueueItem;
  readonly accepting: boolean;
  readonly free: boolean;
  readonly accept: (item: Offered) => void;
  readonly decline: (item: Offered) => void;
}) {
  const text = useText();
  const now = useNow();
  const { item } = props;
  return (
    <li
      className={`queue-item edge-${hasNoResult(item) ? "none" : item.severity} ${item.mine ? "queue-mine" : ""}`}
      data-testid="queue-item"
      data-call={item.call}
      data-mine={item.mine}
    >
      <div className="queue-top">
        <strong className="queue-name">{item.shownName}</strong>
        {!item.mine && (
          <span className={`queue-time ${item.late ? "queue-late" : ""}`} aria-label={text("desk.queue.waited")}>
            {waited(now - Date.parse(item.waitingSince))}
          </span>
        )}
      </div>
      <div className="queue-worst">
        {hasNoResult(item) ? (
          <span className="grade grade-none">{text("desk.queue.none")}</span>
        ) : (
          <>
            <Grade severity={item.severity} />
            {item.worst !== undefined && <span>{categoryWord(text, item.worst)}</span>}
          </>
        )}
        {item.state === "interrupted" && <span className="tag tag-warn">{text("desk.queue.interrupted")}</span>}
      </div>
      <Marks item={item} />
      <div className="queue-foot">
        <p className="queue-place">
          {item.station.name}
          <br />
          {item.station.place}
        </p>
        {!item.mine && !item.declined && props.free && (
          <button
            type="button"
            className="quiet"
            data-testid="decline"
            title={text("desk.queue.decline")}
            aria-label={text("desk.queue.decline")}
            onClick={() => props.decline(item)}
          >
            <Icon name="no" />
          </button>
        )}
        {item.mine ? (
          <span className="tag">{text("desk.queue.mine")}</span>
        ) : (
          <button
            type="button"
            className="main small"
            data-testid="accept"
            disabled={!props.free}
            onClick={() => props.accept(item)}
          >
            {props.accepting ? text("desk.queue.accepting") : text("desk.queue.accept")}
          </button>
        )}
      </div>
    </li>
  );
}

/** What a doctor wants to know of a call before it is taken. */
function Marks({ item }: { readonly item: QueueItem }) {
  const text = useText();
  const marks = [
    ...(item.late ? [["late", "tag tag-late"] as const] : []),
    ...(item.contracted ? [["contracted", "tag tag-fact"] as const] : []),
    ...(item.callBack ? [["callBack", "tag tag-warn"] as const] : []),
    ...(item.declined ? [["declined", "tag"] as const] : []),
  ];
  return (
    <div className="queue-marks">
      {marks.map(([mark, look]) => (
        <span key={mark} className={look} data-mark={mark}>
          {text(`desk.queue.${mark}`)}
        </span>
      ))}
      <span className="tag" data-mark={item.mode}>
        {text(`desk.mode.${item.mode}`)}
      </span>
    </div>
  );
}

function InvitationRow(props: {
  readonly invitation: Invitation;
  readonly free: boolean;
  readonly accept: (item: Offered) => void;
  readonly decline: (item: Offered) => void;
}) {
  const text = useText();
  const { by, role, handOver, shownName, severity, station, call } = props.invitation;
  const name = shownName === "" ? by.name : shownName;
  return (
    <li className="queue-item queue-invitation" data-testid="invitation">
      <p>{text(handOver ? "desk.invitation.handOver" : "desk.invitation.join", { name: by.name })}</p>
      <div className="queue-worst">
        {severity > 0 && <Grade severity={severity} />}
        {shownName !== "" && <strong>{shownName}</strong>}
        <span className="tag">{text("desk.invitation.as", { role: text(`desk.role.${role}`) })}</span>
      </div>
      <div className="queue-foot">
        <p className="queue-place">{station?.name}</p>
        <button type="button" className="quiet" onClick={() => props.decline({ call, shownName: name })}>
          {text("desk.invitation.no")}
        </button>
        <button
          type="button"
          className="main small"
          data-testid="invitation-accept"
          disabled={!props.free}
          onClick={() => props.accept({ call, shownName: name })}
        >
          {text("desk.invitation.yes")}
        </button>
      </div>
    </li>
  );
}

function NoticeLine({ notice, dismiss }: { readonly notice: Notice | undefined; readonly dismiss: () => void }) {
  const text = useText();
  if (!notice) return null;
  const { name, code } = notice;
  const words =
    code === "consult.alreadyTaken"
      ? text("desk.queue.taken", { name })
      : code === "consult.ended"
        ? text("desk.queue.gone", { name })
        : code === "consult.notNext"
          ? text("desk.queue.notNext", { name })
          : text("desk.queue.failed", {
              name,
              why: code === "wire.closed" ? text("desk.line.away") : text.fault(code),
            });
  return (
    <div className="notice" role="alert" data-testid="queue-notice">
      <p>{words}</p>
      <button type="button" className="quiet" onClick={dismiss}>
        {text("desk.queue.dismiss")}
      </button>
    </div>
  );
}

/** Nothing has been judged yet: neither good nor bad. */
function hasNoResult({ worst, severity }: QueueItem): boolean {
  return worst === undefined && severity === 0;
}
