import { hash, verify } from "@node-rs/argon2";

/** argon2id with the package's present figures, which follow the OWASP advice: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

let nobody: Promise<string> | undefined;

/** An account that is not there takes as long as one that is. Never throws. */
export async function isPassword(password: string, passwordHash: string | undefined): Promise<boolean> {
  nobody ??= hashPassword("nobody has this password");
  try {
    const same = await verify(passwordHash ?? (await nobody), password);
    return same && passwordHash !== undefined;
  } catch {
    return false;
  }
}
