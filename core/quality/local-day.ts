/** Days of the calendar on the wall. The zone is handed in: nothing in `core` reads one. */

export const dayMs = 86_400_000;

/** The present moment, and how far the wall clock is ahead of UTC. */
export interface Moment {
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  /** Minutes; China: 480. */
  readonly zoneMinutes: number;
}

/** `YYYY-MM-DD` on the wall. */
export function dayOf(ms: number, zoneMinutes: number): string {
  return new Date(ms + zoneMinutes * 60_000).toISOString().slice(0, 10);
}

/** The first moment of a day on the wall, `addDays` later. */
export function startOf(day: string, zoneMinutes: number, addDays = 0): number {
  return Date.parse(`${day}T00:00:00.000Z`) - zoneMinutes * 60_000 + addDays * dayMs;
}

/** The first moment at which a thing is out of date whose last good day is `day`. */
export function endOf(day: string, zoneMinutes: number): number {
  return startOf(day, zoneMinutes, 1);
}
