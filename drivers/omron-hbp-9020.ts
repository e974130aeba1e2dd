// Omron HBP-9020 / 9021, lines that begin with "bp," (its "Mode 5, F3"). Source: dossier omron-hbp-90x0.md; "D §" points into it.
import { defineProfile } from "./kit/index.ts";

const pressure = { type: "number", width: 3, unit: "mm[Hg]" } as const;
const id = { type: "text", width: 20, private: true } as const; // D: 9 twenty times when nobody typed one
const time = { type: "textTime", patterns: ["YYYY/MM/DD,hh:mm"] } as const;
const status = { type: "textCode", known: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"] } as const;
const column = { type: "text", width: 3 } as const;
const columns = "bp,{id},{time},{systolic},{mean},{diastolic},{pulse},{status}";
const healthy = {
  id: "99999999999999999999",
  time: { agoMs: 0 },
  systolic: { between: [118, 138] },
  mean: { between: [88, 96] },
  diastolic: { between: [70, 85] },
  pulse: { between: [62, 84] },
  status: "0",
} as const;

export default defineProfile({
  id: "omron-hbp-9020",
  aliases: ["omron-hbp-9021", "omron-hbp-90x0"],
  model: { maker: "Omron", name: "HBP-9020 / HBP-9021" },
  source: "Four independent programs that read it and one real line; no vendor paper",
  dossier: "omron-hbp-90x0.md",
  measures: ["bloodPressure"],
  serial: { baudRate: 2_400, dataBits: 8, parity: "none", stopBits: 1, match: [] },
  check: "none",
  confirm: "display",
  actuates: false,
  push: true,
  clock: { maxOffsetMs: 300_000 },
  settings: {
    // D §Format A: the sources differ.
    parity: {
      says: { zh: "校验位", en: "Parity" },
      default: "none",
      choices: {
        none: {
          says: { zh: "无校验,1 个停止位", en: "None, 1 stop bit" },
          set: [
            { path: "serial.parity", to: "none" },
            { path: "serial.stopBits", to: 1 },
          ],
        },
        even: {
          says: { zh: "偶校验,2 个停止位", en: "Even, 2 stop bits" },
          set: [
            { path: "serial.parity", to: "even" },
            { path: "serial.stopBits", to: 2 },
          ],
        },
      },
    },
  },
  // D §Format A: the line ends with CR LF in one source, with CR in another; either closes it.
  envelopes: { host: { kind: "text", start: "", end: ["0d", "0d0a"], maxBytes: 80 } },
  frames: {
    result: {
      to: "host",
      size: [59, 60],
      layout: columns,
      fields: {
        id,
        time,
        systolic: { ...pressure, min: 40, max: 280 },
        mean: { ...pressure, min: 30, max: 250 },
        diastolic: { ...pressure, min: 20, max: 200 },
        pulse: { type: "number", width: 3, unit: "/min", min: 30, max: 220 },
        status,
      },
    },
    /** D: a column that is blank or no number: the measurement failed. */
    failure: {
      to: "host",
      size: [59, 60],
      layout: columns,
      fields: { id, time, systolic: column, mean: column, diastolic: column, pulse: column, status },
    },
  },
  meaning: {
    result: {
      kind: "measurement",
      of: "bloodPressure",
      readings: [
        ["bp.systolic", "systolic"],
        ["bp.diastolic", "diastolic"],
        ["bp.mean", "mean"],
        ["pulse.rate", "pulse"],
      ],
      greater: [["systolic", "diastolic"]],
      deviceTime: "time",
      // D: the meaning of the digit is not settled; a real line carries 3 with plausible values.
      doubts: { deviceMarked: { field: "status", is: ["1", "2", "3", "4", "5", "6", "7", "8", "9"] } },
      notes: { status: "status" },
    },
    failure: { kind: "fault", code: "device.unreadable" },
  },
  session: {
    steps: [{ do: "listen", phase: "waiting", firstMs: 300_000, silenceMs: 2_000, partial: "device.resultIncomplete" }],
    totalMs: 320_000,
    gapMs: 300,
  },
  forbidden: [],
  simulate: {
    answers: {},
    press: [{ send: "result", values: healthy, afterMs: 500 }],
    faults: {
      marked: { press: [{ send: "result", values: { ...healthy, status: "3" }, afterMs: 500 }] },
      failed: {
        press: [
          {
            send: "failure",
            values: { ...healthy, systolic: "", mean: "", diastolic: "", pulse: "", status: "5" },
            afterMs: 500,
          },
        ],
      },
    },
  },
});
