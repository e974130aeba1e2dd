import { mayOwn, urgentFrom, type OutcomeCode, type PartyRole, type QueueStep } from "../../core/domain/calls.ts";
import { missingCase } from "../../core/domain/missing-case.ts";
import type { CallState } from "../../core/contract/views.ts";
import type { Call, Participant, VisitCall } from "../ports/calls.ts";
import { heirOf, isIn, partyOf, withParty } from "./participants.ts";
import { firstStep, isOffered, stepAfter, type Taker } from "./waiting.ts";

/** Who is asked into a call. */
export interface Invited {
  readonly id: string;
  readonly kind: "person" | "station";
  readonly name: string;
  readonly role: PartyRole;
}

/** What may happen to a call. `id`: the participant it happens to, or who does it. */
export type CallInput =
  /** From the queue. */
  | { readonly kind: "accept"; readonly taker: Taker }
  /** An invitation is taken. */
  | { readonly kind: "join"; readonly id: string }
  | { readonly kind: "decline"; readonly who: Invited }
  | {
      readonly kind: "invite";
      readonly id: string;
      readonly who: Invited;
      readonly handOver: boolean;
      /** The entry in which the resident agreed to this guest. */
      readonly consent?: string | undefined;
    }
  /** The owner gives the call to another doctor who is in it, and stays. */
  | { readonly kind: "handTo"; readonly id: string; readonly to: string }
  /** Back to the queue, at this step or a later one. */
  | { readonly kind: "release"; readonly id: string; readonly step: QueueStep }
  | { readonly kind: "leave"; readonly id: string }
  /** Ends the media, not the consult. */
  | { readonly kind: "hangUp"; readonly id: string }
  | { readonly kind: "mediaUp"; readonly id: string }
  | { readonly kind: "mute"; readonly id: string; readonly muted: boolean }
  | { readonly kind: "lineLost"; readonly id: string }
  | { readonly kind: "lineBack"; readonly id: string }
  /** A station that had gone for good is there again. */
  | { readonly kind: "comeBack"; readonly id: string }
  /** Away, or without an answer, for longer than is waited. */
  | { readonly kind: "expire"; readonly id: string }
  | { readonly kind: "climb" }
  /** The same visit asks anew under another id. */
  | { readonly kind: "replaced" }
  | { readonly kind: "finish"; readonly id: string; readonly code?: OutcomeCode };

const running: readonly CallState[] = ["ringing", "active", "reconnecting"];
const queued: readonly CallState[] = ["waiting", "interrupted"];
export const isRunning = (call: Pick<Call, "state">) => running.includes(call.state);
export const isQueued = (call: Pick<Call, "state">) => queued.includes(call.state);
export const isUrgent = (call: Pick<Call, "severity">) => call.severity >= urgentFrom;

/** Whether this doctor may close the call so: an urgent one not without saying how it ended (service.md §4). */
export const needsCode = (call: Call, code: OutcomeCode | undefined) =>
  call.mode !== "doctors" && isUrgent(call) && code === undefined;

/** Whose lines the talk hangs on: station and owner; between colleagues everybody's. A stored call hangs on nobody's. */
function needed(call: Call): readonly Participant[] {
  if (call.mode === "stored") return [];
  return call.participants.filter(
    (one) => isIn(one) && (call.mode === "doctors" || one.kind === "station" || one.id === call.clinician?.id),
  );
}

function stateOfTalk(call: Call): CallState {
  if (call.mode === "stored") return "active";
  const parties = needed(call);
  if (parties.some((one) => one.state === "away")) return "reconnecting";
  return parties.length > 1 && parties.every((one) => one.media) ? "active" : "ringing";
}

const talking = (call: Call): Call => (isRunning(call) ? { ...call, state: stateOfTalk(call) } : call);

/** The call in the hands of a new owner: a new round, media from the beginning. */
function owned(call: Call, owner: Invited, at: number): Call {
  const there = partyOf(call, owner.id);
  const own: Participant = { ...owner, state: "here", since: at, muted: false, media: false, handOver: false };
  const participants = [
    ...call.participants.filter((one) => one.id !== owner.id),
    there ? { ...there, ...own, role: there.role } : own,
  ].map((one) => ({ ...one, media: false }));
  const clinician = { id: owner.id, name: owner.name };
  return talking({ ...call, state: "ringing", round: call.round + 1, begunAt: at, clinician, participants });
}

/** A call that begins with who asked for it. */
export const inHandsOf = (call: Call, { id, name, role }: Taker, at: number): Call =>
  owned(call, { id, kind: "person", name, role }, at);

