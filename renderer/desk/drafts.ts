import { useState } from "react";
import type { z } from "zod";
import type { DraftStore } from "./draft.ts";

/**
 * What a person has begun to write and not sent yet, over a reload of the page. It lies in the tab's own storage, encrypted under a
 * key that the hub gives to this account alone: the next one at a shared computer finds nothing to read. Signing out wipes it.
 */
export interface Drafts extends DraftStore {
  readonly wipe: () => void;
  /** When all that was put has been written. */
  readonly settled: () => Promise<void>;
}

type Place = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const keptUnder = (account: string) => `drafts:${account}`;
const ivBytes = 12;

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
const base64Of = (bytes: Uint8Array) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));

/**
 * `key`: 32 bytes, base64url; without one, or where the browser has no cryptography (a page that is not secure), drafts live as long
 * as the page does. What cannot be read is no draft.
 */
export async function openDrafts(place: Place, account: string, key: string | undefined): Promise<Drafts> {
  const under = keptUnder(account);
  // Not there on a page without a secure origin, whatever the types say.
  const subtle = (globalThis.crypto as Partial<Crypto> | undefined)?.subtle;
  const secret =
    key === undefined || subtle === undefined
      ? undefined
      : await subtle.importKey("raw", bytesOf(key.replaceAll("-", "+").replaceAll("_", "/")), "AES-GCM", false, [
          "encrypt",
          "decrypt",
        ]);
  const held = new Map<string, string>();
  const kept = place.getItem(under);
  if (secret && subtle && kept !== null) {
    try {
      const bytes = bytesOf(kept);
      const plain = await subtle.decrypt(
        { name: "AES-GCM", iv: bytes.subarray(0, ivBytes) },
        secret,
        bytes.subarray(ivBytes),
      );
      const read: unknown = JSON.parse(new TextDecoder().decode(plain));
      if (Array.isArray(read)) for (const [name, value] of read as [string, string][]) held.set(name, value);
    } catch {
      place.removeItem(under);
    }
  }
  let writing = Promise.resolve();
  let isDue = false;
  let isOver = false;
  const write = async () => {
    isDue = false;
    if (!secret || !subtle || isOver) return;
    const iv = crypto.getRandomValues(new Uint8Array(ivBytes));
    const plain = new TextEncoder().encode(JSON.stringify([...held]));
    const sealed = new Uint8Array(await subtle.encrypt({ name: "AES-GCM", iv }, secret, plain));
    // Signed out meanwhile: nothing is left behind.
    if (wasWiped()) return;
    place.setItem(under, base64Of(Uint8Array.of(...iv, ...sealed)));
  };
  const wasWiped = () => isOver;
  /** One write for all that is put in the same moment. */
  const put = () => {
    if (isDue) return;
    isDue = true;
    writing = writing.then(write).catch(() => undefined);
  };
  return {
    getItem: (name) => held.get(name) ?? null,
    setItem: (name, value) => {
      held.set(name, value);
      put();
    },
    removeItem: (name) => {
      if (held.delete(name)) put();
    },
    wipe: () => {
      isOver = true;
      held.clear();
      place.removeItem(under);
    },
    settled: () => writing,
  };
}

function readKept<T>(drafts: DraftStore, key: string, schema: z.ZodType<T>): T | undefined {
  const kept = drafts.getItem(key);
  if (kept === null) return undefined;
  try {
    const read = schema.safeParse(JSON.parse(kept));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

export interface Kept<T> {
  readonly value: T;
  readonly put: (change: T | ((before: T) => T)) => void;
  /** Sent, or not wanted any more. */
  readonly drop: () => void;
}

/** A form whose fields are there again after a reload. One that an older program wrote, and that does not fit, begins afresh. */
export function useKept<T extends object>(
  drafts: DraftStore,
  key: string,
  schema: z.ZodType<T>,
  fresh: () => T,
): Kept<T> {
  const [value, setValue] = useState<T>(() => readKept(drafts, key, schema) ?? fresh());
  return {
    value,
    put: (change) =>
      setValue((before) => {
        const after = typeof change === "function" ? change(before) : change;
        drafts.setItem(key, JSON.stringify(after));
        return after;
      }),
    drop: () => drafts.removeItem(key),
  };
}
