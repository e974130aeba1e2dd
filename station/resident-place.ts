import type { Clock } from "../core/domain/time.ts";
import type { StationView } from "../core/contract/views.ts";
import type { Identity } from "./identify/identity.ts";
import type { Logger } from "./log/logger.ts";
import type { RouterParts } from "./router.ts";
import type { OfferShelf } from "./services/offers.ts";
import { VisitServices } from "./services/services.ts";
import type { StationSettings } from "./settings.ts";
import type { Store } from "./store/store.ts";
import type { Printer } from "./takeaway/printer.ts";
import { Takeaway } from "./takeaway/takeaway.ts";
import { VisitActs } from "./visits/acts.ts";
import { VisitDoctor } from "./visits/doctor.ts";
import { VisitFamily } from "./visits/family.ts";
import type { Judge } from "./visits/judge.ts";
import { VisitNews } from "./visits/news.ts";
import type { Scribe } from "./visits/scribe.ts";
import type { Visits } from "./visits/visits.ts";

export interface ResidentPlaceParts {
  readonly store: Store;
  readonly scribe: Scribe;
  readonly visits: Visits;
  readonly identity: Identity;
  readonly judge: Judge;
  readonly clock: Clock;
  readonly log: Logger;
  readonly settings: StationSettings;
  readonly printer: Printer;
  readonly offers: () => OfferShelf["offers"];
  readonly dutyPhone: () => StationView["dutyPhone"];
  /** A resident looks at what there is of a doctor: who is there is asked anew. */
  readonly onLook: () => void;
}

/** What a resident's page is answered by, besides measuring and calls: forms, answers, news, services, what is taken home. */
export function residentPlace(
  parts: ResidentPlaceParts,
): Pick<RouterParts, "acts" | "family" | "news" | "doctor" | "takeaway" | "services"> {
  const { store, scribe, visits, identity, judge, clock, log, settings, printer, offers, dutyPhone, onLook } = parts;
  const { name, place, program, simulated } = settings;
  const family = new VisitFamily({
    store,
    scribe,
    visits,
    admit: (token) => identity.identify.admit({ kind: "found", token, consents: {}, way: "touch" }),
  });
  const acts = new VisitActs({ family, scribe, visits, store, judge, clock, program, simulated });
  const takeaway = new Takeaway({
    visits,
    acts,
    scribe,
    log,
    printer,
    clock,
    station: { name, place, simulated },
  });
  return {
    acts,
    family,
    takeaway,
    news: new VisitNews({ store, scribe, visits }),
    doctor: new VisitDoctor({
      store,
      scribe,
      visits,
      clock,
      takeaway,
      packages: () => offers().packages,
      station: { name, place },
      dutyPhone,
      onLook,
    }),
    services: new VisitServices({ store, visits, acts, takeaway, clock, offers }),
  };
}
