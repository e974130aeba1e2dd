import { Icon } from "../parts/icons.tsx";
import { useText } from "../parts/language.tsx";
import { Press } from "../parts/press.tsx";

const digits = ["1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;

/** Big keys for a number of known length; places not yet filled are shown. `withX`: the last character may be an X. */
export function NumberPad(props: {
  readonly value: string;
  readonly length: number;
  readonly withX: boolean;
  /** How many characters stand together, in order. */
  readonly groups: readonly number[];
  /** What becomes of what is there by then: a quick hand types before the last character is drawn. */
  readonly onType: (change: (value: string) => string) => void;
}) {
  const { value, length, groups } = props;
  const text = useText();
  const type = (character: string) =>
    props.onType((present) => (present.length < length ? present + character : present));
  const places = Array.from({ length }, (_, at) => value[at] ?? "");
  const ends = groups.map((_, index) => groups.slice(0, index + 1).reduce((sum, size) => sum + size, 0));
  return (
    <div className="pad">
      <p className="pad-value number" data-testid="typed">
        <span className="unseen">{text("kiosk.phone.filled", { n: value.length, of: length })}</span>
        {places.map((place, at) => (
          <i key={at} aria-hidden="true" data-end={ends.includes(at + 1) ? "" : undefined}>
            {place}
          </i>
        ))}
      </p>
      <div className="pad-keys">
        {digits.map((digit) => (
          <Press key={digit} kind="second" onPress={() => type(digit)} testId={`pad-${digit}`}>
            {digit}
          </Press>
        ))}
        {props.withX ? (
          <Press kind="second" onPress={() => type("X")} disabled={value.length !== length - 1} testId="pad-x">
            X
          </Press>
        ) : (
          <span />
        )}
        <Press kind="second" onPress={() => type("0")} testId="pad-0">
          0
        </Press>
        <Press
          kind="second"
          label={text("kiosk.phone.delete")}
          disabled={value === ""}
          onPress={() => props.onType((present) => present.slice(0, -1))}
          testId="pad-delete"
        >
          <Icon name="back" />
        </Press>
      </div>
    </div>
  );
}
