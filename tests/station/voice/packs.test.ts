import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { mostClipBytes } from "../../../core/contract/technician-voice.ts";
import type { Manifest } from "../../../core/voice/pack.ts";
import type { NamedThings } from "../../../core/voice/names.ts";
import { promptsOf } from "../../../core/voice/prompts.ts";
import { createLogger } from "../../../station/log/logger.ts";
import { VoicePacks } from "../../../station/voice/packs.ts";
import { codeOf, tempFolder } from "../fakes/station.ts";
import { deskWith, newId, signIn } from "../technician/kit.ts";

const manifest = (id: string, page: Manifest["page"] = "zh-CN"): Manifest => ({
  id,
  name: { zh: "样例", en: "Sample" },
  language: page === "en" ? "en-GB" : "wuu-CN",
  page,
  speaker: "样例",
  synthetic: false,
  madeBy: "tests",
  licence: "CC0-1.0",
  format: "WAV",
});
const wav = (text: string) => new TextEncoder().encode(`RIFF${text}`);

let shipped: string;
let own: string;
let logged: string[];
let packs: VoicePacks;
let things: NamedThings;
const open = async () => {
  packs = new VoicePacks({
    shipped,
    own,
    names: () => things,
    log: createLogger({ level: "warn", to: { write: (line: string) => void logged.push(line) } }),
  });
  await packs.begin();
  return packs;
};
function lay(folder: string, id: string, files: Readonly<Record<string, string>>) {
  mkdirSync(join(folder, id), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, id, name), text);
}
beforeEach(async () => {
  things = { drugs: [{ id: "sample-5", zh: "样例药", en: "sample" }], packages: [], hospitals: [] };
  [shipped, own, logged] = [tempFolder(), join(tempFolder(), "voice"), []];
  lay(shipped, "mandarin", { "manifest.json": JSON.stringify(manifest("mandarin")), "sx.ask.0.ogg": "OggS" });
  lay(shipped, "english", { "manifest.json": JSON.stringify(manifest("english", "en")), ".made.json": "{}" });
  await open();
});
afterEach(() => packs.close());

const shown = () => packs.view().packs.map(({ manifest: { id }, from, clips }) => [id, from, clips]);

test("packs that came with the program are there, with their clips", () => {
  expect(shown()).toEqual([
    ["english", "shipped", []],
    ["mandarin", "shipped", ["sx.ask.0.ogg"]],
  ]);
  expect(packs.view().speaks).toEqual({ "zh-CN": ["mandarin"], en: ["english"] });
});

test("a pack is made, recorded into, and chosen, without anything being built; a restart keeps all of it", async () => {
  expect(await packs.describe(manifest("xinchang"))).toEqual({ ok: true, value: undefined });
  expect(await packs.keep("xinchang", "sx.ask.0.webm", Uint8Array.of(0x1a, 0x45, 0xdf, 0xa3, 1))).toMatchObject({
    ok: true,
  });
  expect(await packs.choose("zh-CN", "xinchang")).toMatchObject({ ok: true });
  packs.close();
  await open();
  expect(shown().at(-1)).toEqual(["xinchang", "own", ["sx.ask.0.webm"]]);
  expect(packs.view().speaks["zh-CN"]).toEqual(["xinchang", "mandarin"]);
});

test("a clip recorded again takes the place of the old one, also in another coding, and has another address", async () => {
  await packs.describe(manifest("xinchang"));
  await packs.keep("xinchang", "sx.ask.0.webm", Uint8Array.of(0x1a, 0x45, 0xdf, 0xa3));
  const before = packs.view().packs.at(-1)?.version ?? 0;
  await packs.keep("xinchang", "sx.ask.0.wav", wav("new"));
  expect(shown().at(-1)).toEqual(["xinchang", "own", ["sx.ask.0.wav"]]);
  expect(packs.view().packs.at(-1)?.version).toBeGreaterThan(before);
  expect(readFileSync(join(own, "xinchang", "sx.ask.0.wav"), "utf8")).toBe("RIFFnew");
});

test("changes at the same moment are all kept", async () => {
  await packs.describe(manifest("xinchang"));
  const files = promptsOf("zh-CN")
    .slice(0, 6)
    .map(({ clip }) => `${clip}.wav`);
  await Promise.all(files.map((file) => packs.keep("xinchang", file, wav(file))));
  expect(packs.view().packs.at(-1)?.clips).toEqual([...files].sort());
});

