import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

import { encode, type Profile } from "../../drivers/kit/index.ts";
import { registry } from "../../drivers/registry.generated.ts";

const printed = (profile: Profile): Uint8Array =>
  encode(profile, "label", {
    ...{ serial: "1", time: null, operator: null, lot: null, hdl: null, triglyceride: null, ldl: null },
    ...{ ratio: null, glucose: null, ketone: null, creatinine: null },
    total: { value: 4.5, unit: "mmol/L" },
  });

const top = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "decode-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function decode(
  args: readonly string[],
  input: string | Uint8Array = "",
): { readonly lines: readonly unknown[]; readonly said: string; readonly status: number | null } {
  const { stdout, stderr, status } = spawnSync(process.execPath, ["station/cli/decode.ts", ...args], {
    cwd: top,
    input,
    encoding: "utf8",
  });
  return {
    lines: stdout
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as unknown),
    said: stderr,
    status,
  };
}
const file = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

const cuff142 = {
  kind: "progress",
  of: "bloodPressure",
  readings: [{ quantity: "bp.cuff", value: 142, unit: "mm[Hg]" }],
};
const loose = { kind: "fault", code: "device.cuffLoose", detail: "2" };
const profile = ["--profile", "raycome-rbp-9000"];

describe("what people keep bytes in", () => {
  test.each([
    ["hex with blanks", "AA 80 03 04 01 05 00 8E 8D\nAA 80 03 03 01 07 02 04\n"],
    ["hex without", "aa8003040105008e8daa80030301070204"],
    ["comments, colons, commas and 0x", "# cuff\n0xAA:80:03:04:01,05,00,8E,8D # 142\r\n\r\naa80 0303 01 07 02 04"],
    [
      "both directions",
      "TX CC 80 03 03 01 02 00 03\nRX AA 80 03 04 01 05 00\ntx cc80\nrx: 8E 8D AA 80 03 03 01 07 02 04\n",
    ],
    [
      "arrows and equals signs behind the direction",
      "TX> CC 80\nRX< AA 80 03 04 01 05 00 8E 8D\nRX => AA 80 03 03 01 07 02 04\n",
    ],
    ["0x before single digits", "0xAA,0x80,0x3,0x4,0x1,0x5,0x0,0x8E,0x8D 0xAA 0x80 0x3 0x3 0x1 0x7 0x2 0x4"],
    [
      "a list of frames",
      JSON.stringify([
        { hex: "AA 80 03 04 01 05 00 8E 8D", expected: {} },
        { kind: "quoted-host", hex: "CC 80 03 03 01 02 00 03" },
        "aa80030301070204",
      ]),
    ],
    [
      "chunks with direction",
      JSON.stringify({
        chunks: [
          { dir: "tx", hex: "cc80" },
          { dir: "rx", hex: "aa800304" },
          { dir: "rx", hex: "0105008e8daa80030301070204" },
        ],
      }),
    ],
    ["chunks without", JSON.stringify({ chunks: ["aa800304", "0105008e8d", "aa80030301070204"] })],
    ["one hex", JSON.stringify({ hex: "aa8003040105008e8daa80030301070204" })],
    ["a stream", JSON.stringify({ stream: "aa8003040105008e8d aa80030301070204" })],
    ["vectors", JSON.stringify({ vectors: [{ packet: "aa8003040105008e8d" }, { hex: "aa80030301070204" }] })],
  ])("%s", (_what, input) => {
    expect(decode(profile, input)).toEqual({ lines: [cuff142, loose], said: "", status: 0 });
  });
  test("the bytes themselves", () => {
    expect(decode(profile, Uint8Array.from(Buffer.from("aa8003040105008e8daa80030301070204", "hex")))).toMatchObject({
      lines: [cuff142, loose],
      status: 0,
    });
  });
  test("the bytes themselves, also when noise makes them begin like JSON", () => {
    const bytes = Uint8Array.from(Buffer.from("5baa8003040105008e8d", "hex"));
    expect(decode(profile, bytes)).toMatchObject({ lines: [{ kind: "discarded", hex: "5b" }, cuff142], status: 0 });
  });
  test("a capture with its bytes as text", () => {
    expect(decode(["--profile", "pts-cardiochek-pa"], JSON.stringify({ text: "no label" }))).toMatchObject({
      lines: [{ kind: "discarded", hex: Buffer.from("no label").toString("hex") }],
      status: 0,
    });
  });
  test("a file beside a capture", () => {
    file("beside.txt", "no label");
    const capture = file("capture.json", JSON.stringify({ file: "beside.txt" }));
    expect(decode(["--profile", "pts-cardiochek-pa", capture])).toMatchObject({
      lines: [{ kind: "discarded", hex: Buffer.from("no label").toString("hex") }],
      status: 0,
    });
  });
  test("a file of hex beside a capture", () => {
    file("beside.hex", "# what was logged\nTX cc80\nRX aa8003040105008e8d\n");
    const capture = file("hex.json", JSON.stringify({ file: "beside.hex" }));
    expect(decode([...profile, capture])).toMatchObject({ lines: [cuff142], status: 0 });
  });
});

