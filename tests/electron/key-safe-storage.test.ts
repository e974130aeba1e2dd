import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readOrMakeSealedKey, sealedKeyFileOf, type SafeStorageEdge } from "../../electron/key-safe-storage.ts";

let top: string;
let data: string;
beforeEach(async () => {
  top = await mkdtemp(join(tmpdir(), "sealed-"));
  data = join(top, "station");
});
afterEach(() => rm(top, { recursive: true }));

/** A keyring that turns bytes around, and knows its own seal. */
function keyring(backend = "gnome_libsecret", available = true): SafeStorageEdge {
  const turn = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0x5a));
  return {
    isEncryptionAvailable: () => available,
    getSelectedStorageBackend: () => backend,
    encryptString: (text) => Buffer.concat([Buffer.from("v11"), turn(Buffer.from(text))]),
    decryptString: (sealed) => {
      if (sealed.subarray(0, 3).toString() !== "v11") throw new Error("Error while decrypting the ciphertext");
      return turn(sealed.subarray(3)).toString();
    },
  };
}

test("the key is made once, sealed, readable by this account only, and found again", async () => {
  const made = await readOrMakeSealedKey(data, keyring());
  if (!made.ok) throw new Error(made.sentence);
  expect(made.key).toHaveLength(32);
  const file = sealedKeyFileOf(data);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await readFile(file)).includes(Buffer.from(made.key).toString("hex"))).toBe(false);
  expect(await readOrMakeSealedKey(data, keyring())).toEqual(made);
});

test.each([
  ["a password every program knows", keyring("basic_text")],
  ["a keyring nobody can name", keyring("unknown")],
  ["no keyring", keyring("kwallet5", false)],
])("%s is refused, and no key is made", async (_, storage) => {
  expect(await readOrMakeSealedKey(data, storage)).toMatchObject({
    ok: false,
    sentence: expect.stringContaining("store.keyUnsafe") as string,
  });
  await expect(stat(sealedKeyFileOf(data))).rejects.toThrow("ENOENT");
});

test.each([
  ["damaged", Buffer.from("nonsense")],
  ["too short", keyring().encryptString("abcd")],
])("a %s seal is refused with a sentence", async (_, sealed) => {
  await readOrMakeSealedKey(data, keyring());
  await writeFile(sealedKeyFileOf(data), sealed);
  expect(await readOrMakeSealedKey(data, keyring())).toMatchObject({
    ok: false,
    sentence: expect.stringContaining("store.wrongKey") as string,
  });
});

test("records whose key is gone are not given a new one", async () => {
  await mkdir(data);
  await writeFile(join(data, "station.db"), "records");
  expect((await readOrMakeSealedKey(data, keyring())).ok).toBe(false);
  await expect(stat(sealedKeyFileOf(data))).rejects.toThrow("ENOENT");
});
