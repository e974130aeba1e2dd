import type { MessageKey } from "../../../core/i18n/message.ts";
import type { StationView } from "../../../core/contract/views.ts";
import type { KioskState } from "../../../core/machine/kiosk.ts";
import { useEffect } from "react";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Press } from "../../parts/press.tsx";
import { SeverityShape } from "../../parts/severity.tsx";
import { soundAlarm } from "../../parts/alarm-sound.ts";
import { headline, leading, sentenceOf } from "../judged.ts";
import { Screen } from "../screen.tsx";
import { useEngine, useShown } from "../use-kiosk.ts";

/** What helps most, by what was named. Sitting down comes always. */
const advice: readonly (readonly [symptom: string, key: "em.speak4" | "em.speak5" | "em.speak6" | "em.speak7"])[] = [
  ["SX_CONSCIOUS", "em.speak4"],
  ["SX_STROKE", "em.speak5"],
  ["SX_CHEST_PAIN", "em.speak6"],
  ["SX_BACK_PAIN", "em.speak6"],
  ["SX_SEIZURE", "em.speak7"],
];

const alarmWords = {
  sounding: "kiosk.em.sounding",
  told: "em.speak2",
  answered: "kiosk.em.answered",
} as const satisfies Record<string, MessageKey>;

/** Where an ambulance should come to. A station nobody gave a place still has a name. */
const addressOf = ({ station }: StationView): string => (station.place === "" ? station.name : station.place);

/**
 * What to do now. Drawn by the page alone: it needs no host and no network. It promises that somebody was told only when
 * the host says so, and stays until somebody says that help is here or that it was a mistake.
 */
export function Emergency({
  station,
  screen,
}: {
  readonly station: StationView;
  readonly screen: Extract<KioskState, { readonly at: "emergency" }>;
}) {
  const text = useText();
  const engine = useEngine();
  const { visit } = useShown();
  useEffect(() => soundAlarm(), []);
  const named = screen.visit.symptoms ?? [];
  const does = advice.find(([symptom]) => named.includes(symptom))?.[1];
  const address = addressOf(station);
  const gravest =
    screen.from === "result" ? visit?.results.find((result) => leading(result)?.severity === 4) : undefined;
  const number = gravest && headline(text, gravest);
  const sentence = gravest && sentenceOf(text, leading(gravest));
  const state = visit?.alarm?.state ?? "sounding";
  return (
    <Screen
      name="emergency"
      title={text("kiosk.em.title")}
      says={[
        { key: "em.speak1" },
        { key: "em.speak3", values: { address } },
        ...(does === undefined ? [] : [{ key: does } as const]),
      ]}
      actions={
        <>
          <Press kind="second" onPress={() => engine.send({ kind: "mistake" })} testId="alarm-mistake">
            <Icon name="no" />
            {text("kiosk.em.mistake")}
          </Press>
          <Press kind="main" onPress={() => engine.send({ kind: "someoneIsHere" })} testId="alarm-here">
            <Icon name="yes" />
            {text("kiosk.em.here")}
          </Press>
        </>
      }
    >
      <div className="em" role="alert">
        <p className="em-120" aria-hidden="true">
          <span className="em-lamp" data-testid="alarm-lamp">
            <SeverityShape severity={4} />
          </span>
          120
        </p>
        <ol className="em-do">
          <li>{text("em.speak1")}</li>
          <li>{text("em.speak3", { address })}</li>
          {does !== undefined && <li>{text(does)}</li>}
          {sentence !== undefined && <li data-testid="em-sentence">{sentence}</li>}
        </ol>
        {number && (
          <p className="em-number">
            {text("kiosk.em.result")} <strong className="number">{number.words}</strong> {number.unit}
          </p>
        )}
        <p className="em-state" data-testid="alarm-state" data-state={state}>
          {text(alarmWords[state])}
        </p>
      </div>
    </Screen>
  );
}
