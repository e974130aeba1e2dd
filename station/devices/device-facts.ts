import type { Outcome } from "../../core/domain/outcome.ts";
import type { Clock } from "../../core/domain/time.ts";
import { toHex } from "../../drivers/kit/index.ts";
import type { StationSettings } from "../settings.ts";
import type { Store } from "../store/store.ts";
import { refusalOf, withoutContent } from "../visits/bodies.ts";
import { newId, type Scribe } from "../visits/scribe.ts";
import { tellsAgain, type Device } from "./device.ts";

export interface DeviceFactParts {
  readonly store: Store;
  readonly scribe: Scribe;
  readonly clock: Clock;
  readonly program: StationSettings["program"];
}

/** What devices do of their own accord, kept as facts that belong to no visit. */
export class DeviceFacts {
  readonly #parts: DeviceFactParts;

  constructor(parts: DeviceFactParts) {
    this.#parts = parts;
  }

  /** An assignment is a fact when it is new, not at every start. */
  async assigned({ id, profile, port, simulated }: Device): Promise<void> {
    const { store, scribe } = this.#parts;
    const known = await store.devices();
    if (known.some((each) => each.id === id && each.profile === profile.id && each.simulated === simulated)) return;
    const body = { device: id, profile: profile.id, port, simulated };
    await scribe.keep(scribe.fact("device.assigned", body, { visit: null, subject: null }));
  }

  /** A result while nobody is being measured on that device: kept with its reason, attached to nobody. */
  async unasked(device: Device, outcome: Outcome, raw: Uint8Array): Promise<void> {
    if (outcome.kind !== "measurement") return;
    // Who was measured while nobody was: told again after the next start, it must be known.
    tellsAgain(device, outcome);
    const { clock, program, scribe } = this.#parts;
    const when = { stopped: false, over: true, asked: false };
    const heard = { candidate: outcome, rawHex: [toHex(raw)], heardAt: clock.now(), when };
    const body = refusalOf(
      outcome.stored === true ? withoutContent(heard) : heard,
      { measurement: newId(), reason: "gate.noVisit" },
      { device, program, offsetMs: undefined },
    );
    await scribe.keep(scribe.fact("measurement.refused", body, { visit: null, subject: null }));
  }
}