describe("refused, and nothing kept:", () => {
  test.each<[string, string, Uint8Array, string]>([
    ["a clip that no prompt has", "nothing.like.it.0.wav", wav(""), "technician.badClip"],
    ["bytes that are no sound", "sx.ask.0.wav", new TextEncoder().encode("<html>"), "technician.badClip"],
    ["nothing", "sx.ask.0.wav", new Uint8Array(), "technician.badClip"],
    ["too many bytes", "sx.ask.0.wav", wav("x".repeat(mostClipBytes)), "technician.badClip"],
  ])("%s", async (_, file, bytes, code) => {
    await packs.describe(manifest("xinchang"));
    expect(await packs.keep("xinchang", file, bytes)).toEqual({ ok: false, code });
    expect(shown().at(-1)).toEqual(["xinchang", "own", []]);
  });
  test.each([
    ["a clip for a shipped pack", () => packs.keep("mandarin", "sx.ask.0.wav", wav(""))],
    ["a clip for no pack", () => packs.keep("nobody", "sx.ask.0.wav", wav(""))],
    ["another manifest for a shipped pack", () => packs.describe(manifest("mandarin"))],
    ["a pack of another language", () => packs.choose("en", "mandarin")],
  ])("%s", async (_, act) => {
    expect(await act()).toEqual({ ok: false, code: "technician.noVoice" });
  });
  test("a disk that takes nothing is said", async () => {
    await packs.describe(manifest("xinchang"));
    // A folder in the way of the file.
    mkdirSync(join(own, "xinchang", ".sx.ask.0.wav.new"));
    expect(await packs.keep("xinchang", "sx.ask.0.wav", wav(""))).toEqual({ ok: false, code: "store.failed" });
    expect(await packs.keep("xinchang", "prep.rest.0.wav", wav(""))).toMatchObject({ ok: true });
  });
});

test("a folder that does not say what it is does not speak, and the log names it", async () => {
  lay(own, "broken", { "manifest.json": "{", "sx.ask.0.wav": "RIFF" });
  lay(own, "renamed", { "manifest.json": JSON.stringify(manifest("another")) });
  packs.close();
  await open();
  expect(packs.view().packs.map(({ manifest: { id } }) => id)).toEqual(["english", "mandarin"]);
  expect(logged.join()).toMatch(/(?=.*broken)(?=.*renamed)/su);
});

test("a pack of the station's own never takes the name of a shipped one", async () => {
  lay(own, "mandarin", { "manifest.json": JSON.stringify(manifest("mandarin")), "sx.ask.0.wav": "RIFF" });
  packs.close();
  await open();
  expect(shown().filter(([id]) => id === "mandarin")).toEqual([["mandarin", "shipped", ["sx.ask.0.ogg"]]]);
});

test("a name of the station's data can be recorded until the data call it otherwise", async () => {
  await packs.describe(manifest("xinchang"));
  const [name] = packs.view().names["zh-CN"];
  expect(name).toMatchObject({ words: "样例药", sentence: "样例药" });
  expect(await packs.keep("xinchang", `${name?.clip}.wav`, wav("old"))).toMatchObject({ ok: true });
  things = { ...things, drugs: [{ id: "sample-5", zh: "别的药", en: "sample" }] };
  packs.renamed();
  expect(packs.view().names["zh-CN"]).toMatchObject([{ words: "别的药" }]);
  expect(packs.view().names["zh-CN"][0]?.clip).not.toBe(name?.clip);
  expect(await packs.keep("xinchang", `${name?.clip}.wav`, wav("new"))).toEqual({
    ok: false,
    code: "technician.badClip",
  });
});

describe("over the wire", () => {
  test("what staff write of a hospital is a prompt of the voice at once, in both languages", async () => {
    const { client } = await deskWith();
    const session = await signIn(client);
    const feed = await client.voice.watch();
    const way = { zh: "村口坐5路车，坐两站", en: "Bus 5 from the village, two stops" };
    const { hospitals } = await client.technician.offers.look({ session });
    const text = JSON.stringify({ ...hospitals[0]?.value, way });
    await client.technician.offers.keep({ id: newId(), session, kind: "hospital", text, first: false });
    let words: readonly string[] = [];
    for await (const { names } of feed) {
      words = [...names["zh-CN"], ...names.en].map(({ sentence }) => sentence);
      if (words.some((one) => one.includes(way.en))) break;
    }
    expect(words).toContain(`怎么走：${way.zh}`);
  });
  test("a technician makes and fills a pack; the kiosk's page is told at once", async () => {
    const { client } = await deskWith();
    const session = await signIn(client);
    const feed = await client.voice.watch();
    await feed.next();
    await client.technician.voice.describe({ id: newId(), session, manifest: manifest("xinchang") });
    const base64 = Buffer.from(wav("")).toString("base64");
    await client.technician.voice.keep({ id: newId(), session, pack: "xinchang", file: "sx.ask.0.wav", base64 });
    let clips: readonly string[] | undefined;
    for await (const view of feed) {
      clips = view.packs.find((pack) => pack.manifest.id === "xinchang")?.clips;
      if (clips?.length === 1) break;
    }
    expect(clips).toEqual(["sx.ask.0.wav"]);
  });
  test("an operator may not", async () => {
    const { client } = await deskWith();
    const session = await signIn(client, "operator");
    const describing = client.technician.voice.describe({ id: newId(), session, manifest: manifest("xinchang") });
    expect(await codeOf(describing)).toBe("staff.forbidden");
  });
});
