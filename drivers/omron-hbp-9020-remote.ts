// Omron HBP-9020 started and stopped by the host (38-character record). Source: dossier omron-hbp-90x0.md, format B.
import { defineProfile } from "./kit/index.ts";

const pressure = { type: "number", width: 3, unit: "mm[Hg]" } as const;
const time = { type: "textTime", patterns: ["YY/MM/DD/hh:mm"], loose: true } as const;
const healthy = {
  time: { agoMs: 0 },
  systolic: { between: [118, 138] },
  diastolic: { between: [70, 85] },
  pulse: { between: [62, 84] },
} as const;

export default defineProfile({
  id: "omron-hbp-9020-remote",
  model: { maker: "Omron", name: "HBP-9020, remote control" },
  source: "Two independent programs that disagree on the separators; no recorded result",
  dossier: "omron-hbp-90x0.md",
  measures: ["bloodPressure"],
  serial: { baudRate: 2_400, dataBits: 7, parity: "even", stopBits: 1, match: [] },
  check: "none",
  confirm: "display",
  actuates: true,
  push: false,
  clock: { maxOffsetMs: 300_000 },
  envelopes: {
    host: { kind: "text", start: "02", end: ["03"], maxBytes: 40 },
    device: { kind: "text", start: "02", end: ["03"], maxBytes: 4 },
  },
  frames: {
    start: { to: "device", layout: "S", fields: {} },
    stop: { to: "device", layout: "R", fields: {} },
    restart: { to: "device", layout: "B", fields: {} },
    // D §Format B, conflict: no fixed columns behind the minute, but exactly three groups of three digits.
    result: {
      to: "host",
      size: 40,
      layout: "ID99999999{~B}{time}{~ }{systolic}{~  }{diastolic}{~ }{pulse}{_?}",
      fields: {
        time,
        systolic: { ...pressure, min: 40, max: 280 },
        diastolic: { ...pressure, min: 20, max: 200 },
        pulse: { type: "number", width: 3, unit: "/min", min: 30, max: 220 },
      },
    },
    /** D: if any of the three does not parse, there is no measurement. */
    failure: {
      to: "host",
      size: 40,
      layout: "ID99999999{~B}{time}{rest}",
      fields: { time, rest: { type: "text", width: 13 } },
    },
  },
  meaning: {
    result: {
      kind: "measurement",
      of: "bloodPressure",
      readings: [
        ["bp.systolic", "systolic"],
        ["bp.diastolic", "diastolic"],
        ["pulse.rate", "pulse"],
      ],
      greater: [["systolic", "diastolic"]],
      deviceTime: "time",
    },
    failure: { kind: "fault", code: "device.unreadable" },
  },
  session: {
    steps: [
      // No acknowledgement is documented: started once, on the person's word.
      { do: "send", phase: "contacting", send: "start", acts: true },
      { do: "listen", phase: "measuring", firstMs: 180_000, silenceMs: 2_000, partial: "device.resultIncomplete" },
    ],
    stop: { send: "stop", expect: [], withinMs: 500, tries: 2 },
    totalMs: 185_000,
    gapMs: 300,
  },
  forbidden: [],
  simulate: {
    answers: { start: [{ send: "result", values: healthy, afterMs: 30_000 }] },
    faults: {
      failed: {
        answers: {
          start: [{ send: "failure", values: { time: { agoMs: 0 }, rest: " ---  --- ---" }, afterMs: 30_000 }],
        },
      },
    },
  },
});
