import type { Brought } from "../../../core/contract/station.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { pieceBytes, sha256Of } from "../../consult/blob-pieces.ts";
import { faultOf } from "../../station.ts";
import type { Base } from "./shown.ts";

/** A picture or a voice as it was taken. */
export interface Carried {
  readonly kind: Brought["kind"];
  readonly media: Brought["media"];
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Of a picture: a small one that goes ahead in a talk. */
  readonly preview?: Uint8Array<ArrayBuffer>;
}

/** Hands a message over to the host, which keeps it and sends it when there is a line. */
export function createMessage(
  { door, newId, send }: Base,
  parts: { readonly visit: () => string | undefined; readonly agreed: () => Promise<unknown> },
) {
  return async (brings: readonly Carried[]): Promise<FaultCode | undefined> => {
    const visit = parts.visit();
    if (visit === undefined) return "visit.closed";
    const { piece, leaveMessage } = door.client.consult;
    const brought: Brought[] = [];
    try {
      await parts.agreed();
      for (const { kind, media, bytes } of brings) {
        const blob = newId();
        for (let offset = 0; offset < bytes.length; offset += pieceBytes)
          await piece({ visit, blob, offset, piece: base64(bytes.subarray(offset, offset + pieceBytes)) });
        brought.push({ blob, kind, media, bytes: bytes.length, hash: await sha256Of(bytes) });
      }
      await leaveMessage({ call: newId(), visit, brings: brought });
    } catch (error) {
      return faultOf(error);
    }
    if (parts.visit() === visit) send({ kind: "messageKept" });
    return undefined;
  };
}

export const base64 = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
