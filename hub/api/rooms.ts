import type { RoomView } from "../../core/contract/hub-rooms.ts";
import { roomPowers, seesName } from "../../core/domain/rooms.ts";
import { isRunning } from "../calls/rules.ts";
import type { Call, Participant } from "../ports/calls.ts";
import { roomTopic, seatTopic, type OpenRoom } from "../rooms/room-desk.ts";
import { mayDescribe, ownCall, partIn, ticketed } from "./calls.ts";
import { decided, doors, refused, type HubContext } from "./context.ts";
import { feed, states } from "./feed.ts";
import type { Operation } from "../../core/rights.ts";

type Seat =
  | { readonly ok: true; readonly call: Call; readonly party: Participant }
  | { readonly ok: false; readonly code: "consult.notYours" | "consult.ended" };

/** The caller's part in a running call. */
async function running(context: HubContext, call: string, operation: Operation): Promise<Seat> {
  const found = await ownCall(context, call, operation);
  return found.ok && !isRunning(found.call) ? { ok: false, code: "consult.ended" } : found;
}

/** The room as one of its participants sees it. */
function roomView(call: string, { id, role }: Pick<Participant, "id" | "role">, open: OpenRoom | undefined): RoomView {
  const own = open?.seats.find(({ party }) => party.id === id);
  return {
    call,
    phase: open?.phase ?? "pair",
    epoch: open?.epoch ?? 0,
    ...(own ? { you: own.seat } : {}),
    seats: (open?.seats ?? []).map(({ seat, party, roomUp, broken }) => ({
      seat,
      role: party.role,
      ...(seesName(role, party.role) ? { name: party.name } : {}),
      muted: party.muted,
      up: roomUp,
      ...(roomUp && broken.length > 0 ? { broken: true as const } : {}),
      may: {
        mute: party.id === id || roomPowers[role].mute.includes(party.role),
        remove: party.id === id || roomPowers[role].remove.includes(party.role),
      },
    })),
    ...(open?.speaker === undefined ? {} : { speaker: open.speaker }),
    receives: own?.receives ?? "all",
    observed: open?.seats.some(({ party }) => party.role === "observer") ?? false,
    // The room's media ports are reachable by themselves; a relay is for talks of two.
    iceServers: [],
    ...(open?.code === undefined ? {} : { code: open.code }),
  };
}

export const room = {
  watch: doors.room.watch.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const found = await running(context, input.call, "room.watch");
    if (!found.ok) throw errors.FAULT({ data: { code: found.code } });
    const topics = [`call:${input.call}`, roomTopic(input.call)] as const;
    return states({ operation: "room.watch", context, topics }, async () => {
      const call = await hub.calls.find(input.call);
      const party = call && isRunning(call) ? partIn(call, who) : undefined;
      return party && { value: roomView(input.call, party, hub.rooms.find(input.call)) };
    });
  }),

  signal: doors.room.signal.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const found = await seated(context, input, "room.signal");
    if (!found.ok) throw errors.FAULT({ data: { code: found.code } });
    const allowed = await ticketed(context, input, "room.signal");
    if (!allowed.ok) throw errors.FAULT({ data: { code: allowed.code } });
    if (!(await mayDescribe(context, allowed.call, hub.tickets.hearRoom(input.ticket, input.signal))))
      throw errors.FAULT({ data: { code: "consult.fingerprint" } });
    const heard = await hub.rooms.hear(input.call, who.id, input.id, input.signal);
    if (!heard.ok) throw errors.FAULT({ data: { code: heard.code } });
    return {};
  }),

  signals: doors.room.signals.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const found = await seated(context, input, "room.signals");
    if (!found.ok) throw errors.FAULT({ data: { code: found.code } });
    let cursor = input.after;
    const topics = [seatTopic(input.seat), roomTopic(input.call)] as const;
    return feed({ operation: "room.signals", context, topics }, async function* () {
      if (seatOf(hub.rooms.find(input.call), who.id) !== input.seat) return true;
      for (const heard of hub.rooms.signals(input.call, input.seat, cursor)) {
        yield heard;
        cursor = heard.seq;
      }
      return false;
    });
  }),

  up: doors.room.up.handler(async ({ input, context, errors }) => {
    const found = await running(context, input.call, "room.up");
    if (!found.ok) throw errors.FAULT({ data: { code: found.code } });
    await context.hub.rooms.up(input.call, context.who.id, input.epoch, input.of);
    return {};
  }),

  receive: doors.room.receive.handler(async ({ input, context, errors }) => {
    const found = await running(context, input.call, "room.receive");
    if (!found.ok) throw errors.FAULT({ data: { code: found.code } });
    const done = await context.hub.rooms.receive(input.call, context.who.id, input.receives);
    if (!done.ok) throw errors.FAULT({ data: { code: done.code } });
    return {};
  }),

  mute: doors.room.mute.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const found = await running(context, input.call, "room.mute");
    if (!found.ok) throw errors.FAULT({ data: { code: found.code } });
    const done = await hub.rooms.mute(input.call, who.id, input.seat, input.muted);
    await noted(context, "room.mute", input.call, done.ok || done.code !== "room.notAllowed");
    if (!done.ok) throw errors.FAULT({ data: { code: done.code } });
    return {};
  }),

  remove: doors.room.remove.handler(async ({ input, context, errors }) => {
    const { hub, who } = context;
    const found = await running(context, input.call, "room.remove");
    if (!found.ok) throw errors.FAULT({ data: { code: found.code } });
    const done = await hub.rooms.remove(input.call, who.id, input.seat);
    await noted(context, "room.remove", input.call, done.ok || done.code !== "room.notAllowed");
    if (!done.ok) throw errors.FAULT({ data: { code: done.code } });
    return {};
  }),
};

const seatOf = (open: OpenRoom | undefined, id: string) => open?.seats.find(({ party }) => party.id === id)?.seat;

/** What one did to another, or was not let do, is written down. */
async function noted({ hub, who }: HubContext, operation: Operation, about: string, allowed: boolean): Promise<void> {
  await hub.records.append([decided(who, { operation, allowed, about })]);
}

type Seated =
  { readonly ok: true } | { readonly ok: false; readonly code: "consult.notYours" | "consult.ended" | "room.ended" };

/** The caller's own seat in the room of a running call; another's is `notYours`, and that is written down. */
async function seated(
  context: HubContext,
  { call, seat }: { readonly call: string; readonly seat: string },
  operation: Operation,
): Promise<Seated> {
  const found = await running(context, call, operation);
  if (!found.ok) return found;
  const open = context.hub.rooms.find(call);
  if (seatOf(open, context.who.id) === seat) return { ok: true };
  if (open?.seats.some((one) => one.seat === seat) !== true) return { ok: false, code: "room.ended" };
  await refused(context, operation, call);
  return { ok: false, code: "consult.notYours" };
}
