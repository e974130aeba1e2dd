import { awaits } from "../../core/care/follow-up.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import { isWithheld, type Shipped } from "../../core/journal/withheld.ts";
import type { HubParts } from "../api/context.ts";

/**
 * The station measured somebody whose follow-up is due: their doctor has numbers to look at. It is no follow-up before that. What
 * the protocol is not done with is no result; the same numbers, shipped again, change nothing.
 */
export async function reportReadings(hub: HubParts, station: string, fresh: readonly Shipped[]): Promise<void> {
  for (const entry of fresh) {
    if (isWithheld(entry) || entry.subject === null) continue;
    const made = bodyOf(entry, "assessment.made");
    if (made?.next !== "none") continue;
    const { of, measurements } = made;
    for (const there of await hub.care.ofResident(entry.subject)) {
      if (there.kind !== "followUp" || !awaits(there.record, of, Date.parse(entry.heardAt), hub.calendar)) continue;
      if (measurements.every((one) => there.record.readings.includes(one))) continue;
      const input = { kind: "reading" as const, by: station, at: hub.clock.now(), measurements };
      // Not kept: the follow-up stays owed, and climbs.
      await hub.care.move([{ of: "followUp", id: there.record.id, input }], { role: "station", id: station });
    }
  }
}
