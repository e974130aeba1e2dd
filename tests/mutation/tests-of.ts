/**
 * Which tests try a mutated file: hundreds of runs per file, so only those that are about it and take no time. Paths are
 * beginnings (`file`, without `.ts`) and globs of tests, both from the root. What no row names is tried by all of them.
 */
const core = { gate: "tests/core/quality/*.test.ts", rules: "tests/core/rules/{decimal,ranges,units}.test.ts" };
const kit = (names: string): string => `tests/drivers/kit/${names}.test.ts`;
/** The laws of `tests/drivers/conformance.test.ts`, over one small profile of each kind of envelope. */
const laws = "tests/drivers/conformance.test.ts";

const rows: readonly (readonly [file: string, tests: readonly string[]])[] = [
  ["station/gate/", ["tests/station/gate/*.test.ts"]],
  ["core/quality/", [core.gate]],
  ["core/domain/quantity", ["tests/core/domain/*.test.ts", core.rules]],
  ["core/rules/", [core.rules]],
  ["drivers/kit/checks", [kit("checks")]],
  ["drivers/kit/hex", [kit("hex")]],
  ["drivers/kit/device-time", [kit("device-time")]],
  ["drivers/kit/packing", [kit("packing")]],
  ["drivers/kit/places", [kit("places")]],
  ["drivers/kit/value", [kit("places")]],
  ["drivers/kit/settle", [kit("{settle,twice}")]],
  ["drivers/kit/simulator", [kit("simulator"), kit("session-*")]],
  ["drivers/kit/astm", [kit("{astm*,session-*}")]],
  ["drivers/kit/text", [kit("{text*,reasons,settings}")]],
  ["drivers/kit/", [kit("*")]],
];
const everything = ["tests/core/{rules,quality,domain}/**/*.test.ts", "tests/station/gate/*.test.ts", kit("*"), laws];

/** Of files with commas between, as `MUTATED` carries them; empty: of all. */
export function testsOf(mutated: string): readonly string[] {
  const files = mutated.split(",").filter((file) => file !== "");
  const found = files.map((file) => rows.find(([start]) => file.startsWith(start))?.[1] ?? everything);
  return files.length === 0 ? everything : [...new Set(found.flat())];
}
