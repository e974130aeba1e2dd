import type { TakenToday as Said } from "../../core/contract/hub-visits.ts";
import { useText } from "../parts/language.tsx";
import { hour } from "./words.ts";

/** Whether today's medicines were taken, as the resident said at the station; what was not is marked. Nothing where nobody asked. */
export function TakenToday({ taken }: { readonly taken: Said | undefined }) {
  const text = useText();
  if (taken === undefined) return null;
  const { medicines, any, station } = taken;
  const said = (at: string) => text("desk.taken.said", { time: hour(at), station });
  // What was said in one minute stands together.
  const moments = [...new Set(medicines.map(({ at }) => said(at)))];
  return (
    <section className="taken-today" aria-label={text("desk.taken.title")} data-testid="taken-today">
      <strong>{text("desk.taken.title")}</strong>
      {moments.map((when) => (
        <span key={when} className="taken-group">
          {medicines
            .filter(({ at }) => said(at) === when)
            .map(({ prescription, drug, zh, en, taken: how }) => (
              <span
                key={`${prescription} ${drug}`}
                className={how === "taken" ? "tag" : "tag tag-warn"}
                data-taken={how}
              >
                {text.language === "en" ? en : zh}: {text(`desk.taken.${how}`)}
              </span>
            ))}
          <span className="hint">{when}</span>
        </span>
      ))}
      {any !== undefined && medicines.length === 0 && (
        <span className="taken-group">
          <span className={any.taken ? "tag" : "tag tag-warn"} data-taken={any.taken ? "taken" : "none"}>
            {text("desk.taken.any")}: {text(any.taken ? "desk.taken.taken" : "desk.taken.none")}
          </span>
          <span className="hint">{said(any.at)}</span>
        </span>
      )}
    </section>
  );
}
