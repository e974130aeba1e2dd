import { useEffect } from "react";
import type { Result as ResultView } from "../../../core/contract/views.ts";
import type { OfferedKind } from "../../../core/domain/outcome.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Press } from "../../parts/press.tsx";
import { BigNumber, numberWords, pressureWords, ReadingList, readingOf, unitWords } from "../../parts/reading.tsx";
import { SeverityMark, SeverityShape } from "../../parts/severity.tsx";
import { useSecondsLeft } from "../../parts/wait.tsx";
import { armAsked, armWords } from "../arm.ts";
import { isEntered } from "../entered.ts";
import { checkNames, clockWords, headline, leading, sentenceOf, spokenAdvice } from "../judged.ts";
import { LipidRows } from "../lipid-rows.tsx";
import { Screen } from "../screen.tsx";
import { Trend } from "../trend.tsx";
import { useEngine, useShown } from "../use-kiosk.ts";
import { NextActions } from "./result-actions.tsx";
import { ChangeLine, GradeLine } from "./result-facts.tsx";

export function Result({ check }: { readonly check: OfferedKind }) {
  const { visit, run } = useShown();
  const result = visit?.results.find(({ of }) => of === check);
  const own = run?.of === check ? run : undefined;
  // The numbers are shown when the host says they are on disk, not before.
  const kept =
    result !== undefined &&
    (own === undefined || result.measurements.some((one) => one.id === own.id || isEntered(one)));
  if (!kept) return own?.fault === undefined ? <Saving check={check} /> : <NotKept check={check} />;
  return <Shown result={result} />;
}

function Saving({ check }: { readonly check: OfferedKind }) {
  const text = useText();
  return (
    <Screen name="result" step="saving" title={text(checkNames[check])} says={[{ key: "kiosk.phase.saving" }]}>
      <p className="state title" role="status">
        {text("kiosk.phase.saving")}
      </p>
    </Screen>
  );
}

function NotKept({ check }: { readonly check: OfferedKind }) {
  const text = useText();
  const engine = useEngine();
  const { run } = useShown();
  return (
    <Screen
      name="result"
      step="fault"
      title={text(checkNames[check])}
      says={[{ key: "kiosk.fault.title" }]}
      actions={
        <Press kind="main" onPress={() => engine.send({ kind: "again" })} testId="again">
          <Icon name="again" />
          {text("kiosk.fault.again")}
        </Press>
      }
    >
      <div className="state" role="alert">
        <span className="state-sign state-care">
          <SeverityShape severity={1} />
        </span>
        <p className="lead" data-testid="fault">
          {run?.fault === undefined ? text("kiosk.results.none") : text.fault(run.fault)}
        </p>
      </div>
    </Screen>
  );
}

const nextWords = {
  second: "bp.again",
  third: "kiosk.result.third.why",
  restRepeat: "bp.rest_repeat",
  again: "bp.invalid",
} as const;

const nextWordsOf = (next: ResultView["next"]) => (next === "none" ? undefined : nextWords[next]);

/** A needle and a strip are to be put away. */
const blood: ReadonlySet<string> = new Set(["glucose", "lipids"]);

