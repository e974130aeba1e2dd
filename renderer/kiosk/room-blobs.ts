import type { stationBlobContract } from "../../core/contract/station-blobs.ts";
import type { ContractRouterClient } from "@orpc/contract";
import type { BlobCarrier, BlobHave } from "../consult/blob-pieces.ts";
import { base64 } from "./engine/message.ts";

type Client = ContractRouterClient<typeof stationBlobContract>;

/** Through the host to the hub: without gaps, from the first byte on. */
export function roomCarrier(client: Client, call: string): BlobCarrier {
  let size = 1;
  const have = ({ received, whole }: Awaited<ReturnType<Client["begin"]>>): BlobHave => ({
    have: Array.from({ length: Math.ceil(received / size) }, (_, index) => index),
    whole,
  });
  return {
    async begin({ id: blob, kind, type, bytes, pieceBytes, sha256: hash }) {
      if (kind === "preview") throw new Error("a preview is not kept");
      size = pieceBytes;
      const media = type as Parameters<Client["begin"]>[0]["media"];
      return have(await client.begin({ call, blob, kind, media, bytes, hash }));
    },
    async put(blob, index, piece) {
      return have(await client.put({ call, blob, offset: index * size, piece: base64(piece) }));
    },
  };
}
