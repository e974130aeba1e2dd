// Scales that speak lines like "ST,GS,+  65.40kg". Source: dossier scale-st-gs-csv.md.
import { defineProfile } from "./kit/index.ts";

/** A sign or a blank, blanks or zeros, digits with the point where the indicator has it. */
const weight = { type: "number", sign: "place", pad: " ", decimals: [0, 3], unit: "kg", min: -10, max: 300 } as const;
const basis = { type: "textCode", known: ["GS", "NT"] } as const;
const standing = [
  [0, 0],
  [1_000, 31.25],
  [2_000, 65.1],
] as const;
const settled = { send: "stable", values: { basis: "GS", weight: 65.4 } } as const;
const moving = standing.map(
  ([afterMs, value]) => ({ send: "moving", values: { basis: "GS", weight: value }, afterMs }) as const,
);

export default defineProfile({
  id: "scale-st-gs",
  aliases: ["scale-st-gs-csv"],
  model: { maker: "A&D, T-Scale, Triner, Vector and others", name: "Indicator with ST,GS lines" },
  source: "Two manuals and two programs that read it",
  dossier: "scale-st-gs-csv.md",
  measures: ["body"],
  serial: { baudRate: 9_600, dataBits: 8, parity: "none", stopBits: 1, match: [] },
  check: "none",
  confirm: "display",
  actuates: false,
  push: true,
  settings: {
    line: {
      says: { zh: "数据位和校验", en: "Data bits and parity" },
      default: "n8",
      choices: {
        n8: {
          says: { zh: "8 位,无校验", en: "8 bits, no parity" },
          set: [
            { path: "serial.dataBits", to: 8 },
            { path: "serial.parity", to: "none" },
          ],
        },
        e7: {
          says: { zh: "7 位,偶校验", en: "7 bits, even parity" },
          set: [
            { path: "serial.dataBits", to: 7 },
            { path: "serial.parity", to: "even" },
          ],
        },
      },
    },
  },
  envelopes: { host: { kind: "text", start: "", end: ["0d0a"], maxBytes: 32 } },
  frames: {
    stable: { to: "host", layout: "ST,{basis},{weight}{_?}kg", fields: { basis, weight } },
    moving: { to: "host", layout: "US,{basis},{weight}{_?}kg", fields: { basis, weight } },
    overload: { to: "host", layout: "OL,{rest}", fields: { rest: { type: "text", maxSize: 24 } } },
    /** Pounds and grams: a scale for people is set to kilograms. */
    otherUnit: {
      to: "host",
      layout: "{state},{basis},{rest}",
      fields: {
        state: { type: "textCode", known: ["ST", "US"] },
        basis,
        rest: { type: "text", minSize: 1, maxSize: 16 },
      },
    },
  },
  meaning: {
    stable: { kind: "progress", of: "body", readings: [["body.weight", "weight"]] },
    moving: { kind: "ignore", reason: "not steady" },
    overload: { kind: "fault", code: "device.overloaded" },
    otherUnit: { kind: "fault", code: "device.wrongUnit" },
  },
  session: {
    steps: [
      // Three stable lines of the same weight, of somebody who stands on it.
      {
        do: "settle",
        phase: "measuring",
        frame: "stable",
        of: "body",
        within: { "body.weight": 0.1 },
        least: { "body.weight": 5 },
        count: 3,
        take: "last",
        firstMs: 10_000,
        silenceMs: 5_000,
        withinMs: 120_000,
      },
    ],
    totalMs: 130_000,
    gapMs: 300,
  },
  forbidden: [],
  simulate: {
    answers: {},
    press: [...moving, { ...settled, afterMs: 3_000 }, { ...settled, afterMs: 3_250 }, { ...settled, afterMs: 3_500 }],
    faults: {
      overload: { press: [{ send: "overload", values: { rest: "GS,+  OL  kg" }, afterMs: 500 }] },
      nobody: {
        press: Array.from(
          { length: 20 },
          (_, i) => ({ send: "stable", values: { basis: "GS", weight: 0 }, afterMs: 250 * i }) as const,
        ),
      },
      pounds: { press: [{ send: "otherUnit", values: { state: "ST", basis: "GS", rest: "+ 144.2lb" }, afterMs: 500 }] },
    },
  },
});
