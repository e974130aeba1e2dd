import type { StationView } from "../../core/contract/views.ts";
import type { Clock } from "../../core/domain/time.ts";
import type { Logger } from "../log/logger.ts";
import type { Store } from "./store.ts";

/** How often the disk is asked whether a measurement may begin. */
const lookMs = 5_000;

export interface StorageParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  readonly onChange: () => void;
}

/** Whether the disk takes what will be measured: asked every few seconds, and by who could not write. */
export class StorageWatch {
  readonly #parts: StorageParts;
  #state: StationView["storage"] = "ok";
  #cancel: () => void = () => {};
  #closed = false;

  constructor(parts: StorageParts) {
    this.#parts = parts;
  }

  get state(): StationView["storage"] {
    return this.#state;
  }

  async look(): Promise<void> {
    const { store, clock, log, onChange } = this.#parts;
    this.#cancel();
    const before = this.#state;
    this.#state = await store.ready().then(
      (ready) => (ready.ok ? "ok" : ready.code === "store.full" ? "full" : "broken"),
      () => "broken" as const,
    );
    if (this.#closed) return;
    if (this.#state !== before) {
      log.warn("storage", { state: this.#state });
      onChange();
    }
    this.#cancel = clock.after(lookMs, () => void this.look());
  }

  close(): void {
    this.#closed = true;
    this.#cancel();
  }
}
