import { describe, expect, test } from "vitest";
import type { Outcome } from "../../../core/domain/outcome.ts";
import { defineProfile, decoder, toHex } from "../../../drivers/kit/index.ts";
import { createMllpFramer, messageIn, mllp } from "../../../drivers/kit/mllp.ts";
import { charsetNamed, textFrom } from "../../../drivers/kit/records-text.ts";
import { play } from "../../../drivers/laws/play.ts";

/** HL7 v2 in MLLP blocks: the block, the answer, the results. */
const fields = {
  glucose: {
    type: "result",
    codes: ["GLU"],
    units: {
      "mmol/L": { min: 0.6, max: 33.3, decimals: 1 },
      "mg/dL": { min: 10, max: 600, decimals: 0 },
    },
  },
  creatinine: {
    type: "result",
    codes: ["CRE"],
    units: { "umol/L": { min: 10, max: 2_000, decimals: 0, texts: ["umol/L", "μmol/L"] } },
  },
  time: { type: "recordTime", from: ["OBX-14", "OBR-7"] },
} as const;
const analyser = defineProfile({
  id: "toy-hl7",
  model: { maker: "Toy", name: "HL7" },
  source: "made up for the tests",
  dossier: "hl7-mllp-poct1a-notes.md",
  measures: ["glucose", "chemistry"],
  serial: { baudRate: 9_600, dataBits: 8, parity: "none", stopBits: 1, match: [] },
  check: "none",
  confirm: "display",
  actuates: false,
  push: true,
  envelopes: {
    host: {
      kind: "hl7",
      delimiters: "|^~\\&",
      group: "order",
      statuses: { accepted: ["F"], cannot: ["X"] },
      maxBytes: 65_536,
      acknowledged: true,
      charset: "ascii",
    },
  },
  frames: {
    control: { to: "host", says: [{ at: ["SPM-11"], is: ["Q"] }], fields },
    result: { to: "host", says: [{ at: ["MSH-11"], is: ["P"] }], fields },
  },
  meaning: {
    control: { kind: "control", of: "glucose", readings: [["glucose", "glucose"]], deviceTime: "time" },
    result: [
      { kind: "measurement", of: "glucose", readings: [["glucose", "glucose"]], deviceTime: "time", stored: true },
      {
        kind: "measurement",
        of: "chemistry",
        readings: [["creatinine", "creatinine"]],
        deviceTime: "time",
        stored: true,
      },
    ],
  },
  session: {
    steps: [{ do: "listen", phase: "waiting", firstMs: 60_000, silenceMs: 10_000, partial: "device.resultIncomplete" }],
    totalMs: 90_000,
    gapMs: 10_000,
  },
  forbidden: [],
  simulate: {
    answers: {},
    press: [{ send: "result", values: { glucose: { value: 5.6, unit: "mmol/L" } }, afterMs: 100 }],
    faults: { bent: { bends: 1 } },
  },
});

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
/** Segments with CR; what the block holds is Latin-1. */
const block = (...segments: readonly string[]): Uint8Array => mllp(bytes(segments.map((each) => `${each}\r`).join("")));
const header = (wants = "", charset = "", processing = "P"): string =>
  `MSH|^~\\&|LAB|ANALYSER|||20240305073000||ORU^R01^ORU_R01|MSG0042|${processing}|2.5.1|||${wants}|||${charset}`;
const order = "OBR|1||||||20240305072900";
const row = (value: string, unit = "mmol/L", more = "", type = "NM"): string =>
  `OBX|1|${type}|GLU^Glucose||${value}|${unit}|3.9-6.1|${more}|||F|||20240305072955`;
function hear(chunk: Uint8Array): { readonly told: readonly Outcome[]; readonly answer: string } {
  const heard = decoder(analyser).hearFrames(chunk);
  return {
    told: heard.flatMap((each) => each.outcomes),
    answer: heard.map((each) => String.fromCharCode(...(each.reply ?? []))).join(""),
  };
}
const reading = { quantity: "glucose", value: 5.6, unit: "mmol/L" };
const readings = (chunk: Uint8Array): unknown =>
  hear(chunk).told.map((each) => ("readings" in each ? each.readings : "code" in each ? each.code : each.kind));

