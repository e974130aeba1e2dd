import { v7 as uuidv7 } from "uuid";
import type { Operation } from "../../core/rights.ts";
import { isIn, partyOf } from "../calls/participants.ts";
import type { Described } from "../calls/tickets.ts";
import { isQueued, isRunning, type CallInput } from "../calls/rules.ts";
import { isOffered } from "../calls/waiting.ts";
import { isAboutVisit, type Call, type Participant } from "../ports/calls.ts";
import { callView, invitationsOf, queueItem, takerFor, waitingIn } from "./call-views.ts";
import { decided, doors, refused, type HubContext, type HubParts, type Who } from "./context.ts";
import { states } from "./feed.ts";

type Found =
  | { readonly ok: true; readonly call: Call; readonly party: Participant }
  | { readonly ok: false; readonly code: "consult.notYours" | "consult.ended" };

/** One's part in a call; who was only asked, said no or has left has none. */
export function partIn(call: Call, who: Pick<Who, "id">): Participant | undefined {
  const party = partyOf(call, who.id);
  return party && isIn(party) ? party : undefined;
}

/** The caller's own call. A call that is nobody's here any more is `ended`; another's is `notYours`, and that is written down. */
export async function ownCall(context: HubContext, id: string, operation: Operation): Promise<Found> {
  const call = await context.hub.calls.find(id);
  if (!call) return { ok: false, code: "consult.ended" };
  const party = partIn(call, context.who);
  if (party) return { ok: true, call, party };
  await refused(context, operation, id);
  return { ok: false, code: "consult.notYours" };
}

const actorOf = ({ role, id }: Who) => ({ role, id });

export const queue = {
  join: doors.queue.join.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const { call: id, knownDiagnosis, worst, resident, ...asked } = input;
    if (asked.mode === "return" && !knownDiagnosis) throw errors.FAULT({ data: { code: "consult.firstVisit" } });
    const joined = await hub.desk.join({
      ...asked,
      id,
      station: who.id,
      ...(worst === undefined ? {} : { worst }),
      ...(resident === undefined ? {} : { resident }),
    });
    if (!joined) {
      const there = await hub.calls.find(id);
      if (there && there.station?.id !== who.id) await refused(context, "queue.join", id);
      throw errors.FAULT({ data: { code: "consult.ended" } });
    }
    return {};
  }),

  /** Of a call that is not (or no more) the station's there is nothing to leave. */
  leave: doors.queue.leave.handler(async ({ input, context }) => {
    const found = await ownCall(context, input.call, "queue.leave");
    if (found.ok)
      await context.hub.desk.apply(input.call, { kind: "hangUp", id: found.party.id }, actorOf(context.who));
    return {};
  }),

  watch: doors.queue.watch.handler(async ({ context }) =>
    states({ operation: "queue.watch", context, topics: ["queue"] }, async () => {
      const { hub, who } = context;
      const taker = await takerFor(hub, who);
      const open = await hub.calls.open();
      const mine = open.filter((call) => !isQueued(call) && call.mode !== "stored" && call.clinician?.id === who.id);
      const offered = waitingIn(open).filter((call) => taker !== undefined && isOffered(call, taker));
      const own = newestOfVisits(mine.filter(isAboutVisit));
      const again = offered.map((call) => {
        const follows = own.find((one) => isSameVisit(one, call))?.id;
        return { ...queueItem(hub, call, who), ...(follows === undefined ? {} : { follows }) };
      });
      return { value: [...own.map((call) => queueItem(hub, call, who)), ...again] };
    }),
  ),
};

const isSameVisit = (one: Call, other: Call): boolean =>
  one.visit === other.visit && one.station?.id === other.station?.id;

const isNewer = (one: Call, other: Call): boolean =>
  one.joinedAt === other.joinedAt ? one.id > other.id : one.joinedAt > other.joinedAt;

/** A visit is one row, however many calls it had. */
const newestOfVisits = <Some extends Call>(calls: readonly Some[]): readonly Some[] =>
  calls.filter((call) => !calls.some((one) => isNewer(one, call) && isSameVisit(one, call)));

