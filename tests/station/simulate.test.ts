import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { SerialPort } from "serialport";
import { afterEach, describe, expect, test } from "vitest";
import { decoder, toHex } from "../../drivers/kit/index.ts";
import { findProfile } from "../../drivers/find-profile.ts";

const top = join(import.meta.dirname, "../..");
const hasSocat = spawnSync("socat", ["-V"]).status === 0;
if (!hasSocat) process.stdout.write("SKIPPED: socat is not installed, so no pseudo-terminal can be made\n");

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
});

function simulate(
  ...args: readonly string[]
): ChildProcess & { stdout: NodeJS.ReadableStream; stdin: NodeJS.WritableStream } {
  const child = spawn(process.execPath, ["station/cli/simulate.ts", ...args], {
    cwd: top,
    stdio: ["pipe", "pipe", "inherit"],
  });
  started.push(child);
  return child;
}
async function terminalOf(child: { stdout: NodeJS.ReadableStream }): Promise<string> {
  const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  return (JSON.parse(line) as { pty: string }).pty;
}
async function open(path: string, baudRate: number): Promise<SerialPort> {
  const port = new SerialPort({ path, baudRate, hupcl: false });
  await once(port, "open");
  return port;
}
/** Everything heard until `enough` says so. */
function heard(port: SerialPort, enough: (bytes: Buffer) => boolean): Promise<Buffer> {
  return new Promise((done) => {
    let bytes = Buffer.alloc(0);
    port.on("data", (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      if (enough(bytes)) done(bytes);
    });
  });
}

describe.skipIf(!hasSocat)("on a pseudo-terminal of its own", () => {
  test("the cuff answers, survives a port that closes and returns, and ends with its standard input", async () => {
    const child = simulate("--profile", "raycome-rbp-9000", "--pty");
    const path = await terminalOf(child);
    for (const round of [1, 2]) {
      const port = await open(path, 115_200);
      const answer = heard(port, (bytes) => bytes.length >= 8);
      port.write(Buffer.from("cc80030301010000", "hex"));
      expect(`${round} ${toHex(await answer)}`).toBe(`${round} aa80030301010000`);
      const closed = once(port, "close");
      port.close();
      await closed;
    }
    const ended = once(child, "exit");
    child.stdin.end();
    expect(await ended).toEqual([0, null]);
    expect(existsSync(path)).toBe(false);
  });

  test("the analyzer prints a whole label when somebody presses, and a signal ends it", async () => {
    const child = simulate("--profile", "pts-cardiochek-pa", "--pty", "--every", "0");
    const port = await open(await terminalOf(child), 9_600);
    const label = heard(port, (bytes) => bytes.includes('"\n\nN\n') && bytes.includes("P1"));
    child.stdin.write("press\n");
    const outcomes = decoder(findProfile("pts-cardiochek-pa")!).hear(await label);
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(["measurement"]);
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
    port.destroy();
  });
});

describe("on standard input and output", () => {
  test("a device lists the faults it can play", () => {
    const { stdout, status } = spawnSync(
      process.execPath,
      ["station/cli/simulate.ts", "--profile", "onetouch-ultraeasy", "--list-faults"],
      { cwd: top, encoding: "utf8" },
    );
    expect(stdout.split("\n")).toEqual(
      expect.arrayContaining(["hi", "lo", "stale", "silent", "garbage", "cut", "half"]),
    );
    expect(status).toBe(0);
  });
  test("the meter answers a reset", async () => {
    const child = simulate("--profile", "onetouch-ultraeasy");
    const answer = once(child.stdout, "data") as Promise<[Buffer]>;
    child.stdin.write(Buffer.from("02060803c262", "hex"));
    expect(toHex((await answer)[0])).toBe("02060c0306ae");
    const ended = once(child, "exit");
    child.stdin.end();
    expect(await ended).toEqual([0, null]);
  });
  test.each([
    ["no profile", [], /Usage/],
    ["an unknown profile", ["--profile", "nobody"], /no profile nobody/],
    ["an unknown fault", ["--profile", "raycome-rbp", "--fault", "onFire"], /no fault onFire.*cuffLoose/],
    ["a speed in words", ["--profile", "raycome-rbp", "--speed", "fast"], /--speed needs a number/],
  ])("%s is a sentence and exit 2", (_what, args, sentence) => {
    const { stderr, status } = spawnSync(process.execPath, ["station/cli/simulate.ts", ...args], {
      cwd: top,
      encoding: "utf8",
    });
    expect(stderr).toMatch(sentence);
    expect(status).toBe(2);
  });
});
