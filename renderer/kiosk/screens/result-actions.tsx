import type { Result } from "../../../core/contract/views.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Press } from "../../parts/press.tsx";
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
  const { screen } = useShown();
  const inCall = "visit" in screen && screen.visit.call !== "none";
  const severity = lead?.severity ?? 0;

  const elsewhere = (kind: "main" | "second") => (
    <Press kind={kind} onPress={() => engine.send({ kind: "home" })} testId="result-next">
      {text("kiosk.result.next")}
    </Press>
  );
  const measure = (kind: "main" | "second") =>
    result.next !== "none" && (
      <Press kind={kind} disabled={resting > 0} onPress={() => engine.measureAgain()} testId="next-reading">
        <Icon name="again" />
        {text(nextReading[result.next])}
      </Press>
    );
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
    return (
      <>
        {elsewhere("second")}
        {measure("main")}
      </>
    );
  }
  return (
    <>
      {severity === 2 && call("second")}
      {elsewhere("main")}
    </>
  );
}
