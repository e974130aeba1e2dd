/** A relative who came in by a code: good for this one part in this one call, and for as long as they have it. */
export interface GuestSession {
  /** Of the token in the cookie. */
  readonly hash: string;
  readonly call: string;
  /** Made for this stay alone; belongs to no account. */
  readonly person: string;
  /** Milliseconds since 1970 UTC. */
  readonly madeAt: number;
}

export interface GuestStore {
  keep(session: GuestSession): Promise<void>;
  find(hash: string): Promise<GuestSession | undefined>;
  drop(hash: string): Promise<void>;
}
