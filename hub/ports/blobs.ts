import type { BlobKind } from "../../core/contract/hub-blobs.ts";

export interface Blob {
  readonly id: string;
  readonly call: string;
  readonly kind: BlobKind;
  readonly media: string;
  readonly bytes: number;
  /** Lower-case hex SHA-256 of the whole. */
  readonly hash: string;
  /** Held without a gap up to here. */
  readonly received: number;
  readonly whole: boolean;
  /** Participant who sent it: account or station. */
  readonly by: string;
  /** Who brings it here: the sender, or the desk it came to over the talk. */
  readonly keptBy: string;
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  /** When the station had played it to the resident; milliseconds since 1970 UTC. */
  readonly heardAt?: number;
}

export type Put =
  { readonly ok: true; readonly blob: Blob } | { readonly ok: false; readonly code: "blob.broken" | "blob.tooBig" };

/** Encrypted at rest. Every answer comes after the write is durable. */
export interface BlobStore {
  /** The one that is kept under this id, this one or an earlier; undefined: too much for one call. */
  begin(blob: Omit<Blob, "received" | "whole">): Promise<Blob | undefined>;
  find(id: string): Promise<Blob | undefined>;
  /** Played to the resident. False: it was before, and keeps its first time. */
  heard(id: string, at: number): Promise<boolean>;
  ofCall(call: string): Promise<readonly Blob[]>;
  /** A piece at another place than `received` changes nothing. Broken: all were there and did not fit the hash; none are any more. */
  put(id: string, offset: number, piece: Uint8Array): Promise<Put>;
  read(id: string, offset: number, length: number): Promise<Uint8Array>;
}
