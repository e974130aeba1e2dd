import { implement } from "@orpc/server";
import { kioskContract } from "../../core/contract/station.ts";
import { newId } from "./scribe.ts";
import type { VisitActs } from "./acts.ts";
import type { Visits } from "./visits.ts";

const os = implement(kioskContract);

/** The parts of a visit around its measurements, answered. */
export function visitPartsHandlers(acts: VisitActs, visits: Visits) {
  return {
    touch: os.visit.touch.handler(() => ({})),
    cleared: os.visit.cleared.handler(() => ({})),
    consent: os.visit.consent.handler(async ({ input, errors }) => {
      const { scope, given, way } = input;
      const body = { scope, version: "", way };
      const kept = await acts.keep(input, given ? "consent.given" : "consent.withdrawn", body);
      if (!kept.ok) throw errors.FAULT({ data: { code: kept.code } });
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
      const kept = await acts.keep(input, "resident.recognized", {
        way: "card",
        ...(helper === undefined ? {} : { helper }),
      });
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
