import { describe, expect, test } from "vitest";
import type { Outcome } from "../../../core/domain/outcome.ts";
import { framesOf } from "../../../drivers/kit/astm-frame.ts";
import { createAstmSpeaker } from "../../../drivers/kit/astm-speaker.ts";
import { checkProfile, decoder, encode, toHex, type Profile } from "../../../drivers/kit/index.ts";
import { play } from "../../../drivers/laws/play.ts";
import { analyser } from "./analyser.ts";

/** Records on their frames, as the toy analyser means them. */
const ascii = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const sent = (...records: readonly string[]): Uint8Array =>
  Uint8Array.of(
    5,
    ...framesOf(records.map(ascii), { hold: "record", end: "etx", last: "etx" }, "upper").flatMap((each) => [...each]),
    4,
  );
const outcomes = (bytes: Uint8Array, profile: Profile = analyser): readonly Outcome[] => {
  const device = decoder(profile);
  return [...device.hear(bytes), ...device.flush()];
};
const header = "H|\\^&|||KIOSKTEST^LIPID^1.0|||||||P|1|20240305073000";
const order = "O|1|||^^^LIPID";
const end = "L|1|N";
const time = "20240305072955";
const result = (...fields: readonly string[]): Uint8Array => sent(header, "P|1", order, ...fields, end);
const readings = (bytes: Uint8Array): unknown =>
  outcomes(bytes).map((outcome) => ("readings" in outcome ? outcome.readings : outcome));

describe("the dossier's lipid message", () => {
  const records = [
    header,
    "P|1",
    order,
    `R|1|^^^CHOL|4.81|mmol/L||N||F||||${time}`,
    `R|2|^^^TRIG|<0.51|mmol/L||<||F||||${time}`,
    `R|3|^^^HDL|1.29|mmol/L||N||F||||${time}`,
    `R|4|^^^LDL|---|mmol/L||||F||||${time}`,
    end,
  ];
  const expected: Outcome = {
    kind: "measurement",
    of: "lipids",
    readings: [
      { quantity: "cholesterol.total", value: 4.81, unit: "mmol/L" },
      { quantity: "triglyceride", value: 0.51, unit: "mmol/L", comparator: "<" },
      { quantity: "cholesterol.hdl", value: 1.29, unit: "mmol/L" },
    ],
    doubts: ["notCalculable"],
    deviceTime: "2024-03-05T07:29:55",
    stored: true,
  };
  test("is one measurement, its operator kept and what was not calculated said", () => {
    expect(outcomes(sent(...records))).toEqual([expected]);
  });
  test("means the same in one frame", () => {
    const [one] = framesOf(records.map(ascii), { hold: "message", end: "etx", last: "etx" }, "upper");
    expect(outcomes(Uint8Array.of(5, ...one!, 4))).toEqual([expected]);
  });
  test("without its L record or its EOT it is nothing", () => {
    expect(outcomes(sent(...records.slice(0, -1))).map((each) => each.kind)).toEqual(["discarded"]);
    expect(outcomes(sent(...records).subarray(0, -1)).map((each) => each.kind)).toEqual(["discarded"]);
  });
  test("is what the simulated analyser says, frame by frame, and the host answers each", () => {
    const played = play(analyser);
    expect(played.end?.how).toBe("finished");
    expect(played.outcomes).toEqual([expected]);
    expect(played.sent.map(({ bytes }) => toHex(bytes))).toEqual(Array.from({ length: 9 }, () => "06"));
  });
  test("with a wrong bit on the way is asked for again", () => {
    const played = play(analyser, { simulator: { fault: "bent" } });
    expect(played.sent.map(({ bytes }) => toHex(bytes))).toEqual("06 06 06 06 15 06 06 06 06 06".split(" "));
    expect(played.outcomes).toEqual([expected]);
  });
});

