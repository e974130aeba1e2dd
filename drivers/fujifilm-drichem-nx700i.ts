// Fujifilm DRI-CHEM NX700i behind a LabCube gateway, HL7 OUL^R22 (ORU^R01 too). Source: dossier hl7-mllp-poct1a-notes.md.
import { defineProfile } from "./kit/index.ts";

const sender = { at: ["MSH-4"], is: ["DriChemNX700i"] } as const;
const message = { at: ["MSH-9.1"], is: ["OUL", "ORU"] } as const;
/** Codes and spellings of the units are those of the real message. What it does not show is told as unmapped. */
const enzyme = (code: string, most: number) =>
  ({
    type: "result",
    codes: [code],
    units: { "U/L": { min: 1, max: most, decimals: 0, texts: ["U/l", "U/L"] } },
  }) as const;
const fields = {
  glucose: {
    type: "result",
    codes: ["GLU-P"],
    units: {
      "mmol/L": { min: 0.6, max: 33.3, decimals: 1, texts: ["mmol/l", "mmol/L"] },
      "mg/dL": { min: 10, max: 600, decimals: 0, texts: ["mg/dl", "mg/dL"] },
    },
  },
  creatinine: {
    type: "result",
    codes: ["CRE-P"],
    units: {
      "umol/L": { min: 18, max: 2_122, decimals: 0, texts: ["umol/l", "umol/L", "μmol/l", "μmol/L"] },
      "mg/dL": { min: 0.2, max: 24, decimals: 2, texts: ["mg/dl", "mg/dL"] },
    },
  },
  albumin: {
    type: "result",
    codes: ["ALB-P"],
    units: { "g/L": { min: 10, max: 60, decimals: 0, texts: ["g/l", "g/L"] } },
  },
  bilirubin: {
    type: "result",
    codes: ["TBIL-P"],
    units: {
      "umol/L": { min: 2, max: 513, decimals: 0, texts: ["umol/l", "umol/L", "μmol/l", "μmol/L"] },
      "mg/dL": { min: 0.1, max: 30, decimals: 1, texts: ["mg/dl", "mg/dL"] },
    },
  },
  alt: enzyme("GPT-P", 1_000),
  ast: enzyme("GOT-P", 1_000),
  ggt: enzyme("GGT-P", 1_200),
  time: { type: "recordTime", from: ["OBX-14", "OBR-7"] },
  clock: { type: "recordTime", from: ["MSH-7"], once: true },
  unmapped: { type: "unmapped" },
} as const;

const glucose = { of: "glucose", readings: [["glucose", "glucose"]], deviceTime: "time" } as const;
const chemistry = {
  of: "chemistry",
  readings: [
    ["creatinine", "creatinine"],
    ["analyte.other", "alt"],
    ["analyte.other", "albumin"],
    ["analyte.other", "bilirubin"],
    ["analyte.other", "ggt"],
    ["analyte.other", "ast"],
  ],
  deviceTime: "time",
  // Which of the other analytes is which.
  notes: { alt: "alt", albumin: "albumin", bilirubin: "bilirubin", ggt: "ggt", ast: "ast" },
} as const;
const itself = [
  { kind: "information", about: "clock", values: { deviceTime: "clock" } },
  { kind: "information", about: "unmapped", values: { codes: "unmapped" } },
] as const;

export default defineProfile({
  id: "fujifilm-drichem-nx700i",
  aliases: ["drichem-nx700i", "hl7-oul-r22"],
  model: { maker: "Fujifilm", name: "DRI-CHEM NX700i" },
  source: "One real message of a gateway kept by an open practice system, see dossier",
  dossier: "hl7-mllp-poct1a-notes.md",
  measures: ["glucose", "chemistry"],
  serial: {
    baudRate: 9_600,
    baudChoices: [9_600, 19_200, 38_400, 57_600, 115_200],
    dataBits: 8,
    parity: "none",
    stopBits: 1,
    match: [],
  },
  check: "none",
  confirm: "display",
  actuates: false,
  push: true,
  clock: { maxOffsetMs: 300_000 },
  envelopes: {
    host: {
      kind: "hl7",
      delimiters: "|^~\\&",
      group: "order",
      statuses: { accepted: ["F"], cannot: ["X"] },
      maxBytes: 65_536,
      acknowledged: true,
      charset: "latin1",
    },
  },
  frames: {
    control: { to: "host", says: [sender, message, { at: ["SPM-11"], is: ["Q"] }], fields },
    result: {
      to: "host",
      says: [sender, message, { at: ["SPM-11"], is: ["P", ""] }, { at: ["MSH-11"], is: ["P"] }],
      fields,
    },
    empty: { to: "host", says: [sender, message], fields: {} },
  },
  meaning: {
    control: [{ kind: "control", ...glucose }, { kind: "control", ...chemistry }, ...itself],
    result: [
      { kind: "measurement", ...glucose, stored: true },
      { kind: "measurement", ...chemistry, stored: true },
      ...itself,
    ],
    empty: { kind: "information", about: "noResult", values: {} },
  },
  session: {
    steps: [
      { do: "listen", phase: "waiting", firstMs: 900_000, silenceMs: 10_000, partial: "device.resultIncomplete" },
    ],
    totalMs: 920_000,
    gapMs: 10_000,
  },
  forbidden: [],
  simulate: {
    answers: {},
    press: [
      {
        send: "result",
        values: {
          glucose: { between: [4.6, 6], unit: "mmol/L" },
          creatinine: { between: [60, 95], unit: "umol/L" },
          alt: { between: [15, 40], unit: "U/L" },
          time: { agoMs: 5_000 },
          clock: { agoMs: 0 },
        },
        afterMs: 500,
      },
    ],
    faults: {
      control: {
        press: [
          { send: "control", values: { glucose: { value: 5.4, unit: "mmol/L" }, time: { agoMs: 0 } }, afterMs: 500 },
        ],
      },
      below: {
        press: [
          {
            send: "result",
            values: {
              glucose: { value: 0.6, unit: "mmol/L", comparator: "<" },
              creatinine: { notCalculable: true },
              time: { agoMs: 0 },
            },
            afterMs: 500,
          },
        ],
      },
      outOfRange: {
        press: [
          { send: "result", values: { glucose: { value: 99, unit: "mmol/L" }, time: { agoMs: 0 } }, afterMs: 500 },
        ],
      },
      bent: { bends: 1 },
    },
  },
});
