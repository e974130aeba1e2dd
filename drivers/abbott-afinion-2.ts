// Abbott Afinion 2, LIS port. Source: dossier astm-e1381-e1394.md §Abbott Afinion 2 and §Frame, §Records; "D §" points into it.
import { defineProfile } from "./kit/index.ts";

const sender = { at: ["H-5.1"], is: ["Afinion 2 Analyzer"] } as const;
// D §Afinion 2: names of the lipid panel as on the older AS100; units are read from field 5.
const fat = (code: string, most: number, perMg: number) =>
  ({
    type: "result",
    codes: [code],
    units: {
      "mmol/L": { min: 0.1, max: most, decimals: 2 },
      "mg/dL": { min: 3, max: Math.ceil(most * perMg), decimals: 0 },
    },
  }) as const;
const fields = {
  total: fat("Chol", 20, 38.67),
  hdl: fat("HDL", 5, 38.67),
  triglyceride: fat("Trig", 20, 88.57),
  ldl: fat("LDL", 15, 38.67),
  hba1c: { type: "result", codes: ["HbA1c"], units: { "%": { min: 3, max: 20, decimals: 1 } } },
  crp: { type: "result", codes: ["CRP"], units: { "mg/L": { min: 1, max: 300, decimals: 0 } } },
  acr: {
    type: "result",
    codes: ["ACR"],
    units: { "mg/g": { min: 1, max: 9_999, decimals: 1 }, "mg/mmol": { min: 0.1, max: 1_200, decimals: 1 } },
  },
  time: { type: "recordTime", from: ["R-13"] },
  marks: { type: "marks", at: "R-7", bits: { attention: "!" } },
  serial: { type: "recordText", at: "H-5.3", once: true },
  clock: { type: "recordTime", from: ["H-14"], once: true },
  unmapped: { type: "unmapped" },
} as const;

const lipids = {
  of: "lipids",
  readings: [
    ["cholesterol.total", "total"],
    ["cholesterol.hdl", "hdl"],
    ["triglyceride", "triglyceride"],
    ["cholesterol.ldlCalculated", "ldl"],
  ],
  deviceTime: "time",
} as const;
const chemistry = {
  of: "chemistry",
  readings: [
    ["hba1c", "hba1c"],
    ["crp", "crp"],
    ["acr", "acr"],
  ],
  deviceTime: "time",
} as const;
const doubts = { deviceMarked: ["marks", "attention"] } as const;
const itself = [
  { kind: "information", about: "serial", values: { serial: "serial" } },
  { kind: "information", about: "clock", values: { deviceTime: "clock" } },
  { kind: "information", about: "unmapped", values: { codes: "unmapped" } },
] as const;

export default defineProfile({
  id: "abbott-afinion-2",
  aliases: ["afinion-2", "afinion"],
  model: { maker: "Abbott", name: "Afinion 2" },
  source: "Vendor examples in an open LIS project and one real message, see dossier",
  dossier: "astm-e1381-e1394.md",
  measures: ["lipids", "chemistry"],
  serial: { baudRate: 9_600, dataBits: 8, parity: "none", stopBits: 1, match: [] }, // D §Serial settings
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
      statuses: { accepted: ["F"], cannot: ["X"] },
      maxBytes: 65_536,
      frames: { hold: "message", end: "etx", last: "etx" }, // the whole message in one frame
      acknowledged: true,
    },
  },
  frames: {
    control: { to: "host", says: [sender, { at: ["H-12", "O-12"], is: ["Q"] }], fields },
    result: { to: "host", says: [sender, { at: ["H-12"], is: ["P", ""] }], fields },
    empty: { to: "host", says: [sender], fields: {} },
  },
  meaning: {
    control: [{ kind: "control", ...lipids }, { kind: "control", ...chemistry }, ...itself],
    result: [
      { kind: "measurement", ...lipids, stored: true, doubts },
      { kind: "measurement", ...chemistry, stored: true, doubts },
      ...itself,
    ],
    empty: { kind: "information", about: "noResult", values: {} },
  },
  session: {
    steps: [
      { do: "listen", phase: "waiting", firstMs: 900_000, silenceMs: 10_000, partial: "device.resultIncomplete" },
    ],
    totalMs: 920_000,
    gapMs: 30_000, // D §Link phases: the receiver's own watchdog
  },
  forbidden: [],
  simulate: {
    answers: {},
    press: [
      {
        send: "result",
        values: {
          total: { between: [4.1, 5.6], unit: "mmol/L" },
          hdl: { between: [1.1, 1.6], unit: "mmol/L" },
          triglyceride: { between: [0.8, 1.6], unit: "mmol/L" },
          ldl: { between: [2.1, 3.3], unit: "mmol/L" },
          time: { agoMs: 5_000 },
          serial: "AF20000001",
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
            values: { total: { value: 5.2, unit: "mmol/L" }, hdl: { value: 1.3, unit: "mmol/L" }, time: { agoMs: 0 } },
            afterMs: 500,
          },
          { send: "result", values: { total: { value: 4.8, unit: "mmol/L" }, time: { agoMs: 0 } }, afterMs: 500 },
        ],
      },
      below: {
        press: [
          {
            send: "result",
            values: {
              total: { value: 4.81, unit: "mmol/L" },
              triglyceride: { value: 0.51, unit: "mmol/L", comparator: "<" },
              ldl: { notCalculable: true },
              time: { agoMs: 0 },
            },
            afterMs: 500,
          },
        ],
      },
      outOfRange: {
        press: [
          { send: "result", values: { total: { value: 99.5, unit: "mmol/L" }, time: { agoMs: 0 } }, afterMs: 500 },
        ],
      },
      bent: {
        bends: 2,
      },
    },
  },
});
