import { useCallback, useEffect, useRef } from "react";
import { restQuestions, restSeconds } from "../../../core/machine/steps.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Picture } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { useSecondsLeft } from "../../parts/wait.tsx";
import { QuietMeter } from "../quiet-meter.tsx";
import { Screen } from "../screen.tsx";
import { useEngine, useShown } from "../use-kiosk.ts";
import { YesAndNo } from "./answer-card.tsx";
import { questions } from "./questions.ts";
import { StepNote, type StepPlace } from "./step-note.tsx";

/**
 * Five minutes of sitting, counted by the host from the moment of sitting down, and used for the questions. Then the person
 * says "when the time is up", and the cuff starts with its last second: nobody has to get up for a touch. Who has rested before
 * goes on at once; the pressure's grade then says so.
 */
export function RestStep(place: StepPlace) {
  const text = useText();
  const engine = useEngine();
  const { visit, screen } = useShown();
  const rest = visit?.rest;
  const total = rest?.seconds ?? restSeconds;
  const left = useSecondsLeft(rest === undefined ? undefined : Date.parse(rest.since) + rest.seconds * 1000);
  const seconds = rest === undefined ? total : left;
  const answers = "visit" in screen ? screen.visit.answers : {};
  const mine = restQuestions("visit" in screen ? screen.visit : {});
  const asked = mine.find((id) => answers[id] === undefined);
  const question = asked === undefined ? undefined : questions[asked];
  const over = seconds === 0;
  const ready = screen.at === "prepare" && screen.ready === true;
  const quiet = useRef<boolean>(undefined);
  const start = useCallback(() => {
    if (quiet.current !== undefined) engine.send({ kind: "answers", answers: { quiet: quiet.current } });
    engine.send({ kind: "next" }, { kind: "go" });
  }, [engine]);
  const begins = ready && over && rest !== undefined;
  useEffect(() => {
    if (begins) start();
  }, [begins, start]);
  return (
    <Screen
      name="prepare"
      of="rest"
      step={asked ?? (ready ? "ready" : over ? "over" : "rest")}
      title={question === undefined ? text(over ? "kiosk.rest.over" : "prep.rest") : text.of(question.title, {})}
      note={<StepNote {...place} />}
      says={
        question !== undefined
          ? [...(asked === mine[0] ? [{ key: "prep.rest" } as const] : []), { key: question.title }]
          : ready
            ? [{ key: "kiosk.rest.starts" }]
            : over
              ? [{ key: "kiosk.rest.over" }]
              : [{ key: "prep.quiet" }, { key: "prep.twice" }, { key: "kiosk.rest.ready" }]
      }
      {...(question !== undefined
        ? {}
        : {
            actions: over ? (
              <Press kind="main" onPress={() => engine.send({ kind: "next" })} testId="prepare-next">
                {text("kiosk.prepare.next")}
                <Icon name="next" />
              </Press>
            ) : ready ? (
              <Press kind="second" onPress={() => engine.send({ kind: "back" })} testId="rest-hold">
                {text("kiosk.rest.hold")}
              </Press>
            ) : (
              <>
                <Press kind="second" onPress={() => engine.send({ kind: "skip" })} testId="rest-skip">
                  {text("kiosk.rest.already")}
                </Press>
                <Press kind="main" onPress={() => engine.send({ kind: "ready" })} testId="rest-ready">
                  <Icon name="clock" />
                  {text("kiosk.rest.ready")}
                </Press>
              </>
            ),
          })}
    >
      <div className={question === undefined ? "resting" : "resting resting-asks"}>
        <RestClock seconds={seconds} total={total} />
        {question === undefined || asked === undefined ? (
          <div className="resting-still">
            <figure className="show-picture">
              <Picture name={over ? "sit" : "quiet"} says={text("kiosk.picture.sit")} />
            </figure>
            {!over && <p className="lead">{text(ready ? "kiosk.rest.starts" : "prep.quiet")}</p>}
            {!over && (
              <QuietMeter
                onQuiet={(is) => {
                  quiet.current = is;
                }}
              />
            )}
          </div>
        ) : (
          <YesAndNo
            question={question}
            onAnswer={(yes) => engine.send({ kind: "answers", answers: { [asked]: yes } })}
          />
        )}
      </div>
    </Screen>
  );
}

/** A ring that empties, with the minutes inside it; whole again, with a tick, when it is over. */
function RestClock({ seconds, total }: { readonly seconds: number; readonly total: number }) {
  const text = useText();
  const minutes = Math.floor(seconds / 60);
  const over = seconds === 0;
  return (
    <div
      className="rest-clock"
      role="timer"
      data-over={over ? "" : undefined}
      aria-label={text("ui.wait", { n: Math.ceil(seconds / 60) })}
    >
      <svg viewBox="0 0 200 200" aria-hidden="true">
        <circle className="rest-ring" cx="100" cy="100" r="88" pathLength="100" />
        <circle
          className="rest-ring rest-left"
          cx="100"
          cy="100"
          r="88"
          pathLength="100"
          strokeDasharray="100"
          strokeDashoffset={over ? 0 : 100 - (100 * seconds) / Math.max(1, total)}
        />
      </svg>
      {over ? (
        <Icon name="yes" />
      ) : (
        <p aria-hidden="true">
          <span className="quiet">{text("kiosk.rest.left")}</span>
          <span className="number" data-testid="rest-left">
            {`${minutes}:${String(seconds % 60).padStart(2, "0")}`}
          </span>
        </p>
      )}
    </div>
  );
}
