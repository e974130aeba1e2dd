import { implement } from "@orpc/server";
import { stationContract } from "../../core/contract/station.ts";
import { consented } from "../../core/domain/consent.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import { guestVersion } from "../../core/domain/guests.ts";
import type { Clock } from "../../core/domain/time.ts";
import type { HeardBy, NewEntry } from "../../core/journal/entry.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import { silentLogger, type Logger } from "../log/logger.ts";
import { StoreFault, type Store } from "../store/store.ts";
import { blobHandlers } from "./blob-handlers.ts";
import { StationCall } from "./call.ts";
import { derivedId } from "./derived-id.ts";
import type { HubLink } from "./hub-link.ts";
import { Messages } from "./messages.ts";
import { roomHandlers } from "./room-handlers.ts";
import { StationRingBacks } from "./ring-backs.ts";
import type { AskingVisit, VisitDesk, VisitGist } from "./visit-desk.ts";

type StoreCode = Extract<FaultCode, "store.failed" | "store.full">;
const os = implement(stationContract).consult;

/** Calls that are over stay known for a while, so that a page that comes late is told their end and not an error. */
const mostKept = 20;

/**
 * The implementations of `stationContract.consult`, and what the host needs besides: `leave` when a visit ends, `close`
 * when the host does. `link` undefined: a station without a hub.
 */
