// ACON Mission cholesterol meter (艾康血脂仪), text report. Source: dossier acon-mission-lipid.md; "D §" points into it.
import { defineProfile } from "./kit/index.ts";

const absent = ["NA", "--", "- -"] as const;
const healthy = {
  time: { agoMs: 0 },
  id: "b01",
  total: { between: [4.1, 5.6], unit: "mmol/L" },
  hdl: { between: [1.1, 1.6], unit: "mmol/L" },
  triglyceride: { between: [0.8, 1.6], unit: "mmol/L" },
  ratio: { between: [3, 4], unit: "1" },
  ldl: { between: [2.1, 3.3], unit: "mmol/L" },
  glucose: null,
  ketone: null,
} as const;

export default defineProfile({
  id: "acon-mission",
  aliases: ["acon-mission-lipid", "acon-ccm-111"],
  model: { maker: "ACON", name: "Mission Cholesterol CCM-111" },
  source: "Three kiosk programs and one printed sample; the maker's data sheet for the ranges",
  dossier: "acon-mission-lipid.md",
  measures: ["lipids", "glucose"],
  serial: { baudRate: 9_600, dataBits: 8, parity: "none", stopBits: 1, match: [] },
  check: "none",
  confirm: "display",
  actuates: false,
  push: true,
  clock: { maxOffsetMs: 300_000 },
  // D §Message: closed by three CR LF in a row; no start but the date line.
  envelopes: { host: { kind: "text", start: "", end: ["0d0a0d0a0d0a"], maxBytes: 1_024 } },
  frames: {
    report: {
      to: "host",
      layout: "{time}\r\nID:{_?}{id}\r\n{*}",
      // D: an analyte of another strip that is not listed here refuses the report rather than being lost from it.
      pairs: { separator: "\r\n", between: ":", unknown: "refuse", free: ["CHD"], least: 1 },
      fields: {
        // D: the order of the date is printed in brackets.
        time: {
          type: "textTime",
          patterns: ["YYYY-MM-DD(Y-M-D) hh:mm", "MM-DD-YYYY(M-D-Y) hh:mm", "DD-MM-YYYY(D-M-Y) hh:mm"],
        },
        id: { type: "text", maxSize: 12, private: true },
        // D §Measuring ranges, and a little beyond them for what is printed with < or >.
        total: {
          type: "amount",
          key: ["CHOL"],
          units: { "mmol/L": { min: 1, max: 15, decimals: 2 }, "mg/dL": { min: 39, max: 580, decimals: 0 } },
          absent,
        },
        hdl: {
          type: "amount",
          key: ["HDL"],
          units: { "mmol/L": { min: 0.2, max: 4, decimals: 2 }, "mg/dL": { min: 8, max: 155, decimals: 0 } },
          absent,
        },
        triglyceride: {
          type: "amount",
          key: ["TRIG"],
          units: { "mmol/L": { min: 0.3, max: 10, decimals: 2 }, "mg/dL": { min: 27, max: 886, decimals: 0 } },
          absent,
        },
        ratio: {
          type: "amount",
          key: ["CHOL/HDL"],
          units: { "1": { min: 0.5, max: 50, decimals: 1, texts: [""] } },
          absent,
        },
        ldl: {
          type: "amount",
          key: ["LDL"],
          units: { "mmol/L": { min: 0.1, max: 12, decimals: 2 }, "mg/dL": { min: 4, max: 464, decimals: 0 } },
          absent,
        },
        glucose: {
          type: "amount",
          key: ["GLUCOSE", "GLU"],
          units: { "mmol/L": { min: 0.6, max: 40, decimals: [1, 2] }, "mg/dL": { min: 11, max: 720, decimals: 0 } },
          absent,
        },
        ketone: {
          type: "amount",
          key: ["KETONE", "KET"],
          units: { "mmol/L": { min: 0.01, max: 10, decimals: [1, 2] }, "mg/dL": { min: 1, max: 104, decimals: 0 } },
          absent,
        },
      },
    },
  },
  meaning: {
    report: [
      {
        kind: "measurement",
        of: "lipids",
        readings: [
          ["cholesterol.total", "total"],
          ["cholesterol.hdl", "hdl"],
          ["triglyceride", "triglyceride"],
          ["cholesterol.ldlCalculated", "ldl"],
          ["cholesterol.ratio", "ratio"],
        ],
        deviceTime: "time",
      },
      {
        kind: "measurement",
        of: "glucose",
        readings: [
          ["glucose", "glucose"],
          ["ketone", "ketone"],
        ],
        deviceTime: "time",
      },
    ],
  },
  session: {
    // D §Serial: the kiosk program waits until nothing came for 5 s.
    steps: [{ do: "listen", phase: "waiting", firstMs: 300_000, silenceMs: 5_000, partial: "device.resultIncomplete" }],
    totalMs: 320_000,
    gapMs: 5_000,
  },
  forbidden: [],
  simulate: {
    answers: {},
    press: [{ send: "report", values: healthy, afterMs: 300 }],
    faults: {
      low: {
        press: [
          {
            send: "report",
            values: {
              ...healthy,
              total: { value: 2.59, unit: "mmol/L", comparator: "<" },
              ratio: { notCalculable: true },
              ldl: { notCalculable: true },
            },
            afterMs: 300,
          },
        ],
      },
      impossible: {
        press: [{ send: "report", values: { ...healthy, total: { value: 99, unit: "mmol/L" } }, afterMs: 300 }],
      },
    },
  },
});
