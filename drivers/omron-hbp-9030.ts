// Omron HBP-9030 / 9031C, output format 5 over USB. Source: dossier omron-hbp-90x0.md, format 5.
import { defineProfile } from "./kit/index.ts";

const pressure = { type: "number", width: 3, unit: "mm[Hg]" } as const;
const time = { type: "textTime", patterns: ["YYYY,MM,DD,hh,mm"] } as const;
const id = { type: "text", width: 20, private: true } as const;
const column = { type: "text", width: 3 } as const;
const movement = { type: "number", width: 1, min: 0, max: 9 } as const;
const healthy = {
  time: { agoMs: 0 },
  id: "",
  systolic: { between: [118, 138] },
  diastolic: { between: [70, 85] },
  pulse: { between: [62, 84] },
  movement: 0,
} as const;

export default defineProfile({
  id: "omron-hbp-9030",
  aliases: ["omron-hbp-9031c"],
  model: { maker: "Omron", name: "HBP-9030 / HBP-9031C" },
  source: "Two independent programs, one of which cites the maker's manual; its lines were made from the manual",
  dossier: "omron-hbp-90x0.md",
  measures: ["bloodPressure"],
  serial: { baudRate: 9_600, dataBits: 8, parity: "none", stopBits: 1, match: [] },
  check: "none",
  confirm: "display",
  actuates: false,
  push: true,
  clock: { maxOffsetMs: 300_000 },
  envelopes: { host: { kind: "text", start: "", end: ["0d0a"], maxBytes: 64 } },
  frames: {
    result: {
      to: "host",
      size: 55,
      layout: "{time},{id},0,{systolic},{diastolic},{pulse},{movement}",
      fields: {
        time,
        id,
        // D §Format 5: the ranges of the source that cites the manual.
        systolic: { ...pressure, min: 60, max: 260 },
        diastolic: { ...pressure, min: 30, max: 215 },
        pulse: { type: "number", width: 3, unit: "/min", min: 40, max: 180 },
        movement,
      },
    },
    /** D: with an error digit the values are blank, or digits that must not be used. */
    failure: {
      to: "host",
      size: 55,
      layout: "{time},{id},{error},{systolic},{diastolic},{pulse},{movement}",
      fields: {
        time,
        id,
        error: { type: "textCode", known: ["1", "2", "3", "4", "5", "6", "7", "8", "9"] },
        systolic: column,
        diastolic: column,
        pulse: column,
        movement,
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
        ["pulse.rate", "pulse"],
      ],
      greater: [["systolic", "diastolic"]],
      deviceTime: "time",
      doubts: { bodyMotion: { field: "movement", above: 0 } },
    },
    // D §Open points: the table of error digits was not found.
    failure: { kind: "fault", by: "error", codes: {}, otherwise: "device.unknown" },
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
      moved: { press: [{ send: "result", values: { ...healthy, movement: 2 }, afterMs: 500 }] },
      failed: {
        press: [
          {
            send: "failure",
            values: { ...healthy, error: "7", systolic: "", diastolic: "", pulse: "" },
            afterMs: 500,
          },
        ],
      },
    },
  },
});
