import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import type { Outcome } from "../../core/domain/outcome.ts";
import { findProfile } from "../../drivers/find-profile.ts";
import { checks } from "../../drivers/kit/checks.ts";
import { decoder, fromHex, toHex, type Profile } from "../../drivers/kit/index.ts";
import { prove } from "./proof.ts";

/** Every capture of the first two meters replays to its expected values. Bytes are read from outside the repository. */
const folder = resolve(import.meta.dirname, "../..", process.env["CAPTURES_DIR"] ?? "../shared/captures");
const present = existsSync(folder);
if (!present) process.stdout.write(`SKIPPED: no captures at ${folder} (set CAPTURES_DIR)\n`);

const read = (path: string): string => readFileSync(join(folder, path), "utf8");
const json = (path: string): unknown => (present ? JSON.parse(read(path)) : []);
const profile = (name: string): Profile => findProfile(name)!;
const outcomesOf = (name: string, bytes: Uint8Array): readonly Outcome[] => {
  const device = decoder(profile(name));
  return [...device.hear(bytes), ...device.flush()];
};
const count = (device: string): void => prove(device, { captures: 1 });

interface Session {
  readonly chunks: readonly { readonly dir: "rx" | "tx"; readonly hex: string }[];
  readonly expected: readonly {
    readonly reply: string;
    readonly value?: string | number;
    readonly localTime?: string;
    readonly rawByte?: number;
    readonly mgdl?: number;
  }[];
}

describe.skipIf(!present)("onetouch-ultraeasy", () => {
  const id = "lifescan-onetouch-ultraeasy";
  const session = present
    ? (json("onetouch-ultraeasy/session-otdms-part1.json") as Session)
    : { chunks: [], expected: [] };
  const bytes = (dir: "rx" | "tx"): readonly Uint8Array[] =>
    session.chunks.filter((chunk) => chunk.dir === dir).map((chunk) => fromHex(chunk.hex));
  const heard = present ? decoder(profile(id)) : undefined;
  const outcomes = bytes("rx").flatMap((chunk) => heard!.hear(chunk));
  const reply = (name: string): Session["expected"][number] => session.expected.find((each) => each.reply === name)!;

  test("session-otdms-part1: 32 meter frames, and nothing dropped but the noise FF FF FF", () => {
    count(id);
    const dropped = outcomes.filter((outcome) => outcome.kind === "discarded").map((outcome) => toHex(outcome.bytes));
    expect(dropped).toEqual(["ff", "ff", "ff"]);
    expect(outcomes.length - dropped.length).toBe(32);
  });
  test.each([
    ["serial", () => ({ kind: "information", about: "serial", values: { serial: reply("serial").value } })],
    ["version", () => ({ kind: "information", about: "version", values: { version: reply("version").value } })],
    [
      "clock",
      () => ({ kind: "information", about: "clock", values: { deviceTime: reply("clock").localTime!.slice(0, 19) } }),
    ],
    ["unit", () => ({ kind: "information", about: "unit", values: { shown: reply("unit").rawByte } })],
    ["count", () => ({ kind: "information", about: "count", values: { count: reply("count").value } })],
    [
      "record 0",
      () => ({
        kind: "measurement",
        of: "glucose",
        readings: [{ quantity: "glucose", value: reply("record").mgdl, unit: "mg/dL" }],
        doubts: [],
        deviceTime: reply("record").localTime,
        stored: true,
      }),
    ],
  ])("session-otdms-part1: %s", (_name, expected) => {
    count(id);
    expect(outcomes).toContainEqual(expected());
  });
  test("session-otdms-part1: the host's frames, as the device hears them", () => {
    count(id);
    const device = decoder(profile(id), { side: "device" });
    const names = bytes("tx")
      .flatMap((chunk) => device.hearFrames(chunk))
      .map((each) => each.frame ?? "noise");
    // The first is the ASCII probe of the vendor's program for another meter.
    expect(names[0]).toBe("noise");
    expect(names.slice(1)).not.toContain("noise");
    expect(names.slice(-6)).toEqual(["askUnit", "hostAck", "askCount", "hostAck", "askRecord", "hostAck"]);
  });

  const vectors = present
    ? (
        json("onetouch-ultraeasy/crc-vectors.json") as {
          vectors: readonly { readonly hex?: string; readonly crc?: string; readonly packet?: string }[];
        }
      ).vectors
    : [];
  test.each(vectors.filter((vector) => vector.hex !== undefined))("crc-vectors: $hex", ({ hex, crc }) => {
    count(id);
    const covered = fromHex(hex!);
    expect(checks["crc16-ccitt-false"].extend(0xffff, covered, 0, covered.length)).toBe(Number(crc));
  });
  test.each(vectors.filter((vector) => vector.packet !== undefined))("crc-vectors: $packet", ({ packet }) => {
    count(id);
    const device = decoder(profile(id), { side: "device" });
    expect(device.hearFrames(fromHex(packet!)).map((each) => toHex(each.raw))).toEqual([packet]);
  });
});

interface Label {
  readonly file: string;
  readonly expected: {
    readonly serial: string;
    readonly date: string;
    readonly time: string;
    readonly lot: string;
    readonly results: readonly {
      readonly analyte: string;
      readonly op?: "<" | ">" | null;
      readonly value?: number;
      readonly unit?: string;
    }[];
  };
}

describe.skipIf(!present)("cardiochek-label-stream", () => {
  const id = "pts-cardiochek-pa";
  const quantities: Readonly<Record<string, string>> = {
    CHOL: "cholesterol.total",
    "HDL CHOL": "cholesterol.hdl",
    TRIG: "triglyceride",
  };

  test("label-2015-06-17", () => {
    count(id);
    const { file, expected } = json("cardiochek-label-stream/label-2015-06-17.json") as Label;
    expect(outcomesOf(id, readFileSync(join(folder, "cardiochek-label-stream", file)))).toEqual([
      {
        kind: "measurement",
        of: "lipids",
        readings: expected.results
          .filter((result) => result.value !== undefined)
          .map(({ analyte, op, value, unit }) => ({
            quantity: quantities[analyte],
            value,
            unit,
            ...(op == null ? {} : { comparator: op }),
          })),
        doubts: ["notCalculable"],
        deviceTime: `${expected.date}T${expected.time}`,
        notes: { serial: expected.serial, operator: "????", lot: expected.lot },
      },
    ]);
  });
  test("blank-label-with-nul: no result, and the bytes without NUL", () => {
    count(id);
    const blank = json("cardiochek-label-stream/blank-label-with-nul.json") as {
      hex: string;
      expected: { afterRemovingNul: { bytes: number } };
    };
    const dropped = outcomesOf(id, fromHex(blank.hex))
      .map((outcome) => (outcome.kind === "discarded" ? toHex(outcome.bytes) : outcome.kind))
      .join("");
    expect(dropped).toBe(toHex(fromHex(blank.hex).filter((byte) => byte !== 0)));
    expect(dropped.length / 2).toBe(blank.expected.afterRemovingNul.bytes);
  });
  const adapter = present
    ? (
        json("cardiochek-label-stream/qct-adapter-commands.json") as {
          vectors: readonly { readonly text: string; readonly hex: string }[];
        }
      ).vectors
    : [];
  test.each(adapter)("qct-adapter-commands: $text is no result", ({ hex }) => {
    count(id);
    expect(outcomesOf(id, fromHex(hex)).map((outcome) => outcome.kind)).toEqual(["discarded"]);
  });
});
