import { useState } from "react";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { reviewPoints, type Prescription } from "../../../core/care/prescription-parts.ts";
import { useHeard } from "../../parts/heard.ts";
import { useText } from "../../parts/language.tsx";
import type { HubDoor } from "../hub.ts";
import { Fault } from "./Fault.tsx";
import { useSigning } from "./use-signing.tsx";

type Verdict = "accept" | "return" | "refuse";
type Point = (typeof reviewPoints)[number];

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches("textarea, select, input:not([type=checkbox])");

/** Nine points, each looked at; then one of three words, signed. 1 to 9 tick, Ctrl+Enter accepts. */
export function Review(props: {
  readonly door: HubDoor;
  readonly prescription: Prescription;
  readonly done: (words: string) => void;
}) {
  const text = useText();
  const { door, prescription } = props;
  const [inOrder, setInOrder] = useState<ReadonlySet<Point>>(new Set());
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<FaultCode>();
  const signing = useSigning(door);
  const all = inOrder.size === reviewPoints.length;
  const hasReason = reason.trim() !== "";

  const toggle = (point: Point) =>
    setInOrder((before) => {
      const after = new Set(before);
      if (!after.delete(point)) after.add(point);
      return after;
    });

  const send = async (verdict: Verdict) => {
    if (busy || (verdict === "accept" ? !all : !hasReason)) return;
    setBusy(true);
    setFault(undefined);
    const why = await signing.run(() =>
      door.client.prescription.review({
        prescription: prescription.id,
        revision: prescription.revision,
        verdict,
        appropriate: Object.fromEntries(reviewPoints.map((point) => [point, inOrder.has(point)])) as Record<
          Point,
          boolean
        >,
        ...(hasReason ? { reason } : {}),
      }),
    );
    setBusy(false);
    if (why !== undefined) return setFault(why);
    props.done(text(`work.review.was.${verdict}`));
  };

  useHeard("keydown", (event) => {
    const point = reviewPoints[Number(event.key) - 1];
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void send("accept");
    else if (point && !event.altKey && !event.ctrlKey && !isTyping(event.target)) toggle(point);
    else return;
    event.preventDefault();
  });

  return (
    <section className="pane rx-review" aria-label={text("work.review.title")}>
      <h2>{text("work.review.title")}</h2>
      <p className="hint">{text("work.review.hint")}</p>
      <ol className="rx-points">
        {reviewPoints.map((point, nth) => (
          <li key={point}>
            <label className="rx-point" data-testid={`point-${point}`}>
              <input type="checkbox" checked={inOrder.has(point)} onChange={() => toggle(point)} />
              <kbd>{nth + 1}</kbd>
              <span>{text(`work.review.${point}`)}</span>
            </label>
          </li>
        ))}
      </ol>
      <label className="work-field">
        {text("work.review.reason")}
        <textarea
          data-testid="review-reason"
          maxLength={500}
          value={reason}
          placeholder={text("work.review.reason.hint")}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </label>
      <Fault code={fault} />
      <div className="work-foot">
        <button
          type="button"
          className="second"
          data-testid="review-refuse"
          disabled={busy || !hasReason}
          onClick={() => void send("refuse")}
        >
          {text("work.review.refuse")}
        </button>
        <button
          type="button"
          className="second"
          data-testid="review-return"
          disabled={busy || !hasReason}
          onClick={() => void send("return")}
        >
          {text("work.review.return")}
        </button>
        <button
          type="button"
          className="main"
          data-testid="review-accept"
          disabled={busy || !all}
          onClick={() => void send("accept")}
        >
          {text("work.review.accept")}
        </button>
      </div>
      {signing.dialog}
    </section>
  );
}
