import type { NewEntry } from "../../core/journal/entry.ts";

/** The second factor of an account as kept: the shared secret, and whether its owner ever proved to have it. */
export interface Factor {
  /** RFC 4648 base32, 160 bits. */
  readonly secret: string;
  readonly confirmed: boolean;
}

/** Second factors by account, and the codes that were used already. Every answer comes after the write is durable. */
export interface FactorStore {
  factor(account: string): Promise<Factor | undefined>;
  /** Sets or replaces. */
  putFactor(account: string, factor: Factor): Promise<void>;
  confirm(account: string): Promise<void>;
  /** Forgets the factor, closes every session of the account and writes the entry, in one step. Hashes of those sessions. */
  reset(account: string, entry: NewEntry): Promise<readonly string[]>;
  /** True once per account and time step of 30 s; steps before `forget` need not be remembered. */
  spend(account: string, step: number, forget: number): Promise<boolean>;
}

/** A personal signing key as kept: the seed is wrapped, and only its owner's PIN opens it. */
export interface WrappedKey {
  /** Ed25519, 32 raw bytes as base64url. */
  readonly publicKey: string;
  readonly account: string;
  /** Of argon2id over the PIN. */
  readonly salt: Uint8Array;
  /** AES-256-GCM over the 32 bytes of the seed: nonce, and ciphertext with its tag. */
  readonly nonce: Uint8Array;
  readonly wrapped: Uint8Array;
  /** Milliseconds since 1970 UTC. */
  readonly madeAt: number;
}

export interface KeyStore {
  /** The one key the account signs with. */
  keyOf(account: string): Promise<WrappedKey | undefined>;
  /** Retires the account's key, if there is one, and keeps this one. */
  putKey(key: WrappedKey): Promise<void>;
  /** Whether this key is the account's, or was. */
  isKeyOf(account: string, publicKey: string): Promise<boolean>;
}
