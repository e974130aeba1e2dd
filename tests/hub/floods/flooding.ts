import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { DatagramOrder } from "./datagrams.ts";

export interface Flooding {
  /** Datagrams so far, as of the last second. */
  readonly sent: () => number;
  end(): Promise<void>;
}

/** A flood of malformed datagrams from a process of its own; answers once it runs. */
export async function flooding(order: DatagramOrder): Promise<Flooding> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "datagrams.ts"), JSON.stringify(order)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let sent = 0;
  const lines = createInterface({ input: child.stdout });
  lines.on("line", (line) => (sent = Number(line)));
  await once(lines, "line");
  return {
    sent: () => sent,
    end: async () => {
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    },
  };
}
