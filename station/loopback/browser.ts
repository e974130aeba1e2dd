import { spawn, type ChildProcess } from "node:child_process";
import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { BrowserPipe } from "./browser-pipe.ts";
import { takeAway } from "./take-away.ts";

export interface BrowserWish {
  readonly address: string;
  /** The window's own profile folder: nothing of a person's browser is used or left. */
  readonly folder: string;
  /** Turns Chromium's sandbox off. Also by HEALTH_STATION_CHROMIUM_NO_SANDBOX=1; never by itself. */
  readonly noSandbox?: boolean;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Numeric user id; 0 is root. */
  readonly user?: number | undefined;
  /** Further switches: a test has no screen. */
  readonly switches?: readonly string[];
}

export type BrowserOpened =
  | {
      readonly ok: true;
      readonly child: ChildProcess;
      /** The page hangs: it is taken away and loaded anew. False: the browser does not answer either. */
      readonly renewPage: () => Promise<boolean>;
    }
  | { readonly ok: false; readonly sentence: string };

const names = ["chromium", "chromium-browser", "google-chrome"];

/** Quiet, alone, full screen. What Chromium would ask or offer is answered beforehand by `settle`. */
export function kioskArguments(address: string, folder: string, noSandbox: boolean): readonly string[] {
  return [
    `--app=${address}`,
    "--kiosk",
    `--user-data-dir=${folder}`,
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-pinch",
    // The first screen speaks before anybody has touched it.
    "--autoplay-policy=no-user-gesture-required",
    "--overscroll-history-navigation=0",
    "--password-store=basic",
    "--remote-debugging-pipe",
    ...(noSandbox ? ["--no-sandbox"] : []),
  ];
}

/** Opens the kiosk window. The child is the caller's to end. A refusal is one sentence; nothing was started then. */
export function openBrowser(wish: BrowserWish): BrowserOpened {
  const environment = wish.environment ?? process.env;
  const user = "user" in wish ? wish.user : process.getuid?.();
  const noSandbox = wish.noSandbox ?? environment.HEALTH_STATION_CHROMIUM_NO_SANDBOX === "1";
  const program = programOnPath(environment.PATH ?? "");
  if (program === undefined) {
    return {
      ok: false,
      sentence: `No Chromium was found (${names.join(", ")}). Open the address in a browser yourself.`,
    };
  }
  if (user === 0 && !noSandbox) {
    return {
      ok: false,
      sentence:
        "Chromium does not open a window for root with its sandbox on. Start as another user, or set HEALTH_STATION_CHROMIUM_NO_SANDBOX=1 to do without the sandbox (for trials only).",
    };
  }
  if (environment.DISPLAY === undefined && environment.WAYLAND_DISPLAY === undefined && process.platform === "linux") {
    return { ok: false, sentence: "There is no screen (DISPLAY is not set). Open the address in a browser yourself." };
  }
  mkdirSync(wish.folder, { recursive: true, mode: 0o700 });
  settle(wish.folder, new URL(wish.address).origin);
  const { address, switches = [] } = wish;
  const child = spawn(program, [...switches, ...kioskArguments(address, wish.folder, noSandbox)], {
    // The browser reads its third and writes its fourth.
    stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
  });
  // Whoever waits for the window hears of a failed start as its exit.
  child.on("error", () => undefined);
  const pipe = new BrowserPipe(child.stdio[3] as Writable, child.stdio[4] as Readable);
  void pipe.ask("Target.setDiscoverTargets", { discover: true });
  return { ok: true, child, renewPage: () => takeAway(pipe, address, endProcess) };
}

/** One that has ended by itself is no failure. */
function endProcess(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

/**
 * Answers what a villager should never be asked: one origin, and only that one, may use camera and microphone; nothing
 * offers to translate the page.
 */
export function settle(folder: string, origin: string): void {
  const file = join(folder, "Default", "Preferences");
  const kept = preferencesIn(file);
  const allowed = { [`${origin},*`]: { setting: 1 } };
  const profile = {
    ...kept.profile,
    content_settings: {
      ...kept.profile?.content_settings,
      exceptions: {
        ...kept.profile?.content_settings?.exceptions,
        media_stream_camera: allowed,
        media_stream_mic: allowed,
      },
    },
  };
  mkdirSync(join(folder, "Default"), { recursive: true, mode: 0o700 });
  writeFileSync(file, JSON.stringify({ ...kept, profile, translate: { enabled: false } }), { mode: 0o600 });
}

interface Preferences {
  readonly profile?: { readonly content_settings?: { readonly exceptions?: object } };
}

/** None yet, or none that can be read: Chromium starts a profile of its own then. */
function preferencesIn(file: string): Preferences {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Preferences;
  } catch {
    return {};
  }
}

function programOnPath(path: string): string | undefined {
  const places = path.split(delimiter).filter((folder) => folder !== "");
  const all = names.flatMap((name) => places.map((folder) => join(folder, name)));
  return all.find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
