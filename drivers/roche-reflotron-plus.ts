// Roche Reflotron Plus / Sprint, result lines. Source: dossier roche-reflotron-plus.md; "D §" points into it.
import { defineProfile } from "./kit/index.ts";

const note = { type: "text", maxSize: 24, charset: "latin" } as const;
/** D §Message: blank; date, card slot, time; sample; the result; up to three lines more; blank. */
const before = "{_?}\r\n{time}{_?}\r\n{sample}\r\n";
const behind = "{_?}\r\n{message}{[}\r\n{additional}{]}{[}\r\n{last}{]}{[}\r\n{]}";
const around = {
  time: {
    type: "textTime",
    patterns: ["DD.MM.YY C1 hh:mm:ss", "DD.MM.YY C2 hh:mm:ss", "DD.MM.YY C3 hh:mm:ss", "DD.MM.YY C4 hh:mm:ss"],
  },
  sample: { ...note, private: true },
  message: note,
  additional: note,
  last: note,
} as const;
const massTexts = ["mg/dl", "mg/dL"] as const;
const molarTexts = ["mmol/l", "mmol/L"] as const;
const microTexts = ["umol/l", "umol/L"] as const;
const notes = { message: "message" } as const;
const healthy = { time: { agoMs: 0 }, sample: "1", message: "", additional: null, last: null } as const;

