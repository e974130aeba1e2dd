import { useText } from "../parts/language.tsx";
import { useShown } from "./use-kiosk.ts";
import "./came-in.css";

/** Stands for the person while the sentence is made: a name is the same in every language, and marked so. */
const mark = "\u2063";

/** Who came into the call besides its doctor, or went out of it, in words for a while. */
export function CameIn() {
  const text = useText();
  const { change } = useShown().call;
  if (!change) return null;
  const { what, who } = change;
  const [before, after] = text(`kiosk.party.${what}`, { who: mark }).split(mark);
  return (
    <p className="dock-line came-in" role="status" data-testid="came-in" data-what={what}>
      {before}
      {text(`kiosk.party.${who.role}`)} <span translate="no">{who.name}</span>
      {after}
    </p>
  );
}
