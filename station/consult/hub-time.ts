import { z } from "zod";
import type { Clock } from "../../core/domain/time.ts";
import { stationClockState } from "../../core/quality/station-clock.ts";
import type { Logger } from "../log/logger.ts";

export interface HubTimeParts {
  readonly address: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** `aheadMs` is another one. */
  readonly changed: () => void;
}

/** How often somebody looks at the clock; a clock that is off is compared at every look. */
const lookMs = 60_000;
const compareMs = 3_600_000;
/** An answer that took longer says too little about the moment it was made. */
const answerMs = 5_000;
/** Wall clock and monotonic clock go apart by this much only when somebody set the wall clock. */
const setMs = 2_000;

const healthSchema = z.object({ now: z.iso.datetime() });

interface Compared {
  readonly aheadMs: number;
  /** The wall clock and the monotonic clock at that moment. */
  readonly wall: number;
  readonly monotonic: number;
}

/**
 * What the hub's clock says of the station's: asked when the line opens and every hour, halving the way there and back. Once
 * the station's clock was set, what was known of it is forgotten and asked anew; with the hub away nothing is known then,
 * and nothing is held against the station. Who makes it closes it.
 */
export class HubTime {
  readonly #parts: HubTimeParts;
  #compared: Compared | undefined;
  #up = false;
  #asking = false;
  #closed = false;
  #cancelLook: () => void = () => undefined;

  constructor(parts: HubTimeParts) {
    this.#parts = parts;
    this.#lookLater();
  }

  /** The hub's clock minus the station's, in ms. */
  get aheadMs(): number | undefined {
    return this.#wasSet() ? undefined : this.#compared?.aheadMs;
  }

  lineOpened(): void {
    this.#up = true;
    void this.#ask();
  }

  lineLost(): void {
    this.#up = false;
  }

  close(): void {
    this.#closed = true;
    this.#cancelLook();
  }

  #lookLater(): void {
    this.#cancelLook = this.#parts.clock.after(lookMs, () => {
      this.#look();
      this.#lookLater();
    });
  }

  #look(): void {
    if (this.#wasSet()) {
      this.#compared = undefined;
      this.#parts.log.warn("the station's clock was set");
      this.#parts.changed();
    }
    if (this.#up && this.#isDue()) void this.#ask();
  }

  #isDue(): boolean {
    const { clock } = this.#parts;
    const compared = this.#compared;
    return (
      compared === undefined ||
      stationClockState(compared.aheadMs) !== "right" ||
      clock.monotonic() - compared.monotonic >= compareMs
    );
  }

  #wasSet(): boolean {
    const { clock } = this.#parts;
    const compared = this.#compared;
    if (compared === undefined) return false;
    return Math.abs(clock.now() - compared.wall - (clock.monotonic() - compared.monotonic)) > setMs;
  }

  async #ask(): Promise<void> {
    if (this.#asking || this.#closed) return;
    this.#asking = true;
    try {
      const compared = await this.#compare();
      if (compared === undefined || this.#isClosed()) return;
      const before = stationClockState(this.aheadMs);
      this.#compared = compared;
      const after = stationClockState(compared.aheadMs);
      if (before !== after && after !== "right")
        this.#parts.log.warn("the station's clock differs from the hub's", { ms: compared.aheadMs });
      this.#parts.changed();
    } finally {
      this.#asking = false;
    }
  }

  /** Undefined when the hub does not answer in time, or makes no sense. Never rejects. */
  async #compare(): Promise<Compared | undefined> {
    const { address, clock } = this.#parts;
    const late = new AbortController();
    const stopWaiting = clock.after(answerMs, () => late.abort());
    const asked = clock.monotonic();
    try {
      const response = await fetch(`${address.replace(/\/$/, "")}/api/health`, {
        redirect: "error",
        signal: late.signal,
      });
      const answer = healthSchema.safeParse(response.ok ? await response.json() : undefined);
      if (!answer.success) return undefined;
      const [wall, monotonic] = [clock.now(), clock.monotonic()];
      const aheadMs = Math.round(Date.parse(answer.data.now) + (monotonic - asked) / 2 - wall);
      return { aheadMs, wall, monotonic };
    } catch {
      // Not reached, cut off, or no JSON: the line says by itself whether the hub is away.
      return undefined;
    } finally {
      stopWaiting();
    }
  }

  /** Read anew after a wait: the compiler cannot see that `close` may have been called meanwhile. */
  #isClosed(): boolean {
    return this.#closed;
  }
}
