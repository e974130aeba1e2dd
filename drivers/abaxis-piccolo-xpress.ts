// Abaxis / Abbott Piccolo xpress. Source: dossier astm-e1381-e1394.md §Piccolo ("D §") and one real dump.
import { defineProfile } from "./kit/index.ts";

const sender = { at: ["H-5.2"], is: ["piccolo xpress"] } as const;
/** By LOINC number (D §Piccolo). Those of the lipid disc are the general list's and to be confirmed on the unit. */
const milligrams = (loinc: string, min: number, max: number, decimals: 0 | 1) =>
  ({ type: "result", codes: [loinc], units: { "mg/dL": { min, max, decimals } } }) as const;
const millimoles = (loinc: string, min: number, max: number, decimals: 0 | 1) =>
  ({ type: "result", codes: [loinc], units: { "mmol/L": { min, max, decimals } } }) as const;
const enzyme = (loinc: string, max: number) =>
  ({ type: "result", codes: [loinc], units: { "U/L": { min: 1, max, decimals: 0 } } }) as const;
const fields = {
  total: milligrams("2093-3", 20, 700, 0),
  hdl: milligrams("2085-9", 5, 200, 0),
  triglyceride: milligrams("2571-8", 10, 1_500, 0),
  glucose: milligrams("2345-7", 10, 700, 0),
  creatinine: milligrams("2160-0", 0.1, 30, 1),
  sodium: millimoles("2951-2", 80, 200, 0),
  potassium: millimoles("2823-3", 1, 12, 1),
  carbonDioxide: millimoles("2028-9", 1, 60, 0),
  chloride: millimoles("2075-0", 50, 160, 0),
  calcium: milligrams("17861-6", 2, 20, 1),
  ureaNitrogen: milligrams("3094-0", 1, 240, 0),
  bilirubin: milligrams("1975-2", 0.1, 40, 1),
  alp: enzyme("6768-6", 3_000),
  alt: enzyme("1742-6", 3_000),
  ast: enzyme("1920-8", 3_000),
  time: { type: "recordTime", from: ["O-7", "O-8"] },
  serial: { type: "recordText", at: "H-5.4", once: true },
  clock: { type: "recordTime", from: ["H-14"], once: true },
  unmapped: { type: "unmapped" },
} as const;

const lipids = {
  of: "lipids",
  readings: [
    ["cholesterol.total", "total"],
    ["cholesterol.hdl", "hdl"],
    ["triglyceride", "triglyceride"],
  ],
  deviceTime: "time",
} as const;
const glucose = { of: "glucose", readings: [["glucose", "glucose"]], deviceTime: "time" } as const;
const chemistry = {
  of: "chemistry",
  readings: [
    ["creatinine", "creatinine"],
    ["analyte.other", "sodium"],
    ["analyte.other", "potassium"],
    ["analyte.other", "carbonDioxide"],
    ["analyte.other", "chloride"],
    ["analyte.other", "calcium"],
    ["analyte.other", "ureaNitrogen"],
    ["analyte.other", "bilirubin"],
    ["analyte.other", "alp"],
    ["analyte.other", "alt"],
    ["analyte.other", "ast"],
  ],
  deviceTime: "time",
  // Which of the other analytes is which.
  notes: {
    sodium: "sodium",
    potassium: "potassium",
    carbonDioxide: "carbonDioxide",
    chloride: "chloride",
    calcium: "calcium",
    ureaNitrogen: "ureaNitrogen",
    bilirubin: "bilirubin",
    alp: "alp",
    alt: "alt",
    ast: "ast",
  },
} as const;
const itself = [
  { kind: "information", about: "serial", values: { serial: "serial" } },
  { kind: "information", about: "clock", values: { deviceTime: "clock" } },
  { kind: "information", about: "unmapped", values: { codes: "unmapped" } },
] as const;

