import type { Result } from "../../../core/contract/views.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Press } from "../../parts/press.tsx";
import { ReadingList } from "../../parts/reading.tsx";
import { SeverityMark } from "../../parts/severity.tsx";
import { checkNames, clockWords, headline, leading, sentenceOf } from "../judged.ts";
import { LipidRows } from "../lipid-rows.tsx";
import { OpinionCard } from "../opinion.tsx";
import { Screen } from "../screen.tsx";
import { useEngine, useShown } from "../use-kiosk.ts";

export function Results() {
  const text = useText();
  const engine = useEngine();
  const { visit, screen } = useShown();
  const overall = visit?.overall;
  const opinion = visit?.opinions.at(-1);
  const inCall = "visit" in screen && screen.visit.call !== "none";
  const results = visit?.results ?? [];
  return (
    <Screen
      name="results"
      title={text("kiosk.results.title")}
      note={
        <p className="foot-note" data-testid="disclaimer">
          {text("foot.disclaimer")}
        </p>
      }
      actions={
        <>
          <Press kind="second" onPress={() => engine.send({ kind: "callDoctor" })} testId="call-doctor">
            <Icon name="call" />
            {text(inCall ? "kiosk.consult.back" : "ui.call")}
          </Press>
          <Press kind="main" onPress={() => engine.cover("leave")} testId="done">
            {text("ui.done")}
          </Press>
        </>
      }
    >
      <div className="all-results">
        {results.length === 0 && <p className="lead">{text("kiosk.results.none")}</p>}
        <div className="in-short">
          {overall !== undefined && (
            <div className={`overall sev-${overall.severity}`} data-testid="overall" data-severity={overall.severity}>
              <SeverityMark severity={overall.severity} />
              <p className="lead">{sentenceOf(text, overall)}</p>
            </div>
          )}
          {opinion !== undefined && <OpinionCard opinion={opinion} />}
        </div>
        <div className="result-cards">
          {results.map((result) => (
            <ResultCard key={result.of} result={result} />
          ))}
        </div>
      </div>
    </Screen>
  );
}

function ResultCard({ result }: { readonly result: Result }) {
  const text = useText();
  const number = headline(text, result);
  const lead = leading(result);
  const last = result.measurements.at(-1);
  return (
    <section className="result-card" data-testid={`result-${result.of}`}>
      <header>
        <h2>{text(checkNames[result.of])}</h2>
        {last && (
          <p className="quiet">
            {result.of === "lipids" && `${text("kiosk.unit.mmolL")} · `}
            {clockWords(text, last.times.heardAt)}
          </p>
        )}
        {lead ? (
          <SeverityMark severity={lead.severity} level={false} />
        ) : (
          <span className="sev sev-none">{text("kiosk.check.more")}</span>
        )}
      </header>
      {number && (
        <p className="big-number">
          <span className="number number-number">{number.words}</span> <span className="unit">{number.unit}</span>
        </p>
      )}
      {number === undefined && result.of !== "lipids" && last && <ReadingList measurement={last} />}
      {result.of === "lipids" && last && <LipidRows measurement={last} assessments={result.assessments} brief />}
      {result.of !== "lipids" && <p>{sentenceOf(text, lead)}</p>}
    </section>
  );
}
