import { describe, expect, test } from "vitest";
import { decoder, encode, fromHex, toHex, type Frames, type Profile, type Values } from "../../../drivers/kit/index.ts";
import type { BinaryEnvelope } from "../../../drivers/kit/schema.ts";

/** Frames as the dossiers print them, one device's envelope each: what the tables of the kit can say, in both directions. */

interface Table {
  readonly envelope: Omit<BinaryEnvelope, "kind">;
  readonly frames: Frames;
}
const profileOf = ({ envelope, frames }: Table): Profile =>
  ({
    id: "bench",
    envelopes: { host: { kind: "binary", ...envelope } },
    frames,
    meaning: {},
  }) as unknown as Profile;

type Heard = readonly [string, Values] | readonly ["dropped", string];
function heardBy(table: Table, chunks: readonly Uint8Array[], prefer?: string, flush = true): readonly Heard[] {
  const device = decoder(profileOf(table));
  device.prefer(prefer);
  const heard = [...chunks.flatMap((chunk) => device.hearFrames(chunk)), ...(flush ? device.flushFrames() : [])];
  return heard.map(({ frame, values, raw }) => (frame === undefined ? ["dropped", toHex(raw)] : [frame, values]));
}
const heardIn = (table: Table, hex: string): readonly Heard[] => heardBy(table, [fromHex(hex)]);
const byteByByte = (hex: string): readonly Uint8Array[] => Array.from(fromHex(hex), (byte) => Uint8Array.of(byte));

const flag = (...names: readonly string[]): Record<string, number> =>
  Object.fromEntries(names.map((name, bit) => [name, bit]));
const seven = (at: number): { readonly at: number; readonly mask: string; readonly is: string } => ({
  at,
  mask: "80",
  is: at === 0 ? "80" : "00",
});

