import { resolve } from "node:path";

/**
 * Mutation testing of what may not be wrong: the driver kit, units and quantities, the gate.
 * `npm run mutate` runs it all, for hours; `npm run mutate -- --mutate drivers/kit/checks.ts` one file (or some, with
 * commas between) with the tests that are about it (tests-of.ts), and the second time only what has changed since;
 * `--force` runs all of it again. `node tests/mutation/score.ts` then brings scores.json up to date and prints what
 * survived; docs/mutation.md says why what survives may.
 */
const asked = process.argv.indexOf("--mutate");
const files = asked < 0 ? "" : (process.argv[asked + 1] ?? "");
// Heard by vitest.config.ts in the processes that run the tests; so is where the captures lie, because they run elsewhere.
process.env.MUTATED = files;
process.env.CAPTURES_DIR = resolve(process.env.CAPTURES_DIR ?? "../shared/captures");
process.env.CLINICAL_DIR = resolve(process.env.CLINICAL_DIR ?? "../shared/clinical");

export default {
  testRunner: "vitest",
  vitest: { configFile: "tests/mutation/vitest.config.ts", related: false },
  mutate: [
    "drivers/kit/*.ts",
    "!drivers/kit/{index,envelope,effects,framer,define,define-*}.ts",
    "!drivers/kit/schema*.ts",
    "core/domain/quantity.ts",
    "core/rules/{units,decimal,ranges}.ts",
    "core/quality/*.ts",
    "station/gate/*.ts",
  ],
  coverageAnalysis: "perTest",
  concurrency: 2,
  // Not under test-results, which a run of the browser tests empties.
  incremental: true,
  incrementalFile: `coverage/mutation/${files.replaceAll(/[^a-z0-9-]+/gu, "_").slice(0, 80) || "all"}.json`,
  reporters: ["clear-text"],
  // Its own for each run: the one that ends first would take the other away.
  tempDirName: `coverage/stryker-${process.pid}`,
  ignorePatterns: ["coverage", "test-results", "screenshots", "out", "release", "docs", "/.git"],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  thresholds: { high: 95, low: 90, break: 90 },
  // What is computed once when a file is loaded (tables, words) would cost a whole run each; the tables have their own tests.
  ignoreStatic: true,
  disableTypeChecks: false,
  checkers: [],
};
