import { faultOf } from "../../core/contract/line.ts";
import type { Clock } from "../../core/domain/time.ts";
import type { Logger } from "../log/logger.ts";
import { StoreFault, type Store } from "../store/store.ts";
import type { HubClient } from "./hub-client.ts";

/** Who looks at the list makes it be asked for; not more often than this. */
const againMs = 60_000;

export interface TeamParts {
  readonly store: Pick<Store, "putTeam">;
  /** Of the open line to the hub. */
  readonly client: () => HubClient | undefined;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Who works for this station's institutions: asked for when there is a line, and kept for when there is none. */
export class Team {
  readonly #parts: TeamParts;
  #askedAt: number | undefined;

  constructor(parts: TeamParts) {
    this.#parts = parts;
  }

  /** Never rejects. */
  async ask(): Promise<void> {
    const { store, client, clock, log } = this.#parts;
    const hub = client();
    const now = clock.monotonic();
    if (hub === undefined || (this.#askedAt !== undefined && now - this.#askedAt < againMs)) return;
    this.#askedAt = now;
    try {
      await store.putTeam(await hub.contract.doctors());
    } catch (error) {
      this.#askedAt = undefined;
      log.warn("team not known", { code: error instanceof StoreFault ? error.code : faultOf(error) });
    }
  }

  /** A new line: asked at once. */
  lineUp(): Promise<void> {
    this.#askedAt = undefined;
    return this.ask();
  }
}
