import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { manifestSchema } from "../../../core/voice/pack.ts";
import { promptsOf } from "../../../core/voice/prompts.ts";
import { shippedVoice } from "../../../station/voice/folders.ts";
import { hashOf, makePack, planOf } from "../../../station/voice/make.ts";
import { tempFolder } from "../fakes/station.ts";

const speaker = { voice: "sample", speed: 150 };
const prompts = [
  { clip: "a.0", words: "好" },
  { clip: "b.0", words: "好" },
  { clip: "c.0", words: "再见" },
];

test("the same words are spoken once for all the clips that say them", () => {
  expect(planOf(prompts, {}, [], speaker, "ogg").make).toEqual([
    { words: "好", clips: ["a.0", "b.0"] },
    { words: "再见", clips: ["c.0"] },
  ]);
});

test("only what says other words, or is not there, is made again; what nobody asks for goes", () => {
  const { made } = planOf(prompts, {}, [], speaker, "ogg");
  const files = ["a.0.ogg", "c.0.ogg", "old.0.ogg", "c.0.wav", "manifest.json"];
  const plan = planOf([...prompts.slice(0, 2), { clip: "c.0", words: "慢走" }], made, files, speaker, "ogg");
  expect([plan.make, plan.drop]).toEqual([
    [
      { words: "好", clips: ["b.0"] },
      { words: "慢走", clips: ["c.0"] },
    ],
    ["old.0.ogg", "c.0.wav"],
  ]);
});

test.each([
  ["voice", { ...speaker, voice: "other" }, "ogg"],
  ["speed", { ...speaker, speed: 151 }, "ogg"],
  ["coding", speaker, "wav"],
])("another %s makes another clip", (_, other, ending) => {
  expect(hashOf("好", other, ending)).not.toBe(hashOf("好", speaker, "ogg"));
});

describe("with programs that stand for the speaker and the encoder", () => {
  let folder: string;
  let tools: { speak: string; encode: string | undefined };
  beforeEach(() => {
    [folder] = [tempFolder()];
    const programs = tempFolder();
    const program = (name: string, text: string) => {
      const path = join(programs, name);
      writeFileSync(path, `#!${process.execPath}\n${text}`);
      chmodSync(path, 0o755);
      return path;
    };
    tools = {
      // -w <file> -- <words>
      speak: program(
        "speak",
        `const a = process.argv; require("node:fs").writeFileSync(a[a.indexOf("-w") + 1], "wav " + a.at(-1));`,
      ),
      // Every input in order to the output behind its -map.
      encode: program(
        "encode",
        `const fs = require("node:fs"); const a = process.argv;
         const ins = a.filter((_, i) => a[i - 1] === "-i"); const outs = a.filter((x) => x.endsWith(".ogg"));
         ins.forEach((one, i) => fs.writeFileSync(outs[i], "ogg " + fs.readFileSync(one)));`,
      ),
    };
  });
  const clips = () =>
    Object.fromEntries(
      readdirSync(folder)
        .filter((name) => !name.startsWith("."))
        .map((name) => [name, readFileSync(join(folder, name), "utf8")]),
    );

  test("every clip says its words, and a second run makes nothing", async () => {
    expect(await makePack(folder, prompts, speaker, tools)).toBe(3);
    expect(clips()).toEqual({ "a.0.ogg": "ogg wav 好", "b.0.ogg": "ogg wav 好", "c.0.ogg": "ogg wav 再见" });
    expect(await makePack(folder, prompts, speaker, tools)).toBe(0);
    rmSync(join(folder, "b.0.ogg"));
    expect(await makePack(folder, prompts, speaker, tools)).toBe(1);
  });
  test("without an encoder the clips are WAV, and an encoder that comes later takes their place", async () => {
    await makePack(folder, prompts, speaker, { ...tools, encode: undefined });
    expect(Object.keys(clips())).toEqual(["a.0.wav", "b.0.wav", "c.0.wav"]);
    await makePack(folder, prompts, speaker, tools);
    expect(Object.keys(clips())).toEqual(["a.0.ogg", "b.0.ogg", "c.0.ogg"]);
  });
  test("a program that fails is said, and what it should have made is made the next time", async () => {
    await expect(makePack(folder, prompts, speaker, { ...tools, encode: "/nowhere/encode" })).rejects.toThrow("ENOENT");
    expect(await makePack(folder, prompts, speaker, tools)).toBe(3);
  });
});

const hasSpeaker = (process.env.PATH ?? "").split(delimiter).some((place) => existsSync(join(place, "espeak-ng")));
// What setup does: whoever changed a sentence since then does not stand here without its clip.
beforeAll(() => {
  if (hasSpeaker) execFileSync(process.execPath, [join(import.meta.dirname, "../../../station/cli/voice.ts")]);
}, 180_000);

describe.each([
  ["mandarin", "zh-CN"],
  ["english", "en"],
] as const)("the shipped pack %s", (id, page) => {
  test("says what it is: synthetic, by whom, under which license", () => {
    const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(shippedVoice, id, "manifest.json"), "utf8")));
    expect(manifest).toMatchObject({ id, page, synthetic: true });
  });
  test.skipIf(!hasSpeaker)("has every prompt, where setup could install the speaker", () => {
    const there = new Set(readdirSync(join(shippedVoice, id)).map((file) => file.replace(/[.](?:ogg|wav)$/u, "")));
    expect(promptsOf(page).filter(({ clip }) => !there.has(clip))).toEqual([]);
  });
});
