/**
 * Which pair of peer connections two pages are talking about. A page that was reloaded, or that replaced its connection,
 * must not take answers and candidates meant for the one before; signals are kept and replayed, so such ones do come.
 *
 * Every new connection has a growing number, announced by `restart` and agreed when the other side says the same number.
 * Until then nothing else it says is heard. The desk starts (impolite), the station follows (polite).
 */
export interface Generation {
  readonly number: number;
  readonly agreed: boolean;
}

/**
 * - `none`: nothing to do.
 * - `follow`: drop our connection, make a new one under the number heard, and say that number.
 * - `announce`: drop our connection, make a new one under our (new) number, and say it.
 * - `repeat`: say our number again; the other side has missed it.
 */
export type GenerationEffect = "none" | "follow" | "announce" | "repeat";

export interface GenerationStep {
  readonly generation: Generation;
  readonly effect: GenerationEffect;
}

export const noGeneration: Generation = { number: 0, agreed: false };

/** `nowMs`: UTC milliseconds. They make numbers grow across a reload without being kept anywhere. */
export function newGeneration(current: Generation, nowMs: number): Generation {
  return { number: Math.max(current.number + 1, nowMs), agreed: false };
}

export function hearRestart(polite: boolean, own: Generation, heard: number, nowMs: number): GenerationStep {
  if (heard === own.number) {
    // Said once more after we agreed: the desk hears a station page that has forgotten everything. Start afresh.
    if (own.agreed && !polite) return announce({ ...own, number: heard }, nowMs);
    return { generation: { ...own, agreed: true }, effect: "none" };
  }
  if (heard > own.number) {
    // Both may have announced at once, or a replayed number may be newer than our clock: the desk's wish wins.
    if (!polite && !own.agreed) return announce({ ...own, number: heard }, nowMs);
    return { generation: { number: heard, agreed: true }, effect: "follow" };
  }
  return { generation: own, effect: polite ? "repeat" : "none" };
}

function announce(highest: Generation, nowMs: number): GenerationStep {
  return { generation: newGeneration(highest, nowMs), effect: "announce" };
}
