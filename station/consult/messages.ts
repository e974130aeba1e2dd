import { hash as hashOf } from "node:crypto";
import { blobLimits, callBlobLimits, pieceBytes, type BlobState } from "../../core/contract/hub-blobs.ts";
import { faultOf } from "../../core/contract/line.ts";
import type { Brought } from "../../core/contract/station.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import type { Clock } from "../../core/domain/time.ts";
import type { Logger } from "../log/logger.ts";
import type { MessageBlob } from "../store/messages.ts";
import type { Store } from "../store/store.ts";
import { askedOf } from "./asked-of.ts";
import type { HubClient } from "./hub-client.ts";
import type { HubLink } from "./hub-link.ts";
import type { AskingVisit } from "./visit-desk.ts";

type Join = Parameters<HubClient["queue"]["join"]>[0];
export type Kept<C extends FaultCode> = { readonly ok: true } | { readonly ok: false; readonly code: C };

/** What the pages hand over before a message is kept, bytes and items of one visit. */
const most = { bytes: callBlobLimits.bytes / 4, items: 3 } as const;
const retryMs = 5_000;
/** A blob that came out wrong so often is left behind; the message goes without it. */
const mostAttempts = 3;

/**
 * Messages for a doctor who answers later (store-and-forward). They are on the disk before the page is answered, and go to the
 * hub's work list in order, whenever there is a line: in pieces, from where the hub says it stopped.
 */
export class Messages {
  readonly #link: HubLink | undefined;
  readonly #store: Pick<Store, "putMessage" | "firstMessage" | "dropMessage">;
  readonly #clock: Clock;
  readonly #log: Logger;
  /** Pieces of the visit that is at the page. */
  #coming: { readonly visit: string; readonly blobs: Map<string, Uint8Array> } | undefined;
  #sending = false;
  #again = false;
  #closed = false;
  #cancelRetry: () => void = () => undefined;
  readonly #stop: (() => void) | undefined;

  constructor(parts: {
    readonly link: HubLink | undefined;
    readonly store: Pick<Store, "putMessage" | "firstMessage" | "dropMessage">;
    readonly clock: Clock;
    readonly log: Logger;
  }) {
    this.#link = parts.link;
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#log = parts.log;
    let of = parts.link?.client;
    this.#stop = parts.link?.onChange(() => {
      if (parts.link?.client === of) return;
      of = parts.link?.client;
      if (of !== undefined) this.#kick();
    });
    this.#kick();
  }

  /** One piece, in order. */
  piece(visit: string, blob: string, offset: number, piece: Uint8Array): Kept<"blob.tooBig" | "blob.broken"> {
    if (this.#coming?.visit !== visit) this.#coming = { visit, blobs: new Map() };
    const { blobs } = this.#coming;
    const held = blobs.get(blob) ?? new Uint8Array();
    if (offset !== held.length) return { ok: false, code: "blob.broken" };
    const all = [...blobs.values()].reduce((sum, { length }) => sum + length, piece.length);
    if (all > most.bytes || (!blobs.has(blob) && blobs.size >= most.items)) return { ok: false, code: "blob.tooBig" };
    blobs.set(blob, Buffer.concat([held, piece]));
    return { ok: true };
  }

  /** On the disk when it answers. */
  async keep(call: string, asking: AskingVisit, brings: readonly Brought[]): Promise<Kept<"blob.broken">> {
    const blobs: MessageBlob[] = [];
    for (const { blob, kind, media, bytes, hash } of brings) {
      const content = this.#coming?.visit === asking.visit ? this.#coming.blobs.get(blob) : undefined;
      const fits =
        content?.length === bytes && bytes <= blobLimits[kind].bytes && hashOf("sha256", content, "hex") === hash;
      if (!fits) return { ok: false, code: "blob.broken" };
      blobs.push({ blob, kind, media, hash, content });
    }
    const asked: Join = { ...askedOf(asking), call, mode: "stored" };
    await this.#store.putMessage({ call, asked: JSON.stringify(asked), blobs }, this.#clock.now());
    this.#coming = undefined;
    this.#kick();
    return { ok: true };
  }

  /** The visit is over: what was recorded and not kept is gone. */
  forget(visit: string): void {
    if (this.#coming?.visit === visit) this.#coming = undefined;
  }

  close(): void {
    this.#closed = true;
    this.#cancelRetry();
    this.#stop?.();
  }

  #kick(): void {
    this.#again = true;
    if (!this.#sending) void this.#send();
  }

  #isClosed(): boolean {
    return this.#closed;
  }

  async #send(): Promise<void> {
    this.#sending = true;
    this.#cancelRetry();
    try {
      while (this.#again) {
        this.#again = false;
        const client = this.#link?.client;
        if (client === undefined || this.#isClosed()) continue;
        const next = await this.#store.firstMessage();
        if (next === undefined || this.#isClosed()) continue;
        await this.#deliver(client, JSON.parse(next.asked) as Join, next.blobs);
        await this.#store.dropMessage(next.call);
        this.#log.info("message sent", { call: next.call, count: next.blobs.length });
        this.#again = true;
      }
    } catch (error) {
      const code = faultOf(error);
      if (code !== "wire.closed") this.#log.warn("message not sent, tried again later", { code });
      if (!this.#isClosed()) this.#cancelRetry = this.#clock.after(retryMs, () => this.#kick());
    } finally {
      this.#sending = false;
    }
  }

  /** Done when the hub has all of it, or will never take the rest. Rejects where it is worth another try. */
  async #deliver(client: HubClient, asked: Join, blobs: readonly MessageBlob[]): Promise<void> {
    try {
      await client.queue.join(asked);
      for (const blob of blobs) await this.#carry(client, asked.call, blob);
    } catch (error) {
      // Answered and closed already.
      if (faultOf(error) !== "consult.ended") throw error;
    }
  }

  async #carry(client: HubClient, call: string, { blob, kind, media, hash, content }: MessageBlob): Promise<void> {
    const head = { blob, call, kind, media, bytes: content.length, hash } as Parameters<HubClient["blob"]["begin"]>[0];
    for (let attempt = 1; ; attempt++) {
      try {
        let state: BlobState = await client.blob.begin(head);
        while (!state.whole) {
          const piece = Buffer.from(content.subarray(state.received, state.received + pieceBytes)).toString("base64");
          state = await client.blob.put({ blob, offset: state.received, piece });
        }
        return;
      } catch (error) {
        const code = faultOf(error);
        if (code === "blob.broken" && attempt < mostAttempts) continue;
        if (code !== "blob.broken" && code !== "blob.tooBig" && code !== "blob.unknown") throw error;
        this.#log.error("a message goes without what it brought", { code, call });
        return;
      }
    }
  }
}
