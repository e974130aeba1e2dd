import { useText } from "../parts/language.tsx";
import type { Spoken } from "./voice/voice.tsx";

/** As it is said: every digit by itself, however short the number is. */
export const dutySaid = (phone: string): Spoken => ({
  key: "kiosk.wait.duty",
  values: { n: phone.replaceAll(/(?<=\d)(?=\d)/gu, " ") },
});

/** Whom to call on the phone when no doctor can be reached; the number stands out, to be dialed from the screen. */
export function DutyPhone({ phone }: { readonly phone: string }) {
  const text = useText();
  const [before, after] = text("kiosk.wait.duty", { n: phone }).split(phone);
  return (
    <p className="duty-phone" role="status" data-testid="duty-phone">
      {before}
      <strong>{phone}</strong>
      {after}
    </p>
  );
}
