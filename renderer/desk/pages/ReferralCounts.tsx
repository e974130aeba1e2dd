import { useState } from "react";
import { allows } from "../../../core/rights.ts";
import { useText } from "../../parts/language.tsx";
import type { Me } from "../desk.ts";
import type { HubDoor } from "../hub.ts";
import { MonthPicker } from "./MonthPicker.tsx";
import { useCounts } from "./use-counts.ts";
import { wallDay } from "./work-kit.ts";

/** Up and down in a month, of all institutions: counted, never ranked. */
export function ReferralCounts({ door, role }: { readonly door: HubDoor; readonly role: Me["role"] }) {
  const text = useText();
  const [thisMonth] = useState(() => wallDay(Date.now()).slice(0, 7));
  const [month, setMonth] = useState(thisMonth);
  const may = allows(role, "referral.counts") !== "no";
  const counts = useCounts(door, month, may);
  if (!may) return null;
  return (
    <div className="counts" data-testid="counts">
      <MonthPicker value={month} last={thisMonth} choose={setMonth} />
      {counts &&
        (["up", "down"] as const).map((direction) => (
          <span key={direction} data-testid={`counts-${direction}`}>
            <strong>{text(`work.referral.${direction}`)}</strong>{" "}
            {text("work.referral.counted", {
              sent: counts[direction].sent,
              arrived: counts[direction].arrived,
              closed: counts[direction].closed,
            })}
            {counts[direction].toCheck > 0 &&
              ` · ${text("work.referral.checked", { n: counts[direction].checkedInTime, of: counts[direction].toCheck })}`}
          </span>
        ))}
    </div>
  );
}
