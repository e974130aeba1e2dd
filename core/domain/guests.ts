import type { PartyRole } from "./calls.ts";

/**
 * What a resident says yes or no to in a running call, each time anew and for this call alone: that one who learns watches
 * (`teach`), that a relative comes in (`family`). Said at the station; the hub lets nobody in without.
 */
export const guestScopes = ["teach", "family"] as const;
export type GuestScope = (typeof guestScopes)[number];

export const guestSayings = ["given", "refused", "withdrawn"] as const;
export type GuestSaying = (typeof guestSayings)[number];

/** The wording that is asked today. */
export const guestVersion = "2026-11";

/** What must be said before somebody comes in as this; undefined: nothing besides that a doctor may see it. */
export function scopeOfGuest(role: PartyRole): GuestScope | undefined {
  if (role === "observer") return "teach";
  return role === "family" ? "family" : undefined;
}

/** A code that lets one relative in lives this long, milliseconds; then there is another. */
export const passMs = 60_000;
/** It is read out over a phone: digits alone. */
export const passDigits = 10;

/** One asking of the resident, as the call shows it to the owner and to the station. */
export const guestAskStates = ["asked", "given", "refused"] as const;
export type GuestAskState = (typeof guestAskStates)[number];