const oximeterV7: Table = {
  envelope: { head: "", check: { kind: "none", from: 0 }, packing: "highBits" },
  frames: {
    live: {
      to: "host",
      size: 9,
      match: [{ at: 0, is: "01" }],
      fields: {
        signal: { type: "bits", parts: [{ at: 2, shift: 0, width: 4 }], min: 0, max: 8 },
        state: { type: "flags", at: 2, bits: { probeError: 7, beep: 6 } },
        wave: { type: "bits", parts: [{ at: 3, shift: 0, width: 7 }], min: 0, max: 127 },
        pulse: { type: "u8", at: 5, unit: "/min", min: 1, max: 254, special: [{ raw: [255, 255], absent: true }] },
        spo2: { type: "u8", at: 6, unit: "%", min: 1, max: 100, special: [{ raw: [127, 127], absent: true }] },
        perfusion: {
          type: "u16le",
          at: 7,
          unit: "%",
          per: 100,
          min: 0,
          max: 22,
          special: [{ raw: [0xffff, 0xffff], absent: true }],
        },
      },
    },
    device: { to: "host", size: 9, match: [{ at: 0, is: "04" }], fields: { name: { type: "ascii", at: 2, size: 7 } } },
    free: { to: "host", size: 2, match: [{ at: 0, is: "0c" }], fields: {} },
    noPerfusion: {
      to: "host",
      size: 3,
      match: [
        { at: 0, is: "0e" },
        { at: 2, is: "01" },
      ],
      fields: {},
    },
    ask: {
      to: "host",
      size: 9,
      match: [
        { at: 0, is: "7d" },
        { at: 2, is: "a7" },
      ],
      fields: {},
    },
  },
};
const oximeterV5: Table = {
  envelope: { head: "", check: { kind: "none", from: 0 } },
  frames: {
    live: {
      to: "host",
      size: 5,
      match: [0, 1, 2, 3, 4].map(seven),
      fields: {
        pulse: {
          type: "bits",
          parts: [
            { at: 2, shift: 6, width: 1 },
            { at: 3, shift: 0, width: 7 },
          ],
          min: 0,
          max: 255,
        },
        spo2: { type: "u8", at: 4, min: 0, max: 127 },
      },
    },
  },
};
const scale: Table = {
  envelope: { head: "02", end: "03", check: { kind: "xor8", from: 1, form: "hex" } },
  frames: {
    weight: {
      to: "host",
      size: 12,
      fields: {
        point: { type: "digits", at: 8, size: 1, min: 0, max: 4 },
        weight: {
          type: "digits",
          at: 2,
          size: 6,
          sign: 1,
          decimals: { by: "point" },
          unit: "kg",
          min: -9999,
          max: 9999,
        },
      },
    },
  },
};
const toledo: Table = {
  envelope: { head: "02", tail: "0d", check: { kind: "neg-sum7", from: 0 } },
  frames: {
    kilograms: {
      to: "host",
      size: 18,
      match: [{ at: 2, mask: "10", is: "10" }],
      fields: {
        point: { type: "code", size: 1, at: 1, mask: 7, known: [0, 1, 2, 3, 4, 5, 6, 7] },
        rest: { type: "bits", parts: [{ at: 1, shift: 3, width: 4 }], min: 0, max: 15 },
        state: {
          type: "flags",
          at: 2,
          bits: flag("net", "negative", "outOfRange", "motion", "kg", "one", "notZeroed"),
        },
        more: { type: "bits", parts: [{ at: 3, shift: 0, width: 7 }], min: 0, max: 127 },
        weight: {
          type: "digits",
          at: 4,
          size: 6,
          blanks: true,
          decimals: { by: "point", codes: { "0": -2, "1": -1, "2": 0, "3": 1, "4": 2, "5": 3 } },
          unit: "kg",
          min: 0,
          max: 500,
        },
        tare: { type: "digits", at: 10, size: 6, blanks: true, min: 0, max: 999_999 },
      },
    },
  },
};
const terminal: Table = {
  envelope: { head: "aa55", length: { at: 3, plus: 4 }, check: { kind: "crc8-maxim", from: 0 } },
  frames: {
    glucose: {
      to: "host",
      size: 9,
      match: [
        { at: 2, is: "e2" },
        { at: 4, is: "01" },
        { at: 5, is: "00", mask: "b1" },
      ],
      fields: { glucose: { type: "bcd", at: 6, size: 2, per: 10, unit: "mmol/L", min: 0.1, max: 99 } },
    },
    cuff: {
      to: "host",
      size: 8,
      match: [
        { at: 2, is: "42" },
        { at: 4, is: "01" },
      ],
      fields: {
        pressure: {
          type: "bits",
          parts: [
            { at: 5, shift: 0, width: 4 },
            { at: 6, shift: 0, width: 8 },
          ],
          unit: "mm[Hg]",
          min: 0,
          max: 350,
        },
      },
    },
    name: {
      to: "host",
      size: [7, 36],
      match: [
        { at: 2, is: "ff" },
        { at: 4, is: "01" },
      ],
      fields: { name: { type: "ascii", at: 5, maxSize: 30, pad: 0 } },
    },
  },
};
const meter: Table = {
  envelope: { head: "51", check: { kind: "sum8", from: 0 } },
  frames: {
    time: {
      to: "host",
      size: 8,
      match: [
        { at: 1, is: "25" },
        { at: 6, is: "a5" },
      ],
      fields: { time: { type: "datetime", form: "ymd16mh4", at: 2 } },
    },
    value: {
      to: "host",
      size: 8,
      match: [
        { at: 1, is: "26" },
        { at: 6, is: "a5" },
      ],
      fields: {
        value: { type: "u16le", at: 2, unit: "mg/dL", min: 20, max: 600 },
        meal: { type: "code", size: 1, at: 5, mask: 0xc0, shift: 6, known: [0, 1, 2, 3] },
        kind: { type: "code", size: 1, at: 5, mask: 0x3c, shift: 2, known: [0, 6, 7, 8, 9, 11, 12, 13] },
      },
    },
  },
};
const bioland: Table = {
  envelope: {
    head: "55",
    length: { at: 1, plus: 0 },
    check: { kind: "sum8", from: 0, plus: 2, or: { plus: [0, 4], learnFrom: ["end"] } },
  },
  frames: {
    result: {
      to: "host",
      size: 12,
      match: [{ at: 2, is: "03" }],
      fields: {
        time: { type: "datetime", form: "ymdhm5", at: 3 },
        glucose: { type: "u16le", at: 9, unit: "mg/dL", min: 20, max: 600 },
      },
    },
    end: { to: "host", size: 5, match: [{ at: 2, is: "05" }], fields: {} },
  },
};
const cuff: Table = {
  envelope: { head: "", check: { kind: "none", from: 0 } },
  frames: {
    ready: { to: "host", size: 1, match: [{ at: 0, is: "a5" }], fields: {} },
    started: { to: "host", size: 5, match: [{ at: 0, is: "fdfd060d0a" }], fields: {} },
    live: {
      to: "host",
      size: 7,
      match: [
        { at: 0, is: "fdfdfb" },
        { at: 5, is: "0d0a" },
      ],
      fields: { pressure: { type: "u16be", at: 3, unit: "mm[Hg]", min: 0, max: 350 } },
    },
    result: {
      to: "host",
      size: 8,
      match: [
        { at: 0, is: "fdfdfc" },
        { at: 6, is: "0d0a" },
      ],
      fields: { systolic: { type: "u8", at: 3, min: 0, max: 255 }, diastolic: { type: "u8", at: 4, min: 0, max: 255 } },
    },
  },
};
const card: Table = {
  envelope: { head: "aaaaaa9669", length: { at: 5, size: 2, plus: 7 }, check: { kind: "xor8", from: 5 } },
  frames: {
    found: {
      to: "host",
      size: 15,
      match: [{ at: 7, is: "00009f" }],
      fields: { number: { type: "raw", at: 10, size: 4 } },
    },
    text: {
      to: "host",
      size: 41,
      match: [{ at: 7, is: "000090" }],
      fields: { name: { type: "utf16le", at: 10, size: 30 } },
    },
  },
};
const cardB: Table = {
  envelope: { head: "02", length: { at: 1, size: 2, plus: 5 }, check: { kind: "xor8", from: 3 }, end: "03" },
  frames: {
    read: {
      to: "host",
      size: 8,
      match: [{ at: 3, is: "ca01" }],
      fields: { what: { type: "u8", at: 5, min: 0, max: 3 } },
    },
  },
};
const locks: Table = {
  envelope: { head: "", check: { kind: "xor8", from: 0 } },
  frames: {
    all: {
      to: "host",
      size: 7,
      match: [
        { at: 0, is: "80" },
        { at: 5, is: "33" },
      ],
      fields: { open: { type: "flags", at: 2, size: 4, order: "be", bits: { first: 8, second: 9 } } },
    },
    opened: {
      to: "host",
      size: 5,
      match: [{ at: 0, is: "8a" }],
      fields: { state: { type: "code", size: 1, at: 3, known: [0, 17] } },
    },
    one: {
      to: "host",
      size: 5,
      match: [{ at: 0, is: "80" }],
      fields: { state: { type: "code", size: 1, at: 3, known: [0, 17] } },
    },
  },
};
const scanner: Table = {
  envelope: { head: "", length: { at: 0, plus: 2 }, check: { kind: "neg-sum16", from: 0, order: "be" } },
  frames: {
    ack: { to: "host", size: 6, match: [{ at: 1, is: "d000" }], fields: {} },
    nak: {
      to: "host",
      size: 7,
      match: [{ at: 1, is: "d100" }],
      fields: { why: { type: "u8", at: 4, min: 0, max: 255 } },
    },
  },
};
const printer: Table = {
  envelope: { head: "", check: { kind: "none", from: 0 } },
  frames: {
    status: {
      to: "host",
      size: 1,
      match: [{ at: 0, is: "12", mask: "93" }],
      fields: { paper: { type: "flags", at: 0, bits: { out: 5, near: 2 } } },
    },
  },
};
const thermometer: Table = {
  envelope: { head: "6666", length: { at: 3, plus: 5 }, check: { kind: "sum8", from: 0 } },
  frames: {
    value: {
      to: "host",
      size: 9,
      match: [{ at: 2, any: [1, 2] }],
      fields: { object: { type: "u16be", at: 4, per: 100, unit: "Cel", min: -20, max: 120 } },
    },
  },
};

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

