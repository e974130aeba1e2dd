import { hkdfSync } from "node:crypto";
import type { Practice } from "../core/domain/practice.ts";
import { hashPassword, isPassword } from "./http/passwords.ts";
import { secretOf, type SecondFactors } from "./http/second-factor.ts";
import type { Directory, Pairing, PersonRole } from "./ports/directory.ts";

/** The institutions of the demonstration. Invented; their names say what they are. */
const village = { org: "demo-village", orgName: "演示村卫生室", tier: "village" } as const;
const township = { org: "demo-township", orgName: "演示乡镇卫生院", tier: "township" } as const;
const county = { org: "demo-county", orgName: "演示县人民医院", tier: "county" } as const;

/** Where the stations of a demonstration stand. */
export const demoPairing: Pairing = { branch: village.org, hospital: township.org };

/** The people of the demonstration. Invented; their names and licences say what they are. */
const people: readonly {
  readonly account: string;
  readonly name: string;
  readonly role: PersonRole;
  readonly practice: Practice;
}[] = [
  { account: "doctor", name: "演示医生甲", role: "doctor", practice: { ...township, licence: "演示-0001" } },
  { account: "doctor2", name: "演示医生乙", role: "doctor", practice: { ...township, licence: "演示-0002" } },
  {
    account: "specialist",
    name: "演示专科医生",
    role: "specialist",
    practice: { ...county, specialty: "心血管内科", licence: "演示-0003" },
  },
  { account: "village", name: "演示村医", role: "villageDoctor", practice: { ...village, licence: "演示-0004" } },
  { account: "pharmacist", name: "演示药师", role: "pharmacist", practice: { ...township, licence: "演示-0005" } },
  { account: "manager", name: "演示县管理员", role: "manager", practice: { ...county, licence: "演示-0006" } },
  { account: "auditor", name: "演示审计员", role: "auditor", practice: { ...county, licence: "演示-0007" } },
];

export interface DemoAccount {
  readonly account: string;
  readonly password: string;
  readonly role: PersonRole;
  /** Of the second factor, base32; `npm run code` shows the code of the moment. */
  readonly secret: string;
}

interface DemoParts {
  readonly directory: Pick<Directory, "accountByName">;
  readonly putAccount: Directory["putAccount"];
  readonly factors: Pick<SecondFactors, "put">;
}

/**
 * Makes sure that the demonstration accounts are there. Their passwords and second factors are derived from the data folder's
 * random key, so that a second start prints the same ones, and whoever holds the folder can tell the code of the moment.
 */
export async function putDemoAccounts(
  { directory, putAccount, factors }: DemoParts,
  key: Uint8Array,
): Promise<readonly DemoAccount[]> {
  // Telling and making passwords takes its time on purpose: all of them at once, then each account in turn.
  const wanted = await Promise.all(
    people.map(async (person) => {
      const password = demoPassword(person.account, key);
      const there = await directory.accountByName(person.account);
      const isSame = there !== undefined && there.role === person.role && there.practice !== undefined;
      const kept = isSame && (await isPassword(password, there.passwordHash)) ? there : undefined;
      return { ...person, password, kept, passwordHash: kept?.passwordHash ?? (await hashPassword(password)) };
    }),
  );
  const demo: DemoAccount[] = [];
  for (const { account, name, role, practice, password, kept, passwordHash } of wanted) {
    const secret = demoSecret(account, key);
    const { id } = kept ?? (await putAccount({ account, name, role, passwordHash, demo: true, practice }));
    await factors.put(id, secret);
    demo.push({ account, password, role, secret });
  }
  return demo;
}

/** The second factor of a demonstration account, base32. */
export function demoSecret(account: string, key: Uint8Array): string {
  return secretOf(new Uint8Array(hkdfSync("sha256", key, "", `demo second factor of ${account}`, 20)));
}

/** Names of the demonstration's accounts. */
export const demoNames: readonly string[] = people.map(({ account }) => account);

/** Twelve letters and digits that are hard to mistake for one another: 60 bits. */
export function demoPassword(account: string, key: Uint8Array): string {
  const bytes = new Uint8Array(hkdfSync("sha256", key, "", `demo password of ${account}`, 12));
  return readable(bytes).replace(/(.{4})(.{4})(.{4})/, "$1-$2-$3");
}

const letters = "abcdefghjkmnpqrstuvwxyz023456789";

/** Five bits per byte. */
export function readable(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => letters[byte % 32]).join("");
}