describe("several messages in one transfer", () => {
  const one = [header, "P|1", order, "R|1|^^^CHOL|4.8|mmol/L||||F", end];
  const two = [header.replace("|P|1", "|Q|1"), "P|1", order, "R|1|^^^CHOL|5.1|mmol/L||||F", end];
  test("each is what its own header says", () => {
    expect(outcomes(sent(...one, ...two)).map((each) => each.kind)).toEqual(["measurement", "control"]);
  });
  test("none is believed when one is not whole", () => {
    expect(outcomes(sent(...one, ...two.slice(0, -1))).map((each) => each.kind)).toEqual(["discarded"]);
  });
  test("a header inside a message is no message", () => {
    expect(outcomes(sent(header, ...one)).map((each) => each.kind)).toEqual(["discarded"]);
  });
});

describe("the header's delimiters", () => {
  test("another set is legal", () => {
    const gene = sent("H@^\\|@@@KIOSK@@@@@@@P", "P@1", "O@1", "R@1@\\\\\\CHOL@4.8@mmol/L@@@@F", "L@1@N");
    expect(readings(gene)).toEqual([[{ quantity: "cholesterol.total", value: 4.8, unit: "mmol/L" }]]);
  });
  test.each(["H|\\\\&", "H|A^&", "H|.^&", "H|<^&", "H-\\^&", "H", "H|\\^&x"])(
    "a set that cannot be told apart is no message: %s",
    (start) => {
      expect(outcomes(sent(start, "O|1", "R|1|^^^CHOL|4.8|mmol/L||||F", end)).map((each) => each.kind)).toEqual([
        "discarded",
      ]);
    },
  );
  test("an escaped delimiter is text", () => {
    const odd = result("R|1|^^^CH&F&OL|4.8|mmol/L||||F");
    expect(outcomes(odd).at(-1)).toEqual({ kind: "information", about: "unmapped", values: { codes: "CH|OL" } });
  });
});

describe("a result", () => {
  const total = (value: string, unit = "mmol/L", flag = "", status = "F"): Uint8Array =>
    result(`R|1|^^^CHOL|${value}|${unit}||${flag}||${status}`);
  const plain = { quantity: "cholesterol.total", value: 4.8, unit: "mmol/L" };
  test.each([
    ["4.8", "", plain],
    ["<4.8", "", { ...plain, comparator: "<" }],
    ["> 4.8", "", { ...plain, comparator: ">" }],
    ["4.8", ">", { ...plain, comparator: ">" }],
    ["<4.8", "<", { ...plain, comparator: "<" }],
    ["4.8", "HH", plain],
  ])("%j with the flag %j", (value, flag, reading) => {
    expect(readings(total(value, "mmol/L", flag))).toEqual([[reading]]);
  });
  test.each([
    ["0", "mmol/L", ""],
    ["99.5", "mmol/L", ""],
    ["4.8", "mg/dL", ""],
    ["4.8", "", ""],
    ["-4.8", "mmol/L", ""],
    ["4,8", "mmol/L", ""],
    ["4.8.1", "mmol/L", ""],
    [">=4.8", "mmol/L", ""],
    ["<4.8", "mmol/L", ">"],
  ])("%j in %j with the flag %j is a fault and no number", (value, unit, flag) => {
    expect(outcomes(total(value, unit, flag)).map((each) => ("code" in each ? each.code : each.kind))).toEqual([
      "device.outOfRange",
    ]);
  });
  test.each(["---", "--- ", "-----", "N/A", ""])("%j is no number and no zero", (value) => {
    expect(outcomes(total(value)).some((each) => each.kind === "measurement")).toBe(false);
  });
  test.each(["P", "X", "C", "I"])("with the status %s gives no number", (status) => {
    expect(outcomes(total("4.8", "mmol/L", "", status)).some((each) => "readings" in each)).toBe(false);
  });
  test("twice in one order is a fault: nobody can say which counts", () => {
    const twice = result("R|1|^^^CHOL|4.8|mmol/L||||F", "R|2|^^^CHOL|5.8|mmol/L||||F");
    expect(outcomes(twice)).toEqual([{ kind: "fault", code: "device.outOfRange", detail: "total: 4.8, 5.8" }]);
  });
  test("of an unknown test is told by its code and without its number", () => {
    const odd = result("R|1|^^^CHOL|4.8|mmol/L||||F", "R|2|^^^413|40.13|g/L||||F", "R|3|^^^685/|2|g/L||||F");
    expect(outcomes(odd).slice(1)).toEqual([{ kind: "information", about: "unmapped", values: { codes: "413 685/" } }]);
    expect(JSON.stringify(outcomes(odd))).not.toContain("40.13");
  });
});

