import { describe, expect, test } from "vitest";
import type { Outcome } from "../../../core/domain/outcome.ts";
import { framesOf, readFrame } from "../../../drivers/kit/astm-frame.ts";
import { decoder, fromHex } from "../../../drivers/kit/index.ts";
import { findProfile } from "../../../drivers/find-profile.ts";
import { counter, json, present } from "./replay.ts";

/** Frames of real meters; the messages around single frames are put together here. */
const id = "ascensia-contour";
const count = counter(id);

interface Stream {
  readonly stream: readonly { readonly hex: string }[];
  readonly expected: readonly { readonly serial: string; readonly meterTime: string; readonly checksum: string }[];
}
interface Results {
  readonly frames: readonly {
    readonly hex: string;
    readonly expected: {
      readonly glucose: { readonly value: number; readonly unit: string };
      readonly meal: "before" | "after";
      readonly time: string;
      readonly checksum: string;
    };
  }[];
}
const hear = (...chunks: readonly Uint8Array[]): readonly Outcome[] => {
  const device = decoder(findProfile(id)!);
  return [...chunks.flatMap((chunk) => device.hear(chunk)), ...device.flush()];
};
/** The one frame in a stream, without what stands around it. */
const frameIn = (hex: string): Uint8Array => fromHex(/02.*0d0a/.exec(hex)![0]);
const textOf = (bytes: Uint8Array): Uint8Array => readFrame(bytes, "upper")!.text;
const ascii = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
/** Header, ENQ, records, EOT, as the meter sends them. */
function message(...texts: readonly Uint8Array[]): Uint8Array {
  const records = [...texts.map((text) => text.subarray(0, -1)), ascii("L|1|N")];
  const [header, ...rest] = framesOf(records, { hold: "record", end: "etb", last: "etb" }, "upper");
  return Uint8Array.of(...header!, 5, ...rest.flatMap((each) => [...each]), 4);
}
const headers = ["header-7150-vendor-sample", "header-7390-1163170"] as const;
const stream = (name: string): Stream => json<Stream>(`contour-astm/${name}.json`);
const bytesOf = (name: string): Uint8Array =>
  frameIn(
    stream(name)
      .stream.map(({ hex }) => hex)
      .join(""),
  );

describe.skipIf(!present)("contour-astm", () => {
  test.each(headers)("%s: the frame's checksum", (name) => {
    count();
    const bytes = bytesOf(name);
    expect(readFrame(bytes, "upper")?.number).toBe(1);
    expect(String.fromCharCode(...bytes.subarray(-4, -2))).toBe(stream(name).expected[0]!.checksum);
  });
  test.each(headers)("%s: serial number and clock, and no result", (name) => {
    count();
    const [expected] = stream(name).expected;
    expect(hear(message(textOf(bytesOf(name))))).toEqual([
      { kind: "information", about: "noResult", values: {} },
      { kind: "information", about: "serial", values: { serial: expected!.serial } },
      { kind: "information", about: "clock", values: { deviceTime: expected!.meterTime } },
    ]);
  });
  test("header-7150-vendor-sample: a header alone is no message", () => {
    count();
    const told = hear(...stream("header-7150-vendor-sample").stream.map(({ hex }) => fromHex(hex)));
    expect(new Set(told.map((each) => each.kind))).toEqual(new Set(["discarded"]));
  });
  test("hid-chunks-7390: the same header in pieces of 60 bytes is answered like the whole one", () => {
    count();
    const { chunks } = json<{ chunks: readonly string[] }>("contour-astm/hid-chunks-7390.json");
    const device = decoder(findProfile(id)!);
    const replies = chunks.flatMap((hex) => device.hearFrames(fromHex(hex))).flatMap((each) => each.reply ?? []);
    expect(replies).toEqual([Uint8Array.of(6)]);
    // All but the EOT in front.
    expect(device.pending()).toBe(chunks.join("").length / 2 - 1);
  });

  const results = present ? json<Results>("contour-astm/results.json").frames : [];
  test.each(results.map((each) => [each.expected.checksum, each] as const))(
    "results: %s",
    (checksum, { hex, expected }) => {
      count();
      const bytes = fromHex(hex);
      expect(String.fromCharCode(...bytes.subarray(-4, -2))).toBe(checksum);
      const told = hear(message(textOf(bytesOf("header-7390-1163170")), ascii("P|1\r"), textOf(bytes)));
      expect(told[0]).toEqual({
        kind: "measurement",
        of: "glucose",
        readings: [{ quantity: "glucose", ...expected.glucose }],
        doubts: [],
        deviceTime: expected.time,
        stored: true,
        notes: { beforeMeal: String(expected.meal === "before"), afterMeal: String(expected.meal === "after") },
      });
    },
  );
  test("results: a whole memory is one message, each record by itself, and nothing of it is lost for a control", () => {
    count();
    const texts = results.map(({ hex }) => textOf(fromHex(hex)));
    const control = ascii("R|4|^^^Glucose|6.8|mmol/L^P||C||201505261200\r");
    const average = ascii("R|0|^^^Glucose|7.0|mmol/L^P||||\r");
    const told = hear(message(textOf(bytesOf("header-7390-1163170")), average, texts[0]!, control, texts[1]!));
    expect(told.map((each) => (each.kind === "information" ? each.about : each.kind))).toEqual([
      "average",
      "serial",
      "clock",
      "measurement",
      "control",
      "measurement",
    ]);
    expect(JSON.stringify(told[0])).not.toContain("7.0");
  });
  test("results: with a record go its own frame and the header's, and nobody else's number", () => {
    count();
    const texts = results.map(({ hex }) => textOf(fromHex(hex)));
    const [heard] = decoder(findProfile(id)!)
      .hearFrames(message(textOf(bytesOf("header-7390-1163170")), ...texts))
      .filter((each) => each.frame !== undefined);
    const own = heard!.outcomes.flatMap((outcome) =>
      outcome.kind === "measurement" ? [Buffer.from(heard!.own!.get(outcome)!).toString("latin1")] : [],
    );
    expect(own.map((each) => each.match(/Glucose\|[\d.]+/g))).toEqual([["Glucose|7.9"], ["Glucose|93"]]);
    expect(own.every((each) => each.includes("7390-1163170"))).toBe(true);
  });
});
