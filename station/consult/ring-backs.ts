import type { RingsBack } from "../../core/contract/hub-calls.ts";
import { faultOf } from "../../core/contract/line.ts";
import type { VisitView } from "../../core/contract/views.ts";
import type { Logger } from "../log/logger.ts";
import type { HubClient } from "./hub-client.ts";
import type { HubLink } from "./hub-link.ts";
import type { VisitDesk } from "./visit-desk.ts";

export interface RingBackParts {
  readonly link: HubLink | undefined;
  readonly visits: Pick<VisitDesk, "find" | "changed">;
  readonly log: Logger;
}

/** Doctors who hung up and would like to speak again, as the hub says now. Without a line nobody could be answered: none. */
export class StationRingBacks {
  readonly #parts: RingBackParts;
  #all: readonly RingsBack[] = [];
  #client: HubClient | undefined;
  #reading = new AbortController();
  readonly #stop: (() => void) | undefined;

  constructor(parts: RingBackParts) {
    this.#parts = parts;
    this.#stop = parts.link?.onChange(() => this.#follow());
    this.#follow();
  }

  /** What the resident of this visit is asked. */
  of(visit: string): VisitView["ringBack"] {
    const asked = this.#all.find((one) => one.visit === visit);
    return asked && { call: asked.call, name: asked.clinician.name };
  }

  /** Not now. A line that is lost meanwhile: the hub asks no longer than `ringBackMs`. */
  async refuse(call: string): Promise<void> {
    const asked = this.#all.find((one) => one.call === call);
    if (asked !== undefined) await this.#answer(asked, "refused");
  }

  /** The visit ends. */
  async leave(visit: string): Promise<void> {
    await Promise.all(this.#all.filter((one) => one.visit === visit).map((one) => this.#answer(one, "gone")));
  }

  close(): void {
    this.#stop?.();
    this.#reading.abort();
  }

  #follow(): void {
    const client = this.#parts.link?.client;
    if (client === this.#client) return;
    this.#client = client;
    this.#reading.abort();
    this.#reading = new AbortController();
    this.#show([]);
    if (client !== undefined) void this.#read(client, this.#reading.signal);
  }

  async #read(client: HubClient, signal: AbortSignal): Promise<void> {
    try {
      for await (const all of await client.call.ringBacks(undefined, { signal })) {
        if (signal.aborted) return;
        const isHere = ({ visit }: RingsBack) => this.#parts.visits.find(visit) !== undefined;
        this.#show(all.filter(isHere));
        for (const one of all) if (!isHere(one)) void this.#answer(one, "gone");
      }
    } catch (error) {
      const code = faultOf(error);
      if (!signal.aborted && code !== "wire.closed") this.#parts.log.warn("ring backs not heard", { code });
    }
  }

  async #answer({ call }: RingsBack, why: "refused" | "gone"): Promise<void> {
    this.#show(this.#all.filter((one) => one.call !== call));
    try {
      await this.#client?.call.notNow({ call, why });
    } catch (error) {
      this.#parts.log.warn("ring back not answered", { code: faultOf(error) });
    }
  }

  #show(all: readonly RingsBack[]): void {
    const visits = new Set([...this.#all, ...all].map(({ visit }) => visit));
    this.#all = all;
    for (const visit of visits) this.#parts.visits.changed(visit);
  }
}
