import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { offerReasons } from "../../../core/i18n/offer-reasons.ts";
import { placeholdersOf } from "../../../core/i18n/message.ts";
import type { Hospital } from "../../../core/domain/hospitals.ts";
import type { ServicePackage } from "../../../core/care/packages.ts";
import { silentLogger } from "../../../station/log/logger.ts";
import { OfferShelf } from "../../../station/services/offers.ts";
import { tempFolder } from "../fakes/station.ts";

const hospital: Hospital = {
  id: "town",
  specimen: false,
  name: { zh: "镇卫生院", en: "Town" },
  address: { zh: "人民路1号", en: "1 Renmin Road" },
  way: { zh: "坐3路车", en: "Bus 3" },
  hours: { zh: "每天", en: "Daily" },
  telephone: "0000-0000009",
  registration: "https://example.org/town",
  departments: [{ zh: "全科", en: "General", for: ["other"] }],
};
const own: ServicePackage = {
  id: "own",
  specimen: false,
  group: "everybody",
  name: { zh: "包", en: "Package" },
  contains: [{ zh: "一", en: "One" }],
  price: { kind: "free" },
  source: "Specimen",
};

/** A station's folder with these files in it, and what was read from it. */
async function shelfOver(files: Readonly<Record<string, string>> = {}, simulated = false) {
  const folder = tempFolder();
  mkdirSync(join(folder, "services"));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  const shelf = new OfferShelf({ folder, simulated, log: silentLogger });
  await shelf.look();
  const again = async () => {
    const other = new OfferShelf({ folder, simulated, log: silentLogger });
    await other.look();
    return other;
  };
  return { shelf, folder, again };
}
const ids = ({ offers }: OfferShelf) => ({
  hospitals: offers.hospitals.map(({ id }) => id),
  packages: offers.packages.map(({ id }) => id),
});

test("hospitals are the station's own file; specimens are shown at a simulated station alone", async () => {
  const simulated = await shelfOver({}, true);
  expect(simulated.shelf.offers.hospitals.map(({ specimen }) => specimen)).toEqual([true, true]);
  const { shelf } = await shelfOver();
  expect(ids(shelf).hospitals).toEqual([]);
  expect(ids(shelf).packages).toContain("hypertension");
  expect(shelf.isOwn).toEqual({ hospital: false, package: false });
});

test("a file that does not fit is left out and told with line and reason; what fits beside it is not", async () => {
  const { shelf } = await shelfOver({
    "hospitals.json": '{ "hospitals": [\n  {"id": "xy"} ] }',
    "services/broken.json": "{\n",
    "services/own.json": JSON.stringify(own),
  });
  expect(ids(shelf)).toEqual({ hospitals: [], packages: ["own"] });
  expect(shelf.refused.map(({ file }) => file)).toEqual(["hospitals.json", "services/broken.json"]);
  const [first] = shelf.refused[0]?.problems ?? [];
  expect(first).toMatchObject({ line: 2, path: "hospitals.0.specimen", reason: offerReasons.missing });
});

test.each([
  ["nothing written", { telephone: "" }, "telephone", "telephone"],
  ["a link without https", { registration: "http://example.org" }, "registration", "link"],
  ["no departments", { departments: [] }, "departments", "few"],
  ["a text that is only blanks", { way: { zh: "  ", en: "Bus" } }, "way.zh", "empty"],
  ["a text without end", { way: { zh: "走".repeat(201), en: "Bus" } }, "way.zh", "long"],
  ["a place that is unknown", { departments: [{ zh: "一", en: "A", for: ["feet"] }] }, "departments.0.for.0", "choice"],
  ["what nobody asked for", { owner: "x" }, "owner", "unknown"],
  ["an id of other signs", { id: "Town 1" }, "id", "id"],
] as const)("a hospital with %s is refused, and the one before stays", async (_, change, path, reason) => {
  const { shelf, folder } = await shelfOver();
  await shelf.keep("hospital", JSON.stringify(hospital), false);
  const before = readFileSync(join(folder, "hospitals.json"), "utf8");
  const kept = await shelf.keep("hospital", JSON.stringify({ ...hospital, ...change }, null, 2), false);
  const [problem] = !kept.ok && "refused" in kept ? kept.refused.problems : [];
  expect(problem?.path).toBe(path);
  expect(problem?.reason.en.startsWith(offerReasons[reason].en.slice(0, 8))).toBe(true);
  expect(problem?.line).toBeGreaterThan(1);
  expect([readFileSync(join(folder, "hospitals.json"), "utf8"), ids(shelf).hospitals]).toEqual([before, ["town"]]);
});

test.each([
  ["not a number of times", { contains: [{ zh: "一", en: "One", timesAYear: 0 }] }, "contains.0.timesAYear"],
  ["a price of no kind", { price: { kind: "cheap" } }, "price.kind"],
  ["half a price", { price: { kind: "paid", says: { zh: "十元" } } }, "price.says.en"],
])("a package with %s is refused", async (_, change, path) => {
  const { shelf, folder } = await shelfOver();
  const kept = await shelf.keep("package", JSON.stringify({ ...own, ...change }), false);
  expect(!kept.ok && "refused" in kept && kept.refused.problems.map((each) => each.path)).toEqual([path]);
  expect(readdirSync(join(folder, "services"))).toEqual([]);
});

