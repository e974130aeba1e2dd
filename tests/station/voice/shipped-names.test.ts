import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { namePrompts } from "../../../core/voice/prompts.ts";
import { silentLogger } from "../../../station/log/logger.ts";
import { namedThings } from "../../../station/voice/shipped-names.ts";
import { tempFolder } from "../fakes/station.ts";

const names = async (folder: string) =>
  (await namedThings(silentLogger, folder)).map((things) =>
    namePrompts("zh-CN", things).map(({ sentence }) => sentence),
  );

test("clips are made of what is shipped, and of what a station's own folder has in its place", async () => {
  const folder = tempFolder();
  const [things] = await namedThings(silentLogger);
  const hospitals = things?.hospitals.map((one) => ({ ...one, name: { zh: "样例别院", en: "Another specimen" } }));
  writeFileSync(join(folder, "hospitals.json"), JSON.stringify({ hospitals }));
  const [shipped, own] = await names(folder);
  expect(shipped).toContain("示例镇卫生院");
  expect(own).toContain("样例别院");
  expect(own).not.toContain("示例镇卫生院");
  expect(own).toContain("氨氯地平");
});

test("a folder that is not there adds nothing", async () => {
  const [shipped, own] = await names(join(tempFolder(), "nowhere"));
  expect(own).toEqual(shipped);
});