export default defineProfile({
  id: "abaxis-piccolo-xpress",
  aliases: ["piccolo-xpress", "piccolo"],
  model: { maker: "Abaxis", name: "Piccolo xpress" },
  source: "One real dump, see dossier",
  dossier: "astm-e1381-e1394.md",
  measures: ["lipids", "glucose", "chemistry"],
  serial: {
    baudRate: 9_600,
    dataBits: 8,
    parity: "none",
    stopBits: 1,
    match: [{ vendorId: 0x0403, productId: 0xcd18 }],
  },
  check: "sum8",
  confirm: "display",
  actuates: false,
  push: true,
  clock: { maxOffsetMs: 300_000 },
  envelopes: {
    host: {
      kind: "astm",
      check: { kind: "sum8" },
      delimiters: "|\\^&",
      group: "order",
      code: "R-3.1",
      statuses: { accepted: ["F", "R"], cannot: ["X"] },
      maxBytes: 65_536,
      frames: { hold: "record", end: "etx", last: "etx" },
      acknowledged: true,
    },
  },
  frames: {
    // The disc's own check of the instrument: a second order, percent of a target, nobody's result.
    instrument: {
      to: "host",
      says: [sender, { at: ["O-5.4"], starts: ["* QUALITY CONTROL"] }],
      fields: { tests: { type: "unmapped" } },
    },
    // The sample type stands in field 16 of the real dump (the dossier counts 19).
    control: {
      to: "host",
      says: [sender, { at: ["P-16", "P-19", "H-12", "O-12"], is: ["Control", "Q"] }],
      fields,
    },
    result: { to: "host", says: [sender, { at: ["H-12"], is: ["P", ""] }], fields },
    failed: {
      to: "host",
      says: [sender],
      fields: { error: { type: "recordCode", required: true, at: "P-3", prefix: "ERROR ", known: [4037, 4056] } },
    },
    empty: { to: "host", says: [sender], fields: {} },
  },
  meaning: {
    instrument: { kind: "information", about: "instrumentCheck", values: {} },
    control: [
      { kind: "control", ...lipids },
      { kind: "control", ...glucose },
      { kind: "control", ...chemistry },
      ...itself,
    ],
    result: [
      { kind: "measurement", ...lipids, stored: true },
      { kind: "measurement", ...glucose, stored: true },
      { kind: "measurement", ...chemistry, stored: true },
      ...itself,
    ],
    // 4037 insufficient sample, 4056 disc date illegal.
    failed: {
      kind: "fault",
      by: "error",
      codes: { 4037: "device.resultIncomplete", 4056: "device.unknown" },
      otherwise: "device.unknown",
    },
    empty: { kind: "information", about: "noResult", values: {} },
  },
  session: {
    // A disc takes twelve minutes.
    steps: [
      { do: "listen", phase: "waiting", firstMs: 1_200_000, silenceMs: 10_000, partial: "device.resultIncomplete" },
    ],
    totalMs: 1_260_000,
    gapMs: 30_000,
  },
  forbidden: [],
  simulate: {
    answers: {},
    press: [
      {
        send: "result",
        values: {
          total: { between: [150, 210], unit: "mg/dL" },
          hdl: { between: [40, 60], unit: "mg/dL" },
          triglyceride: { between: [80, 150], unit: "mg/dL" },
          glucose: { between: [85, 110], unit: "mg/dL" },
          time: { agoMs: 5_000 },
          serial: "0000P00001",
          clock: { agoMs: 0 },
        },
        afterMs: 500,
      },
    ],
    faults: {
      control: {
        press: [
          {
            send: "control",
            values: { glucose: { value: 268, unit: "mg/dL" }, time: { agoMs: 5_000 } },
            afterMs: 500,
          },
        ],
      },
      resent: {
        press: [
          {
            send: "result",
            values: { glucose: { value: 101, unit: "mg/dL" }, time: { agoMs: 86_400_000 } },
            afterMs: 500,
          },
        ],
      },
      below: {
        press: [
          {
            send: "result",
            values: {
              hdl: { value: 15, unit: "mg/dL", comparator: "<" },
              triglyceride: { notCalculable: true },
              time: { agoMs: 5_000 },
            },
            afterMs: 500,
          },
        ],
      },
      insufficientSample: { press: [{ send: "failed", values: { error: 4037 }, afterMs: 500 }] },
      discRefused: { press: [{ send: "failed", values: { error: 4056 }, afterMs: 500 }] },
      powerUp: { press: [{ send: "empty", values: {}, afterMs: 500 }] },
      bent: { bends: 4 },
    },
  },
});
