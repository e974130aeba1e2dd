// GROW GM65, GM60-S, GM861 (and HBCS2D100) scanner modules, trigger by register. Source: dossier barcode-scanner-serial.md, B; "D §" points into it.
import { defineProfile } from "./kit/index.ts";

const text = { type: "text", minSize: 1, maxSize: 500, charset: "unicode", private: true } as const;

export default defineProfile({
  id: "grow-gm65",
  aliases: ["scanner-gm65", "scanner-gm65-gm72"],
  model: { maker: "GROW", name: "GM65 / GM861" },
  source: "Manuals of the family, seven independent programs for trigger and answer, see dossier",
  dossier: "barcode-scanner-serial.md",
  measures: [],
  serial: { baudRate: 9_600, baudChoices: [9_600, 115_200], dataBits: 8, parity: "none", stopBits: 1, match: [] },
  check: "none",
  confirm: "none",
  actuates: false,
  push: false,
  envelopes: {
    // What was scanned comes as text with CR or LF behind it; answers to commands are told by all of their bytes.
    host: { kind: "text", start: "", end: ["0d", "0d0a", "0a"], maxBytes: 512 },
    // D §B: 7E 00, type, length, address, data, CRC-16/XMODEM from the type on (the module also takes AB CD unchecked).
    device: { kind: "binary", head: "7e00", check: { kind: "crc16-xmodem", from: 2 } },
  },
  frames: {
    trigger: { to: "device", size: 9, match: [{ at: 2, is: "0801000201" }], fields: {} },
    stop: { to: "device", size: 9, match: [{ at: 2, is: "0801000200" }], fields: {} },

    accepted: { to: "host", bytes: "02000001003331", fields: {} },
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
    accepted: { kind: "information", about: "accepted", values: {}, link: true },
    marked: { kind: "scan", text: "text" },
    code: { kind: "scan", text: "text" },
  },
  session: {
    steps: [
      { do: "ask", phase: "contacting", send: "trigger", expect: ["accepted"], withinMs: 500, tries: 3 },
      { do: "listen", phase: "waiting", firstMs: 20_000, silenceMs: 1_000 },
    ],
    stop: { send: "stop", expect: ["accepted"], withinMs: 500, tries: 2 },
    totalMs: 25_000,
    gapMs: 100,
  },
  forbidden: [{ name: "factory reset", at: 2, is: "080100d9" }],
  simulate: {
    answers: {
      trigger: [
        { send: "accepted", values: {}, afterMs: 20 },
        { send: "code", values: { text: "HS1-SPECIMEN-0001" }, afterMs: 1_200 },
      ],
      stop: [{ send: "accepted", values: {}, afterMs: 20 }],
    },
    faults: {
      marked: {
        answers: {
          trigger: [
            { send: "accepted", values: {}, afterMs: 20 },
            { send: "marked", values: { symbology: "Q1", text: "HS1-SPECIMEN-0001" }, afterMs: 1_200 },
          ],
        },
      },
      nothingShown: { answers: { trigger: [{ send: "accepted", values: {}, afterMs: 20 }] } },
    },
  },
});
