import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fromHex, toHex, type Profile } from "../../drivers/kit/index.ts";
import { goldenBytes, hostFrames } from "../../drivers/laws/golden.ts";
import { play } from "../../drivers/laws/play.ts";
import { capturedBytes } from "../../station/cli/captured-bytes.ts";
import { textOf } from "../../station/cli/decode.ts";

/** Bytes that are kept: one input a line, lower-case hex, `#` for comments. At most this many characters per profile. */
export const mostCharacters = 65_536;
const folder = join(import.meta.dirname, "corpus");
const fileOf = (id: string): string => join(folder, `${id}.txt`);

export const corpora = (): readonly string[] =>
  existsSync(folder) ? readdirSync(folder).flatMap((name) => (name.endsWith(".txt") ? [name.slice(0, -4)] : [])) : [];

export function readCorpus(id: string): readonly Uint8Array[] {
  if (!existsSync(fileOf(id))) return [];
  const lines = readFileSync(fileOf(id), "utf8").split("\n");
  return lines.filter((line) => line !== "" && !line.startsWith("#")).map((line) => fromHex(line));
}

/** The shortest inputs first; what does not fit is left out. Answers how many were kept. */
export function writeCorpus(id: string, inputs: readonly Uint8Array[]): number {
  const lines = ["# Bytes that reach what no other line reaches. Written by npm run fuzz; replayed by the tests."];
  let size = (lines[0]?.length ?? 0) + 1;
  for (const bytes of [...inputs].sort((a, b) => a.length - b.length)) {
    size += 2 * bytes.length + 1;
    if (size > mostCharacters) break;
    lines.push(toHex(bytes));
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(fileOf(id), `${lines.join("\n")}\n`);
  return lines.length - 1;
}

/** Where a search begins: every frame of the table, what the simulated device sends, and captures where they are. */
export function seedsOf(profile: Profile): readonly Uint8Array[] {
  const frames = hostFrames(profile).map((frame) => goldenBytes(profile, frame));
  const played = play(profile).raws.filter((raw) => raw.length > 0);
  return [...frames, ...played.slice(-20), ...captures(profile)];
}

function captures(profile: Profile): readonly Uint8Array[] {
  const captured = resolve(import.meta.dirname, "../..", process.env["CAPTURES_DIR"] ?? "../shared/captures");
  return [profile.id, ...(profile.aliases ?? [])].flatMap((name) => {
    const from = join(captured, name);
    if (!existsSync(from)) return [];
    return readdirSync(from)
      .filter((file) => !file.endsWith(".md"))
      .flatMap((file) => {
        const read = capturedBytes(readFileSync(join(from, file)), {
          folder: from,
          text: textOf(profile),
        });
        return read.ok ? read.runs.filter((run) => run.length < 8_192) : [];
      });
  });
}
