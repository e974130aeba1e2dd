import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Profile } from "../../drivers/kit/index.ts";
import { code, handWritten, plain, table, withHand } from "./markdown.ts";
import { lineOf, sheetOf } from "./sheet.ts";

/** Where the sheets stand in the repository. */
export const sheetsFolder = join(import.meta.dirname, "../../docs/devices");

/** What is true of a device that nobody has written about. */
const untried = "**Not verified:** on a unit.";

/** The sheet as it must be: the table's part anew, the person's part kept. */
export function currentSheet(profile: Profile, folder = sheetsFolder): string {
  return withHand(sheetOf(profile, `drivers/${profile.id}.ts`), handOf(join(folder, `${profile.id}.md`), untried));
}

/** The list of all devices, and what a person wrote about those that cannot be built. */
export function currentList(profiles: readonly Profile[], folder = sheetsFolder): string {
  const rows = [...profiles]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((profile) => [
      `[${plain(`${profile.model.maker} ${profile.model.name}`)}](${profile.id}.md)`,
      code(profile.id),
      profile.measures.join(", "),
      lineOf(profile),
      profile.check,
      profile.confirm === "display" ? "with the display" : "",
      Object.keys(profile.settings ?? {}).join(", "),
    ]);
  const generated = [
    "# Devices",
    `${profiles.length} device models are data of this program, each a table in ${code("drivers/")} with its simulator and its sheet. This list is written by ${code("npm run -s profile -- sheet --all")}.`,
    table(["device", "profile", "measures", "line", "check", "compared", "settings"], rows),
  ].join("\n\n");
  return withHand(generated, handOf(join(folder, "README.md")));
}

const handOf = (path: string, otherwise = ""): string =>
  existsSync(path) ? handWritten(readFileSync(path, "utf8")) : otherwise;

/** Writes the sheets of these profiles; answers the names of the files that were another before. */
export function writeSheets(profiles: readonly Profile[], folder = sheetsFolder): readonly string[] {
  return profiles.flatMap((profile) => write(folder, `${profile.id}.md`, currentSheet(profile, folder)));
}

export function writeList(profiles: readonly Profile[], folder = sheetsFolder): readonly string[] {
  return write(folder, "README.md", currentList(profiles, folder));
}

function write(folder: string, name: string, text: string): readonly string[] {
  const path = join(folder, name);
  if (existsSync(path) && readFileSync(path, "utf8") === text) return [];
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, text);
  return [name];
}
