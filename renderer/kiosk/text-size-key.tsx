import { Icon } from "../parts/icons.tsx";
import { useText } from "../parts/language.tsx";
import { Press } from "../parts/press.tsx";
import { useTextSize } from "./text-size.tsx";

const sizeWords = {
  100: "kiosk.keys.text.own",
  150: "kiosk.keys.text.larger",
  200: "kiosk.keys.text.largest",
} as const;

/** Text once more as large, once more, and as it was. */
export function TextSizeKey({ className }: { readonly className: string }) {
  const text = useText();
  const { next, onNext } = useTextSize();
  return (
    <Press kind="quiet" className={className} label={text(sizeWords[next])} onPress={onNext} testId="text-size">
      <Icon name="textSize" />
    </Press>
  );
}
