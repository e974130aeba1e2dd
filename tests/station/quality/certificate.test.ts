import { describe, expect, test } from "vitest";
import { findFont } from "../../../station/quality/font.ts";
import { codeOf } from "../fakes/station.ts";
import { cuffDevice, cuffId, enterControl, meterDevice, meterId, newId, signIn, stationOf } from "./kit.ts";
import { readPdf } from "./pdf-text.ts";

const reference = {
  name: "样本·数字压力计",
  serial: "P-0007",
  certificate: "CERT-42",
  validUntil: "2027-03-31",
  errorLimit: 0.5,
};

describe("the font", () => {
  test("is the first that the system has", () => {
    const has = (file: string) => file.endsWith("msyh.ttc") || file.endsWith("simsun.ttc");
    expect(findFont({}, has)).toMatchObject({ face: "MicrosoftYaHei" });
  });
  test("of one's own goes before all, and stands alone", () => {
    expect(findFont({ HEALTH_STATION_FONT: "/own.ttf" }, () => true)).toEqual({ file: "/own.ttf" });
    expect(findFont({ HEALTH_STATION_FONT: "/own.ttf" }, (file) => file !== "/own.ttf")).toBeUndefined();
  });
  test("may be missing", () => {
    expect(findFont({}, () => false)).toBeUndefined();
  });
});

if (findFont() === undefined) {
  test.skip("printed records: this system has no Chinese font", () => undefined);
} else {
  test("the record of a check has every point, the reference, who signed and its proof", async () => {
    const { client, journal } = await stationOf(cuffId);
    const session = await signIn(client);
    const id = newId();
    const points = (["up", "down"] as const).flatMap((direction) =>
      [0, 50, 100, 150, 200, 250].map((at) => ({ direction, reference: at, shown: at === 200 ? 204 : at })),
    );
    const values = { kind: "staticPressure" as const, points };
    const said = { session, id, device: cuffDevice, reference, values, comment: "袖带已换" };
    expect(await client.quality.calibration.record(said)).toMatchObject({ verdict: "failed", flags: ["STATIC_ERROR"] });
    const { name, pdf } = await client.quality.certificate({ session, kind: "calibration", id });
    const { pages, text } = readPdf(pdf);
    expect({ name, pages }).toEqual({ name: "check-staticPressure-2026-11-02.pdf", pages: 1 });
    for (const part of [
      "设备检查记录",
      "Record of a device check",
      id,
      "CERT-42",
      "2027-03-31",
      "样本·数字压力计",
      "204",
      "STATIC_ERROR",
      "不合格 Failed",
      "袖带已换",
      "演示技术员",
    ])
      expect(text.replaceAll("\n", "")).toContain(part);
    expect(text.split("\n").filter((line) => line === "合格 Passed")).toHaveLength(10);
    const entry = (await journal()).find((each) => each.id === id);
    expect(text.replaceAll("\n", "")).toContain(entry?.hash);
  });

  test("a month of control has every run, also the one that failed; other months are not in it", async () => {
    const { client } = await stationOf(meterId);
    const session = await signIn(client);
    await enterControl(client, session, 9.4);
    await enterControl(client, session, 5.2);
    const month = async (of: string) =>
      readPdf((await client.quality.certificate({ session, kind: "month", device: meterDevice, month: of })).pdf);
    const november = (await month("2026-11")).text;
    for (const part of [
      "室内质控月报",
      "血糖 Glucose",
      "SPECIMEN-L1",
      "SPECIMEN-L2",
      "9.4",
      "5.2",
      "OUT_OF_RANGE",
      "4 – 6 mmol/L",
      "样本·仅供演示",
    ])
      expect(november.replaceAll("\n", "")).toContain(part);
    const october = (await month("2026-10")).text;
    expect([october.includes("本月没有质控记录"), october.includes("9.4")]).toEqual([true, false]);
  });

  test("what does not exist cannot be printed", async () => {
    const { client } = await stationOf(cuffId);
    const session = await signIn(client);
    const check = client.quality.certificate({ session, kind: "calibration", id: newId() });
    expect(await codeOf(check)).toBe("quality.unknown");
    const month = client.quality.certificate({ session, kind: "month", device: "none", month: "2026-11" });
    expect(await codeOf(month)).toBe("quality.unknown");
  });
}
