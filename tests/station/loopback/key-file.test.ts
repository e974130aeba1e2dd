import { chmod, mkdir, mkdtemp, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keyFileOf, readOrMakeKey } from "../../../station/loopback/key-file.ts";

let top: string;
let data: string;
beforeEach(async () => {
  top = await mkdtemp(join(tmpdir(), "key-"));
  data = join(top, "station");
});
afterEach(() => rm(top, { recursive: true }));

async function made(): Promise<Uint8Array> {
  const read = await readOrMakeKey(data);
  if (!read.ok) throw new Error(read.sentence);
  return read.key;
}

test("the first start makes 32 random bytes that only this account can read, outside of the data folder", async () => {
  const key = await made();
  const file = keyFileOf(data);
  expect(key).toHaveLength(32);
  expect(new Set(key).size).toBeGreaterThan(8);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await stat(dirname(file))).mode & 0o777).toBe(0o700);
  expect(file.startsWith(`${data}/`)).toBe(false);
});

test("the second start finds the key of the first", async () => {
  const key = await made();
  expect(await made()).toEqual(key);
  expect(Uint8Array.from(await readFile(keyFileOf(data)))).toEqual(key);
});

test.each([0o640, 0o604, 0o660, 0o666, 0o644])("a key file of mode %o is refused with a sentence", async (mode) => {
  const key = await made();
  await chmod(keyFileOf(data), mode);
  const read = await readOrMakeKey(data);
  expect(read.ok).toBe(false);
  const sentence = read.ok ? "" : read.sentence;
  expect(sentence).toContain("chmod 600");
  expect(sentence).toContain("store.keyUnsafe");
  expect(sentence).not.toContain(Buffer.from(key).toString("hex"));
});

test("a key folder that others may enter is refused", async () => {
  await made();
  await chmod(dirname(keyFileOf(data)), 0o755);
  expect(await readOrMakeKey(data)).toMatchObject({
    ok: false,
    sentence: expect.stringContaining("chmod 700") as string,
  });
});

test.each([0, 31, 33])("a key of %i bytes is refused with a sentence", async (size) => {
  await made();
  await truncate(keyFileOf(data), size);
  const read = await readOrMakeKey(data);
  expect(read).toMatchObject({ ok: false, sentence: expect.stringContaining(`${size} bytes instead of 32`) as string });
});

test.each([
  ["the data folder is a file", async () => writeFile(data, "")],
  ["the key's place is a file", async () => writeFile(dirname(keyFileOf(data)), "")],
])("%s: a sentence, nothing thrown", async (_what, prepare) => {
  await prepare();
  const read = await readOrMakeKey(data);
  expect(read).toMatchObject({
    ok: false,
    sentence: expect.stringMatching(/store\.failed.*(ENOTDIR|EEXIST)/) as string,
  });
});

test("records whose key is gone are not given a new one", async () => {
  await mkdir(data);
  await writeFile(join(data, "station.db"), "records");
  const read = await readOrMakeKey(data);
  expect(read).toMatchObject({ ok: false, sentence: expect.stringContaining("store.wrongKey") as string });
  await expect(stat(keyFileOf(data))).rejects.toThrow("ENOENT");
});
