// ACON On Call (艾康) glucose meter, "&DZ" text. Source: dossier acon-on-call-glucose.md; "D §" points into it.
import { defineProfile } from "./kit/index.ts";

const fresh = { time: { agoMs: 60_000 }, glucose: { between: [85, 140] }, flag: "0" } as const;

export default defineProfile({
  id: "acon-on-call",
  aliases: ["acon-on-call-plus", "acon-on-call-ez"],
  model: { maker: "ACON", name: "On Call Plus / EZ" },
  source: "Two kiosk programs and real log lines; the check number was found from them",
  dossier: "acon-on-call-glucose.md",
  measures: ["glucose"],
  serial: { baudRate: 9_600, dataBits: 8, parity: "none", stopBits: 1, match: [] },
  check: "crc16-modbus",
  confirm: "none",
  actuates: false,
  push: false,
  clock: { maxOffsetMs: 300_000 },
  settings: {
    // D §Message: one program reads with &EZ, sent twice; &DZ is documented as "read stored results".
    command: {
      says: { zh: "读取命令", en: "Command that reads" },
      default: "dz",
      choices: {
        dz: { says: { zh: "&DZ", en: "&DZ" }, set: [{ path: "session.steps.0.send", to: "readStored" }] },
        ez: { says: { zh: "&EZ", en: "&EZ" }, set: [{ path: "session.steps.0.send", to: "read" }] },
      },
    },
  },
  envelopes: {
    // D §Message: 06h, then the CRC of all before it as a decimal number, then CR.
    host: {
      kind: "text",
      start: "26",
      end: ["0d"],
      check: { kind: "crc16-modbus", form: "decimal", from: 0, place: "beforeEnd", lead: "\x06" },
      maxBytes: 16_384,
    },
    device: {
      kind: "text",
      start: "26",
      end: ["0d"],
      check: { kind: "crc16-modbus", form: "decimal", from: 0, place: "beforeEnd", lead: "\x06" },
      maxBytes: 32,
    },
  },
  frames: {
    read: { to: "device", layout: "EZ ", fields: {} },
    readStored: { to: "device", layout: "DZ ", fields: {} },
    received: { to: "device", layout: "D1 1 ", fields: {} },
    close: { to: "device", layout: "DH ", fields: {} },
    none: { to: "host", layout: "DZ 0 {[}\x1e{]}", fields: {} },
    /** One message, all records or none of them. */
    records: {
      to: "host",
      layout: "DZ {#} \x1e{+}",
      records: "{time} {glucose} {flag} \x1e",
      fields: {
        time: { type: "textTime", patterns: ["MMDDYYhhmm"] },
        // D: 9 was seen in a real record, below what any meter measures.
        glucose: { type: "number", unit: "mg/dL", min: 20, max: 600 },
        flag: { type: "textCode", known: ["0"], open: {} },
      },
    },
  },
  meaning: {
    none: { kind: "fault", code: "device.noRecord" },
    records: [
      // D §Message: the flag's meaning is unknown; anything but 0 is no plain result.
      { kind: "fault", by: "flag", codes: {}, ok: ["0"], otherwise: "device.unknown" },
      {
        kind: "measurement",
        of: "glucose",
        readings: [["glucose", "glucose"]],
        deviceTime: "time",
        stored: true,
      },
    ],
  },
  session: {
    steps: [{ do: "ask", phase: "reading", send: "readStored", expect: ["records"], withinMs: 3_000, tries: 3 }],
    replies: { records: { send: "received" } },
    stop: { send: "close", expect: [], withinMs: 200, tries: 1, always: true },
    totalMs: 20_000,
    gapMs: 3_000,
  },
  forbidden: [{ name: "&DJ, delete the memory", at: 0, is: "26444a" }],
  simulate: {
    answers: {
      readStored: [{ send: "records", values: fresh, afterMs: 300 }],
      read: [{ send: "records", values: fresh, afterMs: 300 }],
    },
    faults: {
      low: { answers: { readStored: [{ send: "records", values: { ...fresh, glucose: 9 }, afterMs: 300 }] } },
      flagged: { answers: { readStored: [{ send: "records", values: { ...fresh, flag: "2" }, afterMs: 300 }] } },
      empty: { answers: { readStored: [{ send: "none", values: {}, afterMs: 300 }] } },
      yesterday: {
        answers: { readStored: [{ send: "records", values: { ...fresh, time: { agoMs: 86_400_000 } }, afterMs: 300 }] },
      },
    },
  },
});
