import type { Clock } from "../../core/domain/time.ts";
import type { LineOf, Presence } from "../ports/presence.ts";

export function createMemoryPresence(clock: Pick<Clock, "now">): Presence {
  /** Most have one connection: a list of one is written as such, for a spread keeps room for seventeen. */
  const lines = new Map<LineOf, readonly string[]>();
  const gone = new Map<LineOf, number>();
  const listeners = new Set<(line: LineOf, here: boolean) => void>();
  const tell = (line: LineOf, here: boolean) => {
    for (const listener of [...listeners]) listener(line, here);
  };
  return {
    arrived(line, connection) {
      const here = lines.get(line);
      lines.set(line, here ? [...here, connection] : [connection]);
      if (here) return;
      gone.delete(line);
      tell(line, true);
    },
    left(line, connection) {
      const here = lines.get(line);
      if (!here?.includes(connection)) return;
      const others = here.filter((one) => one !== connection);
      if (others.length > 0) {
        lines.set(line, others);
        return;
      }
      lines.delete(line);
      gone.set(line, clock.now());
      tell(line, false);
    },
    isHere: (line) => lines.has(line),
    leftAt: (line) => gone.get(line),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