describe("frames whose size only their bytes tell", () => {
  const shortOrLong: Table = {
    envelope: { head: "", check: { kind: "xor8", from: 0 } },
    frames: {
      long: { to: "host", size: 7, match: [{ at: 0, is: "80" }], fields: {} },
      short: { to: "host", size: 5, match: [{ at: 0, is: "80" }], fields: {} },
    },
  };
  const short = "8001010080";
  test("a longer one that may still come is waited for, and silence ends the wait", () => {
    expect(heardBy(shortOrLong, [fromHex(short)], undefined, false)).toEqual([]);
    expect(heardBy(shortOrLong, [fromHex(short)])).toEqual([["short", {}]]);
  });
  test("the one that is asked for goes first", () => {
    expect(heardBy(shortOrLong, [fromHex(short)], "short", false)).toEqual([["short", {}]]);
  });
  test("behind a short one that could have been longer, the next is found", () => {
    expect(heardIn(shortOrLong, `${short}${short}`)).toEqual([
      ["short", {}],
      ["short", {}],
    ]);
  });
});

describe("a constant that differs from unit to unit", () => {
  const result = (plus: number): string =>
    `550c0318030507 1e006c00${((0x15 + plus) & 255).toString(16).padStart(2, "0")}`;
  test("is not taken from a frame with numbers", () => {
    expect(heardIn(bioland, result(0)).map(([name]) => name)).toEqual(["dropped"]);
  });
  test("is learned from one without, and then insisted upon", () => {
    const end = "550505005f";
    expect(heardIn(bioland, `${end}${result(0)}${result(2)}`).map(([name]) => name)).toEqual([
      "end",
      "result",
      "dropped",
    ]);
  });
});

