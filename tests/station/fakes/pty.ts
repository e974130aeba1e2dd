import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, lstatSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";
import { tempFolder } from "./station.ts";
import { until } from "./clock.ts";

const root = new URL("../../../", import.meta.url).pathname;

export interface Simulated {
  readonly path: string;
  /** Prints, for a device that is used by hand. */
  readonly press: () => void;
  /** The plug is pulled: the process and its terminal are gone. */
  readonly unplug: () => Promise<void>;
}

/** A simulated device: a process of its own behind a real pseudo-terminal. Ended with the test. */
export async function simulate(
  profile: string,
  options: { readonly path?: string; readonly args?: readonly string[] } = {},
): Promise<Simulated> {
  const path = options.path ?? join(tempFolder(), "tty");
  const child = spawn(
    process.execPath,
    [
      join(root, "station/cli/simulate.ts"),
      "--profile",
      profile,
      "--pty",
      path,
      "--every",
      "0",
      "--seed",
      "1",
      ...(options.args ?? []),
    ],
    { cwd: root, stdio: ["pipe", "pipe", "inherit"] },
  );
  const ended = endOf(child);
  onTestFinished(() => kill(child, ended));
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).once("line", () => resolve());
    void ended.then(() => reject(new Error("the simulator ended before it was ready")));
  });
  return {
    path,
    press: () => void child.stdin.write("press\n"),
    unplug: async () => {
      await kill(child, ended);
      await until(() => !linkIsThere(path), "the terminal is gone");
    },
  };
}

export interface Pair {
  readonly host: string;
  readonly device: string;
  /** Bytes that have left one terminal and lie in the other. */
  readonly moved: () => number;
  readonly cut: () => Promise<void>;
}

/** Two terminals back to back: what is written to one comes out of the other. Ended with the test. */
export async function ptyPair(folder = tempFolder()): Promise<Pair> {
  const [host, device] = [join(folder, "host"), join(folder, "device")];
  const child = spawn("socat", ["-d", "-d", "-d", `PTY,rawer,link=${host}`, `PTY,rawer,link=${device}`], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let moved = 0;
  createInterface({ input: child.stderr }).on("line", (line) => {
    moved += Number(/transferred (\d+) bytes/.exec(line)?.[1] ?? 0);
  });
  const ended = endOf(child);
  onTestFinished(() => kill(child, ended));
  await until(() => existsSync(host) && existsSync(device), "both terminals");
  return {
    host,
    device,
    moved: () => moved,
    cut: async () => {
      await kill(child, ended);
      await until(() => !existsSync(host), "the terminal is gone");
    },
  };
}

function endOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
}

async function kill(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill("SIGTERM");
  await ended;
}

function linkIsThere(path: string): boolean {
  try {
    lstatSync(path);
    return existsSync(path);
  } catch {
    return false;
  }
}
