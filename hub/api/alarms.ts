import type { AlarmItem } from "../../core/contract/hub-alarms.ts";
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
async function answered(hub: HubParts, { alarm, visit, station }: AlarmItem, who: Who): Promise<void> {
  const subject = await hub.records.subjectOf(station.id, visit);
  // It may have been a guest's when it was raised.
  for (const resident of [`visit:${visit}`, ...(subject === null ? [] : [subject])])
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
  watch: doors.alarm.watch.handler(async ({ context }) =>
    states({ operation: "alarm.watch", context, topics: ["alarms"] }, async () =>
      Promise.resolve({ value: [...context.hub.alarms.open()] }),
    ),
  ),
  answer: doors.alarm.answer.handler(async ({ input, context: { hub, who }, errors }) => {
    const item = hub.alarms.open().find(({ alarm }) => alarm === input.alarm);
    if (!item) return {};
    const work = hub.alarms.answer(input.alarm, who).then(() => answered(hub, item, who));
    if (!(await kept(work))) throw errors.FAULT({ data: { code: "store.failed" } });
    return {};
  }),
};
