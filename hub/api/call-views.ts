import type { CallView, Invitation, QueueItem } from "../../core/contract/hub-calls.ts";
import { instant } from "../../core/domain/time.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import { counterpartOf, lineOf, partyOf } from "../calls/participants.ts";
import { isQueued, isRunning } from "../calls/rules.ts";
import {
  byUrgency,
  expectedWaitS,
  hasDeclined,
  isLate,
  isOffered,
  meanRoundMs,
  takerOf,
  type Taker,
} from "../calls/waiting.ts";
import { guestView, watchedInvitation, watchedView } from "../calls/watched.ts";
import { isAboutVisit, type Call, type Participant, type VisitCall } from "../ports/calls.ts";
import type { HubParts, Who } from "./context.ts";

/** Rounds that the expected wait is reckoned from. */
const roundsLookedAt = 20;

const placeOf = ({ station }: VisitCall) => ({ id: station.id, name: station.name, place: station.place });

export async function takerFor(hub: HubParts, who: Who): Promise<Taker | undefined> {
  return takerOf(who, (await hub.directory.account(who.id))?.practice);
}

/** Waiting calls of stations, the next first. `stored` has a list of its own. */
export const waitingIn = (open: readonly Call[]): readonly VisitCall[] =>
  open.filter((one) => isAboutVisit(one) && isQueued(one) && one.mode !== "stored").toSorted(byUrgency) as VisitCall[];

export function queueItem(hub: HubParts, call: VisitCall, who: Pick<Who, "id">): QueueItem {
  const station = call.participants.find((one) => one.kind === "station");
  return {
    call: call.id,
    mode: call.mode,
    station: placeOf(call),
    shownName: call.shownName,
    state: call.state,
    severity: call.severity,
    ...(call.worst === undefined ? {} : { worst: call.worst }),
    waitingSince: instant(call.joinedAt),
    step: call.step,
    late: isLate(call, hub.clock.now()),
    contracted: call.contracted === who.id,
    callBack: station?.state === "left",
    declined: hasDeclined(call, who.id),
    mine: call.clinician?.id === who.id,
  };
}

/** Calls before this one, and seconds until somebody answers it. */
async function waitOf(
  hub: HubParts,
  call: VisitCall,
): Promise<Pick<CallView, "ahead" | "expectedWaitS" | "dutyPhone">> {
  const open = await hub.calls.open();
  const ahead = Math.max(
    0,
    waitingIn(open).findIndex((one) => one.id === call.id),
  );
  const people = await hub.directory.people(["doctor", "specialist"], hub.demo);
  const takers = people.filter((one) => {
    const taker = takerOf(one, one.practice);
    return taker && isOffered(call, taker) && !hasDeclined(call, one.id) && hub.presence.isHere(`person:${one.id}`);
  });
  const busy = new Set(open.filter(isRunning).map((one) => one.clinician?.id));
  const expected = expectedWaitS({
    ahead,
    takers: takers.length,
    free: takers.filter(({ id }) => !busy.has(id)).length,
    meanMs: meanRoundMs(await hub.calls.roundLengths(roundsLookedAt)),
  });
  if (expected !== undefined) return { ahead, expectedWaitS: expected };
  return { ahead, ...(hub.dutyPhone === undefined ? {} : { dutyPhone: hub.dutyPhone }) };
}

const participantView = ({ id, kind, name, role, state, muted, handOver }: Participant) => ({
  id,
  kind,
  name,
  role,
  state,
  muted,
  handOver,
});

export async function callView(
  hub: HubParts,
  call: Call,
  party: Participant,
  ticket: string | undefined,
): Promise<CallView> {
  const counterpart = counterpartOf(call, party.id);
  // A waiting call is watched by its station alone, and nobody is at the other end yet.
  const isThere = counterpart !== undefined && (isRunning(call) || counterpart.kind === "station");
  const opinion = await hub.records.opinionOf(call.id);
  const view: CallView = {
    call: call.id,
    mode: call.mode,
    state: call.state,
    severity: call.severity,
    ...(isAboutVisit(call) ? { station: placeOf(call) } : {}),
    ...(call.clinician ? { clinician: call.clinician } : {}),
    round: call.round,
    participants: call.participants.map(participantView),
    you: party.id,
    ...(isAboutVisit(call) && isQueued(call) ? await waitOf(hub, call) : {}),
    step: call.step,
    peer: isThere && hub.presence.isHere(lineOf(counterpart)) ? "here" : "away",
    iceServers: isRunning(call) ? [...(await hub.turn.iceServers(call, party.id))] : [],
    ...(ticket === undefined ? {} : { ticket }),
    ...(opinion ? { opinion } : {}),
    ...(call.code === undefined ? {} : { code: call.code }),
  };
  if (party.role === "observer") return watchedView(view, await ageOf(hub, call));
  if (party.role === "family") return guestView(view);
  const guests = party.kind === "station" || call.clinician?.id === party.id ? hub.guests.of(call.id) : [];
  const ringBack = call.clinician?.id === party.id ? hub.ringBacks.of(call.id) : undefined;
  return {
    ...view,
    ...(guests.length === 0 ? {} : { guests: [...guests] }),
    ...(ringBack === undefined ? {} : { ringBack }),
  };
}

/** Years, by the calendar; undefined for a guest. */
async function ageOf(hub: HubParts, call: Call): Promise<number | undefined> {
  if (!isAboutVisit(call)) return undefined;
  const subject = await hub.records.subjectOf(call.station.id, call.visit);
  const entry = subject === null ? undefined : await hub.records.registration(call.station.id, subject);
  const born = entry && bodyOf(entry, "resident.registered")?.birthYear;
  return born === undefined ? undefined : new Date(hub.clock.now()).getUTCFullYear() - born;
}

/** Those that stand for this person, oldest first. */
export function invitationsOf(open: readonly Call[], person: string): Invitation[] {
  return open
    .flatMap((call): readonly (Invitation & { readonly at: number })[] => {
      const party = partyOf(call, person);
      if (party?.state !== "invited") return [];
      const by = party.by === undefined ? undefined : partyOf(call, party.by);
      const invitation: Invitation = {
        call: call.id,
        mode: call.mode,
        role: party.role,
        handOver: party.handOver,
        by: { id: by?.id ?? "", name: by?.name ?? "" },
        since: instant(party.since),
        severity: call.severity,
        shownName: call.shownName,
        ...(isAboutVisit(call) ? { station: placeOf(call) } : {}),
      };
      return [{ ...(party.role === "observer" ? watchedInvitation(invitation) : invitation), at: party.since }];
    })
    .toSorted((a, b) => a.at - b.at)
    .map(({ at: _at, ...invitation }) => invitation);
}
