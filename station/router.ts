import { implement } from "@orpc/server";
import { kioskContract } from "../core/contract/station.ts";
import type { StationView } from "../core/contract/views.ts";
import type { Feed } from "./feed.ts";
import type { Consult } from "./consult/consult.ts";
import type { VisitActs } from "./visits/acts.ts";
import { visitPartsHandlers } from "./visits/parts-router.ts";
import type { Measuring } from "./visits/measuring.ts";
import type { Visits } from "./visits/visits.ts";

const os = implement(kioskContract);

export interface RouterParts {
  readonly feed: Feed<StationView>;
  readonly visits: Visits;
  readonly acts: VisitActs;
  readonly measuring: Measuring;
  /** The calls about a doctor; answered by the link to the hub. */
  readonly consult: Consult["handlers"];
}

/** The contract of the kiosk page, answered. Feeds end with their signal; declared errors carry a fault code. */
export function stationRouter({ feed, visits, acts, measuring, consult }: RouterParts) {
  return os.router({
    station: {
      watch: os.station.watch.handler(({ signal }) => feed.read(signal)),
    },
    identify: {
      listen: os.identify.listen.handler(async function* () {
        yield { kind: "ready" as const, card: false, code: false, phone: false };
      }),
      phone: os.identify.phone.handler(({ errors }) => {
        throw errors.FAULT({ data: { code: "identify.notFound" } });
      }),
    },
    visit: {
      ...visitPartsHandlers(acts, visits),
      open: os.visit.open.handler(async ({ input, errors }) => {
        const opened = await visits.open(input.id, input.who.kind === "specimen" ? input.who.resident : null);
        if (opened.ok) return opened.value;
        const { code } = opened;
        throw errors.FAULT({
          data: {
            code: code === "store.full" || code === "store.broken" || code === "wire.badInput" ? code : "store.failed",
          },
        });
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