describe("a block", () => {
  function framer(): { hear: (text: string) => void; flush: () => void; found: readonly string[] } {
    const found: string[] = [];
    const line = createMllpFramer(1_024, {
      block: (held, start, end) => void found.push(`block ${toHex(messageIn(held, start, end))}`),
      discard: (_held, start, end, reason) => void found.push(`${reason} ${end - start}`),
    });
    return { hear: (text) => line.hear(bytes(text)), flush: () => line.flush(), found };
  }
  test.each([
    ["VT, message, FS CR", "\x0bAB\x1c\r", ["block 4142"]],
    ["noise before it", "xx\x0bAB\x1c\r", ["noise 2", "block 4142"]],
    ["a second VT", "\x0bAB\x0bC\x1c\r", ["incomplete 3", "block 43"]],
    ["FS without CR", "\x0bA\x1cB\x1c\r", ["block 411c42"]],
    ["too long", `\x0b${"x".repeat(1_023)}`, ["length 1024"]],
  ])("%s", (_what, text, expected) => {
    const line = framer();
    line.hear(text);
    expect(line.found).toEqual(expected);
  });
  test("silence drops what was begun", () => {
    const line = framer();
    line.hear("\x0bAB");
    line.flush();
    expect(line.found).toEqual(["incomplete 3"]);
  });
});

describe("the answer", () => {
  const text = (...segments: readonly string[]): string => `\x0b${segments.map((each) => `${each}\r`).join("")}\x1c\r`;
  const accepted = text("MSH|^~\\&|||||||ACK^R01|MSG0042|P|2.5.1", "MSA|AA|MSG0042");
  test("says AA with the message's control id", () => {
    expect(hear(block(header(), "PID|1", order, row("5.6"))).answer).toBe(accepted);
  });
  test.each([
    ["AL", accepted],
    ["NE", ""],
    ["ER", ""],
    ["SU", accepted],
  ])("to a message that wants %s", (wants, answer) => {
    expect(hear(block(header(wants), order, row("5.6"))).answer).toBe(answer);
  });
  test("is AE for a broken message, so that it is sent again", () => {
    expect(hear(block(header(), order, "obx|1")).answer).toContain("MSA|AE|MSG0042");
    expect(hear(block("ISH|^~\\&|LAB")).answer).toContain("MSA|AE|");
  });
  test("comes before the session is over, and a bent message is sent again", () => {
    const healthy = play(analyser);
    expect(healthy.end?.how).toBe("finished");
    expect(healthy.sent).toHaveLength(1);
    const bent = play(analyser, { simulator: { fault: "bent" } });
    expect(bent.sent.map(({ bytes: each }) => /MSA\|A[AE]/.exec(String.fromCharCode(...each))?.[0])).toEqual([
      "MSA|AE",
      "MSA|AA",
    ]);
    expect(bent.end?.how).toBe("finished");
  });
});

