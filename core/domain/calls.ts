import type { Role } from "../rights.ts";

/**
 * assisted: a village doctor is with the resident. return: the resident alone, only with a known diagnosis. doctors: between
 * colleagues, about a resident or not. stored: no live doctor, a work list. (service.md §4)
 */
export const callModes = ["assisted", "return", "doctors", "stored"] as const;
export type CallMode = (typeof callModes)[number];

export const partyRoles = ["resident", "family", "villageDoctor", "doctor", "specialist", "observer"] as const;
export type PartyRole = (typeof partyRoles)[number];

/** Those who may own a call: answer for it, close it, hand it on. */
const responsible: readonly PartyRole[] = ["doctor", "specialist"];
export const mayOwn = (role: PartyRole): boolean => responsible.includes(role);

/** As what an account takes part, unless it is invited as something else; undefined: it has no place in a call. */
export function partyRoleOf(role: Role): PartyRole | undefined {
  if (role === "doctor" || role === "specialist" || role === "villageDoctor") return role;
  return undefined;
}

/** How long a resident is asked whether a doctor who hung up may speak with them again: three readings of pressure are over by then. */
export const ringBackMs = 300_000;

/** How a consult ended, as the doctor says (service.md §4). From `urgentFrom` on, none is closed without. */
export const outcomeCodes = ["solved", "refer", "emergency", "calledBack", "refused"] as const;
export type OutcomeCode = (typeof outcomeCodes)[number];
export const urgentFrom = 3;

/** To whom a waiting call is offered: the contracted doctor and the station's own institutions; also the county; anybody. */
export const queueSteps = ["near", "county", "everyone"] as const;
export type QueueStep = (typeof queueSteps)[number];

/** invited: asked, no answer yet. here, away: takes part, with or without a line. The others are out, and may come back by an invitation. */
export const participantStates = ["invited", "here", "away", "declined", "left"] as const;
export type ParticipantState = (typeof participantStates)[number];
