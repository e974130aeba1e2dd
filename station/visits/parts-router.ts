import { implement } from "@orpc/server";
import { kioskContract } from "../../core/contract/station.ts";
import { newId } from "./scribe.ts";
import type { VisitActs } from "./acts.ts";
import type { Clearance } from "./clearance.ts";
import type { Visits } from "./visits.ts";

const os = implement(kioskContract);

/** The parts of a visit around its measurements, answered. */
export function visitPartsHandlers(acts: VisitActs, visits: Visits, clearance: Clearance) {
  return {
    touch: os.visit.touch.handler(({ input }) => {
      visits.touch(input.visit);
      return {};
    }),
    cleared: os.visit.cleared.handler(({ input }) => {
      clearance.cleared(input.visit);
      return {};
    }),
    consent: os.visit.consent.handler(async ({ input, errors }) => {
      const kept = await visits.consent(input);
      const code = kept.ok ? undefined : kept.code;
      if (code === "visit.closed" || code === "store.full" || code === "store.broken")
        throw errors.FAULT({ data: { code } });
      if (code !== undefined) throw errors.FAULT({ data: { code: "store.failed" } });
      return {};
    }),
    answer: os.visit.answer.handler(async ({ input, errors }) => {
      const kept = await acts.keep(input, "visit.answered", input.answers);
      if (!kept.ok) throw errors.FAULT({ data: { code: kept.code } });
      return {};
    }),
    seat: os.visit.seat.handler(async ({ input, errors }) => {
      const kept = await acts.keep(input, "visit.seated", {});
      if (!kept.ok) throw errors.FAULT({ data: { code: kept.code } });
      return {};
    }),
    helper: os.visit.helper.handler(async ({ input, errors }) => {
      const { helper } = input;
      const kept = await acts.keep(input, "resident.recognized", helper === undefined ? {} : { helper });
      if (!kept.ok) throw errors.FAULT({ data: { code: kept.code } });
      return {};
    }),
    enter: os.visit.enter.handler(({ errors }) => {
      throw errors.FAULT({ data: { code: "store.failed" } });
    }),
    alarm: os.visit.alarm.handler(async ({ input }) => {
      const { id, reason, symptoms } = input;
      await acts.keep(input, "alarm.raised", { alarm: id, reason, symptoms });
      return {};
    }),
    alarmAnswered: os.visit.alarmAnswered.handler(async ({ input }) => {
      const alarm = visits.viewOf(input.visit)?.alarm?.id;
      if (alarm !== undefined) await acts.keep(input, "alarm.answered", { alarm, by: "resident", how: input.how });
      return {};
    }),
    trend: os.visit.trend.handler(() => []),
    nextStep: os.visit.nextStep.handler(async ({ input, errors }) => {
      const owner = "station";
      const action = visits.viewOf(input.visit)?.overall?.action ?? "ROUTINE";
      const kept = await acts.keep(input, "nextStep.chosen", { step: newId(), action, choice: input.choice, owner });
      if (!kept.ok) throw errors.FAULT({ data: { code: kept.code } });
      return { owner };
    }),
    print: os.visit.print.handler(({ errors }) => {
      throw errors.FAULT({ data: { code: "device.noDevice" } });
    }),
    code: os.visit.code.handler(({ errors }) => {
      throw errors.FAULT({ data: { code: "store.failed" } });
    }),
    rate: os.visit.rate.handler(async ({ input, errors }) => {
      const kept = await acts.keep(input, "visit.rated", { rating: input.rating });
      if (!kept.ok) throw errors.FAULT({ data: { code: kept.code } });
      return {};
    }),
  };
}
