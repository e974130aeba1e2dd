import type { Opinion } from "../../core/journal/entry.ts";
import { useText } from "../parts/language.tsx";
import { clockWords } from "./judged.ts";

const nextWords = {
  none: "kiosk.opinion.none",
  homeSeries: "kiosk.opinion.homeSeries",
  comeBack: "kiosk.opinion.comeBack",
  hospital: "kiosk.opinion.hospital",
  emergency: "kiosk.opinion.emergency",
} as const;

const longAfter = 140;

/** What the doctor wrote, as it was written. `brief`: its first lines, beside other things. */
export function OpinionNote({
  opinion,
  size = "brief",
}: {
  readonly opinion: Opinion;
  readonly size?: "brief" | "whole";
}) {
  const text = useText();
  return (
    <section className={`opinion opinion-${size}`} aria-label={text("kiosk.results.opinion")} data-testid="opinion">
      <p className="quiet">
        {text("kiosk.opinion.from", { name: opinion.clinician.name, time: clockWords(text, opinion.writtenAt) })}
      </p>
      {/* A long one gets smaller and may scroll by itself; it is never cut where it is shown whole. */}
      <p
        className="opinion-text"
        data-testid="opinion-text"
        data-long={opinion.text.length > longAfter ? "" : undefined}
        tabIndex={size === "whole" ? 0 : undefined}
      >
        {opinion.text}
      </p>
      <p className="opinion-next" data-testid="opinion-next">
        {text(nextWords[opinion.next])}
      </p>
    </section>
  );
}
