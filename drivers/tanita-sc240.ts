// Tanita SC-240 and relatives (keyed CSV). Source: dossier body-composition-tanita-csv.md; "D §" points into it.
import { defineProfile } from "./kit/index.ts";

const percent = { type: "number", decimals: 1, unit: "%", min: 1, max: 90 } as const;
const kilograms = { type: "number", decimals: 1, unit: "kg", min: 0.5, max: 200 } as const;
const label = { type: "text", maxSize: 24 } as const;
const healthy = {
  model: "SC-240",
  serial: "00000002",
  id: null,
  date: null,
  time: null,
  status: null,
  gender: 1,
  age: 60,
  height: 170,
  clothes: 0,
  weight: { between: [62, 70] },
  fat: { between: [18, 24] },
  muscle: { between: [48, 52] },
  bone: { between: [2.5, 3] },
  water: { between: [50, 58] },
  bmi: { between: [21, 24] },
} as const;

export default defineProfile({
  id: "tanita-sc240",
  aliases: ["tanita-sc330", "tanita-mc780", "tanita-csv"],
  model: { maker: "Tanita", name: "SC-240 / SC-330 / MC-780" },
  source: "Manuals of three models, one printed sample; the checksum was found from six lines of four models",
  dossier: "body-composition-tanita-csv.md",
  measures: ["body"],
  serial: { baudRate: 9_600, dataBits: 8, parity: "none", stopBits: 1, match: [] },
  check: "sum8",
  confirm: "display",
  actuates: false,
  push: true,
  envelopes: {
    // D §Line: the sum of everything from { to the comma before CS; some models close with }.
    host: {
      kind: "text",
      start: "7b",
      end: ["0d0a", "7d0d0a"],
      check: { kind: "sum8", form: "hex2", from: 0, place: "beforeEnd", lead: "CS," },
      maxBytes: 2_048,
    },
  },
  frames: {
    result: {
      to: "host",
      layout: "0,16,~0,1,~1,1,~2,1,{*},",
      // D §Line: unknown keys (segments, scores, metabolism) are kept as text. Keys are case sensitive: FW is %, fW kg.
      pairs: { separator: ",", between: ",", quote: '"', unknown: "note", least: 1 },
      fields: {
        model: { ...label, key: ["MO"] },
        serial: { ...label, key: ["SN"] },
        id: { ...label, key: ["ID"], private: true },
        date: { ...label, key: ["Da", "DT"] },
        time: { ...label, key: ["TI", "Ti"] },
        // D: other than 0 is a segment error.
        status: { type: "textCode", key: ["St"], known: ["0"], open: {} },
        gender: { type: "number", key: ["GE"], min: 1, max: 2 },
        age: { type: "number", key: ["AG"], min: 1, max: 120 },
        height: { type: "number", key: ["Hm"], decimals: [0, 1], unit: "cm", min: 50, max: 250 },
        clothes: { ...kilograms, key: ["Pt"], min: 0, max: 10 },
        weight: { ...kilograms, key: ["Wk"], min: 2, max: 300 },
        fat: { ...percent, key: ["FW"] },
        muscle: { ...kilograms, key: ["mW"] },
        bone: { ...kilograms, key: ["bW"], max: 20 },
        water: { ...percent, key: ["ww"] },
        bmi: { type: "number", key: ["MI"], decimals: 1, unit: "kg/m2", min: 5, max: 90 },
      },
    },
  },
  meaning: {
    result: {
      kind: "measurement",
      of: "body",
      readings: [
        ["body.weight", "weight"],
        ["body.fat", "fat"],
        ["body.muscle", "muscle"],
        ["body.bone", "bone"],
        ["body.water", "water"],
        ["body.bmi", "bmi"],
      ],
      doubts: { deviceMarked: { field: "status", is: ["1", "2", "3", "4", "5", "6", "7", "8", "9"] } },
      notes: { model: "model", serial: "serial", date: "date", time: "time" },
    },
  },
  session: {
    steps: [{ do: "listen", phase: "waiting", firstMs: 300_000, silenceMs: 3_000, partial: "device.resultIncomplete" }],
    totalMs: 320_000,
    gapMs: 1_000,
  },
  forbidden: [],
  simulate: {
    answers: {},
    press: [{ send: "result", values: healthy, afterMs: 500 }],
    faults: {
      weightOnly: {
        press: [
          {
            send: "result",
            values: {
              ...healthy,
              gender: null,
              age: null,
              height: null,
              fat: null,
              muscle: null,
              bone: null,
              water: null,
              bmi: null,
            },
            afterMs: 500,
          },
        ],
      },
      segmentError: { press: [{ send: "result", values: { ...healthy, status: "1" }, afterMs: 500 }] },
      impossible: {
        press: [{ send: "result", values: { ...healthy, weight: 999 }, afterMs: 500 }],
      },
    },
  },
});
