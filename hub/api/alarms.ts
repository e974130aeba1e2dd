import { reportDanger } from "../care/danger-report.ts";
import { storeCode } from "../store/open.ts";
import { doors } from "./context.ts";
import { states } from "./feed.ts";

/** Whether it was kept; anything but a failure of the disk is thrown on. */
const kept = (work: Promise<void>): Promise<boolean> =>
  work.then(
    () => true,
    (error: unknown) => {
      storeCode(error);
      return false;
    },
  );

export const alarm = {
  raise: doors.alarm.raise.handler(async ({ input, context: { hub, who }, errors }) => {
    const work = hub.alarms.raise(who.id, input).then(() => reportDanger(hub, who.id, input));
    if (!(await kept(work))) throw errors.FAULT({ data: { code: "store.failed" } });
    return {};
  }),
  over: doors.alarm.over.handler(({ input, context: { hub, who } }) => {
    hub.alarms.over(who.id, input.alarm);
    return {};
  }),
  watch: doors.alarm.watch.handler(async ({ context, signal }) =>
    states({ operation: "alarm.watch", context, topics: ["alarms"], signal }, async () =>
      Promise.resolve({ value: [...context.hub.alarms.open()] }),
    ),
  ),
  answer: doors.alarm.answer.handler(async ({ input, context: { hub, who }, errors }) => {
    if (!(await kept(hub.alarms.answer(input.alarm, who)))) throw errors.FAULT({ data: { code: "store.failed" } });
    return {};
  }),
};
