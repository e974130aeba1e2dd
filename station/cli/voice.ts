/**
 * Makes the shipped voice packs: `npm run voice`. Each clip is spoken by eSpeak NG and coded with ffmpeg, where the two are
 * installed; clips that already say the right words are left alone. `--data <folder>`: of a station, whose packages
 * and hospitals are said, too; otherwise that of `npm start`. Exit codes: 0, 1 after a failure, 3 when this machine has no
 * eSpeak NG: the station is then silent, and tells staff so.
 */
import { existsSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Language } from "../../core/i18n/message.ts";
import { namePrompts, promptsOf } from "../../core/voice/prompts.ts";
import { createLogger } from "../log/logger.ts";
import { makePack, type Speaker } from "../voice/make.ts";
import { namedThings } from "../voice/shipped-names.ts";

const folder = resolve(import.meta.dirname, "../../resources/voice");
const { values } = parseArgs({
  options: { data: { type: "string", default: resolve(import.meta.dirname, "../../.data/station") } },
});
const packs: readonly { readonly id: string; readonly page: Language; readonly speaker: Speaker }[] = [
  { id: "mandarin", page: "zh-CN", speaker: { voice: "cmn-latn-pinyin", speed: 165 } },
  { id: "english", page: "en", speaker: { voice: "en-gb", speed: 145 } },
];

function onPath(name: string): string | undefined {
  return (process.env.PATH ?? "")
    .split(delimiter)
    .map((place) => join(place, name))
    .find((path) => existsSync(path));
}

const speak = onPath("espeak-ng");
if (speak === undefined) {
  process.stderr.write("espeak-ng is not installed: no voice was made, the station will be silent.\n");
  process.exitCode = 3;
} else {
  try {
    const things = await namedThings(createLogger({ level: "error", to: process.stderr }), values.data);
    for (const { id, page, speaker } of packs) {
      const names = things.flatMap((each) => namePrompts(page, each));
      // What both name is one clip.
      const prompts = [...promptsOf(page), ...new Map(names.map((name) => [name.clip, name])).values()];
      const count = await makePack(join(folder, id), prompts, speaker, { speak, encode: onPath("ffmpeg") });
      if (count > 0) process.stderr.write(`Voice ${id}: ${count} clips made.\n`);
    }
  } catch (error) {
    process.stderr.write(`The voice could not be made: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
