import { hkdfSync } from "node:crypto";
import { hashPassword, isPassword } from "./http/passwords.ts";
import type { Directory } from "./ports/directory.ts";

/** The people of the demonstration. Invented; their names say what they are. */
const people = [
  { account: "doctor", name: "演示医生甲" },
  { account: "doctor2", name: "演示医生乙" },
] as const;

export interface DemoAccount {
  readonly account: string;
  readonly password: string;
}

/**
 * Makes sure that the demonstration accounts are there. Their passwords are derived from the data folder's random key, so
 * that a second start prints the same ones and nothing but their hashes is stored.
 */
export async function putDemoAccounts(
  directory: Directory,
  putAccount: Directory["putAccount"],
  key: Uint8Array,
): Promise<readonly DemoAccount[]> {
  const demo: DemoAccount[] = [];
  for (const { account, name } of people) {
    const password = passwordFor(account, key);
    const there = await directory.accountByName(account);
    if (!there || !(await isPassword(password, there.passwordHash))) {
      await putAccount({
        account,
        name,
        role: "doctor",
        passwordHash: await hashPassword(password),
        demo: true,
      });
    }
    demo.push({ account, password });
  }
  return demo;
}

/** Twelve letters and digits that are hard to mistake for one another: 60 bits. */
function passwordFor(account: string, key: Uint8Array): string {
  const bytes = new Uint8Array(hkdfSync("sha256", key, "", `demo password of ${account}`, 12));
  return readable(bytes).replace(/(.{4})(.{4})(.{4})/, "$1-$2-$3");
}

const letters = "abcdefghjkmnpqrstuvwxyz023456789";

/** Five bits per byte. */
export function readable(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => letters[byte % 32]).join("");
}
