import { statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { toHex } from "../../drivers/kit/index.ts";
import { registry } from "../../drivers/registry.generated.ts";
import { corpora, mostCharacters, readCorpus } from "./corpus.ts";
import { rulesFor } from "./rules.ts";

/** What fuzzing found keeps the rules, once and for ever. */
describe.each(corpora().map((id) => [id] as const))("the corpus of %s", (id) => {
  const profile = registry.find((each) => each.id === id);
  test("belongs to a profile and is small", () => {
    expect(profile?.id).toBe(id);
    expect(statSync(join(import.meta.dirname, "corpus", `${id}.txt`)).size).toBeLessThanOrEqual(mostCharacters);
  });
  if (profile === undefined) return;
  const rule = rulesFor(profile);
  test.each(readCorpus(id).map((bytes, i) => [i + 1, toHex(bytes.subarray(0, 16)), bytes] as const))(
    "line %d: %s…",
    (_line, _beginning, bytes) => expect(rule(bytes)).toBeUndefined(),
  );
});
