import { useState } from "react";
import type { FaultCode } from "../../../core/domain/faults.ts";
import type { OfferedKind } from "../../../core/domain/outcome.ts";
import { quantities } from "../../../core/domain/quantity.ts";
import { Icon } from "../../parts/icons.tsx";
import { KeyPad } from "../../parts/key-pad.tsx";
import { useText } from "../../parts/language.tsx";
import { Picture } from "../../parts/picture.tsx";
import { Press } from "../../parts/press.tsx";
import { quantityWords, unitWords } from "../../parts/reading.tsx";
import { Screen } from "../screen.tsx";
import { useEngine } from "../use-kiosk.ts";
import { fieldsOf, readingsOf, typed } from "./fields.ts";

/** Numbers typed by a person, one after the other: height and waist, or those of one's own meter. Marked as typed. */
export function Enter({ check }: { readonly check: OfferedKind }) {
  const text = useText();
  const engine = useEngine();
  const fields = fieldsOf[check];
  const [at, setAt] = useState(0);
  const [values, setValues] = useState<Readonly<Record<string, string | undefined>>>({});
  const [wrong, setWrong] = useState<FaultCode>();
  const [busy, setBusy] = useState(false);
  const field = fields[at];
  if (field === undefined) return null;
  const { quantity, picture, must } = field;
  const { units, decimals } = quantities[quantity];
  const value = values[quantity] ?? "";
  const name = quantityWords(text, quantity);
  const last = at === fields.length - 1;
  const put = (words: string) => {
    setWrong(undefined);
    setValues({ ...values, [quantity]: words });
  };
  const save = async (all: Readonly<Record<string, string | undefined>>) => {
    const readings = readingsOf(fields, all);
    if (readings.length === 0) return engine.send({ kind: "back" });
    setBusy(true);
    const code = await engine.enter(check, readings);
    setBusy(false);
    if (code === undefined) return;
    // A number that cannot be is asked for again, from the first one on.
    setWrong(code);
    setAt(0);
  };
  const onward = (all: Readonly<Record<string, string | undefined>>) => (last ? void save(all) : setAt(at + 1));
  return (
    <Screen
      name="enter"
      of={check}
      step={quantity}
      title={text("kiosk.enter.title", { name })}
      note={<p className="quiet">{text("kiosk.enter.what")}</p>}
      says={[{ key: "kiosk.enter.title", values: { name } }, ...(quantity === "body.waist" ? waist : [])]}
      actions={
        <>
          {!must && (
            <Press
              kind="second"
              disabled={busy}
              onPress={() => {
                const without = { ...values, [quantity]: undefined };
                setValues(without);
                onward(without);
              }}
              testId="enter-skip"
            >
              {text("kiosk.enter.skip")}
            </Press>
          )}
          <Press kind="main" disabled={busy || value === ""} onPress={() => onward(values)} testId="enter-next">
            {text(last ? "kiosk.enter.save" : "kiosk.enter.next")}
            <Icon name={last ? "yes" : "next"} />
          </Press>
        </>
      }
    >
      <div className="entering">
        <div className="entering-what">
          <Picture name={picture} />
          <p className="entering-number" data-testid="entered-number">
            <span className="number number-result" aria-live="polite">
              {value === "" ? <span aria-label={text("kiosk.enter.empty")}>–</span> : value}
            </span>
            <span className="unit">{unitWords(text, units[0])}</span>
          </p>
          {wrong !== undefined && (
            <p className="notice" role="alert" data-testid="enter-fault" data-code={wrong}>
              {text.fault(wrong)}
            </p>
          )}
          {wrong === undefined && quantity === "body.waist" && <p className="lead">{text("prep.waist")}</p>}
        </div>
        <KeyPad
          onKey={(key) => put(typed(value, key, decimals))}
          onErase={() => put(value.slice(0, -1))}
          point={decimals > 0}
          words={{
            keys: text("kiosk.enter.keys"),
            erase: text("kiosk.enter.erase"),
            point: text("kiosk.enter.point"),
          }}
        />
      </div>
    </Screen>
  );
}

const waist = [{ key: "prep.waist" }] as const;
