import { createCipheriv, createDecipheriv, createPrivateKey, createPublicKey, randomBytes, sign } from "node:crypto";
import { hashRaw } from "@node-rs/argon2";
import { v7 as uuidv7 } from "uuid";
import { certifiedText, signedText, type Signatory, type Statement } from "../../core/care/signed.ts";
import { instant, type Clock } from "../../core/domain/time.ts";
import type { NewEntry } from "../../core/journal/entry.ts";
import { BackOff } from "../http/back-off.ts";
import type { SecondFactors } from "../http/second-factor.ts";
import type { Directory } from "../ports/directory.ts";
import type { KeyStore, WrappedKey } from "../ports/factors.ts";
import type { RecordStore } from "../ports/records.ts";
import type { AtSession, Opened, Signer } from "../ports/signer.ts";
import type { Identity } from "../store/secrets.ts";

/** A key stays open this long, whatever happens meanwhile. */
const openMs = 10 * 60_000;
/** argon2id for PINs: dearer than for passwords, for a PIN is shorter. */
const cost = { memoryCost: 65_536, timeCost: 3, parallelism: 1, outputLen: 32 } as const;
/** Before the 32 bytes of the seed: PKCS #8 of Ed25519 (RFC 8410). */
const derPrefix = Buffer.from("302e020100300506032b657004220420", "hex");

interface OpenKey {
  readonly account: string;
  readonly seed: Uint8Array;
  readonly statement: Omit<Statement, "of" | "at">;
  /** Milliseconds since 1970 UTC. */
  readonly until: number;
  readonly stopWaiting: () => void;
}

export interface SignerParts {
  readonly clock: Clock;
  readonly keys: KeyStore;
  readonly directory: Pick<Directory, "account">;
  readonly factors: SecondFactors;
  readonly records: Pick<RecordStore, "append">;
  readonly identity: Pick<Identity, "hub" | "sign">;
}

/**
 * Keeps every clinician's Ed25519 key wrapped under argon2id of a PIN that is kept nowhere. PIN and code together open it, into this
 * process's memory and for one session; the seed is overwritten at sign-out and after ten minutes.
 */
export function createSigner({ clock, keys, directory, factors, records, identity }: SignerParts): Signer {
  const open = new Map<string, OpenKey>();
  const tries = new BackOff(clock);

  const shut = (session: string) => {
    const key = open.get(session);
    if (!key) return;
    key.stopWaiting();
    key.seed.fill(0);
    open.delete(session);
  };
  const openAt = ({ id, session }: AtSession): OpenKey | undefined => {
    const key = session === undefined ? undefined : open.get(session);
    if (key === undefined || session === undefined) return undefined;
    if (key.account === id && clock.now() < key.until) return key;
    shut(session);
    return undefined;
  };
  const keep = async (person: AtSession, session: string, publicKey: string, seed: Uint8Array): Promise<Opened> => {
    const by = await signatoryOf(person.id, directory);
    if (by === undefined) return { ok: false, code: "sign.wrong" };
    shut(session);
    const now = clock.now();
    const span = { hub: identity.hub, openedAt: instant(now), until: instant(now + openMs) };
    const certificate = { ...span, signature: identity.sign(certifiedText(span, by, publicKey)) };
    open.set(session, {
      account: person.id,
      seed,
      statement: { by, algorithm: "Ed25519", publicKey, legal: "test", certificate },
      until: now + openMs,
      stopWaiting: clock.after(openMs, () => shut(session)),
    });
    await records.append([entryOf(by, "signing.opened", publicKey)]);
    return { ok: true, until: now + openMs };
  };

  return {
    async makeKey(person, pin, code) {
      const { session } = person;
      if (!tries.begin(person.id)) return { ok: false, code: "account.tooMany" };
      const by = await signatoryOf(person.id, directory);
      if (session === undefined || !by || !(await factors.spend(person.id, code)))
        return { ok: false, code: "sign.wrong" };
      tries.succeeded(person.id);
      const seed = new Uint8Array(randomBytes(32));
      const key = await wrap(person.id, seed, pin, clock.now());
      await keys.putKey(key);
      for (const [at, one] of [...open]) if (one.account === person.id) shut(at);
      await records.append([entryOf(by, "signing.keyMade", key.publicKey)]);
      return keep(person, session, key.publicKey, seed);
    },

    async open(person, pin, code) {
      const { session } = person;
      const key = await keys.keyOf(person.id);
      if (!key) return { ok: false, code: "sign.noKey" };
      if (!tries.begin(person.id)) return { ok: false, code: "account.tooMany" };
      // A wrong PIN costs no code, and the answer does not tell which of the two was wrong.
      const seed = await unwrap(key, pin);
      const right = seed !== undefined && session !== undefined && (await factors.spend(person.id, code));
      if (!right) {
        seed?.fill(0);
        return { ok: false, code: "sign.wrong" };
      }
      tries.succeeded(person.id);
      return keep(person, session, key.publicKey, seed);
    },

    async state(person) {
      const key = openAt(person);
      return {
        hasKey: (await keys.keyOf(person.id)) !== undefined,
        ...(key === undefined ? {} : { until: key.until }),
      };
    },

    async sign(person, of, document) {
      const key = openAt(person);
      if (!key) return { ok: false, code: "sign.locked" };
      const statement: Statement = { of, ...key.statement, at: instant(clock.now()) };
      const signature = withKey(key.seed, (der) =>
        sign(null, Buffer.from(signedText(document, statement), "utf8"), keyFrom(der)).toString("base64url"),
      );
      return { ok: true, signature: { ...statement, signature } };
    },

    shut,
    isKeyOf: (account, publicKey) => keys.isKeyOf(account, publicKey),
    close: () => {
      for (const session of [...open.keys()]) shut(session);
    },
  };
}

