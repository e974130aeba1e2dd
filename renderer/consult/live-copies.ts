import { liveMessageSchema, type LiveMessage } from "../../core/contract/live.ts";

/** Begins, ends and asks about a reading: few, and worth a second way. Numbers on the move and curves are not. */
export function turnsReading(message: LiveMessage): boolean {
  // The hub refuses what fits no schema, and a refused signal would hold up those behind it.
  const read = liveMessageSchema.safeParse(message);
  return read.success && read.data.event.kind !== "progress" && read.data.event.kind !== "wave";
}

const kept = 256;

/** Of messages that come by two ways, true for the first copy of each. */
export function firstCopies(): { isNew(message: LiveMessage): boolean } {
  const known = new Set<string>();
  return {
    isNew(message) {
      const { measurement, at, event } = message;
      const name = JSON.stringify([measurement, at, event]);
      if (known.has(name)) return false;
      known.add(name);
      for (const oldest of known) {
        if (known.size <= kept) break;
        known.delete(oldest);
      }
      return true;
    },
  };
}
