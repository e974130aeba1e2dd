import type { CallView, QueueItem } from "../../core/contract/hub-calls.ts";
import { instant } from "../../core/domain/time.ts";
import type { Operation } from "../../core/rights.ts";
import { isQueued, isRunning } from "../calls/rules.ts";
import type { Call, Party } from "../ports/calls.ts";
import type { LineOf } from "../ports/presence.ts";
import { freshToken, sha256 } from "../store/secrets.ts";
import { doors, refused, type HubContext, type HubParts, type Who } from "./context.ts";
import { feed, states } from "./feed.ts";

/** Which side of a call this is, if any. */
export function partyOf(call: Call, who: Who): Party | undefined {
  if (who.role === "station") return call.station.id === who.id ? "station" : undefined;
  return call.clinician?.id === who.id ? "clinician" : undefined;
}

type Found =
  | { readonly ok: true; readonly call: Call; readonly party: Party }
  | { readonly ok: false; readonly code: "consult.notYours" | "consult.ended" };

/** The caller's own call. A call that is nobody's here any more is `ended`; another's is `notYours`, and that is written down. */
export async function ownCall(context: HubContext, id: string, operation: Operation): Promise<Found> {
  const call = await context.hub.calls.find(id);
  if (!call) return { ok: false, code: "consult.ended" };
  const party = partyOf(call, context.who);
  if (party) return { ok: true, call, party };
  await refused(context, operation, id);
  return { ok: false, code: "consult.notYours" };
}

export const queue = {
  join: doors.queue.join.handler(async ({ input, context: { hub, who }, errors }) => {
    const { call: id, visit, shownName, severity, worst } = input;
    const joined = await hub.desk.join({
      id,
      station: who.id,
      visit,
      shownName,
      severity,
      ...(worst === undefined ? {} : { worst }),
      at: hub.clock.now(),
    });
    if (!joined) throw errors.FAULT({ data: { code: "consult.ended" } });
    return {};
  }),

  /** Of a call that is not (or no more) the station's there is nothing to leave. */
  leave: doors.queue.leave.handler(async ({ input, context }) => {
    const found = await ownCall(context, input.call, "queue.leave");
    if (found.ok) await context.hub.desk.apply(input.call, { kind: "hangUp" }, { role: "station", id: context.who.id });
    return {};
  }),

  watch: doors.queue.watch.handler(async ({ context, signal }) =>
    states({ operation: "queue.watch", context, topics: ["queue"], signal }, async () => {
      const { hub, who } = context;
      const waiting = await hub.queue.waiting();
      const mine = (await hub.calls.open()).filter((call) => !isQueued(call) && call.clinician?.id === who.id);
      return { value: [...mine, ...waiting].map((call) => queueItem(call, who)) };
    }),
  ),
};

function queueItem(call: Call, who: Who): QueueItem {
  return {
    call: call.id,
    station: call.station,
    shownName: call.shownName,
    state: call.state,
    severity: call.severity,
    ...(call.worst === undefined ? {} : { worst: call.worst }),
    waitingSince: instant(call.joinedAt),
    mine: call.clinician?.id === who.id,
  };
}

/** A new ticket for one party of one call; only its hash is kept. */
async function issueTicket(hub: HubParts, call: string, party: Party): Promise<string> {
  const ticket = freshToken();
  await hub.calls.putTicket(call, party, sha256(ticket), hub.clock.now());
  return ticket;
}

async function callView(hub: HubParts, call: Call, party: Party, ticket: string | undefined): Promise<CallView> {
  const other: LineOf | undefined =
    party === "clinician"
      ? `station:${call.station.id}`
      : call.clinician && isRunning(call)
        ? `person:${call.clinician.id}`
        : undefined;
  const opinion = await hub.records.opinionOf(call.id);
  return {
    call: call.id,
    state: call.state,
    station: call.station,
    ...(call.clinician ? { clinician: call.clinician } : {}),
    ...(isQueued(call)
      ? {
          ahead: Math.max(
            0,
            (await hub.queue.waiting()).findIndex((one) => one.id === call.id),
          ),
        }
      : {}),
    peer: other !== undefined && hub.presence.isHere(other) ? "here" : "away",
    iceServers: isRunning(call) ? [...(await hub.turn.iceServers(call.id, party))] : [],
    ...(ticket === undefined ? {} : { ticket }),
    ...(opinion ? { opinion } : {}),
  };
}

