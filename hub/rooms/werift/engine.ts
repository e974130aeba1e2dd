import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Engine, EngineAnswer, EngineEvent, StartEngine } from "../engine.ts";

const startMs = 10_000;

/** What the worker says; both ends are ours, and of one version. */
type FromWorker =
  { readonly ready: true } | { readonly id: number; readonly answer: EngineAnswer } | { readonly event: EngineEvent };

/** The embedded SFU in a process of its own; `onStarted` is told its process id, for whoever watches processes. */
export const startWerift =
  (onStarted?: (pid: number) => void): StartEngine =>
  async ({ event, down }) => {
    const child = fork(fileURLToPath(new URL("./worker.ts", import.meta.url)), [], {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      // Not the hub's: a debugger's port, for one, is taken.
      execArgv: ["--disable-warning=ExperimentalWarning"],
    });
    if (child.pid !== undefined) onStarted?.(child.pid);
    return overChild(child, event, down);
  };

async function overChild(
  child: ChildProcess,
  onEvent: (event: EngineEvent) => void,
  onDown: () => void,
): Promise<Engine | undefined> {
  const waiting = new Map<number, (answer: EngineAnswer) => void>();
  let last = 0;
  let alive = true;
  let stopping = false;

  const isReady = new Promise<boolean>((resolve) => {
    const late = setTimeout(() => resolve(false), startMs);
    const settle = (ready: boolean) => {
      clearTimeout(late);
      resolve(ready);
    };
    const gone = () => {
      settle(false);
      if (!alive) return;
      alive = false;
      for (const give of waiting.values()) give({ ok: false, code: "room.unavailable" });
      waiting.clear();
      if (!stopping) onDown();
    };
    child.once("exit", gone);
    child.once("error", gone);
    child.on("message", (message: FromWorker) => {
      if ("ready" in message) settle(true);
      else if ("event" in message) onEvent(message.event);
      else {
        waiting.get(message.id)?.(message.answer);
        waiting.delete(message.id);
      }
    });
  });
  if (!(await isReady)) {
    stopping = true;
    child.kill("SIGKILL");
    return undefined;
  }
  const isAlive = () => alive;
  return {
    ask: (command) =>
      new Promise((resolve) => {
        if (!isAlive() || !child.connected) {
          resolve({ ok: false, code: "room.unavailable" });
          return;
        }
        const id = (last += 1);
        waiting.set(id, resolve);
        child.send({ id, command });
      }),
    async stop() {
      stopping = true;
      if (!isAlive()) return;
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    },
  };
}
