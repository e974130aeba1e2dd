import { answerDangers } from "../care/danger-results.ts";
import { reportDanger } from "../care/danger-report.ts";
import { storeCode } from "../store/open.ts";
import { doors, type HubParts, type Who } from "./context.ts";
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

/** Who sees to a call for help has called back; what became of the person is looked up within a day. */
async function answered(hub: HubParts, alarm: string, who: Who): Promise<void> {
  const there = await hub.care.record(alarm);
  if (there?.kind !== "danger" || there.record.visit === undefined) return;
  const { resident, visit } = there.record;
  await answerDangers(hub, who, { resident, visit, outcome: "calledBack", detail: `alarm:${alarm}` });
}

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
    const work = hub.alarms.answer(input.alarm, who).then(() => answered(hub, input.alarm, who));
    if (!(await kept(work))) throw errors.FAULT({ data: { code: "store.failed" } });
    return {};
  }),
};
