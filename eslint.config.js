import js from "@eslint/js";
import hooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";
import { noDeviceNames } from "./tests/types/device-names.mjs";

const roomProjects = ["core", "drivers", "station", "hub", "electron", "renderer", "tests"].map(
  (room) => `./${room}/tsconfig.json`,
);

export default tseslint.config(
  {
    ignores: [
      "node_modules",
      "out",
      "release",
      "screenshots",
      "test-results",
      "coverage",
      "playwright-report",
      ".data",
      "**/*.generated.ts",
    ],
  },
  {
    files: ["**/*.{ts,tsx}"],
    ignores: ["*.config.ts"],
    extends: [js.configs.recommended, ...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: roomProjects, tsconfigRootDir: import.meta.dirname } },
  },
  {
    files: ["**/*.{ts,tsx}"],
    ignores: ["*.config.ts"],
    rules: {
      // Numbers in sentences are fine; objects are not.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      // `async` by contract (a handler, a driver of an interface) without an await inside is no mistake.
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/no-confusing-void-expression": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unnecessary-condition": ["error", { allowConstantLoopConditions: true }],
      "@typescript-eslint/no-empty-function": "off",
      // Recurses without end on the recursive types of the contract router.
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
      "no-console": "error",
      "no-restricted-syntax": [
        "error",
        {
          selector: "ExportDefaultDeclaration:not(:has(CallExpression[callee.name='defineProfile']))",
          message: "Named exports only: a default export hides what a file is about. Profiles are the one exception.",
        },
      ],
    },
  },
  {
    files: ["renderer/**/*.tsx", "renderer/**/*.ts"],
    plugins: { "react-hooks": hooks },
    rules: { ...hooks.configs.recommended.rules },
  },
  {
    files: ["core/**/*.ts", "drivers/**/*.ts"],
    rules: {
      "no-restricted-properties": [
        "error",
        { object: "Date", property: "now", message: "core and drivers read no clock: take the time as an argument." },
      ],
      "no-restricted-syntax": [
        "error",
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: "core and drivers read no clock: take the time as an argument.",
        },
      ],
    },
  },
  {
    files: ["{core,drivers,station,electron,renderer,hub}/**/*.{ts,tsx}"],
    // The profiles themselves, and only they, name devices.
    ignores: ["drivers/*.ts", "drivers/!(kit|laws)/*.ts"],
    plugins: { station: { rules: { "no-device-names": noDeviceNames() } } },
    rules: { "station/no-device-names": "error" },
  },
  { files: ["station/cli/**", "station/loopback/**", "hub/main.ts", "tests/**"], rules: { "no-console": "off" } },
  {
    files: ["tests/**/*.{ts,tsx}"],
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "no-restricted-syntax": [
        "error",
        { selector: "CallExpression[callee.property.name='waitForTimeout']", message: "No sleeping: wait for a fact." },
        {
          selector: "MemberExpression[object.name=/^(test|it|describe)$/][property.name='only']",
          message: "A test run alone hides the others.",
        },
      ],
    },
  },
);
