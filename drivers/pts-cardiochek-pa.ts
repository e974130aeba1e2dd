// PTS CardioChek PA (卡迪克), the print job for its label printer. Source: dossier cardiochek-label-stream.md; "D §" points into it.
import { defineProfile } from "./kit/index.ts";

const absent = "----"; // D §Rows: not calculable

export default defineProfile({
  id: "pts-cardiochek-pa",
  aliases: ["cardiochek-label-stream", "cardiochek-pa", "pts-cardiochek"],
  model: { maker: "PTS", name: "CardioChek PA" },
  source: "Five independent readers of the label stream, no vendor paper, see dossier",
  dossier: "cardiochek-label-stream.md",
  measures: ["lipids", "glucose"],
  serial: { baudRate: 9_600, dataBits: 8, parity: "none", stopBits: 1, match: [] }, // D §Serial settings, receive only
  check: "none",
  confirm: "display",
  actuates: false,
  push: true,
  clock: { maxOffsetMs: 300_000 }, // D §Rules: warn above 5 minutes
  envelopes: {
    // D §Stream: EPL2 lines, rows 40 apart, print, then a label of 12 × 25 blanks. Bridges insert 00 anywhere.
    host: {
      kind: "label",
      drop: [0x00],
      start: "0a4e0a",
      row: { head: "A60,", yDigits: 6, firstY: 40, stepY: 40, tail: ",0,4,1,1,N," },
      print: "P1",
      clear: { rows: 12, blanks: 25 },
      end: "0a4e0a",
      maxBytes: 4_096,
    },
  },
  frames: {
    label: {
      to: "host",
      fields: {
        // D §Rows. Captions are GB18030 on Chinese units: rows are found by y or by the English analyte name.
        serial: { type: "row", y: 40, caption: "SN", required: true },
        time: { type: "rowTime", dateY: 80, timeY: 120, caption: "" },
        operator: { type: "row", y: 160, caption: "ID", required: false },
        lot: { type: "row", y: 200, caption: "LOT", required: false },
        total: {
          type: "analyte",
          names: ["CHOL"],
          units: { "mmol/L": { min: 0.5, max: 20, decimals: 2 }, "mg/dL": { min: 19, max: 774, decimals: 0 } },
          absent,
        },
        hdl: {
          type: "analyte",
          names: ["HDL CHOL"],
          units: { "mmol/L": { min: 0.1, max: 5, decimals: 2 }, "mg/dL": { min: 4, max: 194, decimals: 0 } },
          absent,
        },
        triglyceride: {
          type: "analyte",
          names: ["TRIG"],
          units: { "mmol/L": { min: 0.1, max: 50, decimals: 2 }, "mg/dL": { min: 9, max: 4_430, decimals: 0 } },
          absent,
        },
        ldl: {
          type: "analyte",
          names: ["CALC LDL"],
          units: { "mmol/L": { min: 0.1, max: 15, decimals: 2 }, "mg/dL": { min: 4, max: 580, decimals: 0 } },
          absent,
        },
        ratio: { type: "analyte", names: ["TC/HDL"], units: { "1": { min: 0.5, max: 50, decimals: 1 } }, absent },
        glucose: {
          type: "analyte",
          names: ["GLUCOSE"],
          units: { "mmol/L": { min: 0.6, max: 55, decimals: 2 }, "mg/dL": { min: 11, max: 991, decimals: 0 } },
          absent,
        },
        ketone: {
          type: "analyte",
          names: ["KETONE"],
          units: { "mmol/L": { min: 0.01, max: 10, decimals: 2 }, "mg/dL": { min: 0.1, max: 104, decimals: 1 } },
          absent,
        },
        creatinine: {
          type: "analyte",
          names: ["CREAT"],
          units: { "umol/L": { min: 10, max: 2_000, decimals: 0 }, "mg/dL": { min: 0.1, max: 22.6, decimals: 2 } },
          absent,
        },
      },
    },
  },
  meaning: {
    // One label may carry two panels: each is a measurement of its own.
    label: [
      {
        kind: "measurement",
        of: "lipids",
        readings: [
          ["cholesterol.total", "total"],
          ["cholesterol.hdl", "hdl"],
          ["triglyceride", "triglyceride"],
          ["cholesterol.ldlCalculated", "ldl"], // D §Rules: calculated by the analyzer
          ["cholesterol.ratio", "ratio"],
          ["creatinine", "creatinine"],
        ],
        deviceTime: "time",
        // D §Rules: quality control prints like a patient, so the operator row goes with the result.
        notes: { serial: "serial", operator: "operator", lot: "lot" },
      },
      {
        kind: "measurement",
        of: "glucose",
        readings: [
          ["glucose", "glucose"],
          ["ketone", "ketone"],
        ],
        deviceTime: "time",
        notes: { serial: "serial", operator: "operator", lot: "lot" },
      },
    ],
  },
  session: {
    // A person prints on the device: five minutes to begin, but a begun label that falls silent is incomplete.
    steps: [
      { do: "listen", phase: "waiting", firstMs: 300_000, silenceMs: 10_000, partial: "device.resultIncomplete" },
    ],
    totalMs: 320_000,
    gapMs: 10_000,
  },
  forbidden: [],
  simulate: {
    answers: {},
    press: [
      {
        send: "label",
        values: {
          serial: "9000001",
          time: { agoMs: 0 },
          operator: null,
          lot: "P443",
          total: { between: [4.1, 5.6], unit: "mmol/L" },
          hdl: { between: [1.1, 1.6], unit: "mmol/L" },
          triglyceride: { between: [0.8, 1.6], unit: "mmol/L" },
          ldl: { between: [2.1, 3.3], unit: "mmol/L" },
          ratio: { between: [3, 4], unit: "1" },
          glucose: null,
          ketone: null,
          creatinine: null,
        },
        afterMs: 200,
      },
    ],
    faults: {
      notCalculable: {
        press: [
          {
            send: "label",
            values: {
              serial: "9000001",
              time: { agoMs: 0 },
              operator: null,
              lot: "P443",
              total: { value: 2.59, unit: "mmol/L", comparator: "<" },
              hdl: { value: 0.39, unit: "mmol/L", comparator: "<" },
              triglyceride: { value: 0.65, unit: "mmol/L" },
              ldl: { notCalculable: true },
              ratio: { notCalculable: true },
              glucose: null,
              ketone: null,
              creatinine: null,
            },
            afterMs: 200,
          },
        ],
      },
      outOfRange: {
        press: [
          {
            send: "label",
            values: {
              serial: "9000001",
              time: { agoMs: 0 },
              operator: null,
              lot: "P443",
              total: { value: 99.5, unit: "mmol/L" },
              hdl: null,
              triglyceride: null,
              ldl: null,
              ratio: null,
              glucose: null,
              ketone: null,
              creatinine: null,
            },
            afterMs: 200,
          },
        ],
      },
    },
  },
});
