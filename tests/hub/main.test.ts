import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { execFileSync } from "node:child_process";
import { afterEach, beforeEach, expect, test } from "vitest";
import { running, startHub, type HubProcess } from "./process.ts";

const codeProgram = resolve(import.meta.dirname, "../../hub/cli/code.ts");
let folder: string;
const begun: HubProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hub-main-"));
});
afterEach(async () => {
  for (const hub of begun.splice(0)) {
    hub.child.kill("SIGKILL");
    await hub.ended;
  }
  rmSync(folder, { recursive: true, force: true });
});

async function start(...args: readonly string[]): Promise<HubProcess> {
  const hub = running(await startHub("--data", folder, ...args));
  begun.push(hub);
  return hub;
}

async function signIn(hub: HubProcess, account: string, password: string): Promise<number> {
  const post = (path: string, body: object) =>
    fetch(`${hub.ready.address}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const first = await post("/api/sign-in", { account, password });
  if (!first.ok) return first.status;
  const { step, need } = (await first.json()) as { readonly step: string; readonly need: string };
  expect(need).toBe("code");
  return (await post("/api/sign-in/code", { step, code: toldCode(account) })).status;
}

/** As a person in front of the demonstration gets it. */
function toldCode(account: string): string {
  const said = execFileSync(process.execPath, [codeProgram, account, "--data", folder], { encoding: "utf8" });
  return /(\d{6}) {3}next/.exec(said)?.[1] ?? said;
}

test("the demonstration password is the same at the second start, works, and lies nowhere in the folder or the log", async () => {
  const first = await start("--demo");
  const { demo, demoAccounts } = first.ready;
  expect(demoAccounts?.map(({ account }) => account)).toEqual([
    "doctor",
    "doctor2",
    "specialist",
    "village",
    "pharmacist",
    "manager",
    "auditor",
  ]);
  expect(await signIn(first, demo?.account ?? "", demo?.password ?? "")).toBe(200);
  first.child.kill("SIGTERM");
  expect(await first.ended).toEqual({ code: 0, signal: null });

  const second = await start("--demo");
  expect(second.ready.demoAccounts).toEqual(demoAccounts);
  expect(second.ready.enrolCode).not.toBe(first.ready.enrolCode);
  expect(await signIn(second, "doctor2", demoAccounts?.[1]?.password ?? "")).toBe(200);
  const kept =
    readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), "latin1"))
      .join("") +
    first.said() +
    second.said();
  expect(kept).not.toContain(demo?.password ?? "none");
});

test("without --demo the demonstration accounts may not sign in", async () => {
  const first = await start("--demo");
  first.child.kill("SIGTERM");
  await first.ended;
  const plain = await start();
  expect(plain.ready.demo).toBeUndefined();
  expect(await signIn(plain, "doctor", first.ready.demo?.password ?? "")).toBe(401);
});

test("key and database are the owner's alone, and the database is not plain", async () => {
  await start();
  const modes = Object.fromEntries(
    ["hub.key", "hub.db"].map((name) => [name, (statSync(join(folder, name)).mode & 0o777).toString(8)]),
  );
  expect(modes).toEqual({ "hub.key": "600", "hub.db": "600" });
  expect(readFileSync(join(folder, "hub.db")).subarray(0, 15).toString("latin1")).not.toBe("SQLite format 3");
});

test("a second hub on the same folder is refused with a sentence in both languages", async () => {
  await start();
  expect(await startHub("--data", folder)).toMatchObject({
    refused: 3,
    sentence: expect.stringMatching(/已经在运行.*already running.*store\.locked/s) as string,
  });
});

test("a database without its key is refused and left alone", async () => {
  const hub = await start();
  hub.child.kill("SIGTERM");
  await hub.ended;
  rmSync(join(folder, "hub.key"));
  expect(await startHub("--data", folder)).toMatchObject({
    refused: 3,
    sentence: expect.stringContaining("store.wrongKey") as string,
  });
  writeFileSync(join(folder, "hub.key"), new Uint8Array(32));
  expect(await startHub("--data", folder)).toMatchObject({
    refused: 3,
    sentence: expect.stringContaining("store.wrongKey") as string,
  });
});

test("with a parent, the hub ends when the parent's end of the pipe closes", async () => {
  const hub = await start("--with-parent");
  hub.child.stdin?.end();
  expect(await hub.ended).toEqual({ code: 0, signal: null });
});

test.each([
  ["no folder", []],
  ["a wrong port", ["--data", "x", "--port", "high"]],
  ["an unknown word", ["--data", "x", "--what"]],
  ["a folder without a desk page", ["--data", "x", "--desk", "hub"]],
  ["a duty phone that is no number", ["--data", "x", "--duty-phone", "the doctor"]],
])("usage is said for %s", async (_name, args) => {
  expect(await startHub(...args)).toMatchObject({
    refused: 2,
    sentence: expect.stringContaining("usage: node hub/main.ts") as string,
  });
});

test("the desk page is served from the built folder, and nothing beside it", async () => {
  const built = join(folder, "out");
  for (const name of ["desk", "assets", "kiosk"]) mkdirSync(join(built, name), { recursive: true });
  writeFileSync(join(built, "desk/index.html"), "<!doctype html><title>desk</title>");
  writeFileSync(join(built, "kiosk/index.html"), "kiosk");
  writeFileSync(join(built, "assets/desk-1.js"), "1");
  const { address } = (await start("--desk", relative(process.cwd(), built))).ready;
  const get = async (path: string) => {
    const response = await fetch(`${address}${path}`);
    return [
      response.status,
      response.headers.get("content-type"),
      response.headers.get("cache-control"),
      response.headers.get("x-frame-options"),
    ];
  };
  expect(await get("/")).toEqual([200, "text/html; charset=utf-8", "no-cache", "DENY"]);
  expect(await get("/assets/desk-1.js")).toEqual([
    200,
    "application/javascript; charset=utf-8",
    "public, max-age=31536000, immutable",
    "DENY",
  ]);
  expect((await get("/kiosk/index.html"))[0]).toBe(404);
  expect((await get("/assets/..%2fkiosk%2findex.html"))[0]).not.toBe(200);
});
