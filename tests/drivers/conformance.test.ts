import { describe, expect, test } from "vitest";
import { lawsWith } from "../../drivers/laws/laws.ts";
import { registry } from "../../drivers/registry.generated.ts";
import { prove } from "./proof.ts";

/**
 * The laws of house.md §4 for every shipped profile; one test case per law, profile and what it is tried on.
 * `LAWS_RANDOM_BYTES`: how many random bytes each profile hears.
 */
const laws = lawsWith({ randomBytes: Number(process.env["LAWS_RANDOM_BYTES"] ?? 10_000_000) });
for (const profile of registry) prove(profile.id, { frames: Object.keys(profile.frames).length });

const tried = laws
  .map((law) => {
    const cases = registry.flatMap((profile) =>
      [...law.cases(profile)].map((each) => [profile.id, each.name, each] as const),
    );
    return [law.holds.en, cases] as const;
  })
  .filter(([, cases]) => cases.length > 0);

describe.each(tried)("%s", (_holds, cases) => {
  test.each(cases)("%s %s", (id, _name, each) => {
    const finding = each.run();
    prove(id, finding?.counts ?? {});
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
