import { readFileSync } from "node:fs";
import { join } from "node:path";
import { demoPassword, demoSecret } from "../../hub/demo.ts";
import { codeAt } from "../../hub/http/second-factor.ts";

const shown = new Set<string>();

/**
 * A code of a demonstration account that was not used yet, as `npm run code` tells it: the one before and the one after are as
 * good as the present one. `data`: the folder of `npm start`.
 */
export function freshCode(data: string, account = "doctor"): string {
  const secret = demoSecret(account, readFileSync(join(data, "hub/hub.key")));
  const now = Date.now();
  for (const ms of [now, now - 30_000, now + 30_000]) {
    const key = `${secret} ${Math.floor(ms / 30_000)}`;
    if (shown.has(key)) continue;
    shown.add(key);
    return codeAt(secret, ms);
  }
  throw new Error("every code of this moment was used");
}

/** Of a demonstration account, as the start command prints it. */
export const passwordOf = (data: string, account: string): string =>
  demoPassword(account, readFileSync(join(data, "hub/hub.key")));
