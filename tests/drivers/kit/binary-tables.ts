import { decoder, fromHex, toHex, type Frames, type Profile, type Values } from "../../../drivers/kit/index.ts";
import type { BinaryEnvelope } from "../../../drivers/kit/schema.ts";

/** Frames as the dossiers print them, one device's envelope each: what the tables of the kit can say, in both directions. */

export interface Table {
  readonly envelope: Omit<BinaryEnvelope, "kind">;
  readonly frames: Frames;
}
export const profileOf = ({ envelope, frames }: Table): Profile =>
  ({
    id: "bench",
    envelopes: { host: { kind: "binary", ...envelope } },
    frames,
    meaning: {},
  }) as unknown as Profile;

export type Heard = readonly [string, Values] | readonly ["dropped", string];
export function heardBy(table: Table, chunks: readonly Uint8Array[], prefer?: string, flush = true): readonly Heard[] {
  const device = decoder(profileOf(table));
  device.prefer(prefer);
  const heard = [...chunks.flatMap((chunk) => device.hearFrames(chunk)), ...(flush ? device.flushFrames() : [])];
  return heard.map(({ frame, values, raw }) => (frame === undefined ? ["dropped", toHex(raw)] : [frame, values]));
}
export const heardIn = (table: Table, hex: string): readonly Heard[] => heardBy(table, [fromHex(hex)]);
export const byteByByte = (hex: string): readonly Uint8Array[] =>
  Array.from(fromHex(hex), (byte) => Uint8Array.of(byte));

const flag = (...names: readonly string[]): Record<string, number> =>
  Object.fromEntries(names.map((name, bit) => [name, bit]));
const seven = (at: number): { readonly at: number; readonly mask: string; readonly is: string } => ({
  at,
  mask: "80",
  is: at === 0 ? "80" : "00",
});

export const oximeterV7: Table = {
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
export const oximeterV5: Table = {
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
export const scale: Table = {
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
export const toledo: Table = {
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
export const terminal: Table = {
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
export const meter: Table = {
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
export const bioland: Table = {
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
export const cuff: Table = {
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
export const card: Table = {
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
export const cardB: Table = {
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
export const locks: Table = {
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
export const scanner: Table = {
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
export const printer: Table = {
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
export const thermometer: Table = {
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
