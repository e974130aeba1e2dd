import type { StationNote } from "../../core/contract/station-blobs.ts";
import { pieceBytes, pieceCount, sha256Of, type BlobComing } from "../consult/blob-pieces.ts";
import type { StationDoor } from "../station.ts";

/** Voice notes of the doctors by the hub: fetched in pieces where nothing brought them here, and told back when they were heard. */
export interface HubNotes {
  /** Played to its end. Told to the hub as soon as that has the note. */
  heard(note: string): void;
  /** The direct talk is over, and what it was bringing did not come. */
  kick(): void;
  close(): void;
}

const retryMs = 2_000;

export function createHubNotes(parts: {
  readonly door: Pick<StationDoor, "client" | "feed">;
  readonly call: string;
  /** Here already, or on its way over the direct talk. */
  readonly isHere: (note: string) => boolean;
  readonly onComing: (coming: BlobComing) => void;
}): HubNotes {
  const { door, call } = parts;
  const { blob: hub } = door.client.consult;
  let all: readonly StationNote[] = [];
  const heard = new Set<string>();
  /** What came so far, by note: a fetch that was cut goes on from there. */
  const came = new Map<string, Uint8Array<ArrayBuffer>[]>();
  /** Came out wrong: the doctor sees that it was not heard. */
  const wrong = new Set<string>();
  let busy = false;
  let due = false;
  let closed = false;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const isClosed = () => closed;

  const fetchOne = async ({ blob, media, bytes, hash }: StationNote) => {
    const head = { id: blob, kind: "voiceNote", type: media, bytes, pieceBytes, sha256: hash } as const;
    const of = pieceCount(head);
    const pieces = came.get(blob) ?? [];
    came.set(blob, pieces);
    while (pieces.length < of && !isClosed()) {
      const offset = pieces.length * pieceBytes;
      const { piece } = await hub.get({ call, blob, offset, length: Math.min(pieceBytes, bytes - offset) });
      pieces.push(bytesOf(piece));
      if (pieces.length < of) parts.onComing({ head, done: pieces.length, of, bytes: undefined });
    }
    if (isClosed()) return;
    came.delete(blob);
    const whole = new Uint8Array(await new Blob(pieces).arrayBuffer());
    if ((await sha256Of(whole)) === hash) parts.onComing({ head, done: of, of, bytes: whole });
    else wrong.add(blob);
  };

  /** One after the other, the oldest first. */
  const work = async () => {
    due = true;
    if (busy) return;
    clearTimeout(retry);
    busy = true;
    try {
      while (takeDue() && !isClosed())
        for (const note of all) {
          if (note.heard || wrong.has(note.blob)) continue;
          if (heard.has(note.blob)) await hub.heard({ call, blob: note.blob });
          else if (came.has(note.blob) || !parts.isHere(note.blob)) await fetchOne(note);
        }
    } catch {
      if (!isClosed()) retry = setTimeout(() => void work(), retryMs);
    }
    busy = false;
  };
  const takeDue = () => {
    const was = due;
    due = false;
    return was;
  };

  const leave = door.feed(
    (client, options) => client.consult.blob.watch({ call }, options),
    (now) => {
      all = now;
      void work();
    },
    () => undefined,
  );

  return {
    heard(note) {
      heard.add(note);
      void work();
    },
    kick: () => void work(),
    close() {
      closed = true;
      clearTimeout(retry);
      leave();
    },
  };
}

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
