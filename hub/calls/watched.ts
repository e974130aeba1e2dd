import type { CallView, Invitation, ParticipantView } from "../../core/contract/hub-calls.ts";
import { ageBand, seesName } from "../../core/domain/rooms.ts";

/** The call as who only watches sees it: of the resident the age by ten years, and nothing else that tells who it is. */
export function watchedView(view: CallView, age: number | undefined): CallView {
  const { station: _place, opinion: _opinion, ...rest } = view;
  const counts = new Map<string, number>();
  const participants = view.participants.map((one): ParticipantView => {
    if (seesName("observer", one.role)) return one;
    const nth = (counts.get(one.role) ?? 0) + 1;
    counts.set(one.role, nth);
    return { ...one, id: one.role === "resident" ? one.role : `${one.role}-${nth}`, name: "" };
  });
  return { ...rest, participants, ...(age === undefined ? {} : { ageBand: ageBand(age) }) };
}

/** The call as a relative sees it: who talks, and nothing of what was found. */
export function guestView(view: CallView): CallView {
  const { opinion: _opinion, code: _code, ...rest } = view;
  // A room is reached without a relay; credentials for one are not theirs.
  return { ...rest, severity: 0, iceServers: [] };
}

export function watchedInvitation(invitation: Invitation): Invitation {
  const { station: _place, ...rest } = invitation;
  return { ...rest, shownName: "" };
}
