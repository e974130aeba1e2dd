import { useRef, useState } from "react";
import { useHeard } from "../../parts/heard.ts";
import { Icon } from "../../parts/icons.tsx";
import { Press } from "../../parts/press.tsx";
import { useTech } from "./words.ts";

const digits = ["1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;
const longest = 12;
const shortest = 6;

/** A PIN by finger or keyboard. Its digits are never shown and never kept: `onDone` gets them, then they are gone. */
export function PinPad(props: {
  readonly onDone: (pin: string) => void;
  readonly disabled: boolean;
  readonly done?: string;
}) {
  const tech = useTech();
  const [pin, setPin] = useState("");
  // What was typed, as of now: a quick hand presses Enter before the last digit is drawn.
  const typed = useRef("");
  const put = (digits: string) => {
    typed.current = digits;
    setPin(digits);
  };
  const add = (digit: string) => put((typed.current + digit).slice(0, longest));
  const erase = () => put(typed.current.slice(0, -1));
  const done = () => {
    const { current } = typed;
    if (props.disabled || current.length < shortest) return;
    put("");
    props.onDone(current);
  };
  useHeard("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target instanceof HTMLInputElement) return;
    if (/^\d$/.test(event.key)) add(event.key);
    else if (event.key === "Backspace") erase();
    else if (event.key === "Enter" && !(event.target instanceof HTMLButtonElement)) done();
  });
  return (
    <form
      className="pin"
      onSubmit={(event) => {
        event.preventDefault();
        done();
      }}
    >
      <p
        className="pin-dots"
        role="status"
        aria-label={tech("tech.pin.typed", { n: pin.length })}
        data-testid="pin-dots"
      >
        {Array.from({ length: Math.max(shortest, pin.length) }, (_, index) => (
          <i key={index} data-typed={index < pin.length ? "" : undefined} />
        ))}
      </p>
      <div className="pin-keys">
        {digits.map((digit) => (
          <Press key={digit} kind="quiet" onPress={() => add(digit)} disabled={props.disabled} testId={`pin-${digit}`}>
            {digit}
          </Press>
        ))}
        <Press kind="quiet" onPress={erase} label={tech("tech.pad.erase")} disabled={props.disabled} testId="pin-erase">
          <Icon name="back" />
        </Press>
        <Press kind="quiet" onPress={() => add("0")} disabled={props.disabled} testId="pin-0">
          0
        </Press>
        <button
          type="submit"
          className="press press-main"
          disabled={props.disabled || pin.length < shortest}
          {...(props.disabled || pin.length < shortest ? { "data-disabled": "" } : {})}
          data-testid="pin-done"
        >
          {props.done ?? tech("tech.pin.done")}
        </button>
      </div>
    </form>
  );
}
