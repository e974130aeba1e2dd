import type { Opinion } from "../../core/journal/entry.ts";
import { Icon } from "../parts/icons.tsx";
import { useText } from "../parts/language.tsx";
import { Press } from "../parts/press.tsx";
import { clockWords } from "./judged.ts";
import { useEngine } from "./use-kiosk.ts";

const nextWords = {
  none: "kiosk.opinion.none",
  homeSeries: "kiosk.opinion.homeSeries",
  comeBack: "kiosk.opinion.comeBack",
  hospital: "kiosk.opinion.hospital",
  emergency: "kiosk.opinion.emergency",
} as const;

const longAfter = 140;

/** What the doctor wrote, as it was written. */
export function OpinionNote({ opinion }: { readonly opinion: Opinion }) {
  const text = useText();
  return (
    <section className="opinion opinion-whole" aria-label={text("kiosk.results.opinion")} data-testid="opinion">
      <p className="quiet">
        {text("kiosk.opinion.from", { name: opinion.clinician.name, time: clockWords(text, opinion.writtenAt) })}
      </p>
      {/* A long one gets smaller and may scroll by itself; it is never cut where it is shown whole. */}
      <p
        className="opinion-text"
        data-testid="opinion-text"
        data-long={opinion.text.length > longAfter ? "" : undefined}
        tabIndex={0}
      >
        {opinion.text}
      </p>
      <p className="opinion-next" data-testid="opinion-next">
        {text(nextWords[opinion.next])}
      </p>
    </section>
  );
}

/** An opinion among other things: its first line, and a way to read it whole. */
export function OpinionCard({ opinion }: { readonly opinion: Opinion }) {
  const text = useText();
  const engine = useEngine();
  return (
    <Press kind="card" className="opinion-card" onPress={() => engine.cover("opinion")} testId="opinion-open">
      <span className="opinion-card-name">{text("kiosk.results.opinion")}</span>
      <span className="opinion-line" data-testid="opinion-text">
        {opinion.text}
      </span>
      <Icon name="next" />
    </Press>
  );
}
