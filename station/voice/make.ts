import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFile, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import type { Prompt } from "../../core/voice/prompts.ts";

/** How a synthetic pack is spoken. `voice`: a name of eSpeak NG. `speed`: words a minute, slow for old ears. */
export interface Speaker {
  readonly voice: string;
  readonly speed: number;
}

/** What is made with; `encode` undefined: clips stay WAV. */
export interface Tools {
  readonly speak: string;
  readonly encode: string | undefined;
}

/** Raised when the same words would be made otherwise: every clip is then made anew. */
const recipe = 1;
/** Beside the clips: which words each was made of. */
const madeFile = ".made.json";
const madeSchema = z.record(z.string(), z.string());
export type Made = Readonly<Record<string, string>>;

const endingOf = ({ encode }: Tools): string => (encode === undefined ? "wav" : "ogg");

/** What a clip is made of: the same text in the same voice gives the same hash. */
export function hashOf(words: string, speaker: Speaker, ending: string): string {
  return createHash("sha256")
    .update(JSON.stringify([recipe, speaker.voice, speaker.speed, ending, words]))
    .digest("base64url");
}

export interface Plan {
  /** Words that are to be spoken, each once, with the clips that say them. */
  readonly make: readonly { readonly words: string; readonly clips: readonly string[] }[];
  /** Files that no prompt asks for any more. */
  readonly drop: readonly string[];
  readonly made: Made;
}

/** What is to be done so that the folder has every prompt and nothing else. `files`: what lies there now. */
export function planOf(
  prompts: readonly Prompt[],
  made: Made,
  files: readonly string[],
  speaker: Speaker,
  ending: string,
): Plan {
  const there = new Set(files);
  const wanted = new Map(prompts.map(({ clip, words }) => [clip, hashOf(words, speaker, ending)]));
  const make = new Map<string, string[]>();
  for (const { clip, words } of prompts) {
    if (made[clip] === wanted.get(clip) && there.has(`${clip}.${ending}`)) continue;
    make.set(words, [...(make.get(words) ?? []), clip]);
  }
  return {
    make: [...make].map(([words, clips]) => ({ words, clips })),
    drop: files.filter(
      (file) => /[.](?:ogg|wav)$/u.test(file) && !(file.endsWith(`.${ending}`) && wanted.has(stem(file))),
    ),
    made: Object.fromEntries(wanted),
  };
}

const stem = (file: string): string => file.slice(0, file.lastIndexOf("."));

/** Processes at a time, and texts that one process of the encoder takes. */
const hands = 2;
const batch = 32;

/**
 * Makes what is missing in the folder of a pack; answers how many clips were made. Rejects when a program fails: what was
 * made until then is not counted and is made again.
 */
export async function makePack(
  folder: string,
  prompts: readonly Prompt[],
  speaker: Speaker,
  tools: Tools,
): Promise<number> {
  const ending = endingOf(tools);
  const plan = planOf(prompts, await madeIn(folder), await readdir(folder), speaker, ending);
  for (const file of plan.drop) await rm(join(folder, file), { force: true });
  const work = await mkdtemp(join(tmpdir(), "voice-"));
  try {
    const batches = Array.from({ length: Math.ceil(plan.make.length / batch) }, (_, index) => ({
      name: String(index),
      texts: plan.make.slice(index * batch, (index + 1) * batch),
    }));
    const next = batches.values();
    await Promise.all(
      Array.from({ length: hands }, async () => {
        for (const one of next) await makeBatch(folder, join(work, one.name), one.texts, speaker, tools);
      }),
    );
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  if (plan.make.length + plan.drop.length > 0)
    await writeFile(join(folder, madeFile), `${JSON.stringify(plan.made)}\n`);
  return plan.make.reduce((sum, { clips }) => sum + clips.length, 0);
}

async function madeIn(folder: string): Promise<Made> {
  try {
    return madeSchema.parse(JSON.parse(await readFile(join(folder, madeFile), "utf8")));
  } catch {
    // Not there yet, or cut off while it was written: then everything is made.
    return {};
  }
}

async function makeBatch(
  folder: string,
  work: string,
  texts: Plan["make"],
  { voice, speed }: Speaker,
  tools: Tools,
): Promise<void> {
  const wav = (index: number) => `${work}-${index}.wav`;
  for (const [index, { words }] of texts.entries())
    await run(tools.speak, ["-v", voice, "-s", String(speed), "-z", "-w", wav(index), "--", words]);
  const ending = endingOf(tools);
  const made = (index: number) => `${work}-${index}.${ending}`;
  if (tools.encode !== undefined)
    await run(tools.encode, [
      ...["-v", "error", "-nostdin", "-y"],
      ...texts.flatMap((_, index) => ["-i", wav(index)]),
      ...texts.flatMap((_, index) => [
        ...["-map", String(index), "-c:a", "libopus", "-b:a", "24k", "-application", "voip"],
        ...["-compression_level", "0", "-bitexact", "-map_metadata", "-1", made(index)],
      ]),
    ]);
  for (const [index, { clips }] of texts.entries()) {
    for (const clip of clips) {
      // Beside it and renamed: a station that runs never reads half a clip.
      const beside = join(folder, `.${clip}.${process.pid}.new`);
      await copyFile(made(index), beside);
      await rename(beside, join(folder, `${clip}.${ending}`));
    }
  }
}

function run(command: string, args: readonly string[]): Promise<void> {
  return new Promise((done, failed) => {
    const child = spawn(command, args, { stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said = (said + text).slice(-2_000)));
    child.on("error", failed);
    child.on("close", (code) => {
      if (code === 0) done();
      else failed(new Error(`${command} ended with ${code}: ${said.trim()}`));
    });
  });
}
