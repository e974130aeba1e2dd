import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bodyOf } from "../../../core/journal/visit-results.ts";
import { tempFolder } from "../fakes/station.ts";
import { open } from "../visits/kit.ts";
import { deskWith, newId, signIn, watchDesk } from "./kit.ts";
import { until } from "../fakes/clock.ts";

const changed = { zh: "村口坐5路车，坐两站", en: "Bus 5 from the village, two stops" };

test("a technician changes the way to a hospital: a resident reads it at once, and the journal says who, when and what", async () => {
  const { client, journal, folder } = await deskWith();
  const session = await signIn(client);
  const { hospitals } = await client.technician.offers.look({ session });
  expect(hospitals.map(({ value, from }) => [value.id, value.specimen, from])).toEqual([
    ["township", true, "shipped"],
    ["county", true, "shipped"],
  ]);
  const visit = await open(client);
  const text = JSON.stringify({ ...hospitals[0]?.value, specimen: false, way: changed });
  const kept = await client.technician.offers.keep({ id: newId(), session, kind: "hospital", text, first: false });
  expect(kept.kept && kept.view.hospitals.map(({ value, from }) => [value.id, value.specimen, from])).toEqual([
    ["township", false, "own"],
    ["county", true, "own"],
  ]);
  const seen = await client.visit.services({ visit });
  expect(seen.hospitals.map(({ way }) => way)[0]).toEqual(changed);
  expect(readFileSync(join(folder, "hospitals.json"), "utf8")).toContain(changed.zh);
  const { lines } = await client.technician.log.day({ session });
  expect(lines.filter(({ kind }) => kind === "offer.kept")).toMatchObject([
    { values: { offerKind: "hospital", name: "示例镇卫生院" } },
  ]);
  const [entry] = (await journal()).filter(({ type }) => type === "offer.kept");
  expect(entry?.actor.role).toBe("technician");
  expect(entry && bodyOf(entry, "offer.kept")).toMatchObject({
    kind: "hospital",
    item: "township",
    name: "示例镇卫生院",
  });
});

test("a package is taken away at once, once, by an entry", async () => {
  const { client, journal } = await deskWith();
  const session = await signIn(client);
  const id = newId();
  const view = await client.technician.offers.remove({ id, session, kind: "package", item: "general" });
  expect(view.packages.map(({ value }) => value.id)).not.toContain("general");
  await client.technician.offers.remove({ id, session, kind: "package", item: "general" });
  expect((await journal()).filter(({ type }) => type === "offer.removed")).toHaveLength(1);
});

test("what is refused says why in both languages, writes nothing, and is no entry", async () => {
  const { client, journal, folder } = await deskWith();
  const session = await signIn(client);
  const kept = await client.technician.offers.keep({
    ...{ id: newId(), session, kind: "hospital", first: true },
    text: '{\n  "id": "Town",\n}',
  } as const);
  expect(kept).toMatchObject({ kept: false, refused: { problems: [{ line: 3 }] } });
  expect(existsSync(join(folder, "hospitals.json"))).toBe(false);
  expect((await journal()).some(({ type }) => type.startsWith("offer."))).toBe(false);
});

test("a file that does not fit is a task for the technician until it is set aside", async () => {
  const folder = tempFolder();
  writeFileSync(join(folder, "hospitals.json"), "{");
  const { client, journal } = await deskWith([], { folder });
  const session = await signIn(client);
  const { views } = await watchDesk(client, session);
  expect(views.at(-1)?.tasks.map(({ code }) => code)).toEqual(["technician.badServices"]);
  const { refused } = await client.technician.offers.look({ session });
  expect(refused).toMatchObject([{ file: "hospitals.json", problems: [{ line: 1 }] }]);
  await client.technician.offers.setAside({ id: newId(), session, file: "hospitals.json" });
  await until(() => views.at(-1)?.tasks.length === 0, "no task any more");
  expect(existsSync(join(folder, "hospitals.json.refused"))).toBe(true);
  expect((await journal()).flatMap((entry) => bodyOf(entry, "offer.setAside")?.file ?? [])).toEqual(["hospitals.json"]);
});
