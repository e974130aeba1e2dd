import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { check } from "prettier";
import { describe, expect, test } from "vitest";
import { registry } from "../../drivers/registry.generated.ts";
import { handWritten, table, withHand } from "../../station/cli/markdown.ts";
import { currentList, currentSheet, sheetsFolder, writeSheets } from "../../station/cli/profile-sheet.ts";
import { tempFolder } from "./fakes/station.ts";

const profiles = registry.map((profile) => [profile.id, profile] as const);
const [first] = registry;

/** `npm run -s profile -- sheet --all` makes these pass again. */
describe("the sheets are current", () => {
  test.each(profiles)("%s", (id, profile) => {
    const path = join(sheetsFolder, `${id}.md`);
    expect(existsSync(path) ? readFileSync(path, "utf8") : "no sheet").toBe(currentSheet(profile));
  });
  test("the list of devices", () => {
    expect(readFileSync(join(sheetsFolder, "README.md"), "utf8")).toBe(currentList(registry));
  });
});

describe("what is written needs no formatter", () => {
  const formatted = (text: string) => check(text, { parser: "markdown", printWidth: 120 });
  test.each(profiles)("%s", async (_id, profile) => expect(await formatted(currentSheet(profile))).toBe(true));
  test("the list of devices", async () => expect(await formatted(currentList(registry))).toBe(true));
});

test("a sheet names every frame, field and step of the table, and where it comes from", () => {
  const sheet = currentSheet(first!, tempFolder());
  const { frames, session, source, dossier } = first!;
  const words = [
    ...Object.entries(frames).flatMap(([name, { fields }]) => [
      `\`${name}\``,
      ...Object.keys(fields).map((field) => `\`${name}.${field}\``),
    ]),
    ...session.steps.map((step) => `**${step.do}**`),
    source.slice(0, 10),
    dossier,
  ];
  expect(words.filter((word) => !sheet.includes(word))).toEqual([]);
});

test("what a person wrote between the marks is kept, and nothing else", () => {
  const folder = tempFolder();
  const path = join(folder, `${first!.id}.md`);
  writeSheets([first!], folder);
  const once = readFileSync(path, "utf8");
  expect(once).toContain("**Not verified:** on a unit.");
  writeFileSync(
    path,
    once
      .replace("**Not verified:** on a unit.", "Pauses for 3 s | at times.\n\n- seen on unit 7")
      .replace(/^# .*/, "# Spoiled"),
  );
  expect(writeSheets([first!], folder)).toEqual([`${first!.id}.md`]);
  const twice = readFileSync(path, "utf8");
  expect([handWritten(twice), twice.split("\n")[0]]).toEqual([
    "Pauses for 3 s | at times.\n\n- seen on unit 7",
    once.split("\n")[0],
  ]);
  expect(writeSheets([first!], folder)).toEqual([]);
});

test("a file without marks is all a person's, but for its heading", () => {
  expect(handWritten("# Cuff\n\nIt leaks.\n")).toBe("It leaks.");
  expect(withHand("# New", handWritten("# Cuff\n\nIt leaks.\n"))).toBe(
    "# New\n\n<!-- by hand -->\n\nIt leaks.\n\n<!-- end of by hand -->\n",
  );
});

test("columns stand in line with Chinese in them, and a bar is a sign", () => {
  expect(table(["a", "名"], [["x|y", "袖带"]])).toBe("| a    | 名   |\n| ---- | ---- |\n| x\\|y | 袖带 |");
});
