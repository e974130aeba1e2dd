// Thermal receipt printers with ESC/POS and a GB18030 font (Xprinter, Gprinter, SPRT, Rongta and others). Source: dossier
// escpos-receipt-printer-gb18030.md; "D §" points into it.
import { defineProfile } from "./kit/index.ts";

// D §Real-time status: one byte back, with four fixed bits; anything else is no status. What it says depends on the question.
const answer = (bits: Readonly<Record<string, number>>) =>
  ({
    to: "host",
    size: 1,
    match: [{ at: 0, is: "12", mask: "93" }],
    fields: { state: { type: "flags", at: 0, bits } },
  }) as const;
const command = (bytes: string) => ({ to: "device", bytes, fields: {} }) as const;
const ask = (send: "askOffline" | "askPaper", expect: "offlineCause" | "paper") =>
  ({ do: "ask", phase: "contacting", send, expect: [expect], withinMs: 500, tries: 3 }) as const;
const ready = { cover: false, feeding: false, paperEnd: false, error: false } as const;
const paper = { nearEnd: false, nearEndToo: false, end: false, endToo: false } as const;

// A line of 24 rows of dots (ESC * 33, in every ESC/POS manual; not tried on a printer): column by column, three bytes each,
// printed by the line's end like a text. 12 columns of dots a character.
const dotBytes = (columns: number) => columns * 12 * 3;
const drawn = (columns: number) => `\u001b*!${String.fromCharCode((columns * 12) % 256, (columns * 12) >> 8)}{dots}`;

