import { oldestShown } from "../../core/contract/hub-overview.ts";
import type { Task } from "../../core/care/tasks.ts";
import { doors, type HubParts } from "./context.ts";
import { states } from "./feed.ts";
import { staff } from "./people.ts";

/** What a task is, and whose institution owes it; not whom it is about. */
async function withoutNames(hub: HubParts, { kind, owner: { org, tier }, madeAt, due, missed }: Task) {
  return { kind, org, orgName: (await hub.care.org(org))?.name ?? org, tier, madeAt, due, missed };
}

export const overview = {
  watch: doors.overview.watch.handler(async ({ context }) =>
    states({ operation: "overview.watch", context, topics: ["care", "people"] }, async () => {
      const { hub } = context;
      const { open, late, oldest } = await hub.care.openTasks(hub.clock.now(), oldestShown);
      const shown = await Promise.all(oldest.map((task) => withoutNames(hub, task)));
      return {
        value: {
          tasks: { open, late, oldest: shown },
          contracts: await hub.care.contractCounts(),
          duty: [...(await staff(hub))],
        },
      };
    }),
  ),
};
