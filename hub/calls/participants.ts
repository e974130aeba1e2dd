import { mayOwn } from "../../core/domain/calls.ts";
import type { Call, Participant } from "../ports/calls.ts";
import type { LineOf } from "../ports/presence.ts";

export const partyOf = (call: Call, id: string): Participant | undefined =>
  call.participants.find((one) => one.id === id);

export const lineOf = ({ kind, id }: Pick<Participant, "kind" | "id">): LineOf => `${kind}:${id}`;

/** Takes part now, with or without a line. */
export const isIn = ({ state }: Participant): boolean => state === "here" || state === "away";

export const stationOf = (call: Call): Participant | undefined =>
  call.participants.find((one) => one.kind === "station");

/** With `change` made to one participant; `since` moves when the state does. */
export function withParty(call: Call, id: string, change: Partial<Participant>, at: number): Call {
  const participants = call.participants.map((one) =>
    one.id === id
      ? { ...one, ...change, since: change.state === undefined || change.state === one.state ? one.since : at }
      : one,
  );
  return { ...call, participants };
}

/** Who answers for the call when its owner goes: the first responsible one who is here. */
export function heirOf(call: Call): Participant | undefined {
  return call.participants.find(
    (one) => one.state === "here" && mayOwn(one.role) && one.kind === "person" && one.id !== call.clinician?.id,
  );
}

/** Whose line shows this one whether somebody is there: station and owner, or two colleagues. */
export function counterpartOf(call: Call, id: string): Participant | undefined {
  const owner = call.clinician && partyOf(call, call.clinician.id);
  const other =
    id === owner?.id ? (stationOf(call) ?? call.participants.find((one) => one.id !== id && isIn(one))) : owner;
  return other && other.id !== id && isIn(other) ? other : undefined;
}

/** To whom a signal of this one goes: two talk, and whoever else is in the call says nothing between them. */
export function spokenTo(call: Call, id: string): Participant | undefined {
  const other = counterpartOf(call, id);
  return other && counterpartOf(call, other.id)?.id === id ? other : undefined;
}
