import { allows } from "../../../core/rights.ts";
import { useText, type Text } from "../../parts/language.tsx";
import type { Me } from "../desk.ts";
import { drugWord, type DrugList } from "../pages/drug-words.ts";
import { wallDay } from "../pages/work-kit.ts";
import type { PageId, PageProps } from "../pages.ts";
import { Grade } from "../Severity.tsx";
import { categoryWord, hour } from "../words.ts";
import type { TimelineEvent } from "./timeline.ts";

/** Where one goes on with it. */
const pageOf: Partial<Record<TimelineEvent["kind"], PageId>> = {
  prescription: "prescriptions",
  referral: "referrals",
  booking: "referrals",
  followUp: "followUps",
  plan: "resident",
};
/** Whoever may not see that page is shown no way to it. */
const needs = {
  prescriptions: "prescription.write",
  referrals: "referral.watch",
  followUps: "followUp.watch",
  resident: "plan.draft",
} as const satisfies Partial<Record<PageId, string>>;

export function EventRow(props: {
  readonly event: TimelineEvent;
  readonly resident: string;
  readonly drugs: DrugList | undefined;
  readonly me: Me;
  readonly open: PageProps["open"];
}) {
  const text = useText();
  const { event, resident, drugs, me, open } = props;
  const at = new Date(event.at);
  const page = pageOf[event.kind];
  const mayOpen = page !== undefined && page in needs && allows(me.role, needs[page as keyof typeof needs]) !== "no";
  // A danger that nobody answered and a plan are what a referral is written from.
  const mayRefer =
    ((event.kind === "danger" && event.state === "raised") || (event.kind === "plan" && event.state !== "closed")) &&
    allows(me.role, "referral.draft") !== "no";
  return (
    <li className="event" data-testid="event" data-kind={event.kind}>
      <time dateTime={at.toISOString()}>
        {wallDay(event.at)} {hour(at.toISOString())}
      </time>
      <span className="event-kind">{text(`desk.event.${event.kind}`)}</span>
      <span className="event-words">{words(text, event, drugs)}</span>
      {mayOpen && (
        <button
          type="button"
          className="quiet small"
          onClick={() => open(page, page === "resident" ? { resident, id: event.id } : { id: event.id })}
        >
          {text("desk.event.open")}
        </button>
      )}
      {mayRefer && (
        <button
          type="button"
          className="quiet small"
          data-testid="event-refer"
          onClick={() => open("referrals", { resident, ...(event.kind === "danger" ? { danger: event.id } : {}) })}
        >
          {text("desk.care.refer")}
        </button>
      )}
    </li>
  );
}

function words(text: Text, event: TimelineEvent, drugs: DrugList | undefined) {
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
    case "call":
      return callWords(text, event.call);
    case "opinion":
      return `${event.by}: ${event.words}`;
    case "prescription":
      return `${event.words} · ${text(`work.rx.state.${event.state}`)}`;
    case "pickUp":
      return text("desk.event.pickedUp", { what: event.drugs.map((id) => drugWord(text, drugs, id)).join(" · ") });
    case "referral":
      return text(`work.referral.state.${event.state}`);
    case "booking": {
      // The row's own time is the time it is for.
      const { department, doctor } = event.appointment;
      return text("desk.event.booked", { department, doctor });
    }
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

function callWords(text: Text, call: Extract<TimelineEvent, { kind: "call" }>["call"]): string {
  const { mode, clinician, outcome, code } = call;
  return [
    text("desk.event.talked", {
      mode: text(`desk.mode.${mode}`),
      who: clinician ?? text("desk.event.nobody"),
    }),
    code !== undefined
      ? text(`desk.outcome.${code}`)
      : text(outcome === undefined ? "desk.event.running" : `desk.event.over.${outcome}`),
  ].join(" · ");
}
