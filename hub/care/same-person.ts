import type { Alike, Pair } from "../../core/contract/hub-person.ts";
import type { RecordRef } from "../../core/care/same-person.ts";
import { shownName } from "../../core/domain/shown-name.ts";
import type { HubContext } from "../api/context.ts";
import type { LikePair, Person } from "../ports/persons.ts";
import { inCare, selfOf } from "./relation.ts";

/** A pair as this person may see it; undefined where neither of the two is in care. */
export async function pairFor(context: HubContext, pair: LikePair): Promise<Pair | undefined> {
  const self = await selfOf(context);
  if (!self) return undefined;
  const shown = async (person: Person): Promise<Alike> => {
    const isInCare = await inCare(context, self, person.resident);
    const stationName = (await context.hub.directory.station(person.station))?.name ?? person.station;
    return { ...person, name: isInCare ? person.name : shownName(person.name), stationName, inCare: isInCare };
  };
  const [one, other] = await Promise.all([shown(pair.one), shown(pair.other)]);
  if (!one.inCare && !other.inCare) return undefined;
  const { why, joined } = pair;
  return {
    one,
    other,
    why: [...why],
    ...(joined ? { joined: { id: joined.id, at: joined.at, by: joined.by } } : {}),
  };
}

/** Where both records are kept, if it is one station: its views change. */
export const keptAt = (one: RecordRef, other: RecordRef): { readonly station?: string } =>
  one.station === other.station ? { station: one.station } : {};
