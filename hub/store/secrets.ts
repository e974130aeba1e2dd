import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  randomBytes,
  sign,
  verify,
} from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import type { Sha256 } from "../../core/journal/chain.ts";
import type { Database } from "./open.ts";

export const sha256: Sha256 = (text) => hash("sha256", text, "hex");

/** 256 random bits, base64url. */
export function freshToken(): string {
  return randomBytes(32).toString("base64url");
}

/** Who the hub is. Made at the first opening, kept inside the encrypted database. */
export interface Identity {
  readonly hub: string;
  /** Ed25519, 32 raw bytes as base64url. */
  readonly publicKey: string;
  /** How often this database was opened for work, this time included. */
  readonly starts: number;
  /** Ed25519 over the UTF-8 of `text`, base64url. */
  sign(text: string): string;
  /** 32 bytes, base64url, the same for the same `purpose`; nobody without the identity's key can work it out. */
  secretFor(purpose: string): string;
}

interface IdentityRow {
  readonly hub: string;
  readonly private_key: Uint8Array;
  readonly public_key: string;
  readonly starts: number;
}

export function identityOf(db: Database): Identity {
  const read = db.prepare<[], IdentityRow>("SELECT hub, private_key, public_key, starts FROM identity");
  if (read.get() === undefined) {
    const pair = generateKeyPairSync("ed25519");
    const x = pair.publicKey.export({ format: "jwk" }).x;
    if (x === undefined) throw new Error("an Ed25519 key has no x");
    db.prepare("INSERT INTO identity VALUES (1, ?, ?, ?, 0)").run(
      uuidv7(),
      pair.privateKey.export({ format: "der", type: "pkcs8" }),
      x,
    );
  }
  db.exec("UPDATE identity SET starts = starts + 1");
  const row = read.get();
  if (row === undefined) throw new Error("the identity just written is not there");
  const key = createPrivateKey({ key: Buffer.from(row.private_key), format: "der", type: "pkcs8" });
  return {
    hub: row.hub,
    publicKey: row.public_key,
    starts: row.starts,
    sign: (text) => sign(null, Buffer.from(text, "utf8"), key).toString("base64url"),
    secretFor: (purpose) => createHmac("sha256", row.private_key).update(purpose, "utf8").digest("base64url"),
  };
}

/** False also for a key or a signature that is none. Both base64url. */
export function verifyText(text: string, signature: string, publicKey: string): boolean {
  try {
    const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: publicKey }, format: "jwk" });
    return verify(null, Buffer.from(text, "utf8"), key, Buffer.from(signature, "base64url"));
  } catch {
    return false;
  }
}
