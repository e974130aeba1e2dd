import { mayOwn } from "../../core/domain/calls.ts";
import type { CallDesk } from "../calls/call-desk.ts";
import { isIn, stationOf } from "../calls/participants.ts";
import { isRunning } from "../calls/rules.ts";
import type { Call, CallStore } from "../ports/calls.ts";
import type { SignalBus } from "../ports/signal-bus.ts";
import type { CallSeam, RoomParty } from "./room-desk.ts";

/** The direct talk is the station's and the owner's; everybody else comes after them. */
function inOrder(call: Call): readonly RoomParty[] {
  const station = stationOf(call);
  const rank = (id: string) => (id === station?.id ? 0 : id === call.clinician?.id ? 1 : 2);
  return call.participants
    .filter(isIn)
    .toSorted((one, other) => rank(one.id) - rank(other.id))
    .map(({ id, role, name, muted, media }) => ({ id, role, name, muted, media }));
}

/** Rooms over the calls of this hub. */
export function seamOf(parts: {
  readonly calls: CallStore;
  readonly desk: Pick<CallDesk, "apply">;
  readonly bus: Pick<SignalBus, "listen" | "leave">;
}): CallSeam {
  const { calls, desk, bus } = parts;
  const actorOf = async (call: string, id: string) => {
    const party = (await calls.find(call))?.participants.find((one) => one.id === id);
    const role = party?.kind === "station" ? "station" : party && mayOwn(party.role) ? party.role : "villageDoctor";
    return { role, id };
  };
  return {
    async parties(id) {
      const call = await calls.find(id);
      return call && isRunning(call) ? inOrder(call) : undefined;
    },
    running: async () => (await calls.open()).filter(isRunning).map(({ id }) => id),
    async mute(call, party, muted, by) {
      await desk.apply(call, { kind: "mute", id: party, muted }, await actorOf(call, by));
    },
    async remove(call, party, by) {
      await desk.apply(call, { kind: "leave", id: party }, await actorOf(call, by));
    },
    // Every change of every call is one of the queue's notices.
    onChange: (changed) => {
      const listener = { notice: changed };
      bus.listen("queue", listener);
      return () => bus.leave("queue", listener);
    },
  };
}