/** Back in the queue without an owner: whoever talked with the resident is out. */
function toQueue(call: Call, state: "waiting" | "interrupted", step: QueueStep, at: number): Call {
  const { clinician: _owner, begunAt: _begun, ...rest } = call;
  const participants = call.participants.map((one): Participant =>
    one.kind === "station" || one.state === "declined"
      ? { ...one, media: false }
      : { ...one, state: "left", since: at, media: false, handOver: false },
  );
  return { ...rest, state, step, stepSince: at, participants };
}

const over = (call: Call, outcome: Call["outcome"]): Call => ({
  ...call,
  state: "finished",
  ...(outcome === undefined ? {} : { outcome }),
});

/** Out of the talk; the owner's place goes to whoever else answers for it. `undefined` where nobody does. */
function without(call: Call, id: string, state: "left" | "declined", at: number): Call | undefined {
  const gone = withParty(call, id, { state, handOver: false, media: false }, at);
  if (call.clinician?.id !== id) return talking(gone);
  const heir = heirOf(call);
  return heir && owned(gone, heir, at);
}

/** Between colleagues: over when nobody is left to talk to, or to wait for. */
function ifAlone(call: Call): Call {
  if (call.mode !== "doctors" || !isRunning(call)) return call;
  const others = call.participants.filter((one) => isIn(one) || one.state === "invited");
  return others.length > 1 ? call : over(call, "finished");
}

/** The next state of a call, or undefined where the input changes nothing. Pure. `at`: milliseconds since 1970 UTC. */
export function next(call: Call, input: CallInput, at: number): Call | undefined {
  if (call.outcome !== undefined) return undefined;
  switch (input.kind) {
    case "accept": {
      const { taker } = input;
      if (!isQueued(call) || !isOffered(call, taker)) return undefined;
      return owned(call, { id: taker.id, kind: "person", name: taker.name, role: taker.role }, at);
    }
    case "join": {
      const party = partyOf(call, input.id);
      if (party?.state !== "invited" || !isRunning(call)) return undefined;
      const before = call.clinician?.id;
      if (!party.handOver) return talking(withParty(call, party.id, { state: "here" }, at));
      const taken = owned(call, party, at);
      return before === undefined ? taken : talking(withParty(taken, before, { state: "left" }, at));
    }
    case "decline":
      return declined(call, input.who, at);
    case "invite": {
      const { who, handOver } = input;
      const there = partyOf(call, who.id);
      if (!isRunning(call) || call.clinician?.id !== input.id || there?.id === input.id || (there && isIn(there)))
        return undefined;
      if (handOver && !mayOwn(who.role)) return undefined;
      const asked: Participant = {
        ...who,
        state: "invited",
        since: at,
        muted: false,
        media: false,
        by: input.id,
        handOver,
      };
      return { ...call, participants: [...call.participants.filter((one) => one.id !== who.id), asked] };
    }
    case "handTo": {
      const heir = partyOf(call, input.to);
      const mayGive = isRunning(call) && call.clinician?.id === input.id && input.to !== input.id;
      if (!mayGive || heir?.state !== "here" || heir.kind !== "person" || !mayOwn(heir.role)) return undefined;
      return owned(call, heir, at);
    }
    case "release":
      if (!isRunning(call) || call.clinician?.id !== input.id || call.mode === "doctors") return undefined;
      return toQueue(call, "interrupted", input.step, at);
    case "leave": {
      const party = partyOf(call, input.id);
      if (!party || !isIn(party)) return undefined;
      if (party.kind === "station") return hungUp(call, input.id, at);
      if (!isRunning(call)) return undefined;
      const rest = without(call, input.id, "left", at);
      return rest ? ifAlone(rest) : hungUp(call, input.id, at);
    }
    case "hangUp":
      return hungUp(call, input.id, at);
    case "mediaUp": {
      const party = partyOf(call, input.id);
      if (!isRunning(call) || !party || !isIn(party) || party.media) return undefined;
      return talking(withParty(call, input.id, { media: true }, at));
    }
    case "mute": {
      const party = partyOf(call, input.id);
      if (!isRunning(call) || !party || !isIn(party) || party.muted === input.muted) return undefined;
      return withParty(call, input.id, { muted: input.muted }, at);
    }
    case "lineLost":
    case "lineBack": {
      const [from, to] = input.kind === "lineLost" ? (["here", "away"] as const) : (["away", "here"] as const);
      if (call.state === "finished" || partyOf(call, input.id)?.state !== from) return undefined;
      return talking(withParty(call, input.id, { state: to }, at));
    }
    case "comeBack":
      return isQueued(call) && partyOf(call, input.id)?.state === "left"
        ? withParty(call, input.id, { state: "here" }, at)
        : undefined;
    case "expire":
      return expired(call, input.id, at);
    case "climb": {
      const step = stepAfter(call.step);
      return isQueued(call) && step !== undefined ? { ...call, step, stepSince: at } : undefined;
    }
    case "replaced":
      // What was talked about goes on in the new call; who talked still writes here.
      return isQueued(call) ? over(call, "left") : isRunning(call) ? over(call, undefined) : undefined;
    case "finish": {
      if (call.clinician?.id !== input.id || isQueued(call) || needsCode(call, input.code)) return undefined;
      return { ...over(call, "finished"), ...(input.code === undefined ? {} : { code: input.code }) };
    }
    default:
      return missingCase(input);
  }
}

