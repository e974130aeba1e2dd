import type { BreakReview, Broken } from "../../core/care/breaking.ts";

export interface Breaking {
  readonly broken: Broken;
  readonly review?: BreakReview;
}

/** Records opened because of an alarm. A view of the hub's journal, filled with its entries. */
export interface BreakingStore {
  find(id: string): Promise<Breaking | undefined>;
  /** Those that still let this person look; `now`: milliseconds since 1970 UTC. */
  openFor(person: string, now: number): Promise<readonly Broken[]>;
  /** Not reviewed, oldest first; then at most `limit` of the others, newest first. */
  all(limit: number): Promise<readonly Breaking[]>;
}
