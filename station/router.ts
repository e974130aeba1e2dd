import { implement } from "@orpc/server";
import { kioskContract } from "../core/contract/station.ts";
import type { StationView } from "../core/contract/views.ts";
import type { Feed } from "./feed.ts";
import type { Consult } from "./consult/consult.ts";
import type { Identify } from "./identify/identify.ts";
import type { Linking } from "./identify/linking.ts";
import type { VisitServices } from "./services/services.ts";
import { StoreFault } from "./store/store.ts";
import type { Takeaway } from "./takeaway/takeaway.ts";
import type { VisitActs } from "./visits/acts.ts";
import type { Alarms } from "./visits/alarms.ts";
import type { Clearance } from "./visits/clearance.ts";
import type { VisitFamily } from "./visits/family.ts";
import type { VisitDoctor } from "./visits/doctor.ts";
import { doctorHandlers } from "./visits/doctor-router.ts";
import { visitPartsHandlers } from "./visits/parts-router.ts";
import type { KeepUnder } from "./visits/keep-under.ts";
import type { Measuring } from "./visits/measuring.ts";
import type { VisitNews } from "./visits/news.ts";
import type { Visits } from "./visits/visits.ts";
import type { VoicePacks } from "./voice/packs.ts";

const os = implement(kioskContract);

export interface RouterParts {
  readonly feed: Feed<StationView>;
  readonly voice: VoicePacks;
  readonly visits: Visits;
  readonly identify: Identify;
  readonly clearance: Clearance;
  readonly acts: VisitActs;
  readonly family: VisitFamily;
  readonly news: VisitNews;
  readonly services: VisitServices;
  readonly doctor: VisitDoctor;
  readonly linking: Linking;
  readonly keepUnder: KeepUnder;
  readonly alarms: Alarms;
  readonly takeaway: Takeaway;
  readonly measuring: Measuring;
  /** The calls about a doctor; answered by the link to the hub. */
  readonly consult: Consult["handlers"];
}

const openCodes = ["store.full", "store.broken", "wire.badInput", "identify.expired"] as const;

/** The contract of the kiosk page, answered. Feeds end with their signal; declared errors carry a fault code. */
export function stationRouter({
  feed,
  voice,
  visits,
  identify,
  clearance,
  acts,
  family,
  news,
  services,
  doctor,
  linking,
  keepUnder,
  alarms,
  takeaway,
  measuring,
  consult,
}: RouterParts) {
  return os.router({
    station: {
      watch: os.station.watch.handler(({ signal }) => feed.read(signal)),
    },
    voice: {
      watch: os.voice.watch.handler(({ signal }) => voice.watch(signal)),
    },
    familyDoctor: doctorHandlers(doctor),
    identify: {
      listen: os.identify.listen.handler(({ signal }) => identify.listen(signal)),
      phone: os.identify.phone.handler(async ({ input, errors }) => {
        const found = await identify.phone(input.phone, input.second).catch((error: unknown) => {
          if (error instanceof StoreFault) return { ok: false, code: "store.failed" } as const;
          throw error;
        });
        if (!found.ok) throw errors.FAULT({ data: { code: found.code } });
        return found.value;
      }),
    },
    visit: {
      ...visitPartsHandlers({ acts, alarms, takeaway, visits, clearance, family, news, services, linking, keepUnder }),
      open: os.visit.open.handler(async ({ input, errors }) => {
        const opened = await visits.open(input);
        if (opened.ok) return opened.value;
        const { code } = opened;
        const said = openCodes.find((each) => each === code) ?? "store.failed";
        throw errors.FAULT({ data: { code: said } });
      }),
      watch: os.visit.watch.handler(({ input, errors, signal }) => {
        const view = visits.watch(input.visit, signal);
        if (view === undefined) throw errors.FAULT({ data: { code: "visit.closed" } });
        return view;
      }),
      leave: os.visit.leave.handler(async ({ input }) => {
        await visits.leave(input.visit, input.reason);
        return {};
      }),
    },
    measure: {
      start: os.measure.start.handler(async ({ input, errors }) => {
        const started = await measuring.start(input);
        if (!started.ok) throw errors.FAULT({ data: { code: started.code } });
        return started.value;
      }),
      watch: os.measure.watch.handler(({ input, errors, signal }) => {
        const story = measuring.watch(input.id, signal);
        if (story === undefined) throw errors.FAULT({ data: { code: "gate.noVisit" } });
        return story;
      }),
      stop: os.measure.stop.handler(async ({ input }) => {
        await measuring.stop(input.id);
        return {};
      }),
      confirm: os.measure.confirm.handler(async ({ input, errors }) => {
        const answer = await measuring.confirm(input.id, input.same);
        if (!answer.ok) throw errors.FAULT({ data: { code: answer.code } });
        return {};
      }),
    },
    consult,
  });
}
