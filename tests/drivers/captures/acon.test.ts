import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Outcome } from "../../../core/domain/outcome.ts";
import { findProfile } from "../../../drivers/find-profile.ts";
import { canForm, decoder, encode, fromHex, toHex } from "../../../drivers/kit/index.ts";
import { counter, folder, hexOf, json, outcomes, present } from "./replay.ts";

const id = "acon-on-call";
const count = counter("acon-on-call");
const countMission = counter("acon-mission");
interface Message {
  readonly chunks: readonly string[];
  readonly stream: string;
  readonly expected: {
    readonly records: readonly { readonly time: string; readonly glucose: { value: number; unit: string } }[];
  };
}
const messages = ["one-record-268", "one-record-273", "three-records", "four-records"] as const;
const message = (file: string): Message => json<Message>(`acon-on-call-glucose/${file}.json`);
const told = ({ time, glucose }: Message["expected"]["records"][number]): Outcome | object =>
  glucose.value < 20
    ? { kind: "fault", code: "device.outOfRange", detail: `glucose: ${glucose.value}` }
    : {
        kind: "measurement",
        of: "glucose",
        readings: [{ quantity: "glucose", ...glucose }],
        doubts: [],
        deviceTime: time,
        stored: true,
      };

/** A record that cannot be is a fault when it is the newest, and no news when it is an older one. */
const possible = ({ records }: Message["expected"]): readonly (Outcome | object)[] =>
  records.filter(({ glucose }, i) => i === 0 || glucose.value >= 20).map(told);

describe.skipIf(!present)(id, () => {
  test.each(messages)("%s, whole", (file) => {
    count();
    const { stream, expected } = message(file);
    expect(outcomes(id, stream)).toEqual(possible(expected));
  });
  test.each(messages.filter((file) => present && message(file).chunks.length > 0))("%s, in its real pieces", (file) => {
    count();
    const { chunks, expected } = message(file);
    expect(outcomes(id, ...chunks)).toEqual(possible(expected));
  });
  test("each record is kept without the other people's", () => {
    const heard = decoder(findProfile(id)!).hearFrames(fromHex(message("four-records").stream));
    const kept = [...(heard[0]?.own?.values() ?? [])].map((own) => Buffer.from(own).toString("latin1"));
    expect(kept).toEqual([
      "&DZ 4 \x1e0727211832 242 0 \x1e\x0637512\r",
      "&DZ 4 \x1e0727211508 238 0 \x1e\x0637512\r",
      "&DZ 4 \x1e0403190700 147 0 \x1e\x0637512\r",
    ]);
  });
  test("a count that does not agree refuses all of it", () => {
    const stream = message("three-records").stream.replace("2033201e", "2034201e");
    expect(outcomes(id, stream).map(({ kind }) => kind)).toEqual(["discarded"]);
  });
  const { vectors = [] } = json<{ vectors?: readonly { text: string; hex: string }[] }>(
    "acon-on-call-glucose/command-vectors.json",
  );
  const names: Readonly<Record<string, string>> = {
    "&EZ ": "read",
    "&DZ ": "readStored",
    "&D1 1 ": "received",
    "&DH ": "close",
  };
  test.each(vectors.filter(({ text }) => names[text] !== undefined))("the command $text", ({ text, hex }) => {
    count();
    expect(toHex(encode(findProfile(id)!, names[text] ?? "", {}))).toBe(hex);
  });
  test("no frame can be the delete command", () => {
    count();
    const { frames } = findProfile(id)!;
    const toDevice = Object.values(frames).filter(({ to }) => to === "device");
    expect(toDevice.filter((frame) => canForm(findProfile(id)!, frame, { at: 0, is: "26444a" }))).toEqual([]);
  });
});

// Dossier §Worked examples, computed there.
test("an empty memory", () => {
  expect(outcomes(id, hexOf("&DZ 0 \x0655537\r"))).toEqual([{ kind: "fault", code: "device.noRecord" }]);
});
test("one computed record", () => {
  expect(outcomes(id, hexOf("&DZ 1 \x1e0305240730 108 0 \x1e\x0653289\r"))).toMatchObject([
    { kind: "measurement", readings: [{ value: 108, unit: "mg/dL" }], deviceTime: "2024-03-05T07:30" },
  ]);
});

describe.skipIf(!present)("acon-mission", () => {
  const report = present ? readFileSync(join(folder, "acon-mission-lipid/report-2016-01-03.txt"), "latin1") : "";
  const lipids = [
    { quantity: "cholesterol.total", value: 3.29, unit: "mmol/L" },
    { quantity: "cholesterol.hdl", value: 0.75, unit: "mmol/L" },
    { quantity: "triglyceride", value: 0.78, unit: "mmol/L" },
    { quantity: "cholesterol.ldlCalculated", value: 2.2, unit: "mmol/L" },
    { quantity: "cholesterol.ratio", value: 4.4, unit: "1" },
  ];
  const kinds = (text: string): readonly string[] => outcomes("acon-mission", hexOf(text)).map(({ kind }) => kind);

  test("report-2016-01-03", () => {
    countMission();
    const { expected } = json<{ expected: { results: readonly { value: number }[] } }>(
      "acon-mission-lipid/report-2016-01-03.json",
    );
    expect(expected.results.map(({ value }) => value).sort()).toEqual(lipids.map(({ value }) => value).sort());
    expect(outcomes("acon-mission", hexOf(report))).toEqual([
      { kind: "measurement", of: "lipids", readings: lipids, doubts: [], deviceTime: "2016-01-03T12:24" },
    ]);
  });
  test("the printed order of the date is obeyed", () => {
    const other = report.replace("2016-01-03(Y-M-D)", "03-01-2016(D-M-Y)");
    expect(outcomes("acon-mission", hexOf(other))).toMatchObject([{ deviceTime: "2016-01-03T12:24" }]);
  });
  test("a sign and a part that could not be calculated are kept", () => {
    const other = report.replace("3.29", "<2.59").replace("2.20mmol/L", "- -");
    expect(outcomes("acon-mission", hexOf(other))).toMatchObject([
      { readings: [{ value: 2.59, comparator: "<" }, {}, {}, {}], doubts: ["notCalculable"] },
    ]);
  });
  test.each([
    ["without its date", (text: string) => text.slice(text.indexOf("ID"))],
    ["without its ID", (text: string) => text.replace("ID: b01\r\n", "")],
    ["with an analyte twice", (text: string) => text.replace("HDL: 0.75", "CHOL: 0.75")],
    ["with a damaged line", (text: string) => text.replace("HDL: 0.75", "HDL; 0.75")],
    ["with two of three ends", (text: string) => text.slice(0, -2)],
  ])("a report %s is refused whole", (_name, bend) => {
    expect(kinds(bend(report))).toEqual(["discarded"]);
  });
  test("a unit of another panel is a fault, never a number", () => {
    expect(outcomes("acon-mission", hexOf(report.replace("3.29mmol/L", "3.29g/L")))).toMatchObject([
      { kind: "fault", code: "device.outOfRange" },
    ]);
  });
});
