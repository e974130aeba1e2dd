import type { Result, StationView, VisitView } from "../../../core/contract/views.ts";
import { offeredKinds } from "../../../core/domain/outcome.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Press } from "../../parts/press.tsx";
import { armAsked, otherArm } from "../arm.ts";
import type { Judgement } from "../judged.ts";
import { useEngine, useShown } from "../use-kiosk.ts";

const nextReading = {
  second: "kiosk.result.second",
  third: "kiosk.result.third",
  restRepeat: "kiosk.result.repeat",
  again: "ui.again",
} as const;

/** What to do with a result: one thing first, one way out. A person in danger is never asked to measure again first. */
export function NextActions({
  result,
  lead,
  resting,
}: {
  readonly result: Result;
  readonly lead: Judgement | undefined;
  readonly resting: number;
}) {
  const text = useText();
  const engine = useEngine();
  const { screen, station, visit } = useShown();
  const inCall = "visit" in screen && screen.visit.call !== "none";
  const severity = lead?.severity ?? 0;
  const asked = result.of === "bloodPressure" ? armAsked(visit) : undefined;
  const more = stillToMeasure(station, visit);

  const elsewhere = (kind: "main" | "second") => (
    <Press kind={kind} onPress={() => engine.send({ kind: "home" })} testId="result-next">
      {text(kind === "main" ? "kiosk.result.goOn" : "kiosk.result.next")}
      {kind === "main" && <Icon name="next" />}
    </Press>
  );
  const all = (kind: "main" | "second") => (
    <Press kind={kind} onPress={() => engine.send({ kind: "showResults" })} testId="result-all">
      <Icon name="list" />
      {text("kiosk.checks.results")}
    </Press>
  );
  const ready = screen.at === "result" && screen.ready === true;
  // A minute is short: who says so now needs no touch at its end. Ten minutes after a crisis are not: that is asked then.
  const soon = result.of === "bloodPressure" && resting > 0 && resting <= 120;
  const measure = (kind: "main" | "second") =>
    result.next !== "none" &&
    (ready ? (
      <Press kind={kind} onPress={() => engine.send({ kind: "back" })} testId="rest-hold">
        {text("kiosk.rest.hold")}
      </Press>
    ) : (
      <Press
        kind={kind}
        disabled={resting > 0 && !soon}
        // The cuff goes to the other arm first: that is done within the minute, too.
        onPress={() => (soon && asked?.changes !== true ? engine.send({ kind: "ready" }) : engine.measureAgain())}
        testId="next-reading"
      >
        <Icon name="again" />
        {text(asked?.compares === true ? "kiosk.arm.other" : nextReading[result.next])}
      </Press>
    ));
  const call = (kind: "main" | "second") => (
    <Press kind={kind} onPress={() => engine.send({ kind: "callDoctor" })} testId="result-call">
      <Icon name="call" />
      {text(inCall ? "kiosk.consult.back" : "ui.call")}
    </Press>
  );

  if (severity === 4) {
    return (
      <>
        {call("second")}
        <Press kind="stop" onPress={() => engine.cover("emergency")} testId="emergency">
          {text("kiosk.emergency")}
        </Press>
      </>
    );
  }
  if (severity === 3) {
    return (
      <>
        {measure("second") || elsewhere("second")}
        {call("main")}
      </>
    );
  }
  if (result.next !== "none") {
    const onlyOne = asked?.compares === true && (
      <Press
        kind="second"
        onPress={() => engine.send({ kind: "answers", answers: { arm: otherArm[asked.arm] } })}
        testId="one-arm"
      >
        {text("kiosk.arm.only")}
      </Press>
    );
    return (
      <>
        {onlyOne || elsewhere("second")}
        {measure("main")}
      </>
    );
  }
  if (severity === 2) {
    return (
      <>
        {elsewhere("second")}
        {call("main")}
      </>
    );
  }
  return more ? (
    <>
      {all("second")}
      {elsewhere("main")}
    </>
  ) : (
    <>
      {elsewhere("second")}
      {all("main")}
    </>
  );
}

/** Something the station can measure now has no result yet. */
function stillToMeasure(station: StationView | undefined, visit: VisitView | undefined): boolean {
  return offeredKinds.some(
    (check) =>
      !visit?.results.some(({ of }) => of === check) &&
      station?.devices.some(
        ({ measures, state }) => measures.includes(check) && (state === "ready" || state === "busy"),
      ),
  );
}
