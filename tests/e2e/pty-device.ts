import { spawn } from "node:child_process";
import { closeSync, constants, openSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { findProfile } from "../../drivers/find-profile.ts";
import { createSimulator, type Simulator, type SimulatorOptions, type Timed } from "../../drivers/kit/index.ts";

/** A simulated device behind a pseudo-terminal of its own, which a test can make into another at any moment. */
export interface PtyDevice {
  /** For the station's command line. */
  readonly setting: string;
  /** Everything the station said to it, as hex. */
  heard(): string;
  /** How many bytes the station said to it. */
  heardBytes(): number;
  /** From now on it plays a fault, or gives these values. */
  become(options: SimulatorOptions): void;
  /** Somebody uses the device itself. */
  press(): void;
  close(): Promise<void>;
}

/** Everything takes a sixth of the time. */
const speed = 6;

export async function openPtyDevice(folder: string, id: string, first: SimulatorOptions = {}): Promise<PtyDevice> {
  const profile = findProfile(id);
  if (profile === undefined) throw new Error(`there is no profile ${id}`);
  const path = join(folder, id);
  const socat = spawn("socat", ["-d", "-d", "-", `PTY,rawer,link=${path}`], { stdio: "pipe" });
  const terminal = await new Promise<string>((ready, fail) => {
    socat.once("error", fail);
    createInterface({ input: socat.stderr }).on("line", (line) => {
      const found = /PTY is (\S+)/.exec(line)?.[1];
      if (found !== undefined) ready(found);
    });
  });
  // Held open so that the terminal outlives a station that ends and comes back.
  const held = openSync(terminal, constants.O_RDWR | constants.O_NOCTTY);
  const wallOffsetMs = -new Date().getTimezoneOffset() * 60_000;
  const make = (options: SimulatorOptions): Simulator =>
    createSimulator(profile, { speed, wallOffsetMs, seed: 1, ...options });
  let device = make(first);
  let heard = Buffer.alloc(0);
  const timers = new Set<NodeJS.Timeout>();
  const silence = () => {
    for (const timer of timers) clearTimeout(timer);
    timers.clear();
  };
  const play = (plan: readonly Timed[]): void => {
    for (const { bytes, afterMs, instead, more } of plan) {
      if (instead === true) silence();
      const timer = setTimeout(() => {
        timers.delete(timer);
        socat.stdin.write(bytes);
        play(more?.(Date.now()) ?? []);
      }, afterMs);
      timers.add(timer);
    }
  };
  socat.stdout.on("data", (chunk: Buffer) => {
    heard = Buffer.concat([heard, chunk]);
    play(device.hear(chunk, Date.now()));
  });
  return {
    setting: `${id}=${path}`,
    heard: () => heard.toString("hex"),
    heardBytes: () => heard.length,
    become(options) {
      silence();
      device = make(options);
    },
    press: () => play(device.press(Date.now())),
    async close() {
      silence();
      const gone = new Promise((done) => socat.once("exit", done));
      socat.kill("SIGTERM");
      await gone;
      closeSync(held);
    },
  };
}
