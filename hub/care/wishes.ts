import { bodyOf } from "../../core/journal/visit-results.ts";
import { isWithheld, type Shipped } from "../../core/journal/withheld.ts";
import type { HubParts } from "../api/context.ts";

/**
 * What residents asked for at a station becomes a record that somebody of the nearest institution answers. A wish that is shipped
 * again is the one there. A station of no known institution has nobody to give it to.
 */
export async function hearWishes(hub: HubParts, station: string, fresh: readonly Shipped[]): Promise<void> {
  for (const entry of fresh) {
    if (isWithheld(entry) || entry.subject === null) continue;
    const made = bodyOf(entry, "wish.made");
    if (made === undefined) continue;
    const owner = await hub.care.nearest(station);
    if (owner === undefined) continue;
    const { wish: id, wanted } = made;
    const about = { id, resident: entry.subject, station, wanted, owner };
    const text = entry.visit === null ? about : { ...about, visit: entry.visit };
    const opening = { kind: "wish" as const, at: Date.parse(entry.heardAt), by: station, text };
    await hub.care.open(opening, { role: "station", id: station });
  }
}
