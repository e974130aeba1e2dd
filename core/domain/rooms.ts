import type { PartyRole } from "./calls.ts";

/**
 * pair: two talk directly. preparing: the room is being joined beside that talk. room: everybody is in the room.
 * returning: two are left and build their direct talk beside the room. (realtime.md §3.5)
 */
export const roomPhases = ["pair", "preparing", "room", "returning"] as const;
export type RoomPhase = (typeof roomPhases)[number];

interface Powers {
  readonly mute: readonly PartyRole[];
  readonly remove: readonly PartyRole[];
}

/**
 * Who may mute and who may put out whom, by their parts in the consultation. Everybody may mute themselves and leave. The
 * resident may always send away who only watches or came along; nobody sends away the resident.
 */
export const roomPowers: Readonly<Record<PartyRole, Powers>> = {
  resident: { mute: [], remove: ["family", "observer"] },
  family: { mute: [], remove: [] },
  villageDoctor: { mute: ["family", "observer"], remove: ["family", "observer"] },
  doctor: {
    mute: ["resident", "family", "villageDoctor", "doctor", "specialist", "observer"],
    remove: ["family", "villageDoctor", "specialist", "observer"],
  },
  specialist: { mute: ["family", "observer"], remove: [] },
  observer: { mute: [], remove: [] },
};

/** Sends voice and picture. An observer only watches. */
export const sendsMedia = (role: PartyRole): boolean => role !== "observer";

/** Whether `to` may see the name of one in part `of`: who learns from a case learns no names from it. */
export function seesName(to: PartyRole, of: PartyRole): boolean {
  return to !== "observer" || (of !== "resident" && of !== "family");
}

const oldest = 90;

/** Ten years of age, so that nobody is known by it: `70-79`; the few above are one. */
export function ageBand(years: number): string {
  if (years >= oldest) return `${oldest}+`;
  const from = Math.max(0, Math.floor(years / 10) * 10);
  return `${from}-${from + 9}`;
}