export function consultHandlers(
  link: HubLink | undefined,
  visits: VisitDesk,
  store: Pick<
    Store,
    "owner" | "entry" | "append" | "putMessage" | "firstMessage" | "dropMessage" | "dutyPhone" | "putDutyPhone"
  >,
  clock: Clock,
  log: Logger = silentLogger,
) {
  const messages = new Messages({ link, store, clock, log });
  const ringBacks = new StationRingBacks({ link, visits, log });
  const calls = new Map<string, StationCall>();
  let dutyPhone: string | undefined;
  /** What cannot be kept is known until the next start. */
  const tellDutyPhone = (phone: string): void => {
    if (phone === dutyPhone) return;
    dutyPhone = phone;
    store.putDutyPhone(phone).catch((error: unknown) => {
      if (!(error instanceof StoreFault)) throw error;
      log.warn("duty phone not kept", { code: error.code });
    });
  };

  const stopKept = link?.onKept((entry) => {
    const opinion = bodyOf(entry, "opinion.written");
    if (opinion !== undefined || bodyOf(entry, "message.left") !== undefined) visits.news();
    if (opinion === undefined) return;
    calls.get(opinion.call)?.received(opinion);
    visits.changed(opinion.visit);
  });

  /** Keeps a fact about a call once, however often it is asked for. */
  async function keepOnce(
    fact: Pick<NewEntry, "type" | "subject" | "visit"> & { readonly body: object },
    call: string,
  ): Promise<StoreCode | undefined> {
    const id = derivedId(fact.type, call);
    if ((await store.entry(id)) !== undefined) return undefined;
    // `type` and `body` are put together by the callers below; the store checks them against each other.
    const kept = await store.append([
      { ...fact, id, actor: { role: "resident", id: fact.subject ?? "guest" } } as NewEntry,
    ]);
    if (kept.ok) {
      link?.kick();
      return undefined;
    }
    return kept.code === "store.full" ? "store.full" : "store.failed";
  }

  /** The visit, if its person agreed that a doctor sees it. */
  function askingOf(
    visit: string,
  ):
    | { readonly ok: true; readonly value: AskingVisit }
    | { readonly ok: false; readonly code: "visit.closed" | "consent.notGiven" } {
    const gist: VisitGist | undefined = visits.find(visit);
    if (gist === undefined) return { ok: false, code: "visit.closed" };
    const send = consented(gist.consents, "send");
    return send === undefined ? { ok: false, code: "consent.notGiven" } : { ok: true, value: { ...gist, send } };
  }

  function requested(call: string, { subject, visit, severity, send }: AskingVisit): Promise<StoreCode | undefined> {
    const body = { call, severity, consent: send.entry };
    return keepOnce({ type: "consult.requested", subject, visit, body }, call);
  }

  function remember(call: StationCall): void {
    calls.set(call.id, call);
    for (const [id, old] of calls) {
      if (calls.size <= mostKept) return;
      if (old.over) calls.delete(id);
    }
  }

  async function cancel(call: StationCall): Promise<void> {
    if (call.over) return;
    const { subject, visit } = call.gist;
    await keepOnce({ type: "consult.cancelled", subject, visit, body: { call: call.id } }, call.id);
    await call.leave();
  }

  const handlers = {
    request: os.request.handler(async ({ input, errors }) => {
      const found = askingOf(input.visit);
      if (!found.ok) throw errors.FAULT({ data: { code: found.code } });
      const asking = found.value;
      // That the resident asked is a fact also when nobody can be reached.
      const failed = await requested(input.call, asking);
      if (failed !== undefined) throw errors.FAULT({ data: { code: failed } });
      if (link === undefined) throw errors.FAULT({ data: { code: "consult.hubAway" } });
      const known = calls.get(input.call);
      if (known !== undefined) return {};
      const call = new StationCall(input.call, asking, {
        link,
        log,
        dutyPhone: tellDutyPhone,
        sends: () => askingOf(input.visit).ok,
      });
      const joined = await call.join();
      if (joined.ok) {
        remember(call);
        return {};
      }
      // Not joined is not asked: nothing of it may turn up in a queue later on.
      call.close();
      throw errors.FAULT({ data: { code: joined.code } });
    }),

    cancel: os.cancel.handler(async ({ input }) => {
      const call = calls.get(input.call);
      if (call !== undefined) await cancel(call);
      return {};
    }),

    watch: os.watch.handler(({ input, errors, signal }) => {
      const call = calls.get(input.call);
      if (call === undefined) throw errors.FAULT({ data: { code: "consult.ended" } });
      return call.watch(signal);
    }),

    signal: os.signal.handler(async ({ input, errors }) => {
      const call = calls.get(input.call);
      if (call === undefined) throw errors.FAULT({ data: { code: "consult.ended" } });
      const sent = await call.send(input.body, input.id);
      if (!sent.ok) throw errors.FAULT({ data: { code: sent.code } });
      return {};
    }),

    signals: os.signals.handler(({ input, errors, signal }) => {
      const call = calls.get(input.call);
      if (call === undefined) throw errors.FAULT({ data: { code: "consult.ended" } });
      return call.signals(input.after, signal);
    }),

    piece: os.piece.handler(({ input, errors }) => {
      if (visits.find(input.visit) === undefined) throw errors.FAULT({ data: { code: "visit.closed" } });
      const taken = messages.piece(input.visit, input.blob, input.offset, Buffer.from(input.piece, "base64"));
      if (!taken.ok) throw errors.FAULT({ data: { code: taken.code } });
      return {};
    }),

    leaveMessage: os.leaveMessage.handler(async ({ input, errors }) => {
      const asking = askingOf(input.visit);
      if (!asking.ok) throw errors.FAULT({ data: { code: asking.code } });
      // Asked a second time, it is the message that was kept.
      if ((await store.entry(derivedId("consult.requested", input.call))) !== undefined) return {};
      const kept = await messages.keep(input.call, asking.value, input.brings);
      if (!kept.ok) throw errors.FAULT({ data: { code: kept.code } });
      const failed = await requested(input.call, asking.value);
      if (failed !== undefined) throw errors.FAULT({ data: { code: failed } });
      return {};
    }),

    mute: os.mute.handler(async ({ input }) => {
      await calls.get(input.call)?.mute(input.muted);
      return {};
    }),

    mediaUp: os.mediaUp.handler(async ({ input }) => {
      await calls.get(input.call)?.mediaUp();
      return {};
    }),

    guest: os.guest.handler(async ({ input, errors }) => {
      const { call: id, ask, scope, said, way } = input;
      const call = calls.get(id);
      if (call === undefined || call.over) throw errors.FAULT({ data: { code: "consult.ended" } });
      const { subject, visit } = call.gist;
      const body = { call: id, ask, scope, said, version: guestVersion, way };
      const failed = await keepOnce({ type: "consent.inCall", subject, visit, body }, `${id} ${ask} ${scope} ${said}`);
      if (failed !== undefined) throw errors.FAULT({ data: { code: failed } });
      return {};
    }),

    notNow: os.notNow.handler(async ({ input }) => {
      await ringBacks.refuse(input.call);
      return {};
    }),

    room: roomHandlers((call) => calls.get(call)),
    blob: blobHandlers((call) => calls.get(call)),
  };

  return {
    handlers,
    /** Knows again what the hub said before this start. Throws `StoreFault`. */
    async begin(): Promise<void> {
      const kept = await store.dutyPhone();
      dutyPhone ??= kept;
    },
    /** The visit ends: its calls are cancelled, and the hub is told. */
    async leave(visit: string): Promise<void> {
      messages.forget(visit);
      const ours = [...calls.values()].filter((call) => call.gist.visit === visit);
      await Promise.all([ringBacks.leave(visit), ...ours.map(cancel)]);
    },
    /** Somebody of this visit waits for a doctor or talks to one. */
    busy: (visit: string): boolean =>
      [...calls.values()].some((call) => call.gist.visit === visit && call.view.state !== "finished"),
    /** Whether a doctor who hung up would like to speak with the person of this visit again. */
    ringBackOf: (visit: string) => ringBacks.of(visit),
    /** Who heard the resident of this visit say yes in a call that runs now. */
    heardYes: (visit: string, ask: string): HeardBy | undefined =>
      [...calls.values()].flatMap((call) => (call.gist.visit === visit ? (call.heardYes(ask) ?? []) : []))[0],
    /** Whom to call on the phone while no doctor has a desk open, as the hub said last. */
    get dutyPhone(): string | undefined {
      return dutyPhone;
    },
    /** Lets go of everything; the link is closed by whoever opened it. */
    close(): void {
      stopKept?.();
      messages.close();
      ringBacks.close();
      for (const call of calls.values()) call.close();
      calls.clear();
    },
  };
}

export type Consult = ReturnType<typeof consultHandlers>;
