import { toldWords } from "../../../core/care/opinion.ts";
import type { Opinion } from "../../../core/journal/entry.ts";
import { typeset, useText } from "../../parts/language.tsx";
import { hour } from "../words.ts";

/** A sent opinion: never edited, only followed by another. One from before there were signatures shows its text alone. */
export function Sent({ opinion, refer }: { readonly opinion: Opinion; readonly refer?: (() => void) | undefined }) {
  const text = useText();
  const { signature, soap, next, writtenAt } = opinion;
  return (
    <div className="sent" data-testid="opinion-sent">
      <p className="sent-state">
        <strong>{text("desk.opinion.sent", { time: hour(writtenAt) })}</strong> {text("desk.opinion.sent.hint")}
      </p>
      {soap && (
        <dl className="sent-soap">
          {(["assessment", "plan"] as const).map((part) => (
            <div key={part}>
              <dt>{text(`desk.soap.${part}`)}</dt>
              <dd>{soap[part]}</dd>
            </div>
          ))}
        </dl>
      )}
      <blockquote>
        {toldWords(opinion, text.language)
          .map((words) => typeset(text.language, words))
          .join("\n")}
      </blockquote>
      <p className="sent-next">
        {text("desk.opinion.next")} <strong>{text(`desk.opinion.next.${next}`)}</strong>
        {refer && (next === "hospital" || next === "emergency") && (
          <button type="button" className="second small" data-testid="opinion-refer" onClick={refer}>
            {text("desk.opinion.refer")}
          </button>
        )}
      </p>
      {signature && (
        <p className="hint" data-testid="opinion-signed">
          {text("desk.sign.by", { name: signature.by.name, time: hour(signature.at) })} · {text("desk.sign.test")}
        </p>
      )}
    </div>
  );
}
