import {
  createHmac,
  createPrivateKey,
  generateKeyPairSync,
  hash,
  sign,
  timingSafeEqual,
  type KeyObject,
} from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import type { Sha256 } from "../../core/journal/chain.ts";
import type { Database } from "./open.ts";

export const sha256: Sha256 = (text) => hash("sha256", text, "hex");

/** Who the station is: its id and the key it signs with. Made at the first opening, kept inside the encrypted database. */
export interface Identity {
  readonly owner: string;
  /** Ed25519, the 32 raw bytes as base64url: the `x` of a JWK with `kty: "OKP"`, `crv: "Ed25519"`. */
  readonly publicKey: string;
  /** Ed25519 signature over the UTF-8 of `text`, base64url. */
  sign(text: string): string;
}

interface IdentityRow {
  readonly owner: string;
  readonly private_key: Uint8Array;
  readonly public_key: string;
}

/** `owner`: the id a new database is made for; a fresh UUIDv7 when absent. An existing database keeps its own. */
export function identityOf(db: Database, owner: string | undefined): Identity {
  const kept = db.prepare<[], IdentityRow>("SELECT owner, private_key, public_key FROM identity").get();
  const row = kept ?? make(db, owner ?? uuidv7());
  const key = createPrivateKey({ key: Buffer.from(row.private_key), format: "der", type: "pkcs8" });
  return { owner: row.owner, publicKey: row.public_key, sign: (text) => signText(text, key) };
}

function make(db: Database, owner: string): IdentityRow {
  const pair = generateKeyPairSync("ed25519");
  const x = pair.publicKey.export({ format: "jwk" }).x;
  if (x === undefined) throw new Error("an Ed25519 key has no x");
  const row = { owner, private_key: pair.privateKey.export({ format: "der", type: "pkcs8" }), public_key: x };
  db.prepare("INSERT INTO identity VALUES (1, ?, ?, ?)").run(row.owner, row.private_key, row.public_key);
  return row;
}

function signText(text: string, key: KeyObject): string {
  return sign(null, Buffer.from(text, "utf8"), key).toString("base64url");
}

/**
 * A value that only the right key gives, kept beside the database in the clear: it tells a wrong key from damage. It is a
 * keyed hash of a fixed text; from it a random 32-byte key cannot be found.
 */
export function keyCheckOf(key: Uint8Array): Uint8Array {
  return createHmac("sha256", key).update("station database key check").digest();
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
