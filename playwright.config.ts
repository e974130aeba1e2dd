import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

const chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) =>
  existsSync(path),
);

export default defineConfig({
  testDir: "tests/e2e",
  testMatch: "*.spec.ts",
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  // Real media on a shared machine: another try is reported as flaky, never hidden.
  retries: process.env.CI ? 1 : 0,
  reporter: [["list"]],
  outputDir: "test-results",
  use: {
    browserName: "chromium",
    ...(chromium === undefined
      ? {}
      : {
          launchOptions: {
            executablePath: chromium,
            args: [
              // Root has no user namespace to sandbox in; only the tests do this.
              ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
              "--disable-gpu",
              "--disable-background-networking",
              "--disable-component-update",
              "--disable-sync",
              "--no-first-run",
              "--use-fake-device-for-media-stream",
              "--use-fake-ui-for-media-stream",
              "--allow-loopback-in-peer-connection",
              "--autoplay-policy=no-user-gesture-required",
            ],
          },
        }),
  },
});
