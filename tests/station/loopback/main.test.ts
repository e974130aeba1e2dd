import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Readable, Writable } from "node:stream";
import { createInterface } from "node:readline";
import Sqlite from "better-sqlite3";
import { onTestFinished, expect, test } from "vitest";
import { WebSocket } from "ws";
import { lineOverSocket, stationClient } from "../../../renderer/station.ts";
import { keyFileOf } from "../../../station/loopback/key-file.ts";

const top = resolve(import.meta.dirname, "../../..");

async function tempFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "shell-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, "station");
}

interface Shell {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly ready: Promise<{ readonly address: string; readonly devices: readonly unknown[] }>;
  /** What it wrote to standard error so far. */
  readonly errors: () => string;
  readonly ended: Promise<{ readonly code: number | null; readonly errors: string; readonly output: string }>;
}

/** Starts the program as a person would, and ends it with the test. */
function start(data: string, ...more: readonly string[]): Shell {
  const child = spawn(process.execPath, ["station/loopback/main.ts", "--data", data, ...more], {
    cwd: top,
    stdio: ["pipe", "pipe", "pipe"],
  });
  let errors = "";
  let output = "";
  child.stderr.on("data", (part) => (errors += String(part)));
  child.stdout.on("data", (part) => (output += String(part)));
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, errors, output }));
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  const ready = Promise.race([
    once(createInterface({ input: child.stdout }), "line").then(
      ([line]) => JSON.parse(String(line)) as Awaited<Shell["ready"]>,
    ),
    ended.then(({ code }) => {
      throw new Error(`it ended with ${String(code)}: ${errors}`);
    }),
  ]);
  ready.catch(() => undefined);
  return { child, ready, ended, errors: () => errors };
}

async function openWindow(address: string) {
  const { host, hash } = new URL(address);
  const socket = new WebSocket(`ws://${host}/wire`, ["health-station", hash.slice("#token=".length)], {
    headers: { origin: `http://${host}` },
  });
  onTestFinished(() => socket.terminate());
  const line = lineOverSocket(socket as unknown as globalThis.WebSocket);
  socket.on("close", () => line.cut());
  await once(socket, "open");
  return stationClient(line);
}

test("it says when it is ready, answers its window, and ends cleanly when asked", async () => {
  const data = await tempFolder();
  const shell = start(data, "--name", "村卫生室", "--simulated", "--log", "debug");
  const { address, devices } = await shell.ready;
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}$/);
  expect(devices).toEqual([]);
  const client = await openWindow(address);
  const feed = await client.station.watch();
  const first = await feed.next();
  expect(first.value).toMatchObject({ station: { name: "村卫生室" }, simulated: true, hub: "none", storage: "ok" });
  shell.child.kill("SIGTERM");
  const { code, errors } = await shell.ended;
  expect(code).toBe(0);
  expect(errors).not.toContain(new URL(address).hash.slice("#token=".length));
});

test("in earnest it says the code that makes the first technician, and never again once there is one", async () => {
  const data = await tempFolder();
  const first = start(data);
  const client = await openWindow((await first.ready).address);
  await expect.poll(() => first.errors()).toMatch(/ setup code \d{8} /);
  const code = /setup code (\d{8})/.exec(first.errors())?.[1] ?? "";
  await client.technician.staff.setUp({ id: crypto.randomUUID(), code, name: "样本", pin: "280913" });
  first.child.kill("SIGTERM");
  await first.ended;
  const second = start(data);
  await second.ready;
  second.child.kill("SIGTERM");
  expect((await second.ended).errors).toBe("");
});

test("what the first start wrote is there at the second", async () => {
  const data = await tempFolder();
  const first = start(data, "--simulated");
  const { address } = await first.ready;
  const before = (await (await (await openWindow(address)).station.watch()).next()).value;
  first.child.kill("SIGINT");
  expect((await first.ended).code).toBe(0);
  const second = start(data, "--simulated");
  const after = (await (await (await openWindow((await second.ready).address)).station.watch()).next()).value;
  expect(after).toMatchObject({ station: { id: (before as { station: { id: string } }).station.id } });
});

test("it ends with its parent", async () => {
  const shell = start(await tempFolder(), "--with-parent");
  await shell.ready;
  shell.child.stdin.end();
  expect((await shell.ended).code).toBe(0);
});

async function refusal(shell: Shell): Promise<string> {
  const { code, errors, output } = await shell.ended;
  expect(code).toBe(3);
  expect(output).toBe("");
  expect(errors.trim().split("\n")).toHaveLength(1);
  return errors;
}

test("a second start on the same data is refused with a sentence", async () => {
  const data = await tempFolder();
  await start(data).ready;
  const said = await refusal(start(data));
  expect(said).toContain("这个站点已经在运行了。");
  expect(said).toContain("This station is already running.");
});

test("a port that another program has is refused with a sentence", async () => {
  const { address } = await start(await tempFolder()).ready;
  const data = await tempFolder();
  expect(await refusal(start(data, "--port", new URL(address).port))).toContain("wire.portTaken");
  // Refused is not half started: the journal was let go.
  await start(data).ready;
});

test("a wrong key is refused with a sentence", async () => {
  const data = await tempFolder();
  const first = start(data);
  await first.ready;
  first.child.kill("SIGTERM");
  await first.ended;
  await writeFile(keyFileOf(data), new Uint8Array(32).fill(9));
  expect(await refusal(start(data))).toContain("store.wrongKey");
});

test("a database of a newer program is refused with a sentence", async () => {
  const data = await tempFolder();
  const first = start(data);
  await first.ready;
  first.child.kill("SIGTERM");
  await first.ended;
  const key = await readFile(keyFileOf(data));
  const db = new Sqlite(join(data, "station.db"));
  db.pragma("cipher = 'sqlcipher'");
  db.pragma("legacy = 4");
  db.pragma(`key = "x'${key.toString("hex")}'"`);
  db.pragma("user_version = 999999");
  db.close();
  expect(await refusal(start(data))).toContain("store.newerVersion");
});

test("a key that others may read is refused with a sentence", async () => {
  const data = await tempFolder();
  const first = start(data);
  await first.ready;
  first.child.kill("SIGTERM");
  await first.ended;
  await chmod(keyFileOf(data), 0o644);
  expect(await refusal(start(data))).toContain("chmod 600");
});

test("what it cannot read is answered with the usage", async () => {
  const { code, errors } = await start("x", "--what").ended;
  expect(code).toBe(2);
  expect(errors).toContain("usage:");
});
