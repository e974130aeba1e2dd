import { afterAll, describe, expect, test } from "vitest";
import { laws } from "../../drivers/laws/laws.ts";
import { registry } from "../../drivers/registry.generated.ts";

/** The laws of house.md §4 for every shipped profile; one test case per law, profile and what it is tried on. */
const notes: string[] = [];
afterAll(() => void process.stdout.write(notes.map((note) => `${note}\n`).join("")));

describe.each(laws.map((law) => [law.holds.en, law] as const))("%s", (_holds, law) => {
  const cases = registry.flatMap((profile) =>
    [...law.cases(profile)].map((each) => [profile.id, each.name, each] as const),
  );
  test.each(cases)("%s %s", (id, name, each) => {
    const finding = each.run();
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
