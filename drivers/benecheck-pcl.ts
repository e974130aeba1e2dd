// BeneCheck / General Life (百捷) meters that speak "$PCL". Source: dossier benecheck-pcl.md; "D §" points into it.
import { defineProfile } from "./kit/index.ts";

// D §Frame: "$PCL", function, 00, status, length of data, data, low byte of the sum of everything behind the "$".
const pcl = {
  kind: "binary",
  head: "2450434c",
  length: { at: 8, size: 2, order: "le", plus: 11 },
  check: { kind: "sum8", from: 1 },
} as const;

// D §Result frame: index in memory (0 for a result of this moment), time, value.
const stamp = {
  index: { type: "u16le", at: 10, min: 0, max: 65_535 },
  time: { type: "datetime", form: "ymdhm5", at: 12 },
} as const;
const result = { to: "host", size: 20, fill: { at: 8, is: "0900" } } as const;
/** D §Result frame: always mg/dL (uric acid in tenths), 16 bits. Two public scripts read the low byte only. Zero is never a result. */
const value = { type: "u16le", at: 17, unit: "mg/dL" } as const;

// A result of this moment counts; one out of the memory may be anybody's.
const live = { kind: "measurement", when: { index: [0] }, deviceTime: "time" } as const;
const toldAbove = { kind: "ignore", when: { index: [0] }, reason: "a result of this moment, told above" } as const;
const stored = { kind: "measurement", deviceTime: "time", stored: true } as const;

export default defineProfile({
  id: "benecheck-pcl",
  aliases: ["benecheck"],
  model: { maker: "BeneCheck", name: "3-in-1, Premium, PlusJet" },
  source: "Five independent readers of the result frame, host commands from one, see dossier",
  dossier: "benecheck-pcl.md",
  measures: ["glucose", "lipids", "chemistry"],
  serial: { baudRate: 38_400, dataBits: 8, parity: "none", stopBits: 1, match: [] }, // D §Serial settings
  check: "sum8",
  confirm: "display",
  actuates: false,
  push: true,
  clock: { maxOffsetMs: 300_000 },
  envelopes: { host: pcl, device: pcl },
  frames: {
    // D §Host commands. What a person measured before (30, 40, 41) is not asked for: it belongs to nobody here.
    heartbeat: { to: "device", size: 11, match: [{ at: 4, is: "01" }], fields: {} },

    beat: { to: "host", size: 11, match: [{ at: 4, is: "01" }], fields: {} },
    failed: {
      to: "host",
      size: 11,
      match: [{ at: 4, is: "d0" }],
      fields: { status: { type: "code", size: 2, order: "be", at: 6, known: [7], open: true } },
    },
    glucose: {
      ...result,
      match: [{ at: 4, is: "41" }],
      fields: { ...stamp, value: { ...value, min: 10, max: 600 } },
    },
    uricAcid: {
      ...result,
      match: [{ at: 4, is: "51" }],
      fields: { ...stamp, value: { ...value, per: 10, min: 0.5, max: 25 } },
    },
    cholesterol: {
      ...result,
      match: [{ at: 4, is: "61" }],
      fields: { ...stamp, value: { ...value, min: 50, max: 600 } },
    },
    hdl: {
      ...result,
      match: [{ at: 4, is: "71" }],
      fields: { ...stamp, value: { ...value, min: 5, max: 200 } },
    },
    triglyceride: {
      ...result,
      match: [{ at: 4, is: "b1" }],
      fields: { ...stamp, value: { ...value, min: 20, max: 1000 } },
    },
    panelCholesterol: {
      ...result,
      match: [{ at: 4, is: "d1" }],
      fields: { ...stamp, value: { ...value, min: 50, max: 600 } },
    },
    panelHdl: {
      ...result,
      match: [{ at: 4, is: "d2" }],
      fields: { ...stamp, value: { ...value, min: 5, max: 200 } },
    },
    panelTriglyceride: {
      ...result,
      match: [{ at: 4, is: "d3" }],
      fields: { ...stamp, value: { ...value, min: 20, max: 1000 } },
    },
  },
  meaning: {
    beat: { kind: "information", about: "heartbeat", values: {}, link: true },
    failed: { kind: "fault", by: "status", codes: { "7": "device.unknown" }, otherwise: "device.unknown" },
    glucose: [
      { ...live, of: "glucose", readings: [["glucose", "value"]] },
      toldAbove,
      { ...stored, of: "glucose", readings: [["glucose", "value"]] },
    ],
    uricAcid: [
      { ...live, of: "chemistry", readings: [["uricAcid", "value"]] },
      toldAbove,
      { ...stored, of: "chemistry", readings: [["uricAcid", "value"]] },
    ],
    cholesterol: [
      { ...live, of: "lipids", readings: [["cholesterol.total", "value"]] },
      toldAbove,
      { ...stored, of: "lipids", readings: [["cholesterol.total", "value"]] },
    ],
    hdl: [
      { ...live, of: "lipids", readings: [["cholesterol.hdl", "value"]] },
      toldAbove,
      { ...stored, of: "lipids", readings: [["cholesterol.hdl", "value"]] },
    ],
    triglyceride: [
      { ...live, of: "lipids", readings: [["triglyceride", "value"]] },
      toldAbove,
      { ...stored, of: "lipids", readings: [["triglyceride", "value"]] },
    ],
    panelCholesterol: [
      { ...live, of: "lipids", readings: [["cholesterol.total", "value"]] },
      toldAbove,
      { ...stored, of: "lipids", readings: [["cholesterol.total", "value"]] },
    ],
    panelHdl: [
      { ...live, of: "lipids", readings: [["cholesterol.hdl", "value"]] },
      toldAbove,
      { ...stored, of: "lipids", readings: [["cholesterol.hdl", "value"]] },
    ],
    panelTriglyceride: [
      { ...live, of: "lipids", readings: [["triglyceride", "value"]] },
      toldAbove,
      { ...stored, of: "lipids", readings: [["triglyceride", "value"]] },
    ],
  },
  session: {
    steps: [{ do: "listen", phase: "waiting", firstMs: 300_000, silenceMs: 10_000 }],
    totalMs: 320_000,
    gapMs: 500,
  },
  forbidden: [],
  simulate: {
    answers: { heartbeat: [{ send: "beat", values: {}, afterMs: 20 }] },
    press: [
      { send: "beat", values: {}, afterMs: 0 },
      { send: "glucose", values: { index: 0, time: { agoMs: 0 }, value: { between: [90, 130] } }, afterMs: 1_500 },
    ],
    faults: {
      uricAcid: {
        press: [{ send: "uricAcid", values: { index: 0, time: { agoMs: 0 }, value: 6.2 }, afterMs: 0 }],
      },
      cholesterol: {
        press: [{ send: "cholesterol", values: { index: 0, time: { agoMs: 0 }, value: 186 }, afterMs: 0 }],
      },
      outOfRange: {
        press: [{ send: "glucose", values: { index: 0, time: { agoMs: 0 }, value: 0 }, afterMs: 0 }],
      },
      meterError: { press: [{ send: "failed", values: { status: 7 }, afterMs: 0 }] },
      stale: {
        press: [{ send: "glucose", values: { index: 12, time: { agoMs: 86_400_000 }, value: 196 }, afterMs: 0 }],
      },
    },
  },
});
