import { recordKinds } from "../../core/care/tasks.ts";
import { mostResidents, mostVisits, type History, type InCare } from "../../core/contract/hub-history.ts";
import { visitResults } from "../../core/journal/visit-results.ts";
import { caring } from "../care/acting.ts";
import { isOpenTo } from "../care/glass.ts";
import { hasPart, selfOf, type Self } from "../care/relation.ts";
import type { Call } from "../ports/calls.ts";
import { decided, doors, type HubContext, type HubParts } from "./context.ts";
import { residentOf } from "./names.ts";
import { isSound } from "./visits.ts";

export const history = {
  list: doors.resident.list.handler(async ({ context }) => {
    const { hub, who } = context;
    const self = await selfOf(context);
    const listed = self ? await inCareOf(context, self) : [];
    // That somebody saw their names is theirs to know.
    await hub.records.append(
      listed.map(({ id }) => decided(who, { operation: "resident.list", allowed: true }, { subject: id })),
    );
    return [...listed];
  }),

  history: doors.resident.history.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const { resident } = input;
    const mayRead = (await isOpenTo(context, input)) || (await caring(context, "resident.history", resident)).ok;
    if (!mayRead) throw errors.FAULT({ data: { code: "care.noRelation" } });
    await hub.records.append([decided(who, { operation: "resident.history", allowed: true }, { subject: resident })]);
    return historyOf(hub, resident);
  }),
};

/** By contract, or by a record of the institution's that is open. */
async function inCareOf({ hub, who }: HubContext, { org }: Self): Promise<readonly InCare[]> {
  const contracted = new Set(await hub.directory.contractedWith(who.id));
  const open = new Map([...contracted].map((resident) => [resident, 0]));
  for (const kind of recordKinds) {
    const there = (await hub.care.openOf(kind, org)).filter((one) => hasPart(one, org));
    for (const { record } of there) open.set(record.resident, (open.get(record.resident) ?? 0) + 1);
  }
  const first = [...open].toSorted(([, one], [, other]) => other - one).slice(0, mostResidents);
  const named = await Promise.all(
    first.map(async ([id, count]) => {
      const known = await residentOf(hub, id);
      return known ? [{ ...known, contracted: contracted.has(id), open: count }] : [];
    }),
  );
  return named.flat();
}

async function historyOf(hub: HubParts, resident: string): Promise<History> {
  // Records that somebody found to be one person's are read together; each visit says which one it is kept in.
  const records = await hub.persons.allOf(resident);
  const visits = (
    await Promise.all(
      records.map(async (record) =>
        (await hub.records.visitsOf(record, mostVisits)).map((one) => ({
          ...one,
          ...(record === resident ? {} : { record }),
        })),
      ),
    )
  ).flat();
  const told = await Promise.all(
    visits.map(async ({ station, visit, ...of }) => {
      const { results } = visitResults((await hub.records.entriesOfVisit(station, visit)).filter(isSound));
      const name = (await hub.directory.station(station))?.name ?? station;
      const calls = await hub.calls.ofVisit(station, visit);
      const opinions = await Promise.all(calls.map(({ id }) => hub.records.opinionsOf(id)));
      return {
        visit: { visit, station, name, results: [...results], ...of },
        calls: calls.map((call) => shown(call, name)),
        opinions: opinions.flat(),
      };
    }),
  );
  return {
    visits: told.map(({ visit }) => visit),
    calls: told.flatMap(({ calls }) => calls),
    opinions: told.flatMap(({ opinions }) => opinions),
  };
}

function shown(call: Call, station: string): History["calls"][number] {
  const { id, joinedAt: at, mode, clinician, severity, outcome, code } = call;
  return {
    id,
    at,
    mode,
    station,
    ...(clinician ? { clinician: clinician.name } : {}),
    severity,
    ...(outcome === undefined ? {} : { outcome }),
    ...(code === undefined ? {} : { code }),
  };
}
