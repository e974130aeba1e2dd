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
  /** One's own where no direct talk carries it: by the hub, which the station asks for it. */
  leave(id: string, type: string, bytes: Uint8Array<ArrayBuffer>): void;
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
export function createHanded(parts: {
  readonly door: HubDoor;
  readonly call: string;
  /** Whose desk this is, and of which station the call is, as the hub says. */
  readonly who: () => { readonly you: string | undefined; readonly station: string | undefined };
  readonly show: (handed: readonly HandedBlob[]) => void;
}): Handed {
  const { door, call, who, show } = parts;
  let blobs: readonly CallBlob[] = [];
  let atHub: readonly BlobState[] = [];
  const left = new Set<string>();
  const keeper = createBlobSender({
    carrier: hubCarrier(door, call, (id) =>
      blobs.find((one) => one.id === id)?.own === false ? who().station : undefined,
    ),
    onItem: (item) => {
      if (left.has(item.head.id)) set(withItem(blobs, item));
    },
    onBusy: () => undefined,
  });

  const tell = () => {
    const here = blobs.map((one) => ({ ...one, kept: atHub.find(({ blob, whole }) => whole && blob === one.id) }));
    const before = atHub.filter(({ blob, whole }) => whole && !blobs.some(({ id }) => id === blob));
    const { you } = who();
    show([...before.map((kept) => fromHub(kept, kept.by === you)), ...here]);
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
    leave(id, type, bytes) {
      left.add(id);
      void keeper.send(id, "voiceNote", type, bytes);
    },
    keep: (id, type, bytes) => void keeper.send(id, "voiceNote", type, bytes),
    // What goes by the hub goes on.
    ended: () => {
      const byHub = blobs.filter(({ id }) => left.has(id));
      set([...withoutRest(blobs.filter(({ id }) => !left.has(id))), ...byHub]);
    },
    close() {
      keeper.close();
      for (const leave of leaving) leave();
    },
  };
}

function fromHub(kept: BlobState, own: boolean): HandedBlob {
  const { blob: id, kind, media: type } = kept;
  return { id, kind, own, type, done: 1, of: 1, state: "whole", preview: undefined, bytes: undefined, kept };
}

/** The hub keeps a blob without gaps, from its first byte on. `of`: whose it is, where it is not one's own. */
export function hubCarrier(
  door: Pick<HubDoor, "client">,
  call: string,
  of: (id: string) => string | undefined = () => undefined,
): BlobCarrier {
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
      const about = { blob: id, call, kind, media, bytes, hash: sha256, of: of(id) };
      return have(await door.client.blob.begin(about), pieceBytes);
    },
    async put(id, index, piece) {
      const text = btoa(Array.from(piece, (byte) => String.fromCharCode(byte)).join(""));
      return have(await door.client.blob.put({ blob: id, offset: index * size, piece: text }), size);
    },
  };
}
