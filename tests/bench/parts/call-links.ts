import type { LinkConditions } from "../../links/relay.ts";

/** The lines on which a call is measured: kbit/s, percent lost, and milliseconds one way, the same in both directions. */
export interface BenchLink {
  readonly name: string;
  readonly conditions: LinkConditions;
}

const link = (kbit: number, percent: number, delayMs: number): BenchLink => ({
  name: `${kbit} kbit/s, ${percent} %, ${delayMs} ms`,
  conditions: {
    bitsPerSecond: kbit * 1_000,
    delayMs,
    jitterMs: 10,
    loss: percent / 100,
    // As deep as the modems of realtime.md §4.4.
    queueBytes: 20_000,
  },
});

/** `64/5/50`: kbit/s, percent, milliseconds. */
export function linkOf(text: string): BenchLink {
  const [kbit = 0, percent = 0, delayMs = 0] = text.split("/").map(Number);
  return link(kbit, percent, delayMs);
}

export const shortSet: readonly BenchLink[] = [link(64, 5, 50), link(32, 0, 50), link(300, 20, 50)];
export const fullSet: readonly BenchLink[] = [300, 150, 100, 64, 32].flatMap((kbit) =>
  [0, 5, 20].flatMap((percent) => [50, 300].map((delayMs) => link(kbit, percent, delayMs))),
);
export const blackoutLink = link(300, 0, 50);
/** Faster than any call: what is left is the set-up itself. */
export const clearLink: BenchLink = {
  name: "clear",
  conditions: { bitsPerSecond: 50_000_000, delayMs: 1, jitterMs: 0, loss: 0, queueBytes: 500_000 },
};
