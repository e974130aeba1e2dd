import { useText } from "../parts/language.tsx";
import { useShown } from "./use-kiosk.ts";
import "./came-in.css";

/** Who came into the call besides its doctor, or went out of it, in words for a while. */
export function CameIn() {
  const text = useText();
  const { change } = useShown().call;
  if (!change) return null;
  const { what, who } = change;
  return (
    <p className="dock-line came-in" role="status" data-testid="came-in" data-what={what}>
      {text(`kiosk.party.${what}`, { who: `${text(`kiosk.party.${who.role}`)} ${who.name}` })}
    </p>
  );
}
