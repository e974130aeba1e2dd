import type { Names } from "../../core/contract/hub-names.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import { inCare, selfOf, type Self } from "../care/relation.ts";
import { decided, doors, type HubContext, type HubParts } from "./context.ts";

export const names = {
  of: doors.names.of.handler(async ({ input, context }) => {
    const { hub, who } = context;
    const self = await selfOf(context);
    const known = await Promise.all(input.orgs.map((id) => hub.care.org(id)));
    const orgs = known.flatMap((org) => (org ? [{ id: org.id, name: org.name, tier: org.tier }] : []));
    if (!self) return { residents: [], orgs };
    const found = await Promise.all(
      [...new Set(input.residents)].map(async (id) =>
        (await concerns(context, self, id)) ? residentOf(hub, id) : undefined,
      ),
    );
    const residents = found.filter((one) => one !== undefined);
    await hub.records.append(
      residents.map(({ id }) => decided(who, { operation: "names.of", allowed: true }, { subject: id })),
    );
    return { residents, orgs };
  }),
};

/** In care, a prescription for one's pharmacy, or a task that somebody of one's institution owes. */
async function concerns(context: HubContext, self: Self, resident: string): Promise<boolean> {
  if (await inCare(context, self, resident)) return true;
  const { care } = context.hub;
  if ((await care.tasks(self.org)).some((task) => task.resident === resident)) return true;
  return (await care.openOf("prescription", self.org)).some(({ record }) => record.resident === resident);
}

/** As the newest registration says, at any station. */
export async function residentOf(hub: HubParts, id: string): Promise<Names["residents"][number] | undefined> {
  const entry = await hub.records.registeredAs(id);
  const body = entry && bodyOf(entry, "resident.registered");
  return body && { id, name: body.name, birthYear: body.birthYear, sex: body.sex };
}
