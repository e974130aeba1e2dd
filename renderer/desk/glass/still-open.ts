import type { OpenGlass } from "../../../core/contract/hub-record.ts";

/** Longer timers fire at once. */
const longestMs = 2 ** 31 - 1;

/**
 * Records that may still be looked at: the hub tells of them when one is opened or reviewed, and time ends them without a word.
 * `hear`: the hub's newest list. `stop`: nothing is shown any more.
 */
export function createStillOpen(show: (open: readonly OpenGlass[]) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const hear = (all: readonly OpenGlass[]) => {
    clearTimeout(timer);
    const now = Date.now();
    const open = all.filter(({ until }) => Date.parse(until) > now);
    show(open);
    const next = Math.min(...open.map(({ until }) => Date.parse(until) - now));
    if (open.length > 0) timer = setTimeout(() => hear(open), Math.min(next, longestMs));
  };
  return { hear, stop: () => clearTimeout(timer) };
}
