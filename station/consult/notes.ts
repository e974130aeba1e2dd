import type { BlobState } from "../../core/contract/hub-blobs.ts";
import { faultOf } from "../../core/contract/line.ts";
import type { StationNote } from "../../core/contract/station-blobs.ts";
import { Feed, type Reading } from "../feed.ts";
import type { Logger } from "../log/logger.ts";
import type { HubClient } from "./hub-client.ts";

const noteOf = ({ blob, media, bytes, hash, heardAt }: BlobState): StationNote => ({
  blob,
  media,
  bytes,
  hash,
  heard: heardAt !== undefined,
});

/**
 * What doctors of a call said to be listened to, as the hub holds it. The last word stays while the line is away; on the next one
 * it is asked for anew.
 */
export class StationNotes {
  readonly #call: string;
  readonly #log: Logger;
  readonly #all = new Feed<StationNote[]>([]);
  #client: HubClient | undefined;
  #watching: AbortController | undefined;

  constructor(call: string, log: Logger) {
    this.#call = call;
    this.#log = log;
  }

  /** The line over which the talk runs now, and as whom the hub knows the station; undefined: nobody talks. */
  follow(client: HubClient | undefined, you: string): void {
    if (client === this.#client && (client === undefined || this.#watching !== undefined)) return;
    this.#watching?.abort();
    this.#watching = undefined;
    this.#client = client;
    if (client === undefined) return;
    this.#watching = new AbortController();
    void this.#watch(client, you, this.#watching);
  }

  watch(signal: AbortSignal | undefined): Reading<StationNote[]> {
    return this.#all.read(signal);
  }

  close(): void {
    this.follow(undefined, "");
    this.#all.close();
  }

  async #watch(client: HubClient, you: string, watching: AbortController): Promise<void> {
    try {
      for await (const all of await client.blob.watch({ call: this.#call }, { signal: watching.signal })) {
        if (watching.signal.aborted) return;
        const fromDoctors = all.filter(({ kind, whole, by }) => kind === "voiceNote" && whole && by !== you);
        this.#all.set(fromDoctors.map(noteOf));
      }
    } catch (error) {
      const code = faultOf(error);
      if (!watching.signal.aborted && code !== "wire.closed" && code !== "consult.ended")
        this.#log.warn("notes feed failed", { code });
    } finally {
      // Whatever ended it, the next word about the call begins it anew.
      if (this.#watching === watching) this.#watching = undefined;
    }
  }
}
