import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { z } from "zod";
import type { PtyDevice } from "./pty-device.ts";
import { top } from "./product.ts";

const readySchema = z.object({ ready: z.literal(true), address: z.string() });

/** The station's own program without any hub: every network is off from the start. */
export interface LoneStation {
  readonly address: string;
  /** The plug is pulled. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export async function startLoneStation(data: string, devices: readonly PtyDevice[]): Promise<LoneStation> {
  const child: ChildProcess = spawn(
    process.execPath,
    [
      "station/loopback/main.ts",
      ...["--data", data, "--simulated", "--name", "石桥村健康小站", "--place", "石桥村委会一楼", "--keeper", "周秀芬"],
      ...["--rest-seconds", "1", "--with-parent"],
      ...devices.flatMap(({ setting }) => ["--device", setting]),
    ],
    { cwd: top, stdio: ["pipe", "pipe", "inherit"] },
  );
  const { stdout } = child;
  if (stdout === null) throw new Error("no output to read");
  const exited = new Promise<void>((done) => child.once("exit", () => done()));
  const address = await new Promise<string>((ready, fail) => {
    createInterface({ input: stdout }).on("line", (line) => {
      if (line.startsWith("{")) ready(readySchema.parse(JSON.parse(line)).address);
    });
    void exited.then(() => fail(new Error("the station ended before it was ready")));
  });
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return exited;
  };
  return { address, kill: () => end("SIGKILL"), stop: () => end("SIGTERM") };
}
