import type { Receives } from "../../core/contract/room-signals.ts";

/**
 * Whose pictures a receiver gets: everybody's, one, or none, as its line carries. The one is the speaker's; for the speaker,
 * and while nobody has spoken, the first other who sends. Janus and the embedded worker estimate no receiver's line
 * (realtime.md §4.3), so this choice is all that protects the weakest.
 */
export function picturesFor(
  receiver: { readonly participant: string; readonly receives: Receives },
  senders: readonly string[],
  speaker: string | undefined,
): readonly string[] {
  const others = senders.filter((sender) => sender !== receiver.participant);
  if (receiver.receives === "all") return others;
  if (receiver.receives === "voice") return [];
  const one = speaker !== undefined && others.includes(speaker) ? speaker : others[0];
  return one === undefined ? [] : [one];
}
