import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
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

const captures = resolve(import.meta.dirname, "../..", process.env["CAPTURES_DIR"] ?? "../shared/captures");
const logged = join(captures, "scale-xk3190", "frames.hex");
if (!existsSync(logged)) process.stdout.write(`SKIPPED: no capture at ${logged} (set CAPTURES_DIR)\n`);

describe.skipIf(!existsSync(logged))("scale-xk3190", () => {
  const [, scale] = profiles.find(([, { aliases }]) => aliases?.includes("scale-xk3190") === true)!;
  const lines = existsSync(logged)
    ? readFileSync(logged, "utf8")
        .split("\n")
        .filter((line) => /^[0-9A-F ]+$/i.test(line))
    : [];
  test.each([
    ["the empty weighbridge", 0, 0],
    ["a vehicle", 1, 1560],
  ])("%s", (_what, line, value) => {
    expect(decoder(scale).hear(fromHex(lines[line]!.replaceAll(" ", "")))).toEqual([
      { kind: "progress", of: "body", readings: [{ quantity: "body.weight", value, unit: "kg" }] },
    ]);
  });
  test("is all of what was logged", () => expect(lines).toHaveLength(2));
});
