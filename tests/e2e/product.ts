import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";

/** The product as a newcomer starts it, with its own data folder and quicker devices. */
export interface Product {
  readonly kiosk: string;
  readonly desk: string;
  readonly account: string;
  readonly password: string;
  readonly data: string;
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

/** `devices`: profiles to simulate instead of the demonstration's three. `rooms`: what carries three and more. */
export async function startProduct(
  data: string,
  devices: readonly string[] = [],
  rooms: "embedded" | "janus" = "embedded",
): Promise<Product> {
  const chosen = devices.flatMap((profile) => ["--device", profile]);
  const started = await start(data, ["--no-window", "--rooms", rooms, ...chosen], "ready");
  const found = /kiosk (\S+) {2}doctor's desk (\S+) {2}sign-in (\S+) \/ (\S+)/.exec(started.ready);
  if (found === null) throw new Error(`the ready line is not understood: ${started.ready}`);
  const [, kiosk = "", desk = "", account = "", password = ""] = found;
  return { kiosk, desk, account, password, data, processes: started.processes, stop: started.stop };
}

const withoutStationSchema = z.object({
  desk: z.string(),
  account: z.string(),
  password: z.string(),
  station: z.object({ arguments: z.array(z.string()), environment: z.record(z.string(), z.string()) }),
});

/** The hub and the devices alone; `station` says how the station is started in another shell. */
export async function startWithoutStation(
  data: string,
): Promise<z.infer<typeof withoutStationSchema> & Pick<Product, "processes" | "stop">> {
  const { ready, processes, stop } = await start(data, ["--without-station"], "{");
  return { ...withoutStationSchema.parse(JSON.parse(ready)), processes, stop };
}

/** Runs the start command with quicker devices until it prints a line that begins so. */
async function start(data: string, more: readonly string[], begins: string) {
  const child: ChildProcess = spawn(
    process.execPath,
    ["station/loopback/start.ts", "--data", data, "--rest-seconds", "2", "--speed", "6", ...more],
    { cwd: top, stdio: ["ignore", "pipe", "inherit"] },
  );
  const exited = new Promise<number | null>((done) => child.once("exit", (code) => done(code)));
  const ready = await new Promise<string>((done, fail) => {
    if (child.stdout === null) throw new Error("no output to read");
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (line.startsWith(begins)) done(line);
    });
    void exited.then((code) => fail(new Error(`the start command ended with ${String(code)} before it was ready`)));
  });
  return {
    ready,
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
