import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Outcome } from "../../../core/domain/outcome.ts";
import { findProfile } from "../../../drivers/find-profile.ts";
import { mllp } from "../../../drivers/kit/mllp.ts";
import { decoder, fromHex } from "../../../drivers/kit/index.ts";
import { counter, folder, json, present } from "./replay.ts";

/** Bench-top analysers: messages of real instruments, the line control of the standard around them. */
const hear = (id: string, ...chunks: readonly Uint8Array[]): readonly Outcome[] => {
  const device = decoder(findProfile(id)!);
  return [...chunks.flatMap((chunk) => device.hear(chunk)), ...device.flush()];
};
const called = (...hex: readonly string[]): Uint8Array =>
  Uint8Array.of(5, ...hex.flatMap((each) => [...fromHex(each)]), 4);
const readings = (told: readonly Outcome[]): readonly unknown[] =>
  told.flatMap((each) => ("readings" in each ? each.readings : []));
const kinds = (told: readonly Outcome[]): readonly string[] =>
  told.map((each) => (each.kind === "information" ? each.about : each.kind));

describe.skipIf(!present)("astm-analyzers", () => {
  const afinion = counter("abbott-afinion-2");
  const cobas = counter("roche-cobas-c111");
  const piccolo = counter("abaxis-piccolo-xpress");

  test("is all of what the folder holds", () => {
    expect(readdirSync(join(folder, "astm-analyzers")).filter((file) => file !== "README.md")).toHaveLength(5);
  });

  test("afinion2-hba1c", () => {
    afinion();
    const { hexWithCrLf, expected } = json<{
      hexWithCrLf: string;
      expected: {
        header: { serial: string; time: string };
        patientId: string;
        results: readonly { value: number; unit: string; time: string }[];
      };
    }>("astm-analyzers/afinion2-hba1c.json");
    const [result] = expected.results;
    const told = hear("abbott-afinion-2", called(hexWithCrLf));
    expect(told).toEqual([
      {
        kind: "measurement",
        of: "chemistry",
        readings: [{ quantity: "hba1c", value: result!.value, unit: result!.unit }],
        doubts: [],
        deviceTime: result!.time,
        stored: true,
      },
      { kind: "information", about: "serial", values: { serial: expected.header.serial } },
      { kind: "information", about: "clock", values: { deviceTime: expected.header.time } },
    ]);
    expect(JSON.stringify(told)).not.toContain(expected.patientId);
  });
  test.each([
    ["R|1|^^^ACR|<5.6|mg/g||<||F||||20100608140536", { quantity: "acr", value: 5.6, unit: "mg/g", comparator: "<" }],
    ["R|1|^^^HbA1c|>15.0|%||>||F||||20201201142122", { quantity: "hba1c", value: 15, unit: "%", comparator: ">" }],
  ])("the vendor's example %s", (record, reading) => {
    const text = `1H|\\^&|||Afinion 2 Analyzer^^AF1|||||||P|1|20241206141235\rP|1\rO|1\r${record}\rL|1|N\r\x03`;
    const sum = Buffer.from(text, "latin1").reduce((all, byte) => (all + byte) & 0xff, 0);
    const bytes = `\x05\x02${text}${sum.toString(16).toUpperCase().padStart(2, "0")}\r\n\x04`;
    const told = hear(
      "abbott-afinion-2",
      Uint8Array.from(bytes, (char) => char.charCodeAt(0)),
    );
    expect(readings(told)).toEqual([reading]);
  });

  test("cobas-c111: a test without a site's code is told by its code alone", () => {
    cobas();
    const { hexWithCrLf } = json<{ hexWithCrLf: string }>("astm-analyzers/cobas-c111.json");
    const told = hear("roche-cobas-c111", called(hexWithCrLf));
    expect(told.filter((each) => each.kind === "information")).toEqual([
      { kind: "information", about: "version", values: { version: "4.2.2.1730" } },
      { kind: "information", about: "clock", values: { deviceTime: "2023-08-03T13:17:13" } },
      { kind: "information", about: "unmapped", values: { codes: "413" } },
    ]);
    expect(JSON.stringify(told)).not.toContain("40.13");
    expect(kinds(told)).not.toContain("measurement");
  });

  interface Dump {
    readonly framesRebuilt: readonly string[];
    readonly expected: {
      readonly time: string;
      readonly runTime: string;
      readonly patientResults: readonly { readonly loinc: string; readonly value: number; readonly unit: string }[];
    };
  }
  const dump = (name: string): Dump => json<Dump>(`astm-analyzers/${name}.json`);
  test("piccolo-cmp: a run on control material, and the instrument's own check", () => {
    piccolo();
    const { framesRebuilt, expected } = dump("piccolo-cmp-2019-07-24-1124");
    const told = hear("abaxis-piccolo-xpress", called(...framesRebuilt));
    expect(kinds(told)).toEqual(["control", "control", "serial", "clock", "unmapped", "instrumentCheck"]);
    // Albumin and protein come in a unit that no quantity has: their codes are told.
    const untold = ["1751-7", "2885-2"];
    expect(told).toContainEqual({ kind: "information", about: "unmapped", values: { codes: untold.join(" ") } });
    const told14 = expected.patientResults.filter(({ loinc }) => !untold.includes(loinc));
    const pairs = (list: readonly unknown[]): readonly string[] =>
      (list as readonly { value: number; unit: string }[]).map(({ value, unit }) => `${value} ${unit}`).sort();
    expect(pairs(readings(told))).toEqual(pairs(told14));
    expect(told[0]).toMatchObject({ of: "glucose", deviceTime: expected.runTime });
    expect(told[3]).toMatchObject({ values: { deviceTime: expected.time } });
  });
  test("piccolo-cmp: the same run on a person is stored, because it was sent before", () => {
    piccolo();
    const { framesRebuilt } = dump("piccolo-cmp-2019-07-24-1124");
    const patient = Buffer.from("|Patient|").toString("hex");
    const control = Buffer.from("|Control|").toString("hex");
    const frames = framesRebuilt.map((hex) => {
      const bytes = Buffer.from(hex.replace(control, patient), "hex");
      const sum = bytes.subarray(1, -4).reduce((all, byte) => (all + byte) & 0xff, 0);
      bytes.write(sum.toString(16).toUpperCase().padStart(2, "0"), bytes.length - 4, "latin1");
      return bytes.toString("hex");
    });
    const told = hear("abaxis-piccolo-xpress", called(...frames));
    const results = told.filter((each) => each.kind === "measurement");
    expect(results.map((each) => [each.of, each.stored, each.readings.length])).toEqual([
      ["glucose", true, 1],
      ["chemistry", true, 11],
    ]);
    expect(results[1]?.notes).toMatchObject({ sodium: "147", alt: "159" });
  });
  test("piccolo-error-4056: a failed run is a fault and no result", () => {
    piccolo();
    const told = hear("abaxis-piccolo-xpress", called(...dump("piccolo-error-4056").framesRebuilt));
    expect(told).toEqual([{ kind: "fault", code: "device.unknown", detail: "4056" }]);
  });
  test("piccolo-power-up: it talks without a result", () => {
    piccolo();
    const told = hear("abaxis-piccolo-xpress", called(...dump("piccolo-power-up").framesRebuilt));
    expect(told).toEqual([{ kind: "information", about: "noResult", values: {} }]);
  });
});

