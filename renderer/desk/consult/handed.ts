import type { BlobState } from "../../../core/contract/hub-blobs.ts";
import type { BlobCarrier, BlobComing, BlobHave } from "../../consult/blob-pieces.ts";
import { createBlobSender, type BlobItem } from "../../consult/blob-sender.ts";
import { withComing, withItem, withoutRest, type CallBlob } from "../../consult/call-blobs.ts";
import type { HubDoor } from "../hub.ts";

/** What went to and fro in a call besides talk. `kept`: the hub has the whole of it, under the call. */
export interface HandedBlob extends CallBlob {
  readonly kept: BlobState | undefined;
}

export interface Handed {
  come(coming: BlobComing): void;
  item(item: BlobItem): void;
  /** One's own, to be kept like those that came. */
  keep(id: string, type: string, bytes: Uint8Array<ArrayBuffer>): void;
  /** The talk that carried them is over. */
  ended(): void;
  close(): void;
}

/**
 * Pictures and voice notes of one call. They come page to page, once over the village's line; from here they go to the hub
 * over the desk's own. A page that was reloaded shows what the hub has.
 */
export function createHanded(door: HubDoor, call: string, show: (handed: readonly HandedBlob[]) => void): Handed {
  let blobs: readonly CallBlob[] = [];
  let atHub: readonly BlobState[] = [];
  const keeper = createBlobSender({
    carrier: hubCarrier(door, call),
    onItem: () => undefined,
    onBusy: () => undefined,
  });

  const tell = () => {
    const here = blobs.map((one) => ({ ...one, kept: atHub.find(({ blob, whole }) => whole && blob === one.id) }));
    const before = atHub.filter(({ blob, whole }) => whole && !blobs.some(({ id }) => id === blob));
    show([...before.map(fromHub), ...here]);
  };
  const set = (next: readonly CallBlob[]) => {
    blobs = next;
    tell();
  };

  const leaving = [
    door.feed(
      (client, options) => client.blob.watch({ call }, options),
      (all) => {
        atHub = all;
        tell();
      },
      () => undefined,
    ),
    door.onState((state) => {
      if (state === "open") keeper.kick();
    }),
  ];

  return {
    come(coming) {
      const { head, bytes } = coming;
      set(withComing(blobs, coming));
      if (bytes && head.kind !== "preview") void keeper.send(head.id, head.kind, head.type, bytes);
    },
    item: (item) => set(withItem(blobs, item)),
    keep: (id, type, bytes) => void keeper.send(id, "voiceNote", type, bytes),
    ended: () => set(withoutRest(blobs)),
    close() {
      keeper.close();
      for (const leave of leaving) leave();
    },
  };
}

function fromHub(kept: BlobState): HandedBlob {
  const { blob: id, kind, media: type } = kept;
  const own = false;
  return { id, kind, own, type, done: 1, of: 1, state: "whole", preview: undefined, bytes: undefined, kept };
}

/** The hub keeps a blob without gaps, from its first byte on. */
export function hubCarrier(door: Pick<HubDoor, "client">, call: string): BlobCarrier {
  const have = ({ received, whole }: BlobState, pieceBytes: number): BlobHave => ({
    have: Array.from({ length: Math.ceil(received / pieceBytes) }, (_, index) => index),
    whole,
  });
  let size = 1;
  return {
    async begin({ id, kind, type, bytes, pieceBytes, sha256 }) {
      if (kind === "preview") throw new Error("a preview is not kept");
      size = pieceBytes;
      const media = type as Parameters<HubDoor["client"]["blob"]["begin"]>[0]["media"];
      return have(await door.client.blob.begin({ blob: id, call, kind, media, bytes, hash: sha256 }), pieceBytes);
    },
    async put(id, index, piece) {
      const text = btoa(Array.from(piece, (byte) => String.fromCharCode(byte)).join(""));
      return have(await door.client.blob.put({ blob: id, offset: index * size, piece: text }), size);
    },
  };
}
