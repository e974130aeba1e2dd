// What the PC-600 and PC-700 say and are told, byte by byte. Source: dossier creative-pc600-pc700-terminal.md; "D §"
// points into it.

// D §Framing: token at 2, type at 4. To the device every frame is whole, so that the 80 bytes 00 that wake it are one, too.
const host = (is: string) => ({ to: "device", size: 6, match: [{ at: 0, is: `aa55${is}` }], fields: {} }) as const;
const token = (is: string) => ({ at: 2, is }) as const;
const type = (is: string) => ({ at: 4, is }) as const;
const level = (is: string, mask: string) => ({ at: 5, is, mask }) as const;

// D §Result frame. "Low" and "high" carry no number, and the limits of the meters are not in the document: what is told is
// true of every meter with the usual limits.
const result = { to: "host", size: 9 } as const;
const [none, low, high] = [level("80", "80"), level("10", "b0"), level("20", "b0")];
const [decimal, whole] = [level("00", "b1"), level("01", "b1")];
const unit = (...known: readonly [number, ...number[]]) =>
  ({ type: "code", size: 1, at: 5, mask: 0x01, known }) as const;
const number = { type: "u16be", at: 6, unit: "mg/dL" } as const;
const beyond = (comparator: "<" | ">", value: number) =>
  ({
    unit: unit(0, 1),
    value: { ...number, min: value, max: value, special: [{ raw: [0, 65_535], comparator, value }] },
  }) as const;
/** D §Result frame: a meter's "L" can arrive as state 01 with the value 0. */
const zeroIsBelow = (value: number) => [{ raw: [0, 0], comparator: "<", value }] as const;