export const call = {
  accept: doors.call.accept.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const won = await hub.desk.accept(input.call, who);
    if (won) return callView(hub, won, "clinician", await issueTicket(hub, won.id, "clinician"));
    const there = await hub.calls.find(input.call);
    const mine = there !== undefined && isRunning(there) && partyOf(there, who) === "clinician";
    // The answer to the first accept may have been lost on the way.
    if (mine) return callView(hub, there, "clinician", await issueTicket(hub, there.id, "clinician"));
    throw errors.FAULT({
      data: { code: there === undefined || there.state === "finished" ? "consult.ended" : "consult.alreadyTaken" },
    });
  }),

  watch: doors.call.watch.handler(async ({ input, context, errors, signal }) => {
    const { hub, who } = context;
    const found = await ownCall(context, input.call, "call.watch");
    if (!found.ok) throw errors.FAULT({ data: { code: found.code } });
    let ticket: { readonly text: string; readonly round: number } | undefined;
    return states({ operation: "call.watch", context, topics: [`call:${input.call}`, "queue"], signal }, async () => {
      const now = await hub.calls.find(input.call);
      const party = now && partyOf(now, who);
      if (!now || !party) return undefined;
      if (!isRunning(now)) ticket = undefined;
      else if (ticket?.round !== now.round) ticket = { text: await issueTicket(hub, now.id, party), round: now.round };
      return { value: await callView(hub, now, party, ticket?.text), last: now.outcome !== undefined };
    });
  }),

  signal: doors.call.signal.handler(async ({ input, context, errors }) => {
    const found = await ticketed(context, input, "call.signal");
    if (!found.ok) throw errors.FAULT({ data: { code: found.code } });
    context.hub.bus.post(input.call, found.party === "station" ? "clinician" : "station", input.id, input.body);
    return {};
  }),

  signals: doors.call.signals.handler(async ({ input, context, errors, signal }) => {
    const { hub } = context;
    const found = await ticketed(context, input, "call.signals");
    if (!found.ok) throw errors.FAULT({ data: { code: found.code } });
    const { party, call: begun } = found;
    let cursor = input.after;
    return feed(
      { operation: "call.signals", context, topics: [`signals:${input.call}`, `call:${input.call}`], signal },
      async function* () {
        const now = await hub.calls.find(input.call);
        if (!now || !isRunning(now) || now.round !== begun.round) return true;
        for (const heard of hub.bus.signals(input.call, party, cursor)) {
          yield heard;
          cursor = heard.seq;
        }
        return false;
      },
    );
  }),

  mediaUp: doors.call.mediaUp.handler(async ({ input, context, errors }) => {
    const found = await ownCall(context, input.call, "call.mediaUp");
    if (!found.ok) throw errors.FAULT({ data: { code: found.code } });
    if (!isRunning(found.call)) throw errors.FAULT({ data: { code: "consult.ended" } });
    await context.hub.desk.apply(
      input.call,
      { kind: "mediaUp", party: found.party },
      { role: context.who.role, id: context.who.id },
    );
    return {};
  }),

  hangUp: doors.call.hangUp.handler(async ({ input, context, errors }) => {
    const found = await ownCall(context, input.call, "call.hangUp");
    if (!found.ok && found.code === "consult.notYours") throw errors.FAULT({ data: { code: "consult.notYours" } });
    if (found.ok)
      await context.hub.desk.apply(input.call, { kind: "hangUp" }, { role: context.who.role, id: context.who.id });
    return {};
  }),
};

/** A running call of the caller, with a ticket that was given to this very side. */
async function ticketed(
  context: HubContext,
  { call: id, ticket }: { readonly call: string; readonly ticket: string },
  operation: Operation,
): Promise<Found> {
  const found = await ownCall(context, id, operation);
  if (!found.ok) return found;
  if (!isRunning(found.call)) return { ok: false, code: "consult.ended" };
  if ((await context.hub.calls.ticketParty(id, sha256(ticket))) === found.party) return found;
  await refused(context, operation, id);
  return { ok: false, code: "consult.notYours" };
}
