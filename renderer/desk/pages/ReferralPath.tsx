import type { Referral } from "../../../core/care/referral-parts.ts";
import { useText } from "../../parts/language.tsx";
import { path, placeOn } from "./referral-letter.ts";

/** How far a referral is: what lies behind it, where it stands, what is still to come. */
export function ReferralPath({ referral }: { readonly referral: Referral }) {
  const text = useText();
  const { state } = referral;
  const at = placeOn(referral);
  const isOff = state === "rejected" || state === "notArrived" || state === "withdrawn";
  return (
    <ol className="referral-path" aria-label={text("work.refer.steps")} data-testid="referral-path">
      {path.map((step, nth) => {
        const isNow = nth === at;
        const place = isNow ? (isOff ? "off" : "now") : nth < at ? "past" : "next";
        return (
          <li key={step} data-place={place} aria-current={isNow ? "step" : undefined}>
            {text(`work.referral.state.${isNow ? state : step}`)}
          </li>
        );
      })}
    </ol>
  );
}
