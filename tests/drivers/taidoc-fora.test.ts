import { describe, expect, test } from "vitest";
import type { Outcome } from "../../core/domain/outcome.ts";
import { decoder, encode, fromHex, toHex } from "../../drivers/kit/index.ts";
import { play } from "../../drivers/laws/play.ts";
import taidoc from "../../drivers/taidoc-fora.ts";

const hear = (hex: string): readonly Outcome[] => decoder(taidoc).hear(fromHex(hex.replaceAll(" ", "")));

describe("frames printed in the dossier", () => {
  test.each([
    ["connect", {}, "51220000 0000a316"],
    ["askTime", { index: 0 }, "5125000000 00a319"],
    ["askValue", { index: 0 }, "512600000000a31a"],
    ["setClock", { time: "2024-03-05T07:30:00" }, "513365301e07a3e1"],
  ])("%s is sent as printed", (name, values, hex) => {
    expect(toHex(encode(taidoc, name, values))).toBe(hex.replaceAll(" ", ""));
  });
  test("the time of a record and its value are one measurement", () => {
    expect(
      hear("51 25 65 30 1E 07 A5 D5 51 26 6C 00 00 40 A5 C8").filter(({ kind }) => kind === "measurement"),
    ).toEqual([
      {
        kind: "measurement",
        of: "glucose",
        readings: [{ quantity: "glucose", value: 108, unit: "mg/dL" }],
        doubts: [],
        deviceTime: "2024-03-05T07:30",
        stored: true,
        notes: { meal: "1" },
      },
    ]);
  });
  test.each([
    ["51 26 BA 00 00 24 A5 FA", "cholesterol.total", 186, "mg/dL"],
    ["51 26 12 00 00 1C A5 4A", "ketone", 0.6, "mmol/L"],
  ])("%s is a %s of %d %s", (hex, quantity, value, unit) => {
    expect(hear(hex)).toMatchObject([{ kind: "measurement", readings: [{ quantity, value, unit }] }]);
  });
  test("a control solution is a control", () => {
    const bytes = encode(taidoc, "glucose", { value: 104, mark: 3 });
    expect(
      decoder(taidoc)
        .hear(bytes)
        .map(({ kind }) => kind),
    ).toEqual(["control"]);
  });
});

describe("a read-out", () => {
  test("asks again after 54, then time and value of each record until one is too old", () => {
    const played = play(taidoc, { session: { of: "glucose" } });
    const device = decoder(taidoc, { side: "device" });
    const asked = played.sent.flatMap(({ bytes }) => device.hearFrames(bytes).map((heard) => heard.frame));
    expect(asked).toEqual([
      "connect",
      "connect",
      "askClock",
      "askCount",
      ...["askTime", "askValue", "askTime", "askValue"],
    ]);
    expect(played.end?.how).toBe("finished");
    expect(played.outcomes.filter(({ kind }) => kind === "measurement").map((each) => "of" in each && each.of)).toEqual(
      ["glucose", "lipids"],
    );
  });
  test("a control in the memory is told as one, and there is no record", () => {
    const played = play(taidoc, { session: { of: "glucose" }, simulator: { fault: "control" } });
    expect(played.outcomes.map(({ kind }) => kind)).toContain("control");
    expect(played.end?.code).toBe("device.noRecord");
  });
});
