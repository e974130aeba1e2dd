import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Profile } from "../../../drivers/kit/index.ts";
import { registry } from "../../../drivers/registry.generated.ts";
import { silentLogger } from "../../../station/log/logger.ts";
import { openShelf, type ProfileShelf } from "../../../station/profiles/shelf.ts";
import { FakeClock } from "../fakes/clock.ts";
import { advanceUntil } from "../fakes/station.ts";

const cuff = registry.find(({ id }) => id === "raycome-rbp-9000c")!;
const other = (id: string, extra: Partial<Profile> = {}): Profile => ({ ...cuff, id, aliases: [], ...extra });
const textOf = (profile: Profile): string => `${JSON.stringify(profile, null, 2)}\n`;

async function shelfIn(
  folder = join(mkdtempSync(join(tmpdir(), "shelf-")), "profiles"),
  files: Record<string, string | Buffer> = {},
) {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const clock = new FakeClock();
  const shelf = await openShelf({ folder, shipped: registry, clock, log: silentLogger });
  onTestFinished(async () => {
    await shelf.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { folder, clock, shelf };
}

/** What stands on the shelf besides the shipped ones, and what does not. */
const loaded = (shelf: ProfileShelf) =>
  shelf.all().flatMap((each) => (each.from === "folder" ? [`${each.file}: ${each.profile.id}`] : []));
const refused = (shelf: ProfileShelf) =>
  shelf.refused().map(({ file, problems }) => [file, problems.map(({ line, path }) => [line, path])]);
const lineOf = (text: string, what: string): number => text.slice(0, text.indexOf(what)).split("\n").length;

test("at start the folder's files stand behind the shipped ones; a bad file hides no good one", async () => {
  const bad = textOf(other("bad")).replace('"baudRate": 115200', '"baudRate": "fast"');
  const { shelf } = await shelfIn(undefined, {
    "a.json": textOf(other("one")),
    "b.json": bad,
    "c.json": '{\n  "id": "half",\n',
    "d.json": textOf(other("two")),
    "notes.txt": "not a profile",
    ".d.json.swp": "an editor's own",
    "d.json~": "another editor's",
  });
  expect(shelf.all().slice(0, registry.length)).toEqual(registry.map((profile) => ({ from: "shipped", profile })));
  expect(loaded(shelf)).toEqual(["a.json: one", "d.json: two"]);
  expect(refused(shelf)).toEqual([
    ["b.json", [[lineOf(bad, '"fast"'), "serial.baudRate"]]],
    ["c.json", [[3, undefined]]],
  ]);
});

test.each([
  ["no text", Buffer.from([0xff, 0xfe, 0x00]), "The file is no UTF-8 text.", undefined, undefined],
  ["no JSON", '{\n  "id": cuff\n}', 'This is no JSON: "c" cannot stand here.', 2, 9],
  ["the same key twice", '{\n  "id": "a",\n  "id": "b"\n}', "The key id stands twice in the same object.", 3, 3],
  ["a file over the limit", " ".repeat(1_048_577), "The file is larger than 1048576 bytes.", undefined, undefined],
  [
    "an id of a shipped profile",
    textOf(other(cuff.id)),
    `The name ${cuff.id} belongs to a profile that the program brings along.`,
    2,
    3,
  ],
  [
    "an alias of a shipped profile",
    JSON.stringify(other("mine", { aliases: ["free", cuff.aliases![0]!] })),
    `The name ${cuff.aliases![0]!} belongs to a profile that the program brings along.`,
    1,
    undefined,
  ],
])("%s is refused in both languages, with its line", async (_what, content, en, line, column) => {
  const { shelf } = await shelfIn(undefined, { "x.json": content });
  expect(loaded(shelf)).toEqual([]);
  const [problem] = shelf.refused()[0]!.problems;
  expect([problem?.reason.en, problem?.line]).toEqual([en, line]);
  if (column !== undefined) expect(problem?.column).toBe(column);
  expect(problem?.reason.zh).toMatch(/\p{Script=Han}/u);
});

test("what is no file, and what cannot be read, is refused and holds up nobody", async () => {
  const folder = join(mkdtempSync(join(tmpdir(), "shelf-")), "profiles");
  mkdirSync(join(folder, "folder.json"), { recursive: true });
  const { shelf } = await shelfIn(folder, { "good.json": textOf(other("good")) });
  expect(loaded(shelf)).toEqual(["good.json: good"]);
  expect(shelf.refused().map(({ problems }) => problems[0]?.reason.en)).toEqual(["This is not an ordinary file."]);
});

test("who came first keeps the name, whatever the files are called; when it goes the other comes in", async () => {
  const { shelf, folder, clock } = await shelfIn(undefined, { "m.json": textOf(other("mine")) });
  writeFileSync(join(folder, "a.json"), textOf(other("yours", { aliases: ["mine"] })));
  await advanceUntil(clock, () => shelf.refused().length > 0, "the newcomer is refused");
  expect([loaded(shelf), shelf.refused()[0]?.problems[0]?.reason.en]).toEqual([
    ["m.json: mine"],
    "The name mine is already used in m.json.",
  ]);
  rmSync(join(folder, "m.json"));
  await advanceUntil(clock, () => shelf.refused().length === 0, "the newcomer is let in");
  expect(loaded(shelf)).toEqual(["a.json: yours"]);
});

test("USB ids that a profile already claims are refused", async () => {
  const ids = [{ vendorId: 0x1a61, productId: 7 }];
  const { shelf } = await shelfIn(undefined, {
    "a.json": textOf(other("one", { serial: { ...cuff.serial, match: ids } })),
    "b.json": textOf(other("two", { serial: { ...cuff.serial, match: ids } })),
  });
  expect([loaded(shelf), shelf.refused()[0]?.problems[0]?.reason.en]).toEqual([
    ["a.json: one"],
    "The USB ids 1a61:0007 are already used in a.json.",
  ]);
});

test("an editor that writes a new file and renames it, and one that writes in place, are both seen", async () => {
  const { shelf, folder, clock } = await shelfIn(undefined, { "a.json": textOf(other("one")) });
  const before = shelf.all().at(-1)!.profile;
  writeFileSync(join(folder, ".a.json.new"), textOf(other("one", { source: "renamed" })));
  renameSync(join(folder, ".a.json.new"), join(folder, "a.json"));
  await advanceUntil(clock, () => shelf.all().at(-1)?.profile.source === "renamed", "the renamed file");
  expect(shelf.all().at(-1)!.profile).not.toBe(before);
  writeFileSync(join(folder, "a.json"), textOf(other("one", { source: "in place" })));
  await advanceUntil(clock, () => shelf.all().at(-1)?.profile.source === "in place", "the file written in place");
});

test("a file that is still being written is not looked at before it has come to rest", async () => {
  const { shelf, folder, clock } = await shelfIn();
  const changes = vi.fn();
  shelf.onChange(changes);
  const text = textOf(other("late"));
  writeFileSync(join(folder, "late.json"), text.slice(0, 100));
  writeFileSync(join(folder, "late.json"), text);
  await advanceUntil(clock, () => loaded(shelf).length > 0, "the whole file");
  expect([changes.mock.calls.length, refused(shelf)]).toEqual([1, []]);
});

test("nothing is told when nothing changed, and a profile of the same text stays the same", async () => {
  const { shelf, folder, clock } = await shelfIn(undefined, { "a.json": textOf(other("one")) });
  const changes = vi.fn();
  shelf.onChange(changes);
  const profile = shelf.all().at(-1)!.profile;
  writeFileSync(join(folder, "a.json"), textOf(other("one")));
  writeFileSync(join(folder, "b.json"), textOf(other("two")));
  await advanceUntil(clock, () => loaded(shelf).length === 2, "the second file");
  expect([changes.mock.calls.length, shelf.all().at(-2)?.profile === profile]).toEqual([1, true]);
});

test("a folder that is removed and comes back is seen again", async () => {
  const { shelf, folder, clock } = await shelfIn(undefined, { "a.json": textOf(other("one")) });
  rmSync(folder, { recursive: true });
  await advanceUntil(clock, () => loaded(shelf).length === 0, "the loss");
  await advanceUntil(clock, () => existsSync(folder), "a new folder");
  writeFileSync(join(folder, "b.json"), textOf(other("two")));
  await advanceUntil(clock, () => loaded(shelf).length === 1, "the new file");
});

test("a profile that is added is kept whole and in force at once; added again, it is replaced", async () => {
  const { shelf, folder } = await shelfIn();
  expect(await shelf.add("mine.json", textOf(other("mine")))).toMatchObject({ ok: true, profile: { id: "mine" } });
  expect(loaded(shelf)).toEqual(["mine.json: mine"]);
  expect(readFileSync(join(folder, "mine.json"), "utf8")).toBe(textOf(other("mine")));
  expect(await shelf.add("mine.json", textOf(other("mine", { source: "newer" })))).toMatchObject({ ok: true });
  expect([readdirSync(folder), shelf.all().at(-1)?.profile.source]).toEqual([["mine.json"], "newer"]);
});

test.each([
  ["a name that leads out of the folder", "../mine.json", textOf(other("mine"))],
  ["a name with a blank", "my device.json", textOf(other("mine"))],
  ["another ending", "mine.txt", textOf(other("mine"))],
  ["a hidden name", ".mine.json", textOf(other("mine"))],
  ["no JSON", "mine.json", "{"],
  ["no profile", "mine.json", "{}"],
  ["a name that is taken", "mine.json", textOf(other(cuff.id))],
])("%s is refused with a reason, and nothing is written", async (_what, file, text) => {
  const { shelf, folder } = await shelfIn();
  const added = await shelf.add(file, text);
  expect(added).toMatchObject({ ok: false, refused: { file } });
  expect("refused" in added && added.refused.problems.length).toBeGreaterThan(0);
  expect([readdirSync(folder), shelf.refused()]).toEqual([[], []]);
});

test("a sound file that the disk does not take is not kept, and that is said", async () => {
  const { shelf, folder } = await shelfIn();
  // A folder stands where the new file would be written.
  mkdirSync(join(folder, `.mine.json.${process.pid}.new`));
  expect(await shelf.add("mine.json", textOf(other("mine")))).toEqual({ ok: false, code: "store.failed" });
  expect(loaded(shelf)).toEqual([]);
});

test("removing takes the file away; what is not there is not removed", async () => {
  const { shelf, folder } = await shelfIn(undefined, { "a.json": textOf(other("one")) });
  writeFileSync(join(folder, "..", "outside.json"), "{}");
  expect(await shelf.remove("../outside.json")).toBe(false);
  expect(await shelf.remove("a.json")).toBe(true);
  expect(await shelf.remove("a.json")).toBe(false);
  expect([loaded(shelf), readdirSync(folder)]).toEqual([[], []]);
});

test("more files than the limit are refused by name, and the first ones stand", async () => {
  const { shelf } = await shelfIn(
    undefined,
    Object.fromEntries(Array.from({ length: 202 }, (_, i) => [`f${String(i).padStart(3, "0")}.json`, "{}"])),
  );
  expect(
    shelf
      .refused()
      .slice(199)
      .map(({ file, problems }) => [file, problems[0]?.reason.en]),
  ).toEqual([
    ["f199.json", "it is missing"],
    ["f200.json", "There are more than 200 profiles in the folder."],
    ["f201.json", "There are more than 200 profiles in the folder."],
  ]);
});
