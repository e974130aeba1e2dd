import { useEffect, useState } from "react";
import { allows } from "../../../core/rights.ts";
import { useText } from "../../parts/language.tsx";
import type { Me } from "../desk.ts";
import type { HubClient, HubDoor } from "../hub.ts";
import { failing, wallDay } from "./work-kit.ts";

type Counts = Awaited<ReturnType<HubClient["referral"]["counts"]>>;

/** Up and down in a month, of all institutions: counted, never ranked. */
export function ReferralCounts({ door, role }: { readonly door: HubDoor; readonly role: Me["role"] }) {
  const text = useText();
  const [month, setMonth] = useState(() => wallDay(Date.now()).slice(0, 7));
  const [counts, setCounts] = useState<Counts>();
  const may = allows(role, "referral.counts") !== "no";
  useEffect(() => {
    if (!may || !/^\d{4}-\d\d$/.test(month)) return undefined;
    let left = false;
    const ask = () =>
      void failing(async () => {
        const answer = await door.client.referral.counts({ month });
        if (!left) setCounts(answer);
      });
    ask();
    const forget = door.onState(ask);
    return () => {
      left = true;
      forget();
    };
  }, [door, month, may]);
  if (!may) return null;
  return (
    <div className="counts" data-testid="counts">
      <input
        type="month"
        aria-label={text("work.referral.month")}
        value={month}
        onChange={(event) => setMonth(event.currentTarget.value)}
      />
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
