import type { Browser } from "@playwright/test";
import { quantile } from "./browser.ts";
import type { BenchLink } from "./call-links.ts";
import { openPair, pause, type Name, type Pair } from "./call-pair.ts";

/** A consultation on a village line (product.md M4): voice, a reading every two seconds, and one still in its first half. */
export interface Visit {
  /** Both ends, of all samples of all seconds. */
  readonly concealed: number;
  /** The worst second of either end. */
  readonly worstSecond: number;
  /** Milliseconds. */
  readonly readings: { readonly count: number; readonly p95: number; readonly most: number };
  /** Undefined: it did not come. */
  readonly still: { readonly bytes: number; readonly ms: number } | undefined;
  /** Pictures decoded each second at the desk. */
  readonly frames: number;
  readonly steps: readonly string[];
}

export async function visit(
  browsers: Readonly<Record<Name, Browser>>,
  page: string,
  seed: number,
  link: BenchLink,
  seconds: number,
): Promise<Visit> {
  const pair: Pair = await openPair(browsers, page, "product", seed, link.conditions);
  await pause(12_000);
  await pair.on("station", () => window.side.watchVisit(true));
  await pair.on("desk", () => window.side.watchVisit(false));
  const before = await pair.facts();
  await pause(Math.min(10_000, seconds * 100));
  await pair.on("station", () => window.side.sendStill());
  await pause(seconds * 1_000 - Math.min(10_000, seconds * 100));
  const { station, desk } = await pair.facts();
  await pair.close();
  const all = [...station.seconds, ...desk.seconds];
  const readings = [...desk.readings].sort((a, b) => a - b);
  const samples = (of: "samples" | "concealed") => station[of] - before.station[of] + desk[of] - before.desk[of];
  return {
    concealed: samples("concealed") / samples("samples"),
    worstSecond: Math.max(...all),
    readings: { count: readings.length, p95: quantile(readings, 0.95), most: readings.at(-1) ?? Number.NaN },
    still: station.still,
    frames: (desk.frames - before.desk.frames) / seconds,
    steps: station.steps,
  };
}
