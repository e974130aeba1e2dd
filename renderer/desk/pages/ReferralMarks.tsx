import type { Referral } from "../../../core/care/referral-parts.ts";
import { useText } from "../../parts/language.tsx";

/** Direction, urgency and the green channel. */
export function ReferralMarks({ referral }: { readonly referral: Referral }) {
  const text = useText();
  const { direction, priority, green } = referral;
  return (
    <>
      <span className="tag">{text(`work.referral.${direction}`)}</span>
      <span className={priority === "routine" ? "tag" : "tag tag-warn"}>{text(`work.referral.${priority}`)}</span>
      {green !== undefined && <span className="tag tag-green">{text(`work.referral.green.${green}`)}</span>}
    </>
  );
}
