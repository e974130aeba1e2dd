import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { connectJanus, type JanusClient } from "./client.ts";
import { claimFolder, janusPath, reapLeftovers, writeJanusConfig } from "./config.ts";

export interface RunningJanus {
  readonly client: JanusClient;
  /** The key that creating a room asks for. */
  readonly adminKey: string;
  stop(): Promise<void>;
}

const startMs = 5_000;
const tryEveryMs = 50;

/** Starts one Janus with secrets of its own in a folder below `base`. `onDown` comes at most once, and not after `stop`. */
export async function startJanusProcess(
  base: string,
  onDown: () => void,
  onStarted?: (pid: number) => void,
): Promise<RunningJanus | undefined> {
  mkdirSync(base, { recursive: true, mode: 0o700 });
  reapLeftovers(base);
  const folder = mkdtempSync(join(base, "janus-"));
  const secrets = { api: randomBytes(24).toString("hex"), admin: randomBytes(24).toString("hex") };
  const port = await freePort();
  writeJanusConfig(folder, port, secrets);
  const child = spawn(janusPath, ["--configs-folder", folder, "--disable-colors"], {
    stdio: ["ignore", "ignore", "ignore"],
  });
  let state: "starting" | "up" | "over" = "starting";
  const isOver = () => state === "over";
  const end = () => {
    if (state === "over") return;
    const was = state;
    state = "over";
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
    if (was === "up") onDown();
  };
  child.once("error", end);
  child.once("exit", end);
  if (child.pid !== undefined) {
    claimFolder(folder, child.pid);
    onStarted?.(child.pid);
  }

  const until = performance.now() + startMs;
  let client: JanusClient | undefined;
  while (client === undefined && !isOver() && performance.now() < until) {
    client = await connectJanus(port, secrets.api, end);
    if (client === undefined) await wait(tryEveryMs);
  }
  if (client === undefined || isOver()) {
    end();
    return undefined;
  }
  state = "up";
  const connected = client;
  return {
    client: connected,
    adminKey: secrets.admin,
    async stop() {
      if (isOver()) return;
      state = "over";
      connected.close();
      await stopChild(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  // Its own goodbye takes seconds and has nobody to say it to.
  child.kill("SIGKILL");
  await gone;
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}