function declined(call: Call, who: Invited, at: number): Call | undefined {
  const party = partyOf(call, who.id);
  if (party?.state === "invited") return ifAlone(withParty(call, who.id, { state: "declined", handOver: false }, at));
  if (isQueued(call)) {
    if (party?.state === "declined") return undefined;
    const no: Participant = { ...who, state: "declined", since: at, muted: false, media: false, handOver: false };
    return { ...call, participants: [...call.participants.filter((one) => one.id !== who.id), no] };
  }
  // Taken by mistake: nobody talked yet, and it waits where it waited.
  if (call.state !== "ringing" || call.clinician?.id !== who.id || call.mode === "doctors") return undefined;
  return withParty(toQueue(call, "waiting", call.step, at), who.id, { state: "declined" }, at);
}

function hungUp(call: Call, id: string, at: number): Call | undefined {
  const party = partyOf(call, id);
  if (!party || !isIn(party)) return undefined;
  if (isRunning(call) && party.kind === "person" && call.clinician?.id !== id) {
    const rest = without(call, id, "left", at);
    return rest && ifAlone(rest);
  }
  if (isRunning(call)) return over(call, call.mode === "doctors" ? "finished" : undefined);
  if (!isQueued(call) || party.kind !== "station") return undefined;
  // Nobody may wish away what may be dangerous: it stays for a doctor, who calls back (service.md §4).
  return isUrgent(call) ? withParty(call, id, { state: "left" }, at) : over(call, "left");
}

function expired(call: Call, id: string, at: number): Call | undefined {
  const party = partyOf(call, id);
  if (party?.state === "invited") return ifAlone(withParty(call, id, { state: "left", handOver: false }, at));
  if (party?.state !== "away") return undefined;
  if (isQueued(call)) {
    if (party.kind !== "station") return undefined;
    return isUrgent(call) ? withParty(call, id, { state: "left" }, at) : over(call, "lost");
  }
  if (!isRunning(call)) return undefined;
  if (party.kind === "station") return toQueue(call, "interrupted", call.step, at);
  const rest = without(call, id, "left", at);
  if (rest) return ifAlone(rest);
  return call.mode === "doctors" ? over(call, "lost") : toQueue(call, "interrupted", call.step, at);
}

/** For who will not come back: what waiting for their line would bring about. */
export function dropped(call: Call, id: string, at: number): Call | undefined {
  const isHere = partyOf(call, id)?.state === "here";
  return call.outcome === undefined
    ? expired(isHere ? withParty(call, id, { state: "away" }, at) : call, id, at)
    : undefined;
}

/** A resident's new call, at the end of the queue. */
export function newCall(
  given: Pick<Call, "id" | "mode" | "shownName" | "severity" | "worst" | "contracted"> &
    Required<Pick<Call, "station" | "visit">>,
  at: number,
): VisitCall {
  const { station } = given;
  if (station === undefined || given.visit === undefined) throw new Error("a resident's call is about a visit");
  const { id, name } = station;
  const party: Participant = {
    id,
    kind: "station",
    name,
    role: "resident",
    state: "here",
    since: at,
    muted: false,
    media: false,
    handOver: false,
  };
  return {
    ...given,
    station,
    visit: given.visit,
    state: "waiting",
    joinedAt: at,
    round: 0,
    step: firstStep(given),
    stepSince: at,
    participants: [party],
  };
}

/** What brings a call in line with who has a line now. Stored calls do not hang on lines. */
export function settled(call: Call, isHere: (party: Participant) => boolean, at: number): Call | undefined {
  if (call.outcome !== undefined || call.state === "finished" || call.mode === "stored") return undefined;
  let now: Call | undefined;
  for (const party of call.participants.filter(isIn)) {
    const kind = isHere(party) ? "lineBack" : "lineLost";
    now = next(now ?? call, { kind, id: party.id }, at) ?? now;
  }
  return now;
}
