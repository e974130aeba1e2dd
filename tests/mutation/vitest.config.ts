import { defineConfig } from "vitest/config";
import { testsOf } from "./tests-of.ts";

/**
 * The fast tests of what is mutated (`MUTATED`, set by stryker.config.mjs): no processes, no pseudo-terminals, few random
 * bytes. `MUTATION_TESTS`, globs with commas between, takes the place of the choice.
 */
const chosen = process.env["MUTATION_TESTS"]?.split(/,(?![^{]*\})/u) ?? testsOf(process.env["MUTATED"] ?? "");

export default defineConfig({
  test: {
    root: new URL("../..", import.meta.url).pathname,
    include: [...chosen],
    pool: "threads",
    isolate: false,
    env: { LAWS_RANDOM_BYTES: "2000" },
  },
});