function Shown({ result }: { readonly result: ResultView }) {
  const text = useText();
  const engine = useEngine();
  const { visit, screen } = useShown();
  const number = headline(text, result);
  const last = result.measurements.at(-1);
  const lead = leading(result);
  const resting = useSecondsLeft(result.notBefore === undefined ? undefined : Date.parse(result.notBefore));
  const ready = screen.at === "result" && screen.ready === true;
  useEffect(() => {
    if (ready && resting === 0) engine.measureAgain();
  }, [ready, resting, engine]);
  const asked = result.of === "bloodPressure" && result.next !== "none" ? armAsked(visit) : undefined;
  const nextAsks =
    asked?.compares === true && result.next === "second" ? ("prep.arm" as const) : nextWordsOf(result.next);
  const asks = result.of === "bloodPressure" || lead === undefined ? nextAsks : undefined;
  const arm = result.assessments.find((one) => one.domain === "bp_arm" && one !== lead);
  const sentence = asks === undefined ? sentenceOf(text, lead) : text(asks);
  const pulse = last && readingOf(last, "pulse.rate");
  const whole = result.next === "none";
  return (
    <Screen
      name="result"
      of={result.of}
      step={result.measurements.length}
      title={text(checkNames[result.of])}
      says={[
        { key: checkNames[result.of] },
        ...(asks === undefined ? spokenAdvice(text, lead) : [{ key: asks }]),
        ...(asked?.changes === true ? [{ key: armWords[asked.arm] }] : []),
        ...(whole ? spokenAdvice(text, arm) : []),
        ...(whole ? [{ key: "foot.disclaimer" } as const] : []),
      ]}
      note={
        last && (
          <div className="result-note">
            <p className="quiet" data-testid="result-time">
              {text("kiosk.result.at", { time: clockWords(text, last.times.heardAt) })} · {text("kiosk.result.kept")}
              {isEntered(last) && (
                <span className="tag" data-testid="entered">
                  {text("kiosk.entered")}
                </span>
              )}
            </p>
            {result.of === "body" && (
              <Press kind="quiet" onPress={() => engine.send({ kind: "enter", check: "body" })} testId="enter-body">
                {text("kiosk.enter.open")}
              </Press>
            )}
            <Press kind="quiet" onPress={() => engine.cover("proof")} testId="why">
              <Icon name="help" />
              {text("kiosk.proof.short")}
            </Press>
          </div>
        )
      }
      actions={<NextActions result={result} lead={lead} resting={resting} />}
    >
      <div className="result">
        <div className="result-what">
          {number && (
            <div className="result-number">
              {result.of === "bloodPressure" && (
                <p className="quiet">
                  {text("kiosk.number.pressure")}
                  {number.averaged && ` · ${text("kiosk.result.average")}`}
                </p>
              )}
              <BigNumber words={number.words} unit={number.unit} testId="result-number" />
              {number.onDevice !== undefined && <p className="quiet">{number.onDevice}</p>}
            </div>
          )}
          {number === undefined && result.of !== "lipids" && last && <ReadingList measurement={last} />}
          {result.of === "lipids" && last && <LipidRows measurement={last} assessments={result.assessments} />}
          {result.of === "bloodPressure" && <Readings result={result} />}
          {(result.of === "bloodPressure" || result.of === "oximetry") && pulse && (
            <p className="pulse">
              <Icon name="heart" />
              {text("kiosk.number.pulse")} <strong>{numberWords(pulse)}</strong> {unitWords(text, pulse.unit)}
            </p>
          )}
          {whole && visit?.kind === "resident" && <Trend of={result.of} now={result.measurements} />}
        </div>
        <div className="result-means">
          {lead && <SeverityMark severity={lead.severity} />}
          {sentence !== undefined && (
            <p className="sentence" data-testid="advice" data-key={lead?.adviceKey}>
              {sentence}
            </p>
          )}
          {asked?.changes === true && <p className="lead">{text(armWords[asked.arm])}</p>}
          {whole && arm !== undefined && (
            <p className="quiet" data-testid="arms" data-key={arm.adviceKey}>
              {sentenceOf(text, arm)}
            </p>
          )}
          {whole && result.grade !== undefined && <GradeLine grade={result.grade} />}
          {whole && <ChangeLine result={result} />}
          {ready && <p className="lead">{text("kiosk.rest.starts")}</p>}
          {resting > 0 && result.next !== "none" && <Rest seconds={resting} quiet={result.of === "bloodPressure"} />}
          <Doubts doubts={last?.doubts ?? []} />
          {blood.has(result.of) && (lead?.severity ?? 0) < 3 && <p className="quiet">{text("prep.sharps")}</p>}
          <p className="foot-note" data-testid="disclaimer">
            {text("foot.disclaimer")}
          </p>
        </div>
      </div>
    </Screen>
  );
}

/** Each pressure of the session, in the order taken; two are needed, sometimes three. */
function Readings({ result }: { readonly result: ResultView }) {
  const text = useText();
  const more = result.next === "second" || result.next === "third" ? 1 : 0;
  const wanted = Math.max(2, result.measurements.length + more);
  const taken = result.measurements.slice(-3);
  return (
    <ol className="session" data-testid="session">
      {Array.from({ length: Math.min(3, wanted) }, (_, index) => {
        const measurement = taken[index];
        return (
          <li key={index} data-taken={measurement === undefined ? undefined : ""}>
            <span className="quiet">{text("kiosk.result.first", { n: index + 1 })}</span>
            <span className="number number-card">{measurement === undefined ? "–" : pressureWords(measurement)}</span>
          </li>
        );
      })}
    </ol>
  );
}

function Rest({ seconds, quiet }: { readonly seconds: number; readonly quiet: boolean }) {
  const text = useText();
  return (
    <div className="rest" data-testid="rest">
      <Icon name="clock" />
      {quiet && <p>{text("kiosk.result.rest")}</p>}
      <p className="number" role="timer">
        {quiet && seconds <= 120
          ? text("kiosk.result.restLeft", { n: seconds })
          : text(quiet ? "kiosk.result.restLeftMinutes" : "kiosk.result.againIn", { n: Math.ceil(seconds / 60) })}
      </p>
    </div>
  );
}

const doubtWords = {
  irregularPulse: "kiosk.doubt.irregularPulse",
  bodyMotion: "kiosk.doubt.bodyMotion",
  notCalculable: "kiosk.doubt.notCalculable",
  deviceClockWrong: "kiosk.doubt.deviceClockWrong",
  confirmedByEye: "kiosk.doubt.confirmedByEye",
  unusual: "kiosk.doubt.unusual",
  deviceMarked: "kiosk.doubt.deviceMarked",
  override: "kiosk.doubt.override",
  preliminary: "kiosk.doubt.preliminary",
} as const;

function Doubts({ doubts }: { readonly doubts: readonly (keyof typeof doubtWords)[] }) {
  const text = useText();
  if (doubts.length === 0) return null;
  // That a person compared the numbers is how they were taken, not a reason to worry.
  const careful = doubts.some((doubt) => doubt !== "confirmedByEye");
  return (
    <p className="doubts" data-testid="doubts">
      {careful && text("kiosk.result.care")}
      {doubts.map((doubt) => (
        <span key={doubt} className="tag">
          {text(doubtWords[doubt])}
        </span>
      ))}
    </p>
  );
}
