import { useState } from "react";
import type { KioskState } from "../../../core/machine/kiosk.ts";
import { Icon } from "../../parts/icons.tsx";
import { useText } from "../../parts/language.tsx";
import { Press } from "../../parts/press.tsx";
import { NumberPad } from "../number-pad.tsx";
import { Screen } from "../screen.tsx";
import { useEngine, useShown } from "../use-kiosk.ts";
import { Says } from "../voice/says.tsx";

type State = Extract<KioskState, { readonly at: "phone" }>;

const lengths = { number: 11, second: 4 } as const;

/** A number alone never opens a record: the phone, then the last four of the card. Typed numbers live here and nowhere else. */
export function Phone({ screen }: { readonly screen: State }) {
  const text = useText();
  const engine = useEngine();
  const { listening } = useShown();
  const [typed, setTyped] = useState({ number: "", second: "" });
  const { step } = screen;
  const words = typed[step];
  const length = lengths[step];
  const title = step === "number" ? "kiosk.phone.number" : "kiosk.phone.second";
  const what = step === "number" ? "kiosk.phone.numberWhat" : "kiosk.phone.secondWhat";
  const onward = () => {
    if (step === "number") return engine.send({ kind: "typed" });
    void engine.lookUp(typed.number, typed.second);
    // A wrong one is typed anew.
    setTyped({ number: "", second: "" });
  };
  return (
    <Screen
      name="phone"
      step={`${step} ${screen.tries}`}
      title={text(title)}
      says={[{ key: title }, { key: what }]}
      note={<p className="lead">{text(what)}</p>}
      actions={
        <Press kind="main" onPress={onward} disabled={words.length < length || listening.busy} testId="phone-next">
          {text(step === "number" ? "kiosk.phone.next" : "kiosk.phone.look")}
          <Icon name={step === "number" ? "next" : "yes"} />
        </Press>
      }
    >
      {screen.wrong !== undefined && (
        <p className="notice lead" role="alert" data-testid="wrong" data-code={screen.wrong}>
          {text.fault(screen.wrong)}
        </p>
      )}
      {listening.busy && (
        <p className="lead" role="status" data-testid="looking">
          {text("kiosk.phone.looking")}
          <Says says={[{ key: "kiosk.phone.looking" }]} step="looking" />
        </p>
      )}
      <NumberPad
        value={words}
        length={length}
        withX={step === "second"}
        groups={step === "number" ? [3, 4, 4] : [4]}
        onType={(change) => setTyped((present) => ({ ...present, [step]: change(present[step]) }))}
      />
    </Screen>
  );
}
