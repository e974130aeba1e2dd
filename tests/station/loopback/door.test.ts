import { once } from "node:events";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createORPCClient } from "@orpc/client";
import type { ContractRouterClient } from "@orpc/contract";
import { afterEach, beforeEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import { lineOverSocket } from "../../../renderer/station.ts";
import { serveLoopback, type Loopback } from "../../../station/loopback/serve.ts";
import { createTrial, type trialContract } from "../../contract/trial.ts";
import { maxFileFrameBytes } from "../../../station/wire/frame.ts";

let folder: string;
let door: Loopback;
let token: string;
let turnedAway: string[];
let page: string[];
let sockets: WebSocket[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "door-"));
  const pages = join(folder, "pages");
  await mkdir(join(pages, "kiosk"), { recursive: true });
  await mkdir(join(pages, "assets"));
  await writeFile(join(pages, "kiosk/index.html"), "<!doctype html><title>page</title>");
  await writeFile(join(pages, "assets/main-1a2b.js"), "export {};");
  await writeFile(join(folder, "secret.txt"), "secret");
  await mkdir(join(folder, "voice/mandarin"), { recursive: true });
  await writeFile(join(folder, "voice/mandarin/bp.normal.0.ogg"), "sound");
  await writeFile(join(folder, "voice/mandarin/manifest.json"), "{}");
  await symlink(join(folder, "secret.txt"), join(folder, "voice/mandarin/link.ogg"));
  await symlink(join(folder, "secret.txt"), join(pages, "assets/link.txt"));
  turnedAway = [];
  page = [];
  sockets = [];
  door = await serveLoopback({
    router: createTrial().router,
    pages,
    voice: [join(folder, "voice")],
    port: 0,
    page: { here: () => page.push("here"), gone: () => page.push("gone") },
    news: { bug: () => undefined, refused: () => undefined, turnedAway: (why) => turnedAway.push(why) },
  });
  token = new URL(door.address).hash.slice("#token=".length);
});
afterEach(async () => {
  for (const socket of sockets) socket.terminate();
  await door.close();
  await rm(folder, { recursive: true });
});

interface Knock {
  readonly token?: string;
  readonly origin?: string;
  readonly host?: string;
  readonly path?: string;
  readonly protocols?: readonly string[];
}

/** Status of the upgrade: 101 when it opened. */
async function knock(wish: Knock = {}): Promise<number> {
  const host = `127.0.0.1:${door.port}`;
  const socket = new WebSocket(
    `ws://${host}${wish.path ?? "/wire"}`,
    wish.protocols === undefined ? ["health-station", wish.token ?? token] : [...wish.protocols],
    { headers: { origin: wish.origin ?? `http://${host}`, host: wish.host ?? host } },
  );
  sockets.push(socket);
  return new Promise((answer, failed) => {
    socket.once("open", () => answer(101));
    socket.once("unexpected-response", (_request, response) => {
      answer(response.statusCode ?? 0);
      socket.terminate();
    });
    socket.once("error", failed);
  });
}

/** A raw request, so that no client library tidies the path or the host up. */
function ask(path: string, options: { method?: string; headers?: Record<string, string> } = {}) {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((answer, failed) => {
    const sent = request(
      {
        host: "127.0.0.1",
        port: door.port,
        path,
        method: options.method ?? "GET",
        headers: { host: `127.0.0.1:${door.port}`, ...options.headers },
      },
      (response) => {
        let body = "";
        response.on("data", (part) => (body += String(part)));
        response.on("end", () => answer({ status: response.statusCode ?? 0, headers: response.headers, body }));
      },
    );
    sent.on("error", failed);
    sent.end();
  });
}

test("the window with the token speaks with the host", async () => {
  expect(await knock()).toBe(101);
  const line = lineOverSocket(sockets[0] as unknown as globalThis.WebSocket);
  const client: ContractRouterClient<typeof trialContract> = createORPCClient(line);
  expect(await client.echo({ text: "hello" })).toEqual({ text: "hello" });
  expect(sockets[0]?.protocol).toBe("health-station");
});