test("a broken frame is discarded, in lower-case hex without blanks, and never a number", () => {
  expect(decode(profile, "AA 80 03 04 01 05 00 8F 8D")).toEqual({
    lines: [{ kind: "discarded", hex: "aa8003040105008f8d", reason: "checksum" }],
    said: "",
    status: 0,
  });
});

describe("a label kept as text", () => {
  const printer = registry.find(({ id }) => id === "pts-cardiochek-pa")!;
  const label = Buffer.from(printed(printer)).toString("latin1");
  const args = ["--profile", printer.id];
  const expected = {
    lines: [{ kind: "measurement", readings: [{ quantity: "cholesterol.total", value: 4.5, unit: "mmol/L" }] }],
    status: 0,
  };
  test.each([
    ["as it was sent", label],
    ["after an editor that ends lines in its own way", label.replaceAll("\n", "\r\n")],
    ["as lines", JSON.stringify({ lines: label.slice(0, -1).split("\n") })],
    ["as one text in a capture", JSON.stringify({ text: label.replaceAll("\n", "\r\n") })],
    ["as hex", Buffer.from(label, "latin1").toString("hex")],
  ])("%s", (_what, input) => {
    expect(decode(args, input)).toMatchObject(expected);
  });
});

test.each([
  ["no profile", [], "", /Usage/],
  ["an unknown profile", ["--profile", "nobody"], "", /no profile nobody[\s\S]*raycome-rbp-9000c/],
  ["an unknown option", ["--colour"], "", /Usage/],
  ["two files", [...profile, "a", "b"], "", /Usage/],
  ["a file that is not there", [...profile, "/nowhere/at/all"], "", /could not be read/],
  ["words", profile, "AA 80\nhello\n", /Line 2 is not hex/],
  ["half bytes that happen to come in pairs", profile, "AA 8 0 03 04 01 05 00 8E 8D", /Line 1 is not hex/],
  ["broken JSON", profile, '{"hex": ', /begins like JSON/],
  ["JSON that is no capture", profile, '{"name": 1}', /has no bytes/],
])("%s is a sentence and exit 2", (_what, args, input, sentence) => {
  const { lines, said, status } = decode(args, input);
  expect({ lines, status }).toEqual({ lines: [], status: 2 });
  expect(said).toMatch(sentence);
  expect(said).not.toMatch(/\n\s+at /);
});

describe("a profile from a file", () => {
  const cuff = registry.find(({ id }) => id === "raycome-rbp-9000c");

  test("decodes as the shipped one does", () => {
    const path = file("cuff.json", JSON.stringify({ ...cuff, id: "a-new-cuff", aliases: [] }));
    expect(decode(["--profile", path], "aa800304010500 8e8d")).toEqual({ lines: [cuff142], said: "", status: 0 });
  });

  test.each([
    ["that is refused", JSON.stringify({ ...cuff, check: "none" }), /no usable profile[\s\S]*check: /],
    ["that is no JSON", "{", /JSON/],
  ])("%s is a sentence and exit 2", (_what, content, sentence) => {
    const { lines, said, status } = decode(["--profile", file("bad.json", content)], "aa80");
    expect({ lines, status }).toEqual({ lines: [], status: 2 });
    expect(said).toMatch(sentence);
  });
});
