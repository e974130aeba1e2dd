import { implement } from "@orpc/server";
import { kioskContract } from "../../core/contract/station.ts";
import type { Takeaway } from "../takeaway/takeaway.ts";
import type { VisitActs } from "./acts.ts";
import type { Linking } from "../identify/linking.ts";
import type { Alarms } from "./alarms.ts";
import type { Clearance } from "./clearance.ts";
import type { VisitFamily } from "./family.ts";
import type { VisitServices } from "../services/services.ts";
import type { KeepUnder } from "./keep-under.ts";
import type { VisitNews } from "./news.ts";
import type { Visits } from "./visits.ts";

const os = implement(kioskContract);

export interface VisitPartsHandled {
  readonly acts: VisitActs;
  readonly alarms: Alarms;
  readonly takeaway: Takeaway;
  readonly visits: Visits;
  readonly clearance: Clearance;
  readonly family: VisitFamily;
  readonly news: VisitNews;
  readonly services: VisitServices;
  readonly linking: Linking;
  readonly keepUnder: KeepUnder;
}

/** The parts of a visit around its measurements, answered. */
export function visitPartsHandlers({
  acts,
  alarms,
  takeaway,
  visits,
  clearance,
  family,
  news,
  services,
  linking,
  keepUnder,
}: VisitPartsHandled) {
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
    sign: os.visit.sign.handler(async ({ input, errors }) => {
      const kept = await acts.sign(input);
      if (!kept.ok) throw errors.FAULT({ data: { code: kept.code } });
      return {};
    }),
    answer: os.visit.answer.handler(async ({ input, errors }) => {
      const kept = await acts.answer(input);
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
    enter: os.visit.enter.handler(async ({ input, errors }) => {
      const kept = await acts.enter(input);
      if (!kept.ok) throw errors.FAULT({ data: { code: kept.code } });
      return {};
    }),
    alarm: os.visit.alarm.handler(async ({ input }) => {
      await alarms.raise(input);
      return {};
    }),
    alarmAnswered: os.visit.alarmAnswered.handler(async ({ input }) => {
      await alarms.answered(input.visit, input.id, input.how, "resident");
      return {};
    }),
    trend: os.visit.trend.handler(async ({ input, errors }) => {
      const found = await acts.trend(input.visit, input.of, input.resident);
      if (!found.ok) throw errors.FAULT({ data: { code: found.code } });
      return [...found.value];
    }),
    grant: os.visit.grant.handler(async ({ input, errors }) => {
      const granted = await family.grant(input);
      if (!granted.ok) throw errors.FAULT({ data: { code: granted.code } });
      return granted.value;
    }),
    endGrant: os.visit.endGrant.handler(async ({ input, errors }) => {
      const ended = await family.end(input);
      if (!ended.ok) throw errors.FAULT({ data: { code: ended.code } });
      return {};
    }),
    family: os.visit.family.handler(async ({ input, errors }) => {
      const found = await family.view(input.visit);
      if (!found.ok) throw errors.FAULT({ data: { code: found.code } });
      return found.value;
    }),
    linkPhone: os.visit.linkPhone.handler(async ({ input, errors }) => {
      const linked = await linking.phone(input);
      if (!linked.ok) throw errors.FAULT({ data: { code: linked.code } });
      return {};
    }),
    linkCode: os.visit.linkCode.handler(async ({ input, errors, signal }) => {
      const linked = await linking.code(input, signal);
      if (!linked.ok) throw errors.FAULT({ data: { code: linked.code } });
      return {};
    }),
    keepUnder: os.visit.keepUnder.handler(async ({ input, errors }) => {
      const kept = await keepUnder.keep(input);
      if (!kept.ok) throw errors.FAULT({ data: { code: kept.code } });
      return {};
    }),
    links: os.visit.links.handler(async ({ input, errors }) => {
      const found = await linking.ways(input.visit);
      if (!found.ok) throw errors.FAULT({ data: { code: found.code } });
      return found.value;
    }),
    unlink: os.visit.unlink.handler(async ({ input, errors }) => {
      const taken = await linking.unlink(input);
      if (!taken.ok) throw errors.FAULT({ data: { code: taken.code } });
      return {};
    }),
    nextStep: os.visit.nextStep.handler(async ({ input, errors }) => {
      const taken = await acts.nextStep(input);
      if (!taken.ok) throw errors.FAULT({ data: { code: taken.code } });
      return taken.value;
    }),
    print: os.visit.print.handler(async ({ input, errors }) => {
      const printed = await takeaway.print(input);
      if (!printed.ok) throw errors.FAULT({ data: { code: printed.code } });
      return printed.value;
    }),
    code: os.visit.code.handler(async ({ input, errors }) => {
      const made = await takeaway.code(input);
      if (made.ok) return made.value;
      throw errors.FAULT({ data: { code: made.code === "visit.closed" ? made.code : "store.failed" } });
    }),
    told: os.visit.told.handler(async ({ input, errors }) => {
      const kept = await news.told(input);
      if (!kept.ok) throw errors.FAULT({ data: { code: kept.code } });
      return {};
    }),
    services: os.visit.services.handler(async ({ input, errors }) => {
      const found = await services.view(input.visit);
      if (!found.ok) throw errors.FAULT({ data: { code: found.code } });
      return found.value;
    }),
    wish: os.visit.wish.handler(async ({ input, errors }) => {
      const kept = await services.ask(input);
      if (!kept.ok) throw errors.FAULT({ data: { code: kept.code } });
      return {};
    }),
    printPage: os.visit.printPage.handler(async ({ input, errors }) => {
      const printed = await services.print(input);
      if (!printed.ok) throw errors.FAULT({ data: { code: printed.code } });
      return printed.value;
    }),
    rate: os.visit.rate.handler(async ({ input, errors }) => {
      const kept = await acts.keep(input, "visit.rated", { rating: input.rating });
      if (!kept.ok) throw errors.FAULT({ data: { code: kept.code } });
      return {};
    }),
  };
}
