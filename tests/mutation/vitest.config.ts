import { defineConfig } from "vitest/config";

/** The fast tests of what is mutated: hundreds of runs, so no processes, no pseudo-terminals, fewer random bytes. */
export default defineConfig({
  test: {
    root: new URL("../..", import.meta.url).pathname,
    include: [
      "tests/drivers/**/*.test.ts",
      "tests/core/{rules,quality,domain}/**/*.test.ts",
      "tests/station/gate/**/*.test.ts",
    ],
    pool: "threads",
    env: { RANDOM_BYTES: "20000" },
  },
});
