import { useEffect, useState } from "react";
import type { HubClient, HubDoor } from "../hub.ts";
import { failing } from "./work-kit.ts";

export type Counts = Awaited<ReturnType<HubClient["referral"]["counts"]>>;

/** Referrals counted in a month (`YYYY-MM`), asked again with every new line; `asks`: whether this person may. */
export function useCounts(door: HubDoor, month: string, asks: boolean): Counts | undefined {
  const [counts, setCounts] = useState<Counts>();
  useEffect(() => {
    if (!asks) return undefined;
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
  }, [door, month, asks]);
  return counts;
}
