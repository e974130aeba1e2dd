import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

/** The product as a newcomer starts it, with its own data folder and quicker devices. */
export interface Product {
  readonly kiosk: string;
  readonly desk: string;
  readonly account: string;
  readonly password: string;
  readonly data: string;
  readonly readyLines: readonly string[];
  /** Process ids of everything the start command started. */
  processes(): readonly number[];
  /** Ctrl-C; answers the exit code. */
  stop(): Promise<number | null>;
}

export const top = resolve(import.meta.dirname, "../..");

export function makeDataFolder(): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), "health-station-"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export async function startProduct(data: string, more: readonly string[] = []): Promise<Product> {
  const child: ChildProcess = spawn(
    process.execPath,
    ["station/loopback/start.ts", "--no-window", "--data", data, "--rest-seconds", "2", "--speed", "6", ...more],
    { cwd: top, stdio: ["ignore", "pipe", "inherit"] },
  );
  const lines: string[] = [];
  const exited = new Promise<number | null>((done) => child.once("exit", (code) => done(code)));
  const ready = await new Promise<string>((done, fail) => {
    if (child.stdout === null) throw new Error("no output to read");
    createInterface({ input: child.stdout }).on("line", (line) => {
      lines.push(line);
      if (line.startsWith("ready")) done(line);
    });
    void exited.then((code) => fail(new Error(`the start command ended with ${String(code)} before it was ready`)));
  });
  const found = /kiosk (\S+) {2}doctor's desk (\S+) {2}sign-in (\S+) \/ (\S+)/.exec(ready);
  if (found === null) throw new Error(`the ready line is not understood: ${ready}`);
  const [, kiosk = "", desk = "", account = "", password = ""] = found;
  return {
    kiosk,
    desk,
    account,
    password,
    data,
    readyLines: lines,
    processes: () => [child.pid ?? 0, ...descendants(child.pid ?? 0)],
    stop: () => {
      child.kill("SIGINT");
      return exited;
    },
  };
}

/** Process ids below one, by /proc: children of children too. */
function descendants(pid: number): number[] {
  let children: number[];
  try {
    children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);
  } catch {
    return [];
  }
  return children.flatMap((child) => [child, ...descendants(child)]);
}