describe("who it belongs to", () => {
  const row = "R|1|^^^CHOL|4.8|mmol/L||||F";
  const kinds = (bytes: Uint8Array): readonly string[] => outcomes(bytes).map((each) => each.kind);
  test.each([
    ["Q in the header", sent(header.replace("|P|1", "|Q|1"), "P|1", order, row, end), ["control"]],
    ["Q in the order", sent(header, "P|1", "O|1|||^^^LIPID|||||||Q", row, end), ["control"]],
    ["T in the header", sent(header.replace("|P|1", "|T|1"), "P|1", order, row, end), ["discarded"]],
    ["no patient record", sent(header, order, row, end), ["measurement"]],
    ["no result", sent(header, "C|1|I|^^Power Up|G", end), ["information"]],
  ])("%s", (_what, bytes, expected) => {
    expect(kinds(bytes)).toEqual(expected);
  });
  test("a control order does not colour the next one, nor the other way round", () => {
    const both = sent(header, "P|1", "O|1|||^^^LIPID|||||||Q", row, "O|2|||^^^LIPID", row.replace("4.8", "5.1"), end);
    expect(outcomes(both).map((each) => [each.kind, "readings" in each ? each.readings[0]?.value : 0])).toEqual([
      ["control", 4.8],
      ["measurement", 5.1],
    ]);
  });
  test("the order of one patient is not the order of the next", () => {
    const two = sent(header, "P|1", "O|1|||^^^LIPID|||||||Q", row, "P|2", row, end);
    expect(kinds(two)).toEqual(["control", "measurement"]);
  });
  test("names and numbers of people are nowhere in what is told", () => {
    const told = JSON.stringify(
      outcomes(sent(header, "P|1|330102|7788|9|Zhang^San||19500101|M", "O|1|sample9", `${row}||nurse7`, end)),
    );
    for (const secret of ["330102", "7788", "Zhang", "19500101", "sample9", "nurse7"])
      expect(told).not.toContain(secret);
  });
  test.each(["P-6", "P-3", "R-11", "O-3"])("a profile that takes %s along is refused", (at) => {
    const table = JSON.parse(JSON.stringify(analyser)) as { frames: { result: { fields: Record<string, unknown> } } };
    table.frames.result.fields["who"] = { type: "recordText", at };
    const checked = checkProfile(table);
    expect(checked.ok ? [] : checked.problems.map((each) => each.path)).toContain("frames.result.fields.who");
  });
});

describe("a line between the simulated analyser and the station", () => {
  const golden = encode(analyser, "result", {
    total: { value: 4.81, unit: "mmol/L" },
    triglyceride: { value: 0.51, unit: "mmol/L", comparator: "<" },
    hdl: { value: 1.29, unit: "mmol/L" },
    ldl: { notCalculable: true },
    time: "2024-03-05T07:29:55",
    unmapped: null,
  });
  test("a station that does not answer is called six times and then left alone", () => {
    const speaker = createAstmSpeaker("instrument", undefined);
    const planned = speaker.say([golden], 0).map(({ bytes, afterMs }) => `${afterMs} ${toHex(bytes)}`);
    expect(planned[0]).toBe("0 05");
    expect(planned.at(-1)).toBe("90000 04");
    expect(planned.filter((each) => each.endsWith(" 05"))).toHaveLength(6);
  });
});
