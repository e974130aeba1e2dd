import { z } from "zod";
import type { Clock } from "../../core/domain/time.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import type { EntryBody } from "../../core/journal/entry.ts";
import type { Store } from "../store/store.ts";
import { derivedId } from "./derived-id.ts";

export type Enrolment = EntryBody<"station.enrolled">;
type Keeper = Pick<Store, "owner" | "publicKey" | "entry" | "append">;

const tokenSeconds = 60;

/**
 * A JWT (RFC 7519, EdDSA as RFC 8037) for one dial: issuer this station, audience the hub, one minute. It is put together
 * here (`nowMs`: the hub's time as far as it is known) because the private key never leaves the store's thread, and libraries want the key itself.
 */
export async function stationToken(store: Pick<Store, "owner" | "sign">, nowMs: number): Promise<string> {
  const issued = Math.floor(nowMs / 1000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { iss: store.owner, aud: "hub", iat: issued, exp: issued + tokenSeconds };
  const signed = `${part({ alg: "EdDSA", typ: "JWT" })}.${part(claims)}`;
  return `${signed}.${await store.sign(signed)}`;
}

/** The latest enrolment in the journal, and its number; number 0 when there is none. */
export async function keptEnrolment(
  store: Keeper,
): Promise<{ readonly nth: number; readonly hub: Enrolment | undefined }> {
  let hub: Enrolment | undefined;
  for (let nth = 1; ; nth++) {
    const entry = await store.entry(enrolmentId(store.owner, nth));
    const found = entry && bodyOf(entry, "station.enrolled");
    if (found === undefined) return { nth: nth - 1, hub };
    hub = found;
  }
}

const answerSchema = z.object({ hub: z.string().min(1), hubPublicKey: z.string().min(1) });
const enrolMs = 5_000;

export type Enrolled =
  | { readonly ok: true; readonly hub: Enrolment }
  /** `code`: wrong or used, a new one is needed. `away`: not reached, or the answer made no sense. `store`: not kept. */
  | { readonly ok: false; readonly why: "code" | "away" | "store" };

/** Spends the code, and keeps what the hub answered as entry `nth`. Asking twice with one code is asking once. Never rejects. */
export async function enrol(
  store: Keeper,
  wish: {
    readonly address: string;
    readonly code: string;
    readonly name: string;
    readonly place: string;
    readonly nth: number;
  },
  clock: Clock,
): Promise<Enrolled> {
  const late = new AbortController();
  const stopWaiting = clock.after(enrolMs, () => late.abort());
  try {
    const { address, code, name, place } = wish;
    const response = await fetch(`${address.replace(/\/$/, "")}/api/enrol`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ code, station: store.owner, name, place, publicKey: store.publicKey }),
      redirect: "error",
      signal: late.signal,
    });
    if (response.status === 409) return { ok: false, why: "code" };
    const answer = answerSchema.safeParse(response.ok ? await response.json() : undefined);
    if (!answer.success) return { ok: false, why: "away" };
    const hub = { station: store.owner, hub: answer.data.hub, publicKey: answer.data.hubPublicKey };
    const kept = await store.append([
      {
        id: enrolmentId(store.owner, wish.nth),
        type: "station.enrolled",
        actor: { role: "station", id: store.owner },
        subject: null,
        visit: null,
        body: hub,
      },
    ]);
    return kept.ok ? { ok: true, hub } : { ok: false, why: "store" };
  } catch {
    // Not reached, cut off, or no JSON: for the station all of this is a hub that is away.
    return { ok: false, why: "away" };
  } finally {
    stopWaiting();
  }
}

function enrolmentId(owner: string, nth: number): string {
  return derivedId("station.enrolled", `${owner} ${nth}`);
}
