import { acting, keep } from "../care/acting.ts";
import { decided, doors } from "./context.ts";

/** What residents asked for: the practice reads and answers it. */
export const wish = {
  get: doors.wish.get.handler(async ({ input: { id }, context, errors }) => {
    const { hub, who } = context;
    const may = await acting(context, "wish.get", "wish", id, ({ owner }) => [owner]);
    if (!may.ok) throw errors.FAULT({ data: { code: may.code } });
    const { record } = may.value;
    await hub.records.append([
      decided(who, { operation: "wish.get", allowed: true, about: id }, { subject: record.resident }),
    ]);
    return record;
  }),

  move: doors.wish.move.handler(async ({ input: { id, input }, context, errors }) => {
    const { hub, who } = context;
    const may = await acting(context, "wish.move", "wish", id, ({ owner }) => [owner]);
    if (!may.ok) throw errors.FAULT({ data: { code: may.code } });
    const kept = await keep(context, "wish.move", "wish", may.value.record.resident, {
      moves: [{ of: "wish", id, input: { ...input, by: who.id, at: hub.clock.now() } }],
    });
    if (!kept.ok) throw errors.FAULT({ data: { code: kept.code } });
    return kept.value;
  }),
};