export const frames = {
  // D §Link start: 80 bytes 00; the CRC of zeros is zero.
  wake: { to: "device", size: 80, match: [{ at: 0, is: "00".repeat(79) }], fields: {} },
  hello: host("ff0201"),
  askBattery: host("ff0203"),
  setMeter: {
    to: "device",
    size: 7,
    match: [{ at: 0, is: "aa55e00301" }],
    fields: { kind: { type: "u8", at: 5, min: 1, max: 4 } },
  },
  askMeter: host("e00202"),
  adult: { to: "device", size: 7, match: [{ at: 0, is: "aa5540030400" }], fields: {} },
  startPressure: host("400201"),
  stopPressure: host("400202"),

  named: {
    to: "host",
    size: [7, 36],
    match: [token("ff"), type("01")],
    fields: { name: { type: "ascii", at: 5, maxSize: 30, pad: 0 } },
  },
  battery: {
    to: "host",
    size: 7,
    match: [token("ff"), type("03")],
    fields: {
      power: { type: "flags", at: 5, bits: { mains: 6, charging: 7 } },
      level: { type: "bits", parts: [{ at: 5, shift: 0, width: 3 }], min: 0, max: 7 },
    },
  },
  meterSet: {
    to: "host",
    size: 7,
    match: [token("e0"), type("01")],
    fields: { kind: { type: "code", size: 1, at: 5, known: [1, 2, 3, 4], open: true } },
  },
  meter: {
    to: "host",
    size: 7,
    match: [token("e0"), type("02")],
    fields: { kind: { type: "code", size: 1, at: 5, known: [1, 2, 3, 4], open: true } },
  },

  // D §Other tokens
  started: { to: "host", size: 6, match: [token("40"), type("01")], fields: {} },
  stopped: { to: "host", size: 6, match: [token("40"), type("02")], fields: {} },
  module: {
    to: "host",
    size: 7,
    match: [token("41")],
    fields: { state: { type: "code", size: 1, at: 5, known: [0x00, 0x01, 0xff, 0xd0, 0xd1], open: true } },
  },
  cuff: {
    to: "host",
    size: 8,
    match: [token("42")],
    fields: {
      pressure: {
        type: "bits",
        parts: [
          { at: 5, shift: 0, width: 4 },
          { at: 6, shift: 0, width: 8 },
        ],
        unit: "mm[Hg]",
        min: 0,
        max: 320,
      },
    },
  },
  pressure: {
    to: "host",
    size: 11,
    match: [token("43"), type("01")],
    fields: {
      status: { type: "flags", at: 5, bits: { irregular: 7 } },
      systolic: {
        type: "bits",
        parts: [
          { at: 5, shift: 0, width: 7 },
          { at: 6, shift: 0, width: 8 },
        ],
        unit: "mm[Hg]",
        min: 40,
        max: 280,
      },
      // A unit was seen that sends no mean (D §Other tokens).
      mean: { type: "u8", at: 7, unit: "mm[Hg]", min: 20, max: 240, special: [{ raw: [0, 0], absent: true }] },
      diastolic: { type: "u8", at: 8, unit: "mm[Hg]", min: 20, max: 220 },
      pulse: { type: "u8", at: 9, unit: "/min", min: 25, max: 250 },
    },
  },
  pressureFailed: {
    to: "host",
    size: 7,
    match: [token("43"), type("02")],
    fields: {
      error: {
        type: "code",
        size: 1,
        at: 5,
        mask: 0x0f,
        known: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15],
        open: true,
      },
    },
  },

  wave: {
    to: "host",
    size: 7,
    match: [token("52")],
    fields: { sample: { type: "bits", parts: [{ at: 5, shift: 0, width: 7 }], min: 0, max: 127 } },
  },
  oximetry: {
    to: "host",
    size: 11,
    match: [token("53")],
    fields: {
      spo2: { type: "u8", at: 5, unit: "%", min: 1, max: 100, special: [{ raw: [0, 0], absent: true }] },
      pulse: { type: "u16le", at: 6, unit: "/min", min: 1, max: 300, special: [{ raw: [0, 0], absent: true }] },
      perfusion: { type: "u8", at: 8, unit: "%", per: 10, min: 0, max: 25.5 },
      state: { type: "flags", at: 9, bits: { noFinger: 1, searching: 2 } },
    },
  },
  temperature: {
    to: "host",
    size: 9,
    match: [token("74")],
    fields: {
      // Bit 0: Fahrenheit. Bits 2-1: 01 low, 10 high.
      state: { type: "code", size: 1, at: 5, mask: 0x07, known: [0, 2, 4], open: true },
      value: { type: "u16be", at: 6, unit: "Cel", per: 10, min: 10, max: 60 },
    },
  },

  noRecord: { ...result, match: [token("e2"), none], fields: {} },
  glucoseLow: { ...result, match: [token("e2"), type("01"), low], fields: beyond("<", 20) },
  glucoseHigh: { ...result, match: [token("e2"), type("01"), high], fields: beyond(">", 500) },
  glucose: {
    ...result,
    match: [token("e2"), type("01"), whole],
    fields: { value: { ...number, min: 10, max: 700, special: zeroIsBelow(20) } },
  },
  glucoseDecimal: {
    ...result,
    match: [token("e2"), type("01"), decimal],
    fields: {
      value: { type: "bcd", at: 6, size: 2, unit: "mmol/L", per: 10, min: 0.5, max: 40, special: zeroIsBelow(1.1) },
    },
  },
  uricAcidLow: { ...result, match: [token("e2"), type("02"), low], fields: beyond("<", 3) },
  uricAcidHigh: { ...result, match: [token("e2"), type("02"), high], fields: beyond(">", 20) },
  uricAcid: {
    ...result,
    match: [token("e2"), type("02"), whole],
    fields: { unit: unit(1), value: { ...number, per: 10, min: 0.5, max: 30, special: zeroIsBelow(3) } },
  },
  uricAcidWhole: {
    ...result,
    match: [token("e2"), type("02"), decimal],
    fields: { unit: unit(0), value: { type: "bcd", at: 6, size: 2, unit: "umol/L", min: 30, max: 1_800 } },
  },
  cholesterolLow: { ...result, match: [token("e2"), type("03"), low], fields: beyond("<", 100) },
  cholesterolHigh: { ...result, match: [token("e2"), type("03"), high], fields: beyond(">", 400) },
  cholesterol: {
    ...result,
    match: [token("e2"), type("03"), whole],
    fields: { unit: unit(1), value: { ...number, min: 40, max: 600, special: zeroIsBelow(100) } },
  },
  ketone: {
    ...result,
    match: [token("e2"), type("03"), decimal],
    fields: { unit: unit(0), value: { type: "bcd", at: 6, size: 2, unit: "mmol/L", per: 10, min: 0, max: 10 } },
  },
  strangeResult: { ...result, match: [token("e2")], fields: {} },
  // D §Result frame, token E3: one SDK only.
  biolandLow: { ...result, match: [token("e3"), level("50", "f0")], fields: beyond("<", 20) },
  biolandHigh: { ...result, match: [token("e3"), level("60", "f0")], fields: beyond(">", 500) },
  bioland: {
    ...result,
    match: [token("e3")],
    fields: { value: { ...number, min: 10, max: 700, special: zeroIsBelow(20) } },
  },

  card: {
    to: "host",
    size: 6,
    match: [token("60"), { at: 4, any: [0x30, 0x32, 0x33] }],
    fields: { state: { type: "code", size: 1, at: 4, known: [0x30, 0x32, 0x33] } },
  },
  other: {
    to: "host",
    size: [6, 259],
    fields: { type: { type: "u8", at: 4, min: 0, max: 255 }, data: { type: "raw", at: 5, maxSize: 253 } },
  },
} as const;
