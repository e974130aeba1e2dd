import { useEffect, useRef } from "react";
import { quantities, type Quantity } from "../../core/domain/quantity.ts";
import { useText } from "../parts/language.tsx";
import { quantityWords, unitWords } from "../parts/reading.tsx";
import type { Live } from "./live.ts";

/** A number as it comes from the device, written straight into the page. Not announced: it changes many times a second. */
export function LiveNumber(props: { readonly live: Live; readonly quantity: Quantity; readonly testId: string }) {
  const { live, quantity } = props;
  const text = useText();
  const number = useRef<HTMLSpanElement>(null);
  const { decimals, units } = quantities[quantity];
  useEffect(
    () =>
      live.listen(quantity, (value) => {
        if (number.current) number.current.textContent = value === undefined ? "–" : value.toFixed(decimals);
      }),
    [live, quantity, decimals],
  );
  return (
    <p className="live-number">
      <span className="gauge-what">{quantityWords(text, quantity)}</span>
      <span>
        <span ref={number} className="number number-number" data-testid={props.testId}>
          –
        </span>{" "}
        <span className="unit">{unitWords(text, units[0])}</span>
      </span>
    </p>
  );
}
