import { v7 as uuidv7 } from "uuid";
import type { NewEntry } from "../../../core/journal/entry.ts";

/** Shared by the writer that is killed and the test that kills it; free of the test runner. */
export const key = new Uint8Array(32).fill(7);
export const newId = (): string => uuidv7();

/** The entry that belongs to an id: a repeat has the same content. It touches a view as well. */
export function entryFor(id: string): NewEntry {
  return {
    id,
    type: "visit.opened",
    actor: { role: "station", id: "host" },
    subject: null,
    visit: id,
    body: { kind: "guest" },
  };
}
