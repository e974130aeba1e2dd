import type { Result } from "../../../core/contract/views.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Press } from "../../parts/press.tsx";
import { ReadingList } from "../../parts/reading.tsx";
import { SeverityMark } from "../../parts/severity.tsx";
import { isEntered } from "../entered.ts";
import { checkNames, clockWords, headline, leading, sentenceOf, spokenAdvice } from "../judged.ts";
import { LipidRows } from "../lipid-rows.tsx";
import { OpinionCard } from "../opinion.tsx";
import { Screen } from "../screen.tsx";
import { useEngine, useShown } from "../use-kiosk.ts";

export function Results() {
  const text = useText();
  const engine = useEngine();
  const { visit, screen, station } = useShown();
  const overall = visit?.overall;
  const opinions = visit?.opinions ?? [];
  const inCall = "visit" in screen && screen.visit.call !== "none";
  const results = visit?.results ?? [];
  // Whom it concerns today calls first, and sees to the rest later.
  const urgent = (overall?.severity ?? 0) >= 3 && !inCall;
  const call = (
    <Press
      key="call"
      kind={urgent ? "main" : "second"}
      onPress={() => engine.send({ kind: "callDoctor" })}
      testId="call-doctor"
    >
      <Icon name="call" />
      {text(inCall ? "kiosk.consult.back" : "ui.call")}
    </Press>
  );
  const onward = (
    <Press
      key="finish"
      kind={urgent ? "second" : "main"}
      onPress={() => engine.send({ kind: "finish" })}
      testId="finish"
    >
      {text("kiosk.results.more")}
      <Icon name="next" />
    </Press>
  );
  return (
    <Screen
      name="results"
      title={text("kiosk.results.title")}
      says={[{ key: "kiosk.results.title" }, ...spokenAdvice(text, overall), { key: "foot.disclaimer" }]}
      note={
        <p className="foot-note" data-testid="disclaimer">
          {text("foot.disclaimer")} {station?.hub === "away" && text("ui.offline")}
        </p>
      }
      actions={urgent ? [onward, call] : [call, onward]}
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
          {opinions.length > 0 && <OpinionCard opinions={opinions} />}
          {opinions.length === 0 && visit?.risk?.adviceKey !== undefined && (
            <section className="risk" data-testid="risk" data-severity={visit.risk.severity}>
              <h2>{text("kiosk.risk.title")}</h2>
              <p>{sentenceOf(text, visit.risk)}</p>
            </section>
          )}
        </div>
        <div className="result-cards" data-many={results.length > 3 ? "" : undefined}>
          {results.map((result) => (
            <ResultCard key={result.of} result={result} brief={results.length > 3} />
          ))}
        </div>
      </div>
    </Screen>
  );
}

/** Two of a panel, where there is no room for all of it. */
const gravest = ({ assessments }: Result): Result["assessments"] =>
  assessments.toSorted((one, other) => other.severity - one.severity).slice(0, 2);

/** `brief`: among many; the sentence stands on the result's own screen. */
function ResultCard({ result, brief }: { readonly result: Result; readonly brief: boolean }) {
  const text = useText();
  const number = headline(text, result);
  const lead = leading(result);
  const last = result.measurements.at(-1);
  const mark = lead ? (
    <SeverityMark severity={lead.severity} level={false} />
  ) : (
    <span className="sev sev-none">{text(result.next === "none" ? "kiosk.check.done" : "kiosk.check.more")}</span>
  );
  return (
    <section className="result-card" data-testid={`result-${result.of}`}>
      <header>
        <h2>{text(checkNames[result.of])}</h2>
        {last && (
          <p className="quiet">
            {result.of === "lipids" && `${text("kiosk.unit.mmolL")} · `}
            {clockWords(text, last.times.heardAt)}
            {isEntered(last) && ` · ${text("kiosk.entered")}`}
          </p>
        )}
        {!brief && mark}
      </header>
      {(number !== undefined || brief) && (
        <div className="result-line">
          {number && (
            <p className="big-number">
              <span className="number number-number">{number.words}</span> <span className="unit">{number.unit}</span>
            </p>
          )}
          {brief && mark}
        </div>
      )}
      {number === undefined && result.of !== "lipids" && last && <ReadingList measurement={last} />}
      {result.of === "lipids" && last && (
        <LipidRows measurement={last} assessments={brief ? gravest(result) : result.assessments} brief />
      )}
      {result.of !== "lipids" && !brief && <p>{sentenceOf(text, lead)}</p>}
    </section>
  );
}