export default defineProfile({
  id: "roche-reflotron-plus",
  aliases: ["reflotron-plus", "roche-reflotron-sprint"],
  model: { maker: "Roche", name: "Reflotron Plus / Sprint" },
  source: "Operator manual pages 108 to 111, a practice program and result lines its authors collected",
  dossier: "roche-reflotron-plus.md",
  measures: ["lipids", "glucose", "chemistry"],
  serial: { baudRate: 9_600, dataBits: 8, parity: "none", stopBits: 1, match: [] },
  check: "xor8",
  confirm: "display",
  actuates: false,
  push: true,
  clock: { maxOffsetMs: 300_000 },
  settings: {
    // D §Message: modulo-2 sum from behind STX to ETX; "odd" begins with FF, and is what the manual recommends.
    bcc: {
      says: { zh: "BCC,与仪器设置一致", en: "BCC, as set on the analyser" },
      default: "odd",
      choices: {
        odd: { says: { zh: "奇", en: "Odd" }, set: [{ path: "envelopes.host.check.begin", to: 255 }] },
        even: { says: { zh: "偶", en: "Even" }, set: [{ path: "envelopes.host.check.begin", to: 0 }] },
        off: {
          says: { zh: "关闭", en: "Off" },
          set: [
            { path: "envelopes.host.check.kind", to: "none" },
            { path: "check", to: "none" },
          ],
        },
      },
    },
  },
  envelopes: {
    host: {
      kind: "text",
      start: "02",
      end: ["03"],
      check: { kind: "xor8", form: "byte", from: 1, place: "afterEnd", begin: 255 },
      maxBytes: 256,
    },
  },
  frames: {
    cholesterol: {
      to: "host",
      layout: `${before}CHOL{_}{cholesterol}${behind}`,
      fields: {
        ...around,
        cholesterol: {
          type: "amount",
          units: {
            "mg/dL": { min: 50, max: 600, decimals: [0, 2], texts: massTexts },
            "mmol/L": { min: 1, max: 16, decimals: [1, 2], texts: molarTexts },
          },
        },
      },
    },
    hdl: {
      to: "host",
      layout: `${before}HDLP{_}{hdl}${behind}`,
      fields: {
        ...around,
        hdl: {
          type: "amount",
          units: {
            "mg/dL": { min: 5, max: 150, decimals: [0, 2], texts: massTexts },
            "mmol/L": { min: 0.1, max: 4, decimals: [1, 2], texts: molarTexts },
          },
        },
      },
    },
    triglyceride: {
      to: "host",
      layout: `${before}TG{_}{triglyceride}${behind}`,
      fields: {
        ...around,
        triglyceride: {
          type: "amount",
          units: {
            "mg/dL": { min: 20, max: 1000, decimals: [0, 2], texts: massTexts },
            "mmol/L": { min: 0.2, max: 12, decimals: [1, 2], texts: molarTexts },
          },
        },
      },
    },
    glucose: {
      to: "host",
      layout: `${before}GLU{_}{glucose}${behind}`,
      fields: {
        ...around,
        glucose: {
          type: "amount",
          units: {
            "mg/dL": { min: 10, max: 600, decimals: [0, 2], texts: massTexts },
            "mmol/L": { min: 0.5, max: 34, decimals: [1, 2], texts: molarTexts },
          },
        },
      },
    },
    uricAcid: {
      to: "host",
      layout: `${before}UA{_}{uricAcid}${behind}`,
      fields: {
        ...around,
        uricAcid: {
          type: "amount",
          units: {
            "mg/dL": { min: 1, max: 20, decimals: [1, 2], texts: massTexts },
            "umol/L": { min: 50, max: 1200, decimals: [0, 2], texts: microTexts },
          },
        },
      },
    },
    creatinine: {
      to: "host",
      layout: `${before}CREA{_}{creatinine}${behind}`,
      fields: {
        ...around,
        creatinine: {
          type: "amount",
          units: {
            "umol/L": { min: 20, max: 900, decimals: [0, 2], texts: microTexts },
            "mg/dL": { min: 0.2, max: 10, decimals: [1, 2], texts: massTexts },
          },
        },
      },
    },
    haemoglobin: {
      to: "host",
      layout: `${before}HB{_}{haemoglobin}${behind}`,
      fields: {
        ...around,
        haemoglobin: {
          type: "amount",
          units: {
            "g/dL": { min: 3, max: 25, decimals: [1, 2], texts: ["g/dl", "g/dL"] },
          },
        },
      },
    },
    /** An enzyme depends on the temperature behind it, and the rest has no quantity of its own: told as it is printed. */
    other: {
      to: "host",
      layout: `${before}{name}{_}{text}\r\n{message}{[}\r\n{additional}{]}{[}\r\n{last}{]}{[}\r\n{]}`,
      fields: {
        ...around,
        name: { type: "textCode", known: ["GGT", "GOT", "GPT", "ALP", "CK", "AMYL", "P-AM", "K", "BIL", "UREA"] },
        text: note,
      },
    },
  },
  meaning: {
    cholesterol: {
      kind: "measurement",
      of: "lipids",
      readings: [["cholesterol.total", "cholesterol"]],
      deviceTime: "time",
      notes,
    },
    hdl: { kind: "measurement", of: "lipids", readings: [["cholesterol.hdl", "hdl"]], deviceTime: "time", notes },
    triglyceride: {
      kind: "measurement",
      of: "lipids",
      readings: [["triglyceride", "triglyceride"]],
      deviceTime: "time",
      notes,
    },
    glucose: { kind: "measurement", of: "glucose", readings: [["glucose", "glucose"]], deviceTime: "time", notes },
    uricAcid: { kind: "measurement", of: "chemistry", readings: [["uricAcid", "uricAcid"]], deviceTime: "time", notes },
    creatinine: {
      kind: "measurement",
      of: "chemistry",
      readings: [["creatinine", "creatinine"]],
      deviceTime: "time",
      notes,
    },
    haemoglobin: {
      kind: "measurement",
      of: "chemistry",
      readings: [["haemoglobin", "haemoglobin"]],
      deviceTime: "time",
      notes,
    },
    other: { kind: "information", about: "otherResult", values: { name: "name", text: "text" } },
  },
  session: {
    steps: [{ do: "listen", phase: "waiting", firstMs: 300_000, silenceMs: 5_000, partial: "device.resultIncomplete" }],
    totalMs: 320_000,
    gapMs: 2_000,
  },
  forbidden: [],
  simulate: {
    answers: {},
    press: [
      {
        send: "cholesterol",
        values: { ...healthy, cholesterol: { between: [160, 210], unit: "mg/dL" } },
        afterMs: 300,
      },
    ],
    faults: {
      high: {
        press: [
          {
            send: "cholesterol",
            values: { ...healthy, cholesterol: { value: 600, unit: "mg/dL", comparator: ">" } },
            afterMs: 300,
          },
        ],
      },
      enzyme: {
        press: [{ send: "other", values: { ...healthy, name: "GGT", text: "< 2.80 U/l 25\xb0C" }, afterMs: 300 }],
      },
      impossible: {
        press: [
          { send: "cholesterol", values: { ...healthy, cholesterol: { value: 999, unit: "mg/dL" } }, afterMs: 300 },
        ],
      },
    },
  },
});
