import { defineProfile } from "../../../drivers/kit/index.ts";

/** An analyser that no maker builds: the dossier's computed lipid message, and one record in each frame. */
const fat = (code: string) =>
  ({ type: "result", codes: [code], units: { "mmol/L": { min: 0.1, max: 30, decimals: 2 } } }) as const;
const fields = {
  total: fat("CHOL"),
  triglyceride: fat("TRIG"),
  hdl: fat("HDL"),
  ldl: fat("LDL"),
  time: { type: "recordTime", from: ["R-13"] },
  unmapped: { type: "unmapped" },
} as const;
const lipids = {
  of: "lipids",
  readings: [
    ["cholesterol.total", "total"],
    ["triglyceride", "triglyceride"],
    ["cholesterol.hdl", "hdl"],
    ["cholesterol.ldlCalculated", "ldl"],
  ],
  deviceTime: "time",
} as const;

export const analyser = defineProfile({
  id: "toy-analyser",
  model: { maker: "Toy", name: "Analyser" },
  source: "made up for the tests",
  dossier: "astm-e1381-e1394.md",
  measures: ["lipids"],
  serial: { baudRate: 9_600, dataBits: 8, parity: "none", stopBits: 1, match: [] },
  check: "sum8",
  confirm: "display",
  actuates: false,
  push: true,
  envelopes: {
    host: {
      kind: "astm",
      check: { kind: "sum8" },
      delimiters: "|\\^&",
      group: "order",
      statuses: { accepted: ["F"], cannot: ["X"] },
      maxBytes: 131_072,
      frames: { hold: "record", end: "etx", last: "etx" },
      acknowledged: true,
    },
  },
  frames: {
    control: { to: "host", says: [{ at: ["H-12", "O-12"], is: ["Q"] }], fields },
    result: { to: "host", says: [{ at: ["H-12"], is: ["P", ""] }], fields },
    empty: { to: "host", fields: {} },
  },
  meaning: {
    control: { kind: "control", ...lipids },
    result: [
      { kind: "measurement", ...lipids, stored: true },
      { kind: "information", about: "unmapped", values: { codes: "unmapped" } },
    ],
    empty: { kind: "information", about: "noResult", values: {} },
  },
  session: {
    steps: [{ do: "listen", phase: "waiting", firstMs: 60_000, silenceMs: 10_000, partial: "device.resultIncomplete" }],
    totalMs: 90_000,
    gapMs: 30_000,
  },
  forbidden: [],
  simulate: {
    answers: {},
    press: [
      {
        send: "result",
        values: {
          total: { value: 4.81, unit: "mmol/L" },
          triglyceride: { value: 0.51, unit: "mmol/L", comparator: "<" },
          hdl: { value: 1.29, unit: "mmol/L" },
          ldl: { notCalculable: true },
          time: "2024-03-05T07:29:55",
        },
        afterMs: 100,
      },
    ],
    faults: { bent: { bends: 5 } },
  },
});