test.each<[string, Knock, string]>([
  ["a wrong token", { token: "x".repeat(43) }, "token"],
  ["a shorter token", { token: "x" }, "token"],
  ["no token", { protocols: ["health-station"] }, "token"],
  ["no protocol at all", { protocols: [] }, "token"],
  ["the origin of another site", { origin: "https://example.org" }, "origin"],
  ["an opaque origin", { origin: "null" }, "origin"],
  ["another port of this machine", { origin: "http://127.0.0.1:1" }, "origin"],
  ["a name pointed at this machine", { host: "station.example.org" }, "host"],
  ["another path", { path: "/wire/more" }, "path"],
])("%s is refused with 403 before a socket exists", async (_, wish, why) => {
  expect(await knock(wish)).toBe(403);
  expect(turnedAway).toEqual([why]);
});

test("a clip comes from the folders of packs, with its type", async () => {
  const answer = await ask("/voice/mandarin/bp.normal.0.ogg?1");
  expect([answer.status, answer.headers["content-type"], answer.body]).toEqual([200, "audio/ogg", "sound"]);
});

test("a second window is refused while the first is open, and may come when it is gone", async () => {
  expect(await knock()).toBe(101);
  expect(await knock()).toBe(403);
  expect(turnedAway).toEqual(["second"]);
  const first = sockets[0] as WebSocket;
  first.close();
  await once(first, "close");
  expect(await knock()).toBe(101);
  expect(page).toEqual(["here", "gone", "here"]);
});

test("a page that was refused can ask why", async () => {
  const origin = `http://127.0.0.1:${door.port}`;
  const asked = (offered: string) => ask("/wire", { method: "POST", headers: { origin, "x-station-token": offered } });
  expect((await asked(token)).status).toBe(204);
  expect((await asked("wrong")).status).toBe(403);
});

test("an oversized frame closes the line with 1009 and the door stays open", async () => {
  await knock();
  const first = sockets[0] as WebSocket;
  first.send("x".repeat(maxFileFrameBytes + 1));
  expect((await once(first, "close"))[0]).toBe(1009);
  expect(await knock()).toBe(101);
});

test("a half request on the socket's path ends without a word", async () => {
  const raw = connect(door.port, "127.0.0.1");
  raw.end("GET /wire HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
  const heard = String((await once(raw, "data"))[0]);
  expect(heard).toMatch(/^HTTP\/1\.1 40[03]/);
  expect(await knock()).toBe(101);
});

test("the page comes with a policy that lets it speak to its own origin only", async () => {
  const page = await ask("/");
  expect(page.status).toBe(200);
  expect(page.body).toContain("<title>page</title>");
  const policy = String(page.headers["content-security-policy"]);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${door.port};`);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain("unsafe");
  expect(page.headers).toMatchObject({
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
  });
});

test("a built file is sent with its type", async () => {
  const file = await ask("/assets/main-1a2b.js");
  expect([file.status, file.headers["content-type"], file.body]).toEqual([
    200,
    "text/javascript; charset=utf-8",
    "export {};",
  ]);
});

test.each([
  "/../secret.txt",
  "/assets/../../secret.txt",
  "/%2e%2e/secret.txt",
  "/assets/%2e%2e%2f%2e%2e%2fsecret.txt",
  "/..%5csecret.txt",
  "/assets/link.txt",
  "/voice/mandarin/link.ogg",
  "/voice/mandarin/manifest.json",
  "/voice/mandarin/../../secret.txt",
  "/voice/mandarin/%2e%2e%2f%2e%2e%2fsecret.txt",
  "/voice/../voice/mandarin/bp.normal.0.ogg",
  "/voice/mandarin/bp.normal.1.ogg",
  "/voice/mandarin",
  "//etc/passwd",
  "/assets",
  "/nothing.js",
  "/%",
  "/%00",
])("%s leads nowhere", async (path) => {
  const answer = await ask(path);
  expect(answer.status).toBe(404);
  expect(answer.body).toBe("");
});

test("the page itself is not sent to another host name", async () => {
  expect((await ask("/", { headers: { host: "station.example.org" } })).status).toBe(403);
});

test("only GET and HEAD are known", async () => {
  expect((await ask("/", { method: "DELETE" })).status).toBe(405);
});
