// Terumo arm-in monitors with the "R1" record. Source: dossier terumo-bp-printer-line.md.
import { defineProfile } from "./kit/index.ts";

const pressure = { type: "number", width: 3, unit: "mm[Hg]" } as const;
const healthy = {
  id: "000000000",
  time: { agoMs: 0 },
  systolic: { between: [118, 138] },
  mean: { between: [88, 96] },
  diastolic: { between: [70, 85] },
  pulse: { between: [62, 84] },
  rest: "0000,0000,00000,000",
} as const;

export default defineProfile({
  id: "terumo-r1",
  aliases: ["terumo-bp-500", "terumo-br-500"],
  model: { maker: "Terumo", name: "BR-500 / BP-500" },
  source: "Two independent programs, one real record and one documented check",
  dossier: "terumo-bp-printer-line.md",
  measures: ["bloodPressure"],
  serial: { baudRate: 9_600, dataBits: 8, parity: "none", stopBits: 1, match: [] },
  check: "sum8",
  confirm: "display",
  actuates: false,
  push: true,
  clock: { maxOffsetMs: 300_000 },
  envelopes: {
    // The sum covers STX … ETX and stands behind it; it may be any byte, a CR or an ETX too.
    host: {
      kind: "text",
      start: "02",
      end: ["03"],
      check: { kind: "sum8", form: "byte", from: 0, place: "afterEnd" },
      maxBytes: 96,
    },
  },
  frames: {
    result: {
      to: "host",
      size: 65,
      layout: "R1,{id},{time},{systolic},{mean},{diastolic},{pulse},{rest}",
      fields: {
        id: { type: "text", width: 9, charset: "alnum", private: true },
        time: { type: "textTime", patterns: ["YYMMDD,hhmmss"] },
        systolic: { ...pressure, min: 40, max: 280 },
        mean: { ...pressure, min: 30, max: 250 },
        diastolic: { ...pressure, min: 20, max: 200 },
        pulse: { type: "number", width: 3, unit: "/min", min: 30, max: 220 },
        rest: { type: "text", width: 19 }, // four columns of unknown meaning
      },
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
    },
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
      impossible: {
        press: [{ send: "result", values: { ...healthy, systolic: 70, diastolic: 90 }, afterMs: 500 }],
      },
    },
  },
});
