// GROW GM72 and other modules with SSI commands. Source: dossier barcode-scanner-serial.md, C; "D §" points into it.
import { defineProfile } from "./kit/index.ts";

const text = { type: "text", minSize: 1, maxSize: 500, charset: "unicode", private: true } as const;

export default defineProfile({
  id: "grow-gm72",
  aliases: ["scanner-gm72"],
  model: { maker: "GROW", name: "GM72 (SSI)" },
  source: "Manual of the module and of two relatives, see dossier",
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
    // D §C: length, command, source, status, data, two's complement of the 16-bit sum.
    device: { kind: "binary", head: "", length: { at: 0, plus: 2 }, check: { kind: "neg-sum16", from: 0 } },
  },
  frames: {
    trigger: { to: "device", size: 6, match: [{ at: 1, is: "e40400" }], fields: {} },
    stop: { to: "device", size: 6, match: [{ at: 1, is: "e50400" }], fields: {} },
    hostMode: {
      to: "device",
      size: 9,
      match: [
        { at: 1, is: "c604" },
        { at: 3, is: "08008a08" },
      ],
      fields: {},
    },

    accepted: { to: "host", bytes: "04d00000ff2c", fields: {} },
    refused: { to: "host", bytes: "05d1000006ff24", fields: {} },
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
    // The module is in another mode than the one in which it may be triggered.
    refused: { kind: "fault", code: "device.unknown" },
    marked: { kind: "scan", text: "text" },
    code: { kind: "scan", text: "text" },
  },
  session: {
    steps: [
      { do: "ask", phase: "contacting", send: "hostMode", expect: ["accepted"], withinMs: 500, tries: 3 },
      { do: "ask", phase: "contacting", send: "trigger", expect: ["accepted"], withinMs: 500, tries: 3 },
      { do: "listen", phase: "waiting", firstMs: 20_000, silenceMs: 1_000 },
    ],
    stop: { send: "stop", expect: ["accepted"], withinMs: 500, tries: 2 },
    totalMs: 25_000,
    gapMs: 100,
  },
  forbidden: [{ name: "factory defaults", at: 5, is: "f2ff" }],
  simulate: {
    answers: {
      hostMode: [{ send: "accepted", values: {}, afterMs: 20 }],
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
      otherMode: { answers: { trigger: [{ send: "refused", values: {}, afterMs: 20 }] } },
    },
  },
});