test("a hospital is added, changed, put first and taken away, and is so after a restart", async () => {
  const { shelf, again } = await shelfOver();
  await shelf.keep("hospital", JSON.stringify(hospital), false);
  await shelf.keep("hospital", JSON.stringify({ ...hospital, id: "county" }), false);
  await shelf.keep("hospital", JSON.stringify({ ...hospital, telephone: "120" }), false);
  expect(shelf.offers.hospitals.map(({ id, telephone }) => [id, telephone])).toEqual([
    ["town", "120"],
    ["county", "0000-0000009"],
  ]);
  await shelf.keep("hospital", JSON.stringify({ ...hospital, id: "county" }), true);
  expect(ids(await again()).hospitals).toEqual(["county", "town"]);
  const third = await shelf.keep("hospital", JSON.stringify({ ...hospital, id: "third" }), true);
  expect(third.ok).toBe(false);
  await shelf.remove("hospital", "county");
  expect(ids(await again()).hospitals).toEqual(["town"]);
  await shelf.remove("hospital", "town");
  expect(await shelf.remove("hospital", "town")).toEqual({ ok: true, name: undefined });
  expect(ids(await again()).hospitals).toEqual([]);
});

test("the first package of one's own does not hide those that come with the program", async () => {
  const { shelf, again } = await shelfOver();
  const before = ids(shelf).packages;
  await shelf.keep("package", JSON.stringify(own), false);
  expect(ids(await again()).packages.toSorted()).toEqual([...before, "own"].sort());
  await shelf.remove("package", "general");
  expect(ids(await again()).packages).not.toContain("general");
  expect((await again()).isOwn.package).toBe(true);
});

test("a package is changed in the file that has it, whatever its name", async () => {
  const { shelf, folder } = await shelfOver({ "services/another-name.json": JSON.stringify(own) });
  await shelf.keep("package", JSON.stringify({ ...own, group: "elder" }), false);
  expect(readdirSync(join(folder, "services"))).toEqual(["another-name.json"]);
  expect(shelf.offers.packages.map(({ group }) => group)).toEqual(["elder"]);
});

test("of two files with one package the second is refused", async () => {
  const { shelf } = await shelfOver({ "services/a.json": JSON.stringify(own), "services/b.json": JSON.stringify(own) });
  expect(ids(shelf).packages).toEqual(["own"]);
  expect(shelf.refused).toMatchObject([{ file: "services/b.json", problems: [{ path: "id", line: 1 }] }]);
});

test.each([
  ["hospitals.json", "hospitals", "town"],
  ["services/own.json", "packages", "own"],
] as const)("%s gone bad in the hands of somebody else: its last good state stays in force", async (file, list, id) => {
  const { shelf, folder } = await shelfOver({
    "hospitals.json": JSON.stringify({ hospitals: [hospital] }),
    "services/own.json": JSON.stringify(own),
  });
  writeFileSync(join(folder, file), "{");
  await shelf.look();
  expect([shelf.refused.map((each) => each.file), ids(shelf)[list]]).toEqual([[file], [id]]);
});

test("what is written over a file that was refused does not destroy it", async () => {
  const { shelf, folder } = await shelfOver({ "hospitals.json": '{ "hospitals": []', "services/own.json": "{" });
  await shelf.keep("hospital", JSON.stringify(hospital), false);
  await shelf.keep("package", JSON.stringify(own), false);
  expect(shelf.refused).toEqual([]);
  expect(readFileSync(join(folder, "hospitals.json.refused"), "utf8")).toBe('{ "hospitals": []');
  expect(readFileSync(join(folder, "services", "own.json.refused"), "utf8")).toBe("{");
});

test("a refused file is set aside; no other name moves anything", async () => {
  const { shelf, folder } = await shelfOver({ "services/bad.json": "{", "hospitals.json": "[]" });
  await shelf.setAside("../bad.json");
  await shelf.setAside("services/bad.json");
  expect(shelf.refused.map(({ file }) => file)).toEqual(["hospitals.json"]);
  expect(readdirSync(join(folder, "services"))).toEqual(["bad.json.refused"]);
});

test("what cannot be written is told, and what was in force is", async () => {
  const { shelf, folder } = await shelfOver();
  // In the place of the file is a folder that is not empty.
  mkdirSync(join(folder, "hospitals.json", "x"), { recursive: true });
  mkdirSync(join(folder, "hospitals.json.refused", "x"), { recursive: true });
  expect(await shelf.keep("hospital", JSON.stringify(hospital), false)).toEqual({ ok: false, code: "store.failed" });
  expect(ids(shelf).hospitals).toEqual([]);
});

test.each(Object.entries(offerReasons))("%s says the same in both languages", (_, { zh, en }) => {
  expect(placeholdersOf(zh)).toEqual(placeholdersOf(en));
});
