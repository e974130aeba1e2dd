import { useEffect, useState } from "react";
import { pieceBytes, type BlobState } from "../../../core/contract/hub-blobs.ts";
import type { HubDoor } from "../hub.ts";

/**
 * A whole picture or voice note as an address for `img` and `audio`. Pictures come as data (the page's policy allows no other),
 * sounds as a blob. Undefined: on its way, or not all there yet.
 */
export function useBlobAddress(door: HubDoor, blob: BlobState): string | undefined {
  const [address, setAddress] = useState<string>();
  const { blob: id, bytes, whole, kind, media } = blob;
  useEffect(() => {
    if (!whole) return undefined;
    const leaving = new AbortController();
    let made: string | undefined;
    const fetchAll = async () => {
      const pieces: string[] = [];
      // A piece is a multiple of three bytes, so that their base64 joins without padding in the middle.
      for (let offset = 0; offset < bytes; offset += pieceBytes) {
        const { piece } = await door.client.blob.get({ blob: id, offset, length: pieceBytes }, leaving);
        pieces.push(piece);
      }
      if (leaving.signal.aborted) return;
      const joined = pieces.join("");
      made = kind === "still" ? `data:${media};base64,${joined}` : URL.createObjectURL(soundOf(joined, media));
      setAddress(made);
    };
    // Cut on the way: the next line begins again.
    const start = () => void (door.state === "open" && fetchAll().catch(() => undefined));
    start();
    const forget = door.onState(start);
    return () => {
      leaving.abort();
      forget();
      if (made?.startsWith("blob:") === true) URL.revokeObjectURL(made);
    };
  }, [door, id, bytes, whole, kind, media]);
  return address;
}

function soundOf(base64: string, media: string): Blob {
  return new Blob([Uint8Array.from(atob(base64), (one) => one.charCodeAt(0))], { type: media });
}
