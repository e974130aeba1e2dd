import type { Clock } from "../../core/domain/time.ts";
import type { HubClient } from "../consult/hub-client.ts";
import type { DeviceTable } from "../devices/table.ts";
import type { Logger } from "../log/logger.ts";
import type { Store } from "../store/store.ts";
import type { Scribe } from "../visits/scribe.ts";
import { KeepUnder } from "../visits/keep-under.ts";
import type { Visits } from "../visits/visits.ts";
import { Codes } from "./codes.ts";
import { Identify } from "./identify.ts";
import { Linking } from "./linking.ts";

export interface IdentityParts {
  readonly store: Store;
  readonly scribe: Scribe;
  readonly clock: Clock;
  readonly log: Logger;
  readonly table: DeviceTable;
  readonly simulated: boolean;
  readonly visits: Visits;
  /** Of the open line to the hub. Absent: the station has none. */
  readonly client?: () => HubClient | undefined;
}

/** Everything about who somebody is: found out, known by more ways than one, asked about at the hub. */
export class Identity {
  readonly identify: Identify;
  readonly linking: Linking;
  readonly keepUnder: KeepUnder;
  readonly #codes: Codes | undefined;

  constructor({ store, scribe, clock, log, table, simulated, visits, client }: IdentityParts) {
    const codes = client && new Codes({ store, scribe, clock, log, client });
    this.#codes = codes;
    this.identify = new Identify({
      store,
      clock,
      log,
      table,
      simulated,
      resumes: (resident) => visits.resumes(resident),
      ...(codes === undefined ? {} : { resolveCode: (code) => codes.resolve(code) }),
    });
    this.linking = new Linking({
      store,
      scribe,
      clock,
      log,
      table,
      visits,
      lastFour: () => this.identify.lastFour(),
      onCode: () => void codes?.kick(),
    });
    this.keepUnder = new KeepUnder({
      store,
      scribe,
      visits,
      clock,
      simulated,
      // Somebody who was recognized in a guest's visit, and agrees that it is kept under their name.
      admit: (token) => this.identify.admit({ kind: "found", token, consents: { keep: true }, way: "touch" }),
    });
  }

  /** The hub can be asked, and told, what waited for it. */
  lineUp(): void {
    void this.#codes?.kick();
  }

  /** A visit is over: nothing of who it was stays in memory. */
  forget(): void {
    this.identify.forget();
    this.linking.close();
  }

  async close(): Promise<void> {
    this.identify.close();
    this.linking.close();
    await this.#codes?.close();
  }
}
