import { appendFileSync } from "node:fs";
import { afterAll } from "vitest";

/**
 * What was tried on each profile, for one table behind the run. Every test file that imports this adds its counts to the
 * file named in `PROOF_FILE`; `tests/proof-table.ts` makes the file and prints it. Without one nothing is kept.
 */
const counts = new Map<string, Map<string, number>>();

/** Adds to the profile's row. `name`: a column. */
export function prove(profile: string, added: Readonly<Record<string, number>>): void {
  const row = counts.get(profile) ?? new Map<string, number>();
  counts.set(profile, row);
  for (const [name, number] of Object.entries(added)) row.set(name, (row.get(name) ?? 0) + number);
}

afterAll(() => {
  const file = process.env["PROOF_FILE"];
  if (file === undefined || counts.size === 0) return;
  const lines = [...counts].map(([profile, row]) => JSON.stringify([profile, Object.fromEntries(row)]));
  appendFileSync(file, `${lines.join("\n")}\n`);
});
