// Roche cobas c 311. Source: dossier astm-e1381-e1394.md §Roche cobas ("D §") and its mention of one real message; no capture of it is public here.
import { defineProfile } from "./kit/index.ts";

const sender = { at: ["H-5.1"], is: ["c311"] } as const;
/**
 * Test codes are numbers (`685/`) that every site gives out itself (D §). The shipped table therefore knows no number: each result
 * waits for `site:…`, which no analyzer sends. A site writes its own numbers into a copy of this profile (JSON, in the
 * station's profiles folder). Until then every test is told as unmapped, by its code and without its number.
 */
const siteCode = (name: string) => [`site:${name}`] as const;
const gramsToo = (name: string, most: number, perMg: number) =>
  ({
    type: "result",
    codes: siteCode(name),
    units: {
      "mmol/L": { min: 0.05, max: most, decimals: 2 },
      "mg/dL": { min: 1, max: Math.ceil(most * perMg), decimals: 0 },
    },
  }) as const;
const fields = {
  total: gramsToo("cholesterol", 21, 38.67),
  hdl: gramsToo("hdl", 5, 38.67),
  triglyceride: gramsToo("triglyceride", 20, 88.57),
  glucose: gramsToo("glucose", 42, 18.02),
  creatinine: {
    type: "result",
    codes: siteCode("creatinine"),
    units: {
      "umol/L": { min: 5, max: 3_000, decimals: 0, texts: ["umol/L", "μmol/L"] },
      "mg/dL": { min: 0.05, max: 34, decimals: 2 },
    },
  },
  uricAcid: {
    type: "result",
    codes: siteCode("uricAcid"),
    units: {
      "umol/L": { min: 10, max: 2_000, decimals: 0, texts: ["umol/L", "μmol/L"] },
      "mg/dL": { min: 0.2, max: 34, decimals: 1 },
    },
  },
  time: { type: "recordTime", from: ["R-13", "R-12"] },
  version: { type: "recordText", at: "H-5.2", once: true },
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
    ["uricAcid", "uricAcid"],
  ],
  deviceTime: "time",
} as const;
const itself = [
  { kind: "information", about: "version", values: { version: "version" } },
  { kind: "information", about: "clock", values: { deviceTime: "clock" } },
  { kind: "information", about: "unmapped", values: { codes: "unmapped" } },
] as const;

export default defineProfile({
  id: "roche-cobas-c311",
  aliases: ["cobas-c311", "c311"],
  model: { maker: "Roche", name: "cobas c 311" },
  source: "Described in the dossier from one message of an open LIS project; no capture",
  dossier: "astm-e1381-e1394.md",
  measures: ["lipids", "glucose", "chemistry"],
  serial: { baudRate: 9_600, dataBits: 8, parity: "none", stopBits: 1, match: [] },
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
      frames: { hold: "message", end: "etx", last: "etx" }, // one long frame (618 characters seen)
      acknowledged: true,
    },
  },
  frames: {
    control: { to: "host", says: [sender, { at: ["O-12", "H-12"], is: ["Q"] }], fields },
    result: { to: "host", says: [sender, { at: ["H-12"], is: ["P"] }], fields },
    empty: { to: "host", says: [sender], fields: {} },
  },
  meaning: {
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
    empty: { kind: "information", about: "noResult", values: {} },
  },
  session: {
    steps: [
      { do: "listen", phase: "waiting", firstMs: 1_800_000, silenceMs: 10_000, partial: "device.resultIncomplete" },
    ],
    totalMs: 1_860_000,
    gapMs: 30_000,
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
          time: { agoMs: 5_000 },
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
            values: { glucose: { value: 5.4, unit: "mmol/L" }, time: { agoMs: 5_000 } },
            afterMs: 500,
          },
        ],
      },
      below: {
        press: [
          {
            send: "result",
            values: {
              glucose: { value: 0.11, unit: "mmol/L", comparator: "<" },
              uricAcid: { notCalculable: true },
              time: { agoMs: 5_000 },
            },
            afterMs: 500,
          },
        ],
      },
      unmapped: { press: [{ send: "result", values: { unmapped: "685/", time: { agoMs: 5_000 } }, afterMs: 500 }] },
      bent: { bends: 2 },
    },
  },
});
