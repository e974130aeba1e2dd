import { acting, keep } from "../care/acting.ts";
import { decided, doors } from "./context.ts";

/** Words that are owed to a resident by a person. */
export const talk = {
  done: doors.talk.done.handler(async ({ input: { id, how, detail }, context, errors }) => {
    const { hub, who } = context;
    const may = await acting(context, "talk.done", "talk", id, ({ owner }) => [owner]);
    if (!may.ok) throw errors.FAULT({ data: { code: may.code } });
    const kept = await keep(context, "talk.done", "talk", may.value.record.resident, {
      moves: [{ of: "talk", id, input: { kind: "done", by: who.id, at: hub.clock.now(), how, detail } }],
    });
    if (!kept.ok) throw errors.FAULT({ data: { code: kept.code } });
    return kept.value;
  }),

  about: doors.talk.about.handler(async ({ input: { id }, context, errors }) => {
    const { hub, who } = context;
    const may = await acting(context, "talk.about", "talk", id, ({ owner }) => [owner]);
    if (!may.ok) throw errors.FAULT({ data: { code: may.code } });
    const { resident, message: of } = may.value.record;
    const there = (await hub.care.messages(resident)).find(({ message }) => message.id === of);
    if (there === undefined) throw errors.FAULT({ data: { code: "care.unknown" } });
    await hub.records.append([
      decided(who, { operation: "talk.about", allowed: true, about: id }, { subject: resident }),
    ]);
    return there.message;
  }),
};
