/**
 * Mutation testing of what may not be wrong: the driver kit, units and quantities, the gate.
 * `npm run mutate` runs it all; `npm run mutate -- --mutate drivers/kit/checks.ts` one file.
 */
export default {
  testRunner: "vitest",
  vitest: { configFile: "tests/mutation/vitest.config.ts", related: true },
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
  reporters: ["clear-text", "json", "progress"],
  jsonReporter: { fileName: "test-results/mutation.json" },
  tempDirName: "test-results/stryker",
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  thresholds: { high: 95, low: 90, break: 90 },
  ignoreStatic: true,
  disableTypeChecks: false,
  checkers: [],
};
