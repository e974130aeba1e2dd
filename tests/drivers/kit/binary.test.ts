import { describe, expect, test } from "vitest";
import { decoder, encode, toHex, type Values } from "../../../drivers/kit/index.ts";
import {
  bioland,
  byteByByte,
  card,
  cardB,
  cuff,
  heardBy,
  heardIn,
  locks,
  meter,
  oximeterV5,
  oximeterV7,
  printer,
  profileOf,
  scale,
  scanner,
  terminal,
  thermometer,
  toledo,
  type Heard,
  type Table,
} from "./binary-tables.ts";

const percent = (value: number): Values[string] => ({ value, unit: "%" });
const vectors: readonly (readonly [string, Table, string, readonly Heard[]])[] = [
  [
    "seven bits a byte: pulse, and no perfusion",
    oximeterV7,
    "01 e0 84 93 92 bc e3 ff ff",
    [
      [
        "live",
        {
          signal: 4,
          state: { probeError: false, beep: false },
          wave: 19,
          pulse: { value: 60, unit: "/min" },
          spo2: percent(99),
          perfusion: null,
        },
      ],
    ],
  ],
  ["seven bits a byte: text", oximeterV7, "04 80 f5 f3 e5 f2 a0 a0 a0", [["device", { name: "user   " }]]],
  [
    "seven bits a byte: short frames joined",
    oximeterV7,
    "0c 80 0e 80 81 0c 80",
    [
      ["free", {}],
      ["noPerfusion", {}],
      ["free", {}],
    ],
  ],
  ["seven bits a byte: bit 7 of a type byte", oximeterV7, "7d 81 a7 80 80 80 80 80 80", [["ask", {}]]],
  ["a number in parts of two bytes", oximeterV5, "80 00 40 05 62", [["live", { pulse: 133, spo2: 98 }]]],
  [
    "a check in digits, an end behind it",
    scale,
    "02 2B 30 30 31 35 36 30 30 31 39 03",
    [["weight", { point: 0, weight: { value: 1560, unit: "kg" } }]],
  ],
  [
    "empty scale",
    scale,
    "02 2B 30 30 30 30 30 30 30 31 42 03",
    [["weight", { point: 0, weight: { value: 0, unit: "kg" } }]],
  ],
  [
    "decimals by a code, blanks for zeros, seven bits of sum",
    toledo,
    "02 2B 30 20 20 20 20 36 35 34 20 20 20 20 20 30 0D 27",
    [
      [
        "kilograms",
        {
          point: 3,
          rest: 5,
          state: {
            net: false,
            negative: false,
            outOfRange: false,
            motion: false,
            kg: true,
            one: true,
            notZeroed: false,
          },
          more: 32,
          weight: { value: 65.4, unit: "kg" },
          tare: 0,
        },
      ],
    ],
  ],
  ["packed digits", terminal, "AA 55 E2 05 01 00 00 20 5A", [["glucose", { glucose: { value: 2, unit: "mmol/L" } }]]],
  ["twelve bits", terminal, "AA 55 42 04 01 00 4A C1", [["cuff", { pressure: { value: 74, unit: "mm[Hg]" } }]]],
  ["open text with a padding byte", terminal, "AA 55 FF 08 01 50 43 37 30 30 00 48", [["name", { name: "PC700" }]]],
  ["a packed date", meter, "51 25 65 30 1E 07 A5 D5", [["time", { time: "2024-03-05T07:30" }]]],
  [
    "codes in bits",
    meter,
    "51 26 6C 00 00 40 A5 C8",
    [["value", { value: { value: 108, unit: "mg/dL" }, meal: 1, kind: 0 }]],
  ],
  [
    "a constant in the check, and a frame of five bytes of date",
    bioland,
    "55 0C 03 18 03 05 07 1E 00 6C 00 17 55 05 05 00 61",
    [
      ["result", { time: "2024-03-05T07:30", glucose: { value: 108, unit: "mg/dL" } }],
      ["end", {}],
    ],
  ],
  [
    "sizes that only the code tells",
    cuff,
    "A5 FD FD 06 0D 0A FD FD FB 00 0D 0D 0A FD FD FC 78 50 46 0D 0A",
    [
      ["ready", {}],
      ["started", {}],
      ["live", { pressure: { value: 13, unit: "mm[Hg]" } }],
      ["result", { systolic: 120, diastolic: 80 }],
    ],
  ],
  [
    "a length of two bytes, opaque bytes",
    card,
    "AA AA AA AA 96 69 00 08 00 00 9F 01 02 03 04 93",
    [
      ["dropped", "aa"],
      ["found", { number: "01020304" }],
    ],
  ],
  ["a length of two bytes and an end", cardB, "02 00 03 CA 01 03 C8 03", [["read", { what: 3 }]]],
  [
    "an answer that may be longer",
    locks,
    "80 01 00 00 01 33 B3 8A 01 01 00 8A",
    [
      ["all", { open: { first: true, second: false } }],
      ["opened", { state: 0 }],
    ],
  ],
  [
    "no head, a length first",
    scanner,
    "04 D0 00 00 FF 2C 05 D1 00 00 06 FF 24",
    [
      ["ack", {}],
      ["nak", { why: 6 }],
    ],
  ],
  [
    "one byte",
    printer,
    "12 72 1e",
    [
      ["status", { paper: { out: false, near: false } }],
      ["status", { paper: { out: true, near: false } }],
      ["status", { paper: { out: false, near: true } }],
    ],
  ],
  ["hundredths", thermometer, "66 66 01 04 0e 42 09 c4 ee", [["value", { object: { value: 36.5, unit: "Cel" } }]]],
];

describe("a frame as its dossier prints it", () => {
  test.each(vectors)("%s", (_what, table, hex, heard) => {
    expect(heardIn(table, hex)).toEqual(heard);
  });
  test.each(vectors)("%s, byte by byte", (_what, table, hex, heard) => {
    expect(heardBy(table, byteByByte(hex))).toEqual(heard);
  });
  test.each(vectors)("%s, written from its values", (_what, table, _hex, heard) => {
    const bytes = heard.map(([name, values]) =>
      typeof values === "string" ? values : toHex(encode(profileOf(table), name, values)),
    );
    expect(heardIn(table, bytes.join(""))).toEqual(heard);
  });
});

describe("random bytes", () => {
  test.each(vectors.map(([what, table]) => [what, table] as const))(
    "%s: nothing is lost, nothing grows",
    (_what, table) => {
      let state = 7;
      const bytes = Uint8Array.from({ length: 20_000 }, () => (state = (state * 1_103_515_245 + 12_345) >>> 0) >>> 24);
      const device = decoder(profileOf(table));
      const pieces = [bytes.subarray(0, 9_001), bytes.subarray(9_001)];
      const heard = [...pieces.flatMap((piece) => device.hearFrames(piece)), ...device.flushFrames()];
      expect(heard.map((each) => toHex(each.raw)).join("")).toBe(toHex(bytes));
      expect(device.pending()).toBe(0);
    },
  );
});
