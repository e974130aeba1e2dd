import { randomBytes } from "node:crypto";
import type { StaffRole, StaffSession } from "../../core/contract/technician-staff.ts";
import { instant, type Clock } from "../../core/domain/time.ts";
import type { EntryBody } from "../../core/journal/entry.ts";

export const idleMs = 10 * 60_000;

export type SessionEnd = EntryBody<"staff.signedOut">["how"];

/** Whoever is signed in, for as long as the session lasts. */
export interface Person {
  readonly staff: string;
  readonly name: string;
  readonly role: StaffRole;
  /** Aborts when the session ends: feeds read under it end then. */
  readonly signal: AbortSignal;
}

interface Live {
  readonly token: string;
  readonly person: Person;
  readonly end: AbortController;
  expiresAt: number;
  cancel: () => void;
}

/** Who is signed in. In memory only: a restart signs everybody out. */
export class Sessions {
  readonly #clock: Clock;
  readonly #onEnd: (person: Person, how: SessionEnd) => void;
  readonly #live = new Map<string, Live>();

  constructor(clock: Clock, onEnd: (person: Person, how: SessionEnd) => void) {
    this.#clock = clock;
    this.#onEnd = onEnd;
  }

  open({ staff, name, role }: Omit<Person, "signal">): StaffSession {
    const end = new AbortController();
    const person = { staff, name, role, signal: end.signal };
    const live = {
      token: randomBytes(32).toString("base64url"),
      person,
      end,
      expiresAt: 0,
      cancel: () => {},
    };
    this.#live.set(live.token, live);
    this.#prolong(live);
    return viewOf(live);
  }

  /** A call came with this token: the session lasts on. */
  find(token: string): Person | undefined {
    return this.#touched(token)?.person;
  }

  view(token: string): StaffSession | undefined {
    const live = this.#touched(token);
    return live && viewOf(live);
  }

  /** Harmless when it is over. */
  close(token: string, how: SessionEnd): void {
    const live = this.#live.get(token);
    if (live === undefined) return;
    this.#live.delete(token);
    live.cancel();
    live.end.abort();
    this.#onEnd(live.person, how);
  }

  /** Every session of one person, or of everybody. */
  closeAll(how: SessionEnd, staff?: string): void {
    for (const { token, person } of [...this.#live.values()])
      if (staff === undefined || person.staff === staff) this.close(token, how);
  }

  #touched(token: string): Live | undefined {
    const live = this.#live.get(token);
    if (live !== undefined) this.#prolong(live);
    return live;
  }

  #prolong(live: Live): void {
    live.cancel();
    live.expiresAt = this.#clock.now() + idleMs;
    live.cancel = this.#clock.after(idleMs, () => this.close(live.token, "idle"));
  }
}

function viewOf({ token, person: { staff, name, role }, expiresAt }: Live): StaffSession {
  return { session: token, staff, name, role, expiresAt: instant(expiresAt) };
}
