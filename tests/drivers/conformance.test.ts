import { afterAll, describe, expect, test } from "vitest";
import type { Finding } from "../../drivers/laws/law.ts";
import { lawsWith } from "../../drivers/laws/laws.ts";
import { registry } from "../../drivers/registry.generated.ts";

/**
 * The laws of house.md §4 for every shipped profile; one test case per law, profile and what it is tried on.
 * `LAWS_RANDOM_BYTES`: how many random bytes each profile hears.
 */
const laws = lawsWith({ randomBytes: Number(process.env["LAWS_RANDOM_BYTES"] ?? 10_000_000) });
const notes: string[] = [];
const columns = ["flips", "flipsPassed", "pairs", "pairsPassed", "randomNumbers"] as const;
const counts = new Map<string, Map<string, number>>(
  registry.map((profile) => [profile.id, new Map([["frames", Object.keys(profile.frames).length]])]),
);
function count(id: string, finding: Finding): void {
  const row = counts.get(id);
  for (const [name, number] of Object.entries(finding.counts ?? {})) row?.set(name, (row.get(name) ?? 0) + number);
}

afterAll(() => {
  const cells = (row: readonly (string | number)[]): string => row.map((cell) => String(cell).padStart(13)).join(" ");
  const table = [...counts].map(
    ([id, row]) => `${id.padEnd(32)} ${cells([row.get("frames") ?? 0, ...columns.map((name) => row.get(name) ?? 0)])}`,
  );
  process.stdout.write([...notes, `${"".padEnd(32)} ${cells(["frames", ...columns])}`, ...table, ""].join("\n"));
});

const tried = laws
  .map((law) => {
    const cases = registry.flatMap((profile) =>
      [...law.cases(profile)].map((each) => [profile.id, each.name, each] as const),
    );
    return [law.holds.en, cases] as const;
  })
  .filter(([, cases]) => cases.length > 0);

describe.each(tried)("%s", (_holds, cases) => {
  test.each(cases)("%s %s", (id, name, each) => {
    const finding = each.run();
    if (finding !== undefined) count(id, finding);
    if (finding?.kind === "noted") notes.push(`${id} ${name}: ${finding.what}`);
    expect(finding?.kind === "broken" ? finding.what : "kept").toBe("kept");
  });
});

test("no two profiles share a name or an identity on the bus", () => {
  const names = registry.flatMap((profile) => [profile.id, ...(profile.aliases ?? [])]);
  const identities = registry.flatMap((profile) =>
    profile.serial.match.map((usb) => `${usb.vendorId}:${usb.productId}`),
  );
  expect([...new Set(names)]).toEqual(names);
  expect([...new Set(identities)]).toEqual(identities);
});
