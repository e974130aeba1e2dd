import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { passDigits } from "../../core/domain/guests.ts";
import type { Clock } from "../../core/domain/time.ts";
import { isIn, partyOf } from "../calls/participants.ts";
import type { GuestDesk } from "../calls/guest-desk.ts";
import { isRunning } from "../calls/rules.ts";
import type { Logger } from "../log.ts";
import type { CallStore } from "../ports/calls.ts";
import type { GuestStore } from "../ports/guests.ts";
import { freshToken, sha256 } from "../store/secrets.ts";
import { BackOff } from "./back-off.ts";
import { guestCookie, type LiveSession } from "./sessions.ts";
import { refuse } from "./sign-in.ts";

/** No consultation is longer. */
const longestMs = 4 * 3_600_000;

export interface FamilyParts {
  readonly clock: Clock;
  readonly guests: GuestDesk;
  readonly store: GuestStore;
  readonly log: Logger;
  /** Behind TLS: the cookie is then only sent over it. */
  readonly secure: boolean;
}

const codeSchema = z.strictObject({
  code: z
    .string()
    .max(64)
    .transform((typed) => typed.replaceAll(/[\s-]/g, ""))
    .pipe(z.string().regex(new RegExp(`^\\d{${passDigits}}$`))),
});

/**
 * `POST /api/family`: a code that was read out or opened as a link becomes a seat in one call, once. The cookie goes to
 * `/family/` alone, so that it takes nobody's desk away.
 */
export function addFamily(app: FastifyInstance, { clock, guests, store, log, secure }: FamilyParts): void {
  const tries = new BackOff(clock);
  app.post("/api/family", async (request, reply) => {
    const typed = codeSchema.safeParse(request.body);
    if (!typed.success) return refuse(reply, 400, "guest.code");
    if (!tries.begin(request.ip)) {
      log.warn("guestSlowed", { address: request.ip });
      return refuse(reply, 429, "account.tooMany");
    }
    const seat = await guests.redeem(typed.data.code);
    if (!seat) {
      log.warn("guestRefused", { address: request.ip });
      return refuse(reply, 401, "guest.code");
    }
    tries.succeeded(request.ip);
    const token = freshToken();
    await store.keep({ hash: sha256(token), ...seat, madeAt: clock.now() });
    const text = `${guestCookie}=${token}; Path=/family; HttpOnly; SameSite=Strict; Max-Age=${longestMs / 1000}`;
    reply.header("set-cookie", secure ? `${text}; Secure` : text);
    return { call: seat.call };
  });
}

/** A relative's session stands for as long as they have their part in a running call. */
export function guestSessions(store: GuestStore, calls: Pick<CallStore, "find">, clock: Pick<Clock, "now">) {
  return async (hash: string): Promise<LiveSession | undefined> => {
    const kept = await store.find(hash);
    if (!kept) return undefined;
    const { person, madeAt } = kept;
    const call = await calls.find(kept.call);
    const party = call && isRunning(call) ? partyOf(call, person) : undefined;
    const until = madeAt + longestMs;
    if (!party || !isIn(party) || until <= clock.now()) {
      await store.drop(hash);
      return undefined;
    }
    return { hash, account: { id: person, name: "", role: "family" }, until };
  };
}
