import type { CallStore } from "../ports/calls.ts";
import type { Directory } from "../ports/directory.ts";
import type { Database } from "../store/open.ts";

/** More than a county asks about between two writes; beyond it everything is forgotten. */
const keysAtMost = 10_000;

/**
 * Answers that are good for as long as nothing at all was written: the hub's one connection holds the file for itself, and
 * counts every row it changes. So a right is never older than the last write, whoever made it, and nobody has to remember
 * to say that something changed.
 */
export class Held {
  readonly #changes: () => number | undefined;
  readonly #answers = new Map<string, Promise<unknown>>();
  #at: number | undefined;

  constructor(db: Database) {
    const changes = db.prepare<[], number>("SELECT total_changes()").pluck();
    this.#changes = () => changes.get();
  }

  /** `read` again after every write. It must read before it first waits. */
  reader<Key extends string, Answer>(kind: string, read: (key: Key) => Promise<Answer>): (key: Key) => Promise<Answer> {
    return (key) => {
      const at = this.#changes();
      if (at !== this.#at || this.#answers.size >= keysAtMost) this.#answers.clear();
      this.#at = at;
      const name = `${kind}:${key}`;
      // What stands under the name of a kind was put there by that kind's one reader.
      const known = this.#answers.get(name) as Promise<Answer> | undefined;
      if (known) return known;
      const answer = read(key);
      this.#answers.set(name, answer);
      return answer;
    };
  }
}

/** Calls whose reading is held: every signal asks for its call. */
export function heldCalls(held: Held, calls: CallStore): CallStore {
  const open = held.reader("open", () => calls.open());
  return { ...calls, find: held.reader("call", (id: string) => calls.find(id)), open: () => open("") };
}

/** A directory whose sessions, accounts and stations are held: every message asks for its sender. */
export function heldDirectory(held: Held, directory: Directory): Directory {
  return {
    ...directory,
    account: held.reader("account", (id: string) => directory.account(id)),
    session: held.reader("session", (hash: string) => directory.session(hash)),
    station: held.reader("station", (id: string) => directory.station(id)),
  };
}