describe.skipIf(!present)("hl7-oul-r22", () => {
  const id = "fujifilm-drichem-nx700i";
  const count = counter(id);
  interface Message {
    readonly hex: string;
    readonly expected: {
      readonly resultTime: string;
      readonly results: readonly { readonly code: string; readonly value: number; readonly unit: string }[];
    };
  }
  const message = (): Message => json<Message>("hl7-oul-r22/drichem-nx700i.json");
  const value = (code: string): number => message().expected.results.find((each) => each.code === code)!.value;
  test("drichem-nx700i", () => {
    count();
    const { hex, expected } = message();
    const other = (code: string, unit: string): unknown => ({ quantity: "analyte.other", value: value(code), unit });
    expect(hear(id, mllp(fromHex(hex)))).toEqual([
      {
        kind: "measurement",
        of: "glucose",
        readings: [{ quantity: "glucose", value: value("GLU-P"), unit: "mmol/L" }],
        doubts: [],
        deviceTime: expected.resultTime,
        stored: true,
      },
      {
        kind: "measurement",
        of: "chemistry",
        readings: [
          { quantity: "creatinine", value: value("CRE-P"), unit: "umol/L" },
          other("GPT-P", "U/L"),
          other("ALB-P", "g/L"),
          other("TBIL-P", "umol/L"),
          other("GGT-P", "U/L"),
          other("GOT-P", "U/L"),
        ],
        doubts: [],
        deviceTime: expected.resultTime,
        stored: true,
        notes: { alt: "34", albumin: "49", bilirubin: "11", ggt: "35", ast: "30" },
      },
      { kind: "information", about: "clock", values: { deviceTime: "2020-04-28T08:37:47" } },
    ]);
  });
  test("drichem-nx700i: it wants no answer, and gets none", () => {
    count();
    const heard = decoder(findProfile(id)!).hearFrames(mllp(fromHex(message().hex)));
    expect(heard.filter((each) => each.reply !== undefined)).toEqual([]);
  });
  test("drichem-nx700i: the same results as ORU^R01 mean the same", () => {
    count();
    const text = Buffer.from(message().hex, "hex").toString("latin1");
    const oru = text.replace("OUL^R22^OUL_R22", "ORU^R01^ORU_R01").replace(/SPM[^\r]*\rSAC[^\r]*\rINV[^\r]*\r/, "");
    const told = hear(id, mllp(Buffer.from(oru, "latin1")));
    expect(readings(told)).toEqual(readings(hear(id, mllp(fromHex(message().hex)))));
  });
});