const ticketFor = (hub: HubParts, call: Call, party: Participant): string =>
  hub.tickets.issue({ call: call.id, person: party.id, round: call.round });

/** Applies what a participant asks for. `consult.ended` where it meant nothing any more. */
async function act(
  context: HubContext,
  call: string,
  operation: Operation,
  input: (party: Participant, call: Call) => CallInput | undefined,
): Promise<
  | { readonly ok: true; readonly call: Call }
  | { readonly ok: false; readonly code: "consult.notYours" | "consult.ended" }
> {
  const found = await ownCall(context, call, operation);
  if (!found.ok) return found;
  const asked = input(found.party, found.call);
  if (!asked) {
    await refused(context, operation, call);
    return { ok: false, code: "consult.notYours" };
  }
  if (!isRunning(found.call)) return { ok: false, code: "consult.ended" };
  const applied = await context.hub.desk.apply(call, asked, actorOf(context.who));
  return applied ? { ok: true, call: applied.call } : { ok: false, code: "consult.ended" };
}

export const call = {
  accept: doors.call.accept.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const answer = async (taken: Call) => {
      const party = partIn(taken, who);
      if (!party) throw errors.FAULT({ data: { code: "consult.ended" } });
      return callView(hub, taken, party, ticketFor(hub, taken, party));
    };
    const there = await hub.calls.find(input.call);
    if (there && partyOf(there, who.id)?.state === "invited") {
      const joined = await hub.desk.apply(input.call, { kind: "join", id: who.id }, actorOf(who));
      if (joined?.changed) return answer(joined.call);
    }
    // The answer to the first accept may have been lost on the way.
    if (there && isRunning(there) && partIn(there, who)) return answer(there);
    const taker = await takerFor(hub, who);
    const taken = taker ? await hub.desk.accept(input.call, taker) : ({ ok: false, code: "consult.notYours" } as const);
    if (taken.ok) return answer(taken.call);
    if (taken.code === "consult.notYours") await refused(context, "call.accept", input.call);
    throw errors.FAULT({ data: { code: taken.code } });
  }),

  decline: doors.call.decline.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const there = await hub.calls.find(input.call);
    if (!there) throw errors.FAULT({ data: { code: "consult.ended" } });
    const taker = await takerFor(hub, who);
    const isAsked = partyOf(there, who.id) !== undefined;
    if (!isAsked && !(taker && isQueued(there) && isOffered(there, taker))) {
      await refused(context, "call.decline", input.call);
      throw errors.FAULT({ data: { code: "consult.notYours" } });
    }
    const role = partyOf(there, who.id)?.role ?? taker?.role ?? "doctor";
    const as = { id: who.id, name: who.name, kind: "person", role } as const;
    await hub.desk.apply(input.call, { kind: "decline", who: as }, actorOf(who));
    return {};
  }),

  watch: doors.call.watch.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const found = await ownCall(context, input.call, "call.watch");
    if (!found.ok) throw errors.FAULT({ data: { code: found.code } });
    let ticket: { readonly text: string; readonly round: number } | undefined;
    let renewal: (() => void) | undefined;
    return states(
      { operation: "call.watch", context, topics: [`call:${input.call}`, "queue", "people"], left: () => renewal?.() },
      async () => {
        const now = await hub.calls.find(input.call);
        const party = now && partIn(now, who);
        if (!now || !party) return undefined;
        if (!isRunning(now)) ticket = undefined;
        else if (ticket?.round !== now.round) ticket = { text: ticketFor(hub, now, party), round: now.round };
        renewal?.();
        const renewMs = isRunning(now) ? hub.turn.renewInMs(now) : undefined;
        renewal =
          renewMs === undefined ? undefined : hub.clock.after(renewMs, () => hub.bus.announce(`call:${input.call}`));
        return { value: await callView(hub, now, party, ticket?.text), last: now.outcome !== undefined };
      },
    );
  }),

  ticket: doors.call.ticket.handler(async ({ input, context, errors }) => {
    const found = await ownCall(context, input.call, "call.ticket");
    if (!found.ok) throw errors.FAULT({ data: { code: found.code } });
    if (!isRunning(found.call)) throw errors.FAULT({ data: { code: "consult.ended" } });
    return { ticket: ticketFor(context.hub, found.call, found.party) };
  }),

  heardYes: doors.call.heardYes.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const found = await ownCall(context, input.call, "call.heardYes");
    if (!found.ok) throw errors.FAULT({ data: { code: found.code } });
    const { call: now, party } = found;
    if (now.clinician?.id !== who.id) {
      await refused(context, "call.heardYes", input.call);
      throw errors.FAULT({ data: { code: "consult.notYours" } });
    }
    const station = now.participants.find(({ kind }) => kind === "station");
    // Media on both sides, and neither voice is off: otherwise nobody can have heard anything.
    if (now.state !== "active" || !station || station.muted || party.muted)
      throw errors.FAULT({ data: { code: "consult.ended" } });
    const about = { subject: null, visit: now.visit };
    await hub.records.append([
      decided(who, { operation: "call.heardYes", allowed: true, about: `${input.call} ${input.ask}` }, about),
    ]);
    const heardBy = { id: who.id, name: who.name };
    hub.bus.post(input.call, station.id, { kind: "askSaid", ask: input.ask, heardBy });
    return {};
  }),

  mediaUp: doors.call.mediaUp.handler(async ({ input, context, errors }) => {
    const done = await act(context, input.call, "call.mediaUp", ({ id }) => ({ kind: "mediaUp", id }));
    if (!done.ok) throw errors.FAULT({ data: { code: done.code } });
    return {};
  }),

  hangUp: doors.call.hangUp.handler(async ({ input, context, errors }) => {
    const found = await ownCall(context, input.call, "call.hangUp");
    if (!found.ok && found.code === "consult.notYours") throw errors.FAULT({ data: { code: found.code } });
    if (found.ok)
      await context.hub.desk.apply(input.call, { kind: "hangUp", id: found.party.id }, actorOf(context.who));
    return {};
  }),

  leave: doors.call.leave.handler(async ({ input, context, errors }) => {
    const found = await ownCall(context, input.call, "call.leave");
    if (!found.ok && found.code === "consult.notYours") throw errors.FAULT({ data: { code: found.code } });
    if (found.ok) await context.hub.desk.apply(input.call, { kind: "leave", id: found.party.id }, actorOf(context.who));
    return {};
  }),

  mute: doors.call.mute.handler(async ({ input, context, errors }) => {
    const done = await act(context, input.call, "call.mute", (party, { clinician }) =>
      input.participant === party.id || clinician?.id === party.id
        ? { kind: "mute", id: input.participant, muted: input.muted }
        : undefined,
    );
    if (!done.ok) throw errors.FAULT({ data: { code: done.code } });
    return {};
  }),

  invitations: doors.call.invitations.handler(async ({ context }) => {
    const { hub, who } = context;
    return states({ operation: "call.invitations", context, topics: [`calls:${who.id}`] }, async () => ({
      value: invitationsOf(await hub.calls.open(), who.id),
    }));
  }),
};

/** Writes down what was said of a connection's keys; false: they are not the ones that were announced. */
export async function mayDescribe(
  { hub, who }: HubContext,
  { id: call, visit }: Call,
  described: Described | undefined,
): Promise<boolean> {
  if (!described) return true;
  const body = { call, person: who.id, ...described, fingerprints: [...described.fingerprints] };
  const about = { actor: actorOf(who), subject: null, visit: visit ?? null };
  await hub.records.append([{ ...about, id: uuidv7(), type: "call.described", body }]);
  return described.accepted;
}

/** A running call of the caller, with a ticket that was given to this very person, on the connection of its first use. */
export async function ticketed(
  context: HubContext,
  { call: id, ticket }: { readonly call: string; readonly ticket: string },
  operation: Operation,
): Promise<Found> {
  const { hub, connection } = context;
  const found = await ownCall(context, id, operation);
  if (!found.ok) return found;
  const { call: running, party } = found;
  if (!isRunning(running)) return { ok: false, code: "consult.ended" };
  if (hub.tickets.use(ticket, { call: id, person: party.id, round: running.round, connection })) return found;
  await refused(context, operation, id);
  return { ok: false, code: "consult.notYours" };
}
