import { randomBytes } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import type { Clock } from "../../core/domain/time.ts";
import type { FactorStore } from "../ports/factors.ts";

const periodSeconds = 30;
/** A code of the step before and of the one after counts, too: clocks of phones are a little off. */
const window = 1;

/** What an authenticator is told; the same for every account. RFC 6238 with the figures every app knows. */
const totp = (secret: string, label = "") =>
  new TOTP({ issuer: "健康E站", label, secret, algorithm: "SHA1", digits: 6, period: periodSeconds });

/** 160 random bits, base32. */
export const freshSecret = (): string => secretOf(randomBytes(20));

export function secretOf(bytes: Uint8Array): string {
  return new Secret({ buffer: Uint8Array.from(bytes).buffer }).base32;
}

/** For the QR code of an enrolment: `otpauth://totp/…`. */
export const enrolmentUri = (secret: string, account: string): string => totp(secret, account).toString();

/** The code of the moment `now`, milliseconds since 1970 UTC. */
export const codeAt = (secret: string, now: number): string => totp(secret).generate({ timestamp: now });

/** Number of the time step this code belongs to, if it is good about now. */
function stepOf(secret: string, code: string, now: number): number | undefined {
  const delta = totp(secret).validate({ token: code, timestamp: now, window });
  return delta === null ? undefined : TOTP.counter({ period: periodSeconds, timestamp: now }) + delta;
}

/** Checks codes; each is good once. */
export interface SecondFactors {
  /** A new secret to be shown for enrolment, in the place of one that nobody confirmed; none once one is confirmed. */
  begin(account: string): Promise<string | undefined>;
  /** Sets a secret that its owner is known to have: the demonstration's. */
  put(account: string, secret: string): Promise<void>;
  /** As the store does. Whoever was between password and code is out, too: their code is of a secret that is gone. */
  reset: FactorStore["reset"];
  /** Spends the code if it is right. The first one of a secret confirms it when `enrolling`. */
  spend(account: string, code: string, enrolling?: boolean): Promise<boolean>;
}

export function createSecondFactors(store: FactorStore, clock: Clock): SecondFactors {
  const stepFor = async (account: string, code: string, enrolling: boolean): Promise<number | undefined> => {
    const factor = await store.factor(account);
    if (!factor || (!factor.confirmed && !enrolling)) return undefined;
    return stepOf(factor.secret, code, clock.now());
  };
  return {
    begin: async (account) => {
      if ((await store.factor(account))?.confirmed === true) return undefined;
      const secret = freshSecret();
      await store.putFactor(account, { secret, confirmed: false });
      return secret;
    },
    put: async (account, secret) => {
      const there = await store.factor(account);
      if (there?.secret !== secret || !there.confirmed) await store.putFactor(account, { secret, confirmed: true });
    },
    reset: (account, entry) => store.reset(account, entry),
    spend: async (account, code, enrolling = false) => {
      const step = await stepFor(account, code, enrolling);
      if (step === undefined || !(await store.spend(account, step, step - 10))) return false;
      if (enrolling) await store.confirm(account);
      return true;
    },
  };
}
