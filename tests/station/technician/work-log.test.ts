import { expect, test } from "vitest";
import type { WorkLog } from "../../../core/contract/technician-log.ts";
import { findFont } from "../../../station/quality/font.ts";
import { codeOf } from "../fakes/station.ts";
import { enterControl, measureGlucose, meterDevice, meterId, newId, stationOf } from "../quality/kit.ts";
import { readPdf } from "../quality/pdf-text.ts";
import { signIn } from "./kit.ts";

const dayMs = 86_400_000;
const kindsOf = ({ lines }: WorkLog): readonly string[] => lines.map(({ kind }) => kind);

test("the day's log has what staff did and what became of the device, by name, in the order it happened", async () => {
  const { client } = await stationOf(meterId);
  const session = await signIn(client);
  await client.technician.devices.rename({ id: newId(), session, device: meterDevice, name: "诊台血糖仪" });
  await client.technician.devices.withdraw({ id: newId(), session, device: meterDevice, reason: "屏幕碎了" });
  await client.technician.devices.restore({ id: newId(), session, device: meterDevice });
  await enterControl(client, session, 99);
  const log = await client.technician.log.day({ session });
  const acts = log.lines.filter(({ who }) => who !== undefined);
  expect(acts.map(({ kind, who, device }) => [kind, who, device])).toEqual([
    ["staff.signedIn", "演示技术员", undefined],
    ["device.named", "演示技术员", "诊台血糖仪"],
    ["device.withdrawn", "演示技术员", "诊台血糖仪"],
    ["device.restored", "演示技术员", "诊台血糖仪"],
    ["control.run", "演示技术员", "诊台血糖仪"],
  ]);
  expect(kindsOf(log)).toContain("gate.changed");
  expect([log.day, log.today]).toEqual(["2026-11-02", "2026-11-02"]);
});

test("a resident's visit is counted, and nothing of it is told", async () => {
  const desk = await stationOf(meterId);
  const session = await signIn(desk.client);
  await measureGlucose(desk);
  const log = await desk.client.technician.log.day({ session });
  const { counts } = log;
  expect(counts).toMatchObject({ visits: 1, guests: 1, consults: 0, opinions: 0 });
  expect([counts.measured.glucose, counts.refused]).toEqual([1, 0]);
  expect(kindsOf(log).filter((kind) => /^(visit|measurement|assessment|resident)/.test(kind))).toEqual([]);
  expect(JSON.stringify(log.lines)).not.toMatch(/mmol|"visit"|"subject"/);
});

test("each day has its own lines; a remark belongs to the day it is about, whenever it was written", async () => {
  const { client, clock } = await stationOf(meterId);
  const first = await signIn(client);
  await client.technician.devices.withdraw({ id: newId(), session: first, device: meterDevice, reason: "第一天" });
  await clock.advance(dayMs);
  const session = await signIn(client);
  const id = newId();
  const remark = { id, session, day: "2026-11-02", text: "换过电池" };
  await client.technician.log.remark(remark);
  await client.technician.log.remark(remark);
  const before = await client.technician.log.day({ session, day: "2026-11-02" });
  const after = await client.technician.log.day({ session });
  expect(kindsOf(before)).toContain("device.withdrawn");
  expect(kindsOf(after)).not.toContain("device.withdrawn");
  expect([before, after].map(({ remarks }) => remarks.map(({ values, who }) => [values["text"], who]))).toEqual([
    [["换过电池", "演示技术员"]],
    [],
  ]);
  expect(after.day).toBe("2026-11-03");
});

test("nobody remarks on a day to come, and without signing in there is no log", async () => {
  const { client } = await stationOf(meterId);
  const session = await signIn(client);
  const remark = { id: newId(), session, day: "2026-11-03", text: "明天的事" };
  expect(await codeOf(client.technician.log.remark(remark))).toBe("wire.badInput");
  expect(await codeOf(client.technician.log.day({ session: "nobody" }))).toBe("staff.signedOut");
});

test("an operator reads and remarks too", async () => {
  const { client } = await stationOf(meterId);
  const session = await signIn(client, "operator");
  await client.technician.log.remark({ id: newId(), session, day: "2026-11-02", text: "停电一小时" });
  const { remarks } = await client.technician.log.day({ session });
  expect(remarks.map(({ values }) => values["text"])).toEqual(["停电一小时"]);
});

if (findFont() === undefined) {
  test.skip("the printed log: this system has no Chinese font", () => undefined);
} else {
  test("on paper every line stands in both languages, with the remark, who printed it and the mark of a simulated station", async () => {
    const { client } = await stationOf(meterId);
    const session = await signIn(client);
    await client.technician.devices.withdraw({ id: newId(), session, device: meterDevice, reason: "屏幕碎了" });
    await client.technician.log.remark({ id: newId(), session, day: "2026-11-02", text: "换过电池" });
    const { name, pdf } = await client.technician.log.paper({ session, day: "2026-11-02" });
    const text = readPdf(pdf).text.replaceAll("\n", "");
    expect(name).toBe("work-log-2026-11-02.pdf");
    for (const part of [
      "工作日志",
      "Work log",
      "停用设备：屏幕碎了",
      "Took the device out of use: 屏幕碎了",
      "换过电池",
      "演示技术员",
      "Specimen",
    ])
      expect(text).toContain(part);
  });
}
