import type { CallStore } from "../ports/calls.ts";
import type { Directory } from "../ports/directory.ts";

/** More than a county asks about between two writes; beyond it everything is forgotten. */
const keysAtMost = 10_000;

/**
 * Answers that are good for as long as nothing at all was written. So a right is never older than the last write, whoever made
 * it, and nobody has to remember to say that something changed.
 */
export class Held {
  readonly #writes: () => number;

  /** `writes`: another number after every write. */
  constructor(writes: () => number) {
    this.#writes = writes;
  }

  /** `read` again after every write. It must read before it first waits. */
  reader<Key extends string, Answer>(read: (key: Key) => Promise<Answer>): (key: Key) => Promise<Answer> {
    const answers = new Map<Key, Promise<Answer>>();
    let readAt: number | undefined;
    return (key) => {
      const now = this.#writes();
      if (now !== readAt || answers.size >= keysAtMost) answers.clear();
      readAt = now;
      const known = answers.get(key);
      if (known) return known;
      const answer = read(key);
      answers.set(key, answer);
      answer.catch(() => answers.delete(key));
      return answer;
    };
  }
}

/** Calls whose reading is held: every signal asks for its call. */
export function heldCalls(held: Held, calls: CallStore): CallStore {
  const open = held.reader(() => calls.open());
  return { ...calls, find: held.reader((id: string) => calls.find(id)), open: () => open("") };
}

/** A directory whose sessions, accounts and stations are held: every message asks for its sender. */
export function heldDirectory(held: Held, directory: Directory): Directory {
  return {
    ...directory,
    account: held.reader((id: string) => directory.account(id)),
    session: held.reader((hash: string) => directory.session(hash)),
    station: held.reader((id: string) => directory.station(id)),
  };
}
