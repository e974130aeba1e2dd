import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Profile } from "../../drivers/kit/index.ts";
import { registry } from "../../drivers/registry.generated.ts";
import { tempFolder } from "./fakes/station.ts";

const root = new URL("../../", import.meta.url).pathname;
const cuff = registry.find(({ id }) => id === "raycome-rbp-9000c")!;

function check(target: string): { readonly code: number | null; readonly lines: readonly string[] } {
  const { status, stdout } = spawnSync(process.execPath, ["station/cli/profile.ts", "check", target], {
    cwd: root,
    encoding: "utf8",
  });
  return { code: status, lines: stdout.trimEnd().split("\n") };
}
function fileOf(change: Partial<Profile>, edit: (text: string) => string = (text) => text): string {
  const path = join(tempFolder(), "mine.json");
  writeFileSync(path, edit(JSON.stringify({ ...cuff, id: "mine", aliases: [], ...change }, null, 2)));
  return path;
}

test("a sound file is fit, with every law that was tried", () => {
  const { code, lines } = check(fileOf({}));
  expect([code, lines.filter((line) => line.startsWith("  FAIL"))]).toEqual([0, []]);
  expect(lines.at(-1)).toMatch(/^Fit for use: all \d+ cases hold\. · 可以使用/);
});

test.each([
  [
    "a fault of form",
    () => fileOf({}, (text) => text.replace('"baudRate": 115200', '"baudRate": "fast"')),
    /^mine\.json:\d+:\d+ serial\.baudRate: .*number.* · .*数字/,
  ],
  ["no JSON", () => fileOf({}, (text) => text.slice(0, 50)), /^mine\.json:\d+:\d+ The file ends in the middle\. · /],
  [
    "a name that is taken",
    () => fileOf({ id: cuff.id }),
    /^mine\.json:2:3 id: The name .* belongs to a profile that the program brings along\. · /,
  ],
  ["no such file", () => "/nowhere/mine.json", /nowhere/],
  ["no such profile", () => "nothing-like-it", /There is no profile/],
])("%s: refused with its place in both languages", (_what, path, expected) => {
  const { code, lines } = check(path());
  expect(code).toBe(1);
  expect(lines[0]).toMatch(expected);
});

test("a table that keeps the schema and breaks a law is not fit, and the law is named", () => {
  const mute: Profile = { ...cuff, simulate: { ...cuff.simulate, answers: { ...cuff.simulate.answers, start: [] } } };
  const { code, lines } = check(fileOf({ simulate: mute.simulate }));
  expect(code).toBe(1);
  expect(lines.filter((line) => line.startsWith("  FAIL")).join()).toContain(
    "the simulated device reaches a measurement",
  );
  expect(lines.at(-1)).toContain("Not fit for use");
});
