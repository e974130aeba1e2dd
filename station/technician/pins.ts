import { hash, verify } from "@node-rs/argon2";
import type { Clock } from "../../core/domain/time.ts";
import type { Store } from "../store/store.ts";

/** argon2id, the package's usual kind, at the strength the OWASP advises: 19 MiB, two passes, one lane. Salted by the package. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Wrong tries in a row that cost nothing. */
const freeTries = 5;
const longestWaitMs = 15 * 60_000;

export function pinVerifier(pin: string): Promise<string> {
  return hash(pin, cost);
}

/** All the same digit, or each one more (or one less) than the one before it. */
export function isWeakPin(pin: string): boolean {
  const digits = Array.from(pin, Number);
  const steps = new Set(digits.slice(1).map((digit, at) => digit - (digits[at] ?? 0)));
  const [step = 0] = steps;
  return !/^\d{6,12}$/.test(pin) || (steps.size === 1 && Math.abs(step) <= 1);
}

/** After the fifth wrong try in a row 1 s, then 2, 4 … up to fifteen minutes. */
export function waitAfterMs(wrong: number): number {
  return wrong < freeTries ? 0 : Math.min(1_000 * 2 ** (wrong - freeTries), longestWaitMs);
}

export type PinVerdict =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: "staff.wrongPin" }
  | { readonly ok: false; readonly code: "staff.locked"; readonly waitSeconds: number };

type Secrets = Pick<Store, "pinSecret" | "pinTried">;

/**
 * Tells a right PIN from a wrong one, more slowly the more often it was wrong. The tries are in the store: a restart
 * forgets none. A try counts as wrong from its beginning on, and one comes after the other, so that many at once gain
 * nothing.
 */
export class PinCheck {
  readonly #store: Secrets;
  readonly #clock: Pick<Clock, "now">;
  #line: Promise<unknown> = Promise.resolve();

  constructor(store: Secrets, clock: Pick<Clock, "now">) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Of one member of staff. A person without a PIN here is wrong, after as long. */
  check(staff: string, pin: string): Promise<PinVerdict> {
    return this.guard(staff, (verifier) => isPin(pin, verifier));
  }

  /** The same with another way to be right; `of` names the secret whose wrong tries are counted. */
  guard(of: string, isRight: (verifier: string | undefined) => Promise<boolean>): Promise<PinVerdict> {
    const verdict = this.#line.then(() => this.#guard(of, isRight));
    this.#line = verdict.catch(() => undefined);
    return verdict;
  }

  async #guard(of: string, isRight: (verifier: string | undefined) => Promise<boolean>): Promise<PinVerdict> {
    const secret = await this.#store.pinSecret(of);
    const now = this.#clock.now();
    if (secret !== undefined) {
      const { wrong, triedAt } = secret;
      // A clock that was set back must neither end the wait nor make it last for years: it begins anew.
      if (triedAt > now) await this.#store.pinTried(of, wrong, now);
      const leftMs = waitAfterMs(wrong) - Math.max(0, now - triedAt);
      if (leftMs > 0) return { ok: false, code: "staff.locked", waitSeconds: Math.ceil(leftMs / 1_000) };
      await this.#store.pinTried(of, wrong + 1, now);
    }
    if (!(await isRight(secret?.verifier))) return { ok: false, code: "staff.wrongPin" };
    await this.#store.pinTried(of, 0, now);
    return { ok: true };
  }
}

let nobody: Promise<string> | undefined;

/** Never throws. */
async function isPin(pin: string, verifier: string | undefined): Promise<boolean> {
  nobody ??= pinVerifier("nobody has this PIN");
  try {
    const same = await verify(verifier ?? (await nobody), pin);
    return same && verifier !== undefined;
  } catch {
    return false;
  }
}
