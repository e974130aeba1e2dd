/**
 * Makes the shipped voice packs: `npm run voice`. Each clip is spoken by eSpeak NG and coded with ffmpeg, where the two are
 * installed; clips that already say the right words are left alone. Exit codes: 0, 1 after a failure, 3 when this machine
 * has no eSpeak NG: the station is then silent, and tells staff so.
 */
import { existsSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import type { Language } from "../../core/i18n/message.ts";
import { promptsOf } from "../../core/voice/prompts.ts";
import { makePack, type Speaker } from "../voice/make.ts";

const folder = resolve(import.meta.dirname, "../../resources/voice");
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
    for (const { id, page, speaker } of packs) {
      const count = await makePack(join(folder, id), promptsOf(page), speaker, { speak, encode: onPath("ffmpeg") });
      if (count > 0) process.stderr.write(`Voice ${id}: ${count} clips made.\n`);
    }
  } catch (error) {
    process.stderr.write(`The voice could not be made: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
