import { Icon } from "./icons.tsx";
import { Press } from "./press.tsx";

const digits = ["1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;

/** Number keys as on a telephone. `point`: a decimal point belongs to what is typed. Holds no text of its own. */
export function KeyPad(props: {
  readonly onKey: (key: string) => void;
  readonly onErase: () => void;
  readonly point: boolean;
  readonly words: { readonly keys: string; readonly erase: string; readonly point: string };
}) {
  const { onKey, onErase, point, words } = props;
  return (
    <div className="key-pad" role="group" aria-label={words.keys} data-testid="key-pad">
      {digits.map((digit) => (
        <Press key={digit} kind="quiet" onPress={() => onKey(digit)} testId={`key-${digit}`}>
          {digit}
        </Press>
      ))}
      {point ? (
        <Press kind="quiet" onPress={() => onKey(".")} label={words.point} testId="key-point">
          .
        </Press>
      ) : (
        <span />
      )}
      <Press kind="quiet" onPress={() => onKey("0")} testId="key-0">
        0
      </Press>
      <Press kind="quiet" onPress={onErase} label={words.erase} testId="key-erase">
        <Icon name="back" />
      </Press>
    </div>
  );
}