export default defineProfile({
  id: "printer-escpos",
  aliases: ["escpos-gb18030", "escpos-receipt-printer-gb18030"],
  model: { maker: "Many", name: "ESC/POS receipt printer with GB18030" },
  source: "Manuals of nine printers, two published packages run for their bytes, see dossier",
  dossier: "escpos-receipt-printer-gb18030.md",
  measures: [],
  serial: {
    baudRate: 9_600,
    baudChoices: [9_600, 19_200, 38_400, 115_200],
    dataBits: 8,
    parity: "none",
    stopBits: 1,
    match: [],
  },
  check: "none",
  confirm: "none",
  actuates: false,
  push: false,
  paper: { columns: 32 },
  settings: {
    paper: {
      says: { zh: "纸宽", en: "Width of the paper" },
      default: "58",
      choices: {
        58: { says: { zh: "58 毫米", en: "58 mm" }, set: [] },
        80: {
          says: { zh: "80 毫米", en: "80 mm" },
          set: [
            { path: "paper.columns", to: 48 },
            { path: "frames.drawn.layout", to: drawn(48) },
            { path: "frames.drawn.fields.dots.minSize", to: dotBytes(48) },
            { path: "frames.drawn.fields.dots.maxSize", to: dotBytes(48) },
          ],
        },
      },
    },
  },
  envelopes: {
    host: { kind: "binary", head: "", check: { kind: "none", from: 0 } },
    device: { kind: "text", start: "", end: ["0a"], maxBytes: 2_048 },
  },
  frames: {
    // D §Text commands
    initialize: command("1b40"),
    chinese: command("1c26"),
    left: command("1b6100"),
    centre: command("1b6101"),
    normal: command("1d2100"),
    large: command("1d2111"),
    bold: command("1b4501"),
    plain: command("1b4500"),
    cut: command("1d564200"),
    // D §Real-time status: recover and clear buffers.
    forget: command("100502"),
    askOffline: command("100402"),
    askError: command("100403"),
    askPaper: command("100404"),
    // D §Encoding: what takes four bytes cannot be printed as text; such a line is drawn by whoever has a font, or has 〓.
    drawn: {
      to: "device",
      layout: drawn(32),
      fields: { dots: { type: "text", charset: "dots", minSize: dotBytes(32), maxSize: dotBytes(32) } },
    },
    line: { to: "device", layout: "{text}", fields: { text: { type: "text", maxSize: 400, charset: "gbk" } } },

    offlineCause: answer({ cover: 2, feeding: 3, paperEnd: 5, error: 6 }),
    errorCause: answer({ cutter: 3, unrecoverable: 5, recoverable: 6 }),
    paper: answer({ nearEnd: 2, nearEndToo: 3, end: 5, endToo: 6 }),
  },
  meaning: {
    offlineCause: [
      { kind: "fault", when: { "state.paperEnd": [true] }, code: "device.paperOut" },
      { kind: "fault", when: { "state.cover": [true] }, code: "device.printerStopped" },
      { kind: "fault", when: { "state.error": [true] }, code: "device.printerStopped" },
      { kind: "information", about: "printer", values: { feeding: "state.feeding" } },
    ],
    errorCause: [
      { kind: "fault", when: { "state.unrecoverable": [true] }, code: "device.printerStopped" },
      { kind: "fault", when: { "state.cutter": [true] }, code: "device.printerStopped" },
      { kind: "information", about: "printerError", values: { hot: "state.recoverable" } },
    ],
    // Both bits of a pair are set together; one alone is no state of this printer.
    paper: [
      { kind: "fault", when: { "state.end": [true], "state.endToo": [true] }, code: "device.paperOut" },
      { kind: "information", about: "paper", values: { nearEnd: "state.nearEnd" } },
    ],
  },
  session: { steps: [ask("askOffline", "offlineCause"), ask("askPaper", "paper")], totalMs: 5_000, gapMs: 100 },
  tasks: {
    status: { steps: [ask("askOffline", "offlineCause"), ask("askPaper", "paper")], totalMs: 5_000, gapMs: 100 },
    // D §Job: paper before, the lines, cut, paper again; "printed" only if nothing ran out meanwhile.
    print: {
      steps: [
        ask("askOffline", "offlineCause"),
        ask("askPaper", "paper"),
        { do: "send", phase: "measuring", send: "initialize" },
        { do: "send", phase: "measuring", send: "chinese" },
        // A line of 32 half-width characters takes 35 ms at 9600 baud, and the printer's buffer some of them.
        {
          do: "job",
          phase: "measuring",
          frames: ["line", "drawn", "left", "centre", "normal", "large", "bold", "plain"],
          pauseMs: 40,
        },
        { do: "send", phase: "measuring", send: "cut", pauseMs: 500 },
        ask("askPaper", "paper"),
        ask("askOffline", "offlineCause"),
      ],
      // Lines that found no paper do not come out on the next person's.
      stop: { send: "forget", expect: [], withinMs: 100, tries: 1, always: true },
      totalMs: 40_000,
      gapMs: 100,
    },
  },
  forbidden: [],
  simulate: {
    answers: {
      askOffline: [{ send: "offlineCause", values: { state: ready }, afterMs: 20 }],
      askError: [
        {
          send: "errorCause",
          values: { state: { cutter: false, unrecoverable: false, recoverable: false } },
          afterMs: 20,
        },
      ],
      askPaper: [{ send: "paper", values: { state: paper }, afterMs: 20 }],
    },
    faults: {
      paperOut: {
        answers: {
          askOffline: [{ send: "offlineCause", values: { state: { ...ready, paperEnd: true } }, afterMs: 20 }],
          askPaper: [{ send: "paper", values: { state: { ...paper, end: true, endToo: true } }, afterMs: 20 }],
        },
      },
      nearEnd: {
        answers: {
          askPaper: [{ send: "paper", values: { state: { ...paper, nearEnd: true, nearEndToo: true } }, afterMs: 20 }],
        },
      },
      runsOut: {
        answers: {
          askPaper: [
            { send: "paper", values: { state: paper }, afterMs: 20, until: "line" },
            { send: "paper", values: { state: { ...paper, end: true, endToo: true } }, afterMs: 20, once: "line" },
          ],
        },
      },
      coverOpen: {
        answers: { askOffline: [{ send: "offlineCause", values: { state: { ...ready, cover: true } }, afterMs: 20 }] },
      },
    },
  },
});
