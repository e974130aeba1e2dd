import { useText, type Text } from "../../parts/language.tsx";
import type { PageId, PageProps } from "../pages.ts";
import { Grade } from "../Severity.tsx";
import { categoryWord, hour } from "../words.ts";
import type { TimelineEvent } from "./timeline.ts";

/** Where one goes on with it. */
const pageOf: Partial<Record<TimelineEvent["kind"], PageId>> = {
  prescription: "prescriptions",
  referral: "referrals",
  followUp: "followUps",
};

export function EventRow({ event, open }: { readonly event: TimelineEvent; readonly open: PageProps["open"] }) {
  const text = useText();
  const at = new Date(event.at);
  const page = pageOf[event.kind];
  return (
    <li className="event" data-testid="event" data-kind={event.kind}>
      <time dateTime={at.toISOString()}>
        {dayOf(at)} {hour(at.toISOString())}
      </time>
      <span className="event-kind">{text(`desk.event.${event.kind}`)}</span>
      <span className="event-words">{words(text, event)}</span>
      {page && (
        <button type="button" className="quiet" onClick={() => open(page, { id: event.id })}>
          {text("desk.event.open")}
        </button>
      )}
    </li>
  );
}

const two = (n: number) => String(n).padStart(2, "0");
const dayOf = (at: Date) => `${String(at.getFullYear())}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;

function words(text: Text, event: TimelineEvent) {
  switch (event.kind) {
    case "reading":
      return (
        <>
          {text(`desk.of.${event.of}`)} <strong>{event.value}</strong>{" "}
          {event.category === undefined ? (
            text("desk.result.unjudged")
          ) : (
            <Grade severity={event.severity} word={categoryWord(text, event.category)} />
          )}
        </>
      );
    case "opinion":
      return `${event.by}: ${event.words}`;
    case "prescription":
      return `${event.words} · ${text(`work.rx.state.${event.state}`)}`;
    case "referral":
      return text(`work.referral.state.${event.state}`);
    case "followUp":
      return `${event.day} · ${text(`work.follow.state.${event.state}`)}`;
    case "danger":
      return `${categoryWord(text, event.what)} · ${text(`desk.danger.${event.state}`)}`;
    case "plan":
      return text(`desk.plan.${event.state}`);
    case "message":
      return `${event.by} · ${text(event.told ? "desk.message.told" : "desk.message.waits")}`;
  }
}
