import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { _electron, type Browser, type Page } from "@playwright/test";
import { sizes } from "./kiosk.ts";
import { startProduct, startWithoutStation, type Product } from "./product.ts";

/** One shell with everything around it: the same kiosk page, whoever hosts it. */
export interface Running extends Pick<Product, "desk" | "account" | "password" | "data"> {
  /** The kiosk's page, and what ends it alone. */
  readonly kiosk: (browser: Browser) => Promise<{ readonly page: Page; readonly close: () => Promise<void> }>;
  stop(): Promise<number | null>;
}

export interface Shell {
  readonly name: string;
  /** Why it cannot run on this machine. */
  readonly missing: string | undefined;
  start(data: string): Promise<Running>;
}

const top = resolve(import.meta.dirname, "../..");
const electronFolder = dirname(fileURLToPath(import.meta.resolve("electron/package.json")));

/** Electron's program, where its package has fetched it. Asking the package itself would fetch it now. */
function electronProgram(): string | undefined {
  const named = join(electronFolder, "path.txt");
  if (!existsSync(named)) return undefined;
  const program = join(electronFolder, "dist", readFileSync(named, "utf8").trim());
  return existsSync(program) ? program : undefined;
}

function electronMissing(): string | undefined {
  if (electronProgram() === undefined) return `Electron's binary is not here: ${join("node_modules/electron", "dist")}`;
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return process.platform === "linux" && !DISPLAY && !WAYLAND_DISPLAY ? "there is no display for Electron" : undefined;
}

const electron: Shell = {
  name: "Electron",
  missing: electronMissing(),
  async start(data) {
    const around = await startWithoutStation(data);
    const { station, desk, account, password } = around;
    const executablePath = electronProgram();
    const environment = Object.entries({ ...process.env, ...station.environment }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    );
    const app = await _electron.launch({
      ...(executablePath === undefined ? {} : { executablePath }),
      cwd: top,
      args: [
        // Root has no user namespace to sandbox in; only the tests do this.
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        "--allow-loopback-in-peer-connection",
        "--autoplay-policy=no-user-gesture-required",
        "out/main/main.js",
        ...station.arguments,
      ],
      env: Object.fromEntries(environment),
    });
    return {
      desk,
      account,
      password,
      data,
      // The window is the station: it lives as long as its shell.
      kiosk: async () => ({ page: await app.firstWindow(), close: () => Promise.resolve() }),
      async stop() {
        await app.close();
        return around.stop();
      },
    };
  },
};

const loopback: Shell = {
  name: "plain Node and Chromium",
  missing: undefined,
  async start(data) {
    const product = await startProduct(data);
    return {
      ...product,
      async kiosk(browser) {
        const context = await browser.newContext({
          viewport: sizes.portrait,
          permissions: ["camera", "microphone"],
        });
        const page = await context.newPage();
        await page.goto(product.kiosk);
        return { page, close: () => context.close() };
      },
    };
  },
};

export const shells: readonly Shell[] = [loopback, electron];
