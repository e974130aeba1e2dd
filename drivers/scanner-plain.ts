// Any QR or barcode scanner in plain serial mode. Source: dossier barcode-scanner-serial.md, A.
import { defineProfile } from "./kit/index.ts";

const text = { type: "text", minSize: 1, maxSize: 500, charset: "unicode", private: true } as const;

export default defineProfile({
  id: "scanner-plain",
  aliases: ["barcode-scanner-serial"],
  model: { maker: "Any", name: "QR or barcode scanner, plain serial mode" },
  source: "Manuals of four modules; the suffix is set by a configuration barcode",
  dossier: "barcode-scanner-serial.md",
  measures: [],
  serial: { baudRate: 9_600, baudChoices: [115_200], dataBits: 8, parity: "none", stopBits: 1, match: [] },
  check: "none",
  confirm: "none",
  actuates: false,
  push: true,
  settings: {
    suffix: {
      says: { zh: "扫码头的结束符", en: "What the scanner sends behind a code" },
      default: "mark",
      choices: {
        mark: {
          says: { zh: "回车或换行", en: "CR, LF or both" },
          set: [{ path: "envelopes.host.silence", to: false }],
        },
        none: {
          says: { zh: "没有,停顿 0.1 秒算结束", en: "Nothing: a pause of 0.1 s ends it" },
          set: [{ path: "envelopes.host.silence", to: true }],
        },
      },
    },
    speed: {
      says: { zh: "速率", en: "Speed" },
      default: "s9600",
      choices: {
        s9600: { says: { zh: "9600", en: "9600" }, set: [{ path: "serial.baudRate", to: 9_600 }] },
        s115200: { says: { zh: "115200", en: "115200" }, set: [{ path: "serial.baudRate", to: 115_200 }] },
      },
    },
  },
  envelopes: {
    host: { kind: "text", start: "", end: ["0d", "0d0a", "0a"], silence: false, maxBytes: 512 },
  },
  frames: {
    /** With the AIM symbology identifier in front: `]Q1`. It is no part of the code. */
    marked: {
      to: "host",
      layout: "]{symbology}{text}",
      fields: {
        symbology: {
          type: "textCode",
          known: ["Q0", "Q1", "Q2", "Q3", "d1", "d2", "C0", "C1", "E0", "E4", "A0", "I0", "L0", "L2", "X0", "z3"],
        },
        text,
      },
    },
    code: { to: "host", layout: "{text}", fields: { text } },
  },
  meaning: {
    marked: { kind: "scan", text: "text" },
    code: { kind: "scan", text: "text" },
  },
  session: {
    steps: [{ do: "listen", phase: "waiting", firstMs: 60_000, silenceMs: 1_000 }],
    totalMs: 65_000,
    gapMs: 100,
  },
  forbidden: [],
  simulate: {
    answers: {},
    press: [{ send: "code", values: { text: "HS1-SPECIMEN-0001" }, afterMs: 300 }],
    faults: {
      marked: { press: [{ send: "marked", values: { symbology: "Q1", text: "HS1-SPECIMEN-0001" }, afterMs: 300 }] },
    },
  },
});
