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

/** What the doctor wrote, as it was written. */
export function OpinionNote({ opinion, big = false }: { readonly opinion: Opinion; readonly big?: boolean }) {
  const text = useText();
  return (
    <section className={`opinion ${big ? "opinion-big" : ""}`} aria-label={text("kiosk.results.opinion")} data-testid="opinion">
      <p className="quiet">{text("kiosk.opinion.from", { name: opinion.clinician.name, time: clockWords(text, opinion.writtenAt) })}</p>
      <p className="opinion-text" lang="zh-CN" data-testid="opinion-text">
        {opinion.text}
      </p>
      <p className="opinion-next" data-testid="opinion-next">
        {text(nextWords[opinion.next])}
      </p>
    </section>
  );
}