describe("a result", () => {
  test("of a number", () => {
    expect(hear(block(header(), "PID|1", order, row("5.6"))).told).toEqual([
      {
        kind: "measurement",
        of: "glucose",
        readings: [reading],
        doubts: [],
        deviceTime: "2024-03-05T07:29:55",
        stored: true,
      },
    ]);
  });
  test.each([
    ["<^5.6", "SN", { ...reading, comparator: "<" }],
    [">^5.6", "SN", { ...reading, comparator: ">" }],
    ["^5.6", "SN", reading],
    ["<5.6", "ST", { ...reading, comparator: "<" }],
  ])("%s as %s", (value, type, expected) => {
    expect(readings(block(header(), order, row(value, "mmol/L", "", type)))).toEqual([[expected]]);
  });
  test.each(["1^:^128", "<>^5.6", "5.6^-^6.0"])("%s is no number of ours", (value) => {
    expect(readings(block(header(), order, row(value, "mmol/L", "", "SN")))).toEqual(["device.outOfRange"]);
  });
  test("segments may end with LF or CR LF", () => {
    expect(readings(mllp(bytes([header(), order, row("5.6")].join("\n"))))).toEqual([[reading]]);
    expect(readings(mllp(bytes([header(), order, row("5.6")].join("\r\n"))))).toEqual([[reading]]);
  });
  test("without a time of its own has that of its order", () => {
    const bare = row("5.6").replace("20240305072955", "");
    expect(hear(block(header(), order, bare)).told).toMatchObject([{ deviceTime: "2024-03-05T07:29:00" }]);
  });
  test.each([
    ["control material, told before the results (OUL)", [header(), "SPM|1||||||||||Q", order, row("5.6")], ["control"]],
    [
      "control material, told behind them (ORU)",
      [header(), "PID|1", order, row("5.6"), "SPM|1||||||||||Q"],
      ["control"],
    ],
    ["a training run", [header("", "", "T"), order, row("5.6")], ["discarded"]],
  ])("%s", (_what, segments, expected) => {
    expect(hear(block(...segments)).told.map((each) => each.kind)).toEqual(expected);
  });
  test("the second patient's specimen does not become the first one's", () => {
    const two = block(
      header(),
      "SPM|1||||||||||Q",
      order,
      row("5.6"),
      "SPM|2||||||||||P",
      "OBR|2||||||20240305072900",
      row("6.6"),
    );
    expect(hear(two).told.map((each) => each.kind)).toEqual(["control", "measurement"]);
  });
  test("names and numbers of people are nowhere in what is told", () => {
    const told = JSON.stringify(
      hear(block(header(), "PID|1|330102|7788||Zhang^San", order, `${row("5.6")}||nurse7`)).told,
    );
    for (const secret of ["330102", "7788", "Zhang", "nurse7"]) expect(told).not.toContain(secret);
  });
});

describe("characters", () => {
  const micro: Readonly<Record<string, string>> = {
    "8859/1": "\xb5",
    "UNICODE UTF-8": "\xc2\xb5",
    GB18030: "\xa6\xcc",
  };
  test.each(Object.entries(micro))("a micro sign in %s", (charset, sign) => {
    const creatinine = `OBX|1|NM|CRE||76|${sign}mol/L|||||F`;
    expect(readings(block(header("", charset), order, creatinine))).toEqual([
      [{ quantity: "creatinine", value: 76, unit: "umol/L" }],
    ]);
  });
  test("the second byte of a Chinese character is no delimiter", () => {
    // 81 7C, 81 5E and 81 7E are characters of GB18030 whose second bytes are | ^ and ~.
    const name = "PID|1|7||\x81\x7c\x81\x5e\x81\x7e^\x81\x7c";
    expect(readings(block(header("", "GB18030"), name, order, row("5.6")))).toEqual([[reading]]);
  });
  test.each([
    ["UNICODE UTF-8", "utf8"],
    ["8859/1", "latin1"],
    ["GB18030", "gb18030"],
    ["ASCII", "ascii"],
    ["", "latin1"],
    ["JIS X0208", "latin1"],
  ] as const)("%j is read as %s", (name, charset) => {
    expect(charsetNamed(name, "latin1")).toBe(charset);
  });
  test.each([
    ["utf8", "e4bda0e5a5bd", "你好"],
    ["utf8", "f09f9880", "😀"],
    ["utf8", "c0af", "\uFFFD\uFFFD"],
    ["utf8", "eda080", "\uFFFD\uFFFD\uFFFD"],
    ["ascii", "41b5", "A\uFFFD"],
    ["gb18030", "8130813041", "\uFFFDA"],
  ] as const)("%s %s", (charset, hex, text) => {
    expect(textFrom(Uint8Array.from(Buffer.from(hex, "hex")), charset)).toBe(text);
  });
});
