import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkProfile, decoder, fromHex, type Profile } from "../../drivers/kit/index.ts";
import { tried } from "../../drivers/laws/law.ts";
import { casesOf } from "../../drivers/laws/laws.ts";
import { registry } from "../../drivers/registry.generated.ts";

/** Devices that are known only as a JSON file, as a technician would write it: under the same laws, and never in the build. */
const folder = join(import.meta.dirname, "profiles-as-json");
const profiles = readdirSync(folder).map((file): readonly [string, Profile] => {
  const checked = checkProfile(JSON.parse(readFileSync(join(folder, file), "utf8")));
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems, null, 2));
  return [file, checked.profile];
});

describe.each(profiles)("%s", (_file, profile) => {
  test("is not among the shipped profiles", () => {
    expect(registry.map(({ id }) => id)).not.toContain(profile.id);
  });
  test.each([...casesOf(profile)].map(({ law, case: each }) => [law.holds.en, each.name, each] as const))(
    "%s: %s",
    (_holds, _name, each) => {
      const finding = tried(each);
      expect(finding?.kind === "broken" ? finding.what : "kept").toBe("kept");
    },
  );
});

// Dossier §Examples, computed there.
describe("toledo-continuous", () => {
  const [, scale] = profiles.find(([, { id }]) => id === "toledo-continuous")!;
  test("65.4 kg, steady", () => {
    expect(decoder(scale).hear(fromHex("022b3020202020363534202020202030 0d27".replaceAll(" ", "")))).toEqual([
      { kind: "progress", of: "body", readings: [{ quantity: "body.weight", value: 65.4, unit: "kg" }] },
    ]);
  });
  test("65.1 kg in motion is heard and is no weight", () => {
    expect(decoder(scale).hear(fromHex("022b38202020203635312020202020300d22"))).toEqual([]);
  });
});
