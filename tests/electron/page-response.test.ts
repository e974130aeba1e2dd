import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { pageResponse } from "../../electron/page-response.ts";

let folder: string;
let pages: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pages-"));
  pages = join(folder, "pages");
  await mkdir(join(pages, "kiosk"), { recursive: true });
  await mkdir(join(pages, "assets"));
  await writeFile(join(pages, "kiosk/index.html"), "<title>page</title>");
  await writeFile(join(pages, "assets/a.js"), "export {};");
  await writeFile(join(folder, "secret.txt"), "secret");
  await mkdir(join(folder, "voice/mandarin"), { recursive: true });
  await writeFile(join(folder, "voice/mandarin/bp.normal.0.ogg"), "sound");
});
afterEach(() => rm(folder, { recursive: true }));

const get = (url: string) => pageResponse(pages, [join(folder, "voice")], { url, method: "GET" });

test("the page comes with its policy", async () => {
  const answer = await get("app://station/");
  expect([answer.status, await answer.text()]).toEqual([200, "<title>page</title>"]);
  const policy = answer.headers.get("content-security-policy");
  expect(policy).toContain("connect-src 'self';");
  expect(policy).not.toContain("unsafe");
});

test("a built file comes with its type", async () => {
  const answer = await get("app://station/assets/a.js");
  expect(answer.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
});

test("a clip comes with its type, out of the folders of packs", async () => {
  const answer = await get("app://station/voice/mandarin/bp.normal.0.ogg");
  expect([answer.status, answer.headers.get("content-type"), await answer.text()]).toEqual([200, "audio/ogg", "sound"]);
});

test.each([
  ["app://station/voice/mandarin/../../secret.txt", 404],
  ["app://station/../secret.txt", 404],
  ["app://station/%2e%2e/secret.txt", 404],
  ["app://station/assets/..%2f..%2fsecret.txt", 404],
  ["app://station/nothing", 404],
  ["app://elsewhere/assets/a.js", 403],
  ["file:///etc/passwd", 403],
])("%s is answered %i", async (url, status) => {
  const answer = await get(url);
  expect([answer.status, await answer.text()]).toEqual([status, ""]);
});

test("only GET is known", async () => {
  expect((await pageResponse(pages, [], { url: "app://station/", method: "POST" })).status).toBe(405);
});