describe("texts", () => {
  const texts: Table = {
    envelope: { head: "02", length: { at: 1, plus: 0 }, check: { kind: "sum8", from: 0 } },
    frames: {
      name: {
        to: "host",
        size: [5, 40],
        match: [{ at: 2, is: "01" }],
        fields: { text: { type: "gb18030", at: 3, maxSize: 30 } },
      },
      wide: {
        to: "host",
        size: 14,
        match: [{ at: 2, is: "02" }],
        fields: { text: { type: "utf16le", at: 3, size: 10 } },
      },
    },
  };
  test.each([
    ["name", "血压"],
    ["name", "㐀A"],
    ["wide", "张三"],
    ["wide", "𠮷"],
    ["wide", null],
  ])("%s %s", (frame, text) => {
    const bytes = encode(profileOf(texts), frame, { text });
    expect(heardBy(texts, [bytes])).toEqual([[frame, { text }]]);
  });
  test("half a pair is no text", () => {
    const bytes = encode(profileOf(texts), "wide", { text: "AAAA" });
    const broken = bytes.with(4, 0xd8);
    broken[13] = (broken[13] ?? 0) + 0xd8;
    const heard = decoder(profileOf(texts)).hearFrames(broken);
    expect(heard.flatMap((each) => each.outcomes.map((outcome) => outcome.kind))).toEqual(["fault"]);
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
