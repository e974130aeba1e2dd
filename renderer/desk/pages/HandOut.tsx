import { useState, type SyntheticEvent } from "react";
import type { FaultCode } from "../../../core/domain/faults.ts";
import type { Prescription } from "../../../core/care/prescription-parts.ts";
import { useText } from "../../parts/language.tsx";
import type { HubDoor } from "../hub.ts";
import { drugWord, type DrugList } from "./drug-words.ts";
import { Fault } from "./Fault.tsx";
import { failing } from "./work-kit.ts";

/** A valid prescription is handed out once, each drug with its lot. */
export function HandOut(props: {
  readonly door: HubDoor;
  readonly prescription: Prescription;
  readonly list: DrugList | undefined;
  readonly done: (words: string) => void;
}) {
  const text = useText();
  const { door, prescription } = props;
  const [lots, setLots] = useState<Readonly<Record<string, string>>>({});
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<FaultCode>();
  const send = async (event: SyntheticEvent) => {
    event.preventDefault();
    setBusy(true);
    const why = await failing(() =>
      door.client.prescription.dispense({
        id: prescription.id,
        lots: prescription.items.map(({ drug }) => ({ drug, lot: lots[drug] ?? "" })),
      }),
    );
    setBusy(false);
    setFault(why);
    if (why === undefined) props.done(text("work.handOut.done"));
  };
  return (
    <section className="pane rx-review" aria-label={text("work.handOut.title")}>
      <h2>{text("work.handOut.title")}</h2>
      <form onSubmit={(event) => void send(event)}>
        {prescription.items.map(({ drug, pieces }) => (
          <label key={drug} className="work-field">
            {text("work.handOut.lot", { drug: drugWord(text, props.list, drug), n: pieces })}
            <input
              required
              maxLength={100}
              data-testid="lot"
              value={lots[drug] ?? ""}
              onChange={(event) => setLots({ ...lots, [drug]: event.currentTarget.value })}
            />
          </label>
        ))}
        <Fault code={fault} />
        <div className="work-foot">
          <button type="submit" className="main" data-testid="hand-out" disabled={busy}>
            {text("work.handOut.send")}
          </button>
        </div>
      </form>
    </section>
  );
}
