import { createHmac } from "node:crypto";
import type { Clock } from "../../core/domain/time.ts";
import type { TurnIssuer } from "../ports/turn-issuer.ts";

/** What a relay forgets after `validMs`; new ones come while a third of that is left. */
const validMs = 15 * 60_000;
const renewMs = 10 * 60_000;

export interface HmacTurnParts {
  /** `turn:` and `turns:` addresses of the relay, the cheapest first. */
  readonly urls: readonly string[];
  /** Shared with the relay, which knows them all; the first one signs. */
  readonly secret: string;
  readonly clock: Pick<Clock, "now">;
}

/**
 * Credentials as coturn's `use-auth-secret` wants them: user `<expiry, seconds>:<party>.<call>`, password the base64
 * HMAC-SHA1 of it. They follow from when the call's round began, so that a hub that was started anew gives the same ones.
 */
export function createHmacTurn({ urls, secret, clock }: HmacTurnParts): TurnIssuer {
  const renewedAt = (begunAt: number) => begunAt + Math.floor((clock.now() - begunAt) / renewMs) * renewMs;
  return {
    iceServers: ({ id, begunAt = clock.now() }, party) => {
      const expiry = Math.floor((renewedAt(begunAt) + validMs) / 1000);
      const username = `${expiry}:${party}.${id}`;
      const credential = createHmac("sha1", secret).update(username).digest("base64");
      return Promise.resolve([{ urls: [...urls], username, credential }]);
    },
    renewInMs: ({ begunAt }) =>
      begunAt === undefined ? undefined : Math.max(1, renewedAt(begunAt) + renewMs - clock.now()),
  };
}
