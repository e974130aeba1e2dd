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
  ["drivers/kit/fields", [kit("{fields,field-edges,number-edges}")]],
  ["drivers/kit/number-fields", [kit("{fields,field-edges,number-edges}")]],
  ["drivers/kit/field-codec", [kit("{fields,field-edges,number-edges}")]],
  ["drivers/kit/string-fields", [kit("{fields,field-edges,number-edges}")]],
  ["drivers/kit/time-fields", [kit("{fields,field-edges,number-edges}")]],
  ["drivers/kit/meaning", [kit("meaning*")]],
  ["drivers/kit/rules", [kit("meaning*")]],
  ["drivers/kit/settings", [kit("settings*")]],
  ["drivers/kit/settle", [kit("settle*")]],
  ["drivers/kit/gathered", [kit("gathered")]],
  ["drivers/kit/binary-framer", [kit("binary*")]],
  ["drivers/kit/dressed-check", [kit("binary*")]],
  ["drivers/kit/told-by-byte", [kit("{told-by-byte,binary*}")]],
  ["drivers/kit/binary", [kit("{binary,binary-table}")]],
  ["drivers/kit/frame-table", [kit("{binary,binary-table}")]],
  ["drivers/kit/decoder", [kit("decoder")]],
  ["drivers/kit/said", [kit("said")]],
  ["drivers/kit/link", [kit("link")]],
  ["drivers/kit/conversation", [kit("conversation")]],
  ["drivers/kit/number-row", [kit("number-row")]],
  ["drivers/kit/sample", [kit("{sample,simulator}")]],
  ["drivers/kit/simulator", [kit("{simulator,simulator-edges,link}")]],
  ["drivers/kit/session", [kit("{session-{steps,edges,memory,told,waits},twice,link}")]],
  ["drivers/kit/steps", [kit("{session-{steps,edges,memory,told,waits},twice}")]],
  ["drivers/kit/astm-receiver", [kit("{astm-receiver,astm-line}")]],
  ["drivers/kit/astm", [kit("{astm,astm-frames,astm-receiver,astm-sender,envelopes,records-write}")]],
  ["drivers/kit/records", [kit("{astm,hl7,records*}")]],
  ["drivers/kit/hl7", [kit("{hl7-edges,hl7}")]],
  ["drivers/kit/mllp", [kit("{hl7-edges,hl7}")]],
  ["drivers/kit/text-time", [kit("text-time")]],
  ["drivers/kit/text-check", [kit("{text-check,text-table,text-framer}")]],
  ["drivers/kit/text-codecs", [kit("text-codecs")]],
  ["drivers/kit/text-match", [kit("text-match")]],
  ["drivers/kit/text-pairs", [kit("text-pairs")]],
  ["drivers/kit/text-template", [kit("text-template")]],
  ["drivers/kit/text-compile", [kit("text-compile")]],
  ["drivers/kit/text-framer", [kit("text-framer")]],
  ["drivers/kit/text", [kit("text-table")]],
  ["drivers/kit/label", [kit("label")]],
  ["drivers/kit/validate-simulate", [kit("validate-simulate")]],
  ["drivers/kit/validate-session", [kit("{validate-session,validate-steps,validate-twice}")]],
  ["drivers/kit/validate-meaning", [kit("validate-meaning")]],
  ["drivers/kit/validate", [kit("validate")]],
  // Alone: it reads the reasons out of the source of the kit, and a mutated source says nothing.
  ["drivers/kit/reasons", [kit("reasons")]],
  ["drivers/kit/envelopes", [kit("{decoder,envelopes}")]],
  ["drivers/kit/gb18030", [kit("{text-codecs,field-edges}")]],
  ["drivers/kit/", [kit("*")]],
];
const everything = ["tests/core/{rules,quality,domain}/**/*.test.ts", "tests/station/gate/*.test.ts", kit("*"), laws];

/** Of files with commas between, as `MUTATED` carries them; empty: of all. */
export function testsOf(mutated: string): readonly string[] {
  const files = mutated.split(",").filter((file) => file !== "");
  const found = files.map((file) => rows.find(([start]) => file.startsWith(start))?.[1] ?? everything);
  return files.length === 0 ? everything : [...new Set(found.flat())];
}