async function signatoryOf(account: string, directory: Pick<Directory, "account">): Promise<Signatory | undefined> {
  const found = await directory.account(account);
  if (!found) return undefined;
  const { id, name, role, practice } = found;
  return { id, name, role, ...(practice?.licence === undefined ? {} : { licence: practice.licence }) };
}

const entryOf = ({ id, role }: Signatory, type: "signing.keyMade" | "signing.opened", publicKey: string): NewEntry => ({
  id: uuidv7(),
  type,
  actor: { role, id },
  subject: null,
  visit: null,
  body: { account: id, publicKey },
});

const keyFrom = (der: Buffer) => createPrivateKey({ key: der, format: "der", type: "pkcs8" });

/** Lends the key in the form `node:crypto` takes, and overwrites that copy afterwards. */
function withKey<T>(seed: Uint8Array, use: (der: Buffer) => T): T {
  const der = Buffer.concat([derPrefix, seed]);
  try {
    return use(der);
  } finally {
    der.fill(0);
  }
}

async function wrap(account: string, seed: Uint8Array, pin: string, madeAt: number): Promise<WrappedKey> {
  const publicKey = withKey(seed, (der) => createPublicKey(keyFrom(der)).export({ format: "jwk" }).x);
  if (publicKey === undefined) throw new Error("an Ed25519 key has no x");
  const salt = randomBytes(16);
  const nonce = randomBytes(12);
  const kek = await hashRaw(pin, { ...cost, salt });
  const cipher = createCipheriv("aes-256-gcm", kek, nonce).setAAD(Buffer.from(`${account} ${publicKey}`, "utf8"));
  const wrapped = Buffer.concat([cipher.update(seed), cipher.final(), cipher.getAuthTag()]);
  kek.fill(0);
  return { publicKey, account, salt, nonce, wrapped, madeAt };
}

/** The seed, or undefined for a wrong PIN. */
async function unwrap(key: WrappedKey, pin: string): Promise<Uint8Array | undefined> {
  const kek = await hashRaw(pin, { ...cost, salt: key.salt });
  try {
    const cipher = createDecipheriv("aes-256-gcm", kek, key.nonce)
      .setAAD(Buffer.from(`${key.account} ${key.publicKey}`, "utf8"))
      .setAuthTag(key.wrapped.subarray(-16));
    return new Uint8Array(Buffer.concat([cipher.update(key.wrapped.subarray(0, -16)), cipher.final()]));
  } catch {
    // GCM's only failure: the tag does not fit.
    return undefined;
  } finally {
    kek.fill(0);
  }
}
