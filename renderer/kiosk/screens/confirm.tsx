import type { Check } from "../../../core/contract/views.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Press } from "../../parts/press.tsx";
import { BigNumber, numberWords, pressureWords, ReadingRow, unitWords } from "../../parts/reading.tsx";
import { Screen } from "../screen.tsx";
import { useEngine, useShown } from "../use-kiosk.ts";

/** The wire cannot prove the number, so the person compares it with the device's own display. */
export function Confirm({ check }: { readonly check: Check }) {
  const text = useText();
  const engine = useEngine();
  const heard = useShown().run?.heard;
  const pressure = heard && pressureWords(heard);
  const first = heard?.readings[0];
  return (
    <Screen
      name="confirm"
      title={text("kiosk.confirm.ask")}
      says={[{ key: "kiosk.confirm.ask" }]}
      actions={
        <>
          <Press kind="second" onPress={() => engine.send({ kind: "same", same: false })} testId="confirm-no">
            <Icon name="no" />
            {text("kiosk.confirm.different")}
          </Press>
          <Press kind="main" onPress={() => engine.send({ kind: "same", same: true })} testId="confirm-yes">
            <Icon name="yes" />
            {text("kiosk.confirm.same")}
          </Press>
        </>
      }
    >
      <div className="device-display" data-testid="confirm-numbers">
        {check === "bloodPressure" && pressure !== undefined ? (
          <BigNumber words={pressure} unit={text("kiosk.unit.mmHg")} />
        ) : heard && heard.readings.length > 1 ? (
          <ul className="readings">
            {heard.readings.map((reading) => (
              <ReadingRow key={reading.quantity} reading={reading} />
            ))}
          </ul>
        ) : (
          first && <BigNumber words={numberWords(first)} unit={unitWords(text, first.unit)} />
        )}
      </div>
    </Screen>
  );
}
