// LifeScan OneTouch UltraEasy / UltraMini (稳豪倍易). Source: dossier lifescan-onetouch-ultraeasy-binary.md; "D §" points into it.
import { defineProfile } from "./kit/index.ts";

// D §Packet, link control: ack 04, disconnect 08. A frame with payload has neither; its sequence bits belong to the link.
const payload = { at: 2, mask: "0c", is: "00" } as const;

export default defineProfile({
  id: "lifescan-onetouch-ultraeasy",
  aliases: ["lifescan-onetouch-ultraeasy-binary", "onetouch-ultraeasy"],
  model: { maker: "LifeScan", name: "OneTouch UltraEasy" },
  source: "Four independent implementations and one full USB capture, see dossier",
  dossier: "lifescan-onetouch-ultraeasy-binary.md",
  measures: ["glucose"],
  serial: { baudRate: 9_600, dataBits: 8, parity: "none", stopBits: 1, match: [] }, // D §Serial settings
  check: "crc16-ccitt-false",
  confirm: "none",
  actuates: false,
  push: false,
  clock: { maxOffsetMs: 300_000 },
  envelopes: {
    // D §Packet: STX, whole length, link control, payload, ETX, CRC low byte first over STX to ETX.
    host: {
      kind: "binary",
      head: "02",
      length: { at: 1, plus: 0 },
      tail: "03",
      check: { kind: "crc16-ccitt-false", from: 0, order: "le" },
    },
    device: {
      kind: "binary",
      head: "02",
      length: { at: 1, plus: 0 },
      tail: "03",
      check: { kind: "crc16-ccitt-false", from: 0, order: "le" },
    },
  },
  link: {
    kind: "sequenced",
    at: 2,
    bits: { sequence: 0x01, expected: 0x02, ack: 0x04, reset: 0x08, more: 0x10 },
    reset: ["reset", "resetDone"],
    ack: ["hostAck", "meterAck"],
    withinMs: 1_000, // D §Exchange
    tries: 3,
  },
  frames: {
    // D §Commands. Erase (05 1A) is not here and must never be.
    reset: { to: "device", size: 6, match: [{ at: 2, mask: "0c", is: "08" }], fields: {} },
    hostAck: { to: "device", size: 6, match: [{ at: 2, mask: "0c", is: "04" }], fields: {} },
    askVersion: { to: "device", size: 9, match: [payload, { at: 3, is: "050d02" }], fields: {} },
    askSerial: { to: "device", size: 18, match: [payload, { at: 3, is: "050b02" }], fields: {} },
    askClock: { to: "device", size: 13, match: [payload, { at: 3, is: "052002" }], fields: {} },
    askUnit: { to: "device", size: 14, match: [payload, { at: 3, is: "05090209" }], fields: {} },
    askCount: { to: "device", size: 10, match: [payload, { at: 3, is: "051f0002" }], fields: {} }, // index 512, as in the capture
    askRecord: {
      to: "device",
      size: 10,
      match: [payload, { at: 3, is: "051f" }],
      fields: { index: { type: "u16le", at: 5, min: 0, max: 499 } },
    },

    resetDone: { to: "host", size: 6, match: [{ at: 2, mask: "0c", is: "0c" }], fields: {} },
    meterAck: { to: "host", size: 6, match: [{ at: 2, mask: "0c", is: "04" }], fields: {} },
    // Replies do not name their question: size first, then the narrower form first.
    unit: {
      to: "host",
      size: 12,
      match: [payload, { at: 3, is: "0506" }, { at: 6, is: "000000" }],
      fields: { shown: { type: "code", size: 4, at: 5, known: [0, 1] } },
    },
    clock: {
      to: "host",
      size: 12,
      match: [payload, { at: 3, is: "0506" }],
      fields: { time: { type: "datetime", form: "unix32le", at: 5 } },
    },
    record: {
      to: "host",
      size: 16,
      match: [payload, { at: 3, is: "0506" }],
      fields: {
        time: { type: "datetime", form: "unix32le", at: 5 },
        glucose: {
          type: "u32le",
          at: 9,
          unit: "mg/dL", // D §Commands: always mg/dL, whatever the display shows
          min: 20,
          max: 600,
          // D §Commands: HI is FFFF or above 600, LO is FFFE or below 20. Zero is never a result.
          special: [
            { raw: [0xfffe, 0xfffe], comparator: "<", value: 20 },
            { raw: [601, 0xffff], comparator: ">", value: 600 },
            { raw: [1, 19], comparator: "<", value: 20 },
          ],
        },
      },
    },
    serialNumber: {
      to: "host",
      size: 17,
      match: [payload, { at: 3, is: "0506" }],
      fields: { serial: { type: "ascii", at: 5, size: 9 } },
    },
    version: {
      to: "host",
      size: [10, 42],
      match: [payload, { at: 3, is: "0506" }, { at: 5, sizeMinus: 9 }],
      fields: { version: { type: "ascii", at: 6, maxSize: 33 } },
    },
    count: {
      to: "host",
      size: 10,
      match: [payload, { at: 3, is: "050f" }],
      fields: { count: { type: "u16le", at: 5, min: 0, max: 500 } },
    },
  },
  meaning: {
    resetDone: { kind: "information", about: "reset", values: {}, link: true },
    meterAck: { kind: "information", about: "acknowledged", values: {}, link: true },
    unit: { kind: "information", about: "unit", values: { shown: "shown" } }, // 0 mg/dL, 1 mmol/L on the display only
    clock: { kind: "information", about: "clock", values: { deviceTime: "time" } },
    record: {
      kind: "measurement",
      of: "glucose",
      readings: [["glucose", "glucose"]],
      deviceTime: "time",
      stored: true,
    },
    serialNumber: { kind: "information", about: "serial", values: { serial: "serial" } },
    version: { kind: "information", about: "version", values: { version: "version" } },
    count: { kind: "information", about: "count", values: { count: "count" } },
  },
  session: {
    steps: [
      { do: "ask", phase: "contacting", send: "askVersion", expect: ["version"], withinMs: 1_000, tries: 3 },
      { do: "ask", phase: "reading", send: "askSerial", expect: ["serialNumber"], withinMs: 1_000, tries: 3 },
      { do: "ask", phase: "reading", send: "askClock", expect: ["clock"], withinMs: 1_000, tries: 3 },
      { do: "ask", phase: "reading", send: "askUnit", expect: ["unit"], withinMs: 1_000, tries: 3 },
      { do: "ask", phase: "reading", send: "askCount", expect: ["count"], withinMs: 1_000, tries: 3 },
      {
        do: "readout",
        phase: "reading",
        send: "askRecord",
        index: "index",
        expect: "record",
        none: "count",
        most: 10,
        withinMs: 1_000,
        tries: 3,
      },
    ],
    totalMs: 60_000,
    gapMs: 300,
  },
  forbidden: [
    { name: "erase memory", at: 3, is: "051a" },
    { name: "set clock", at: 3, is: "052001" },
  ],
  simulate: {
    answers: {
      reset: [{ send: "resetDone", values: {}, afterMs: 20 }],
      askVersion: [{ send: "version", values: { version: "P02.00.0025/05/07" }, afterMs: 25 }],
      askSerial: [{ send: "serialNumber", values: { serial: "SIM000001" }, afterMs: 25 }],
      askClock: [{ send: "clock", values: { time: { agoMs: 0 } }, afterMs: 25 }],
      askUnit: [{ send: "unit", values: { shown: 1 }, afterMs: 25 }],
      askCount: [{ send: "count", values: { count: 3 }, afterMs: 25 }],
      askRecord: [
        {
          memory: "record",
          by: "index",
          rows: [
            { time: { agoMs: 0 }, glucose: { between: [92, 124] } },
            { time: { agoMs: 86_400_000 }, glucose: 196 },
            { time: { agoMs: 172_800_000 }, glucose: 141 },
          ],
          none: { send: "count", values: { count: 3 } },
          afterMs: 25,
        },
      ],
    },
    faults: {
      hi: {
        answers: {
          askCount: [{ send: "count", values: { count: 1 }, afterMs: 25 }],
          askRecord: [
            {
              memory: "record",
              by: "index",
              rows: [{ time: { agoMs: 0 }, glucose: { value: 600, unit: "mg/dL", comparator: ">" } }],
              none: { send: "count", values: { count: 1 } },
              afterMs: 25,
            },
          ],
        },
      },
      lo: {
        answers: {
          askCount: [{ send: "count", values: { count: 1 }, afterMs: 25 }],
          askRecord: [
            {
              memory: "record",
              by: "index",
              rows: [{ time: { agoMs: 0 }, glucose: { value: 20, unit: "mg/dL", comparator: "<" } }],
              none: { send: "count", values: { count: 1 } },
              afterMs: 25,
            },
          ],
        },
      },
      outOfRange: {
        answers: {
          askCount: [{ send: "count", values: { count: 1 }, afterMs: 25 }],
          askRecord: [
            {
              memory: "record",
              by: "index",
              rows: [{ time: { agoMs: 0 }, glucose: 0 }],
              none: { send: "count", values: { count: 1 } },
              afterMs: 25,
            },
          ],
        },
      },
      noRecord: {
        answers: {
          askCount: [{ send: "count", values: { count: 0 }, afterMs: 25 }],
          askRecord: [{ send: "count", values: { count: 0 }, afterMs: 25 }],
        },
      },
      stale: {
        answers: {
          askCount: [{ send: "count", values: { count: 1 }, afterMs: 25 }],
          askRecord: [
            {
              memory: "record",
              by: "index",
              rows: [{ time: { agoMs: 86_400_000 }, glucose: 196 }],
              none: { send: "count", values: { count: 1 } },
              afterMs: 25,
            },
          ],
        },
      },
      clockWrong: {
        answers: {
          askClock: [{ send: "clock", values: { time: { agoMs: 7_200_000 } }, afterMs: 25 }],
          askCount: [{ send: "count", values: { count: 1 }, afterMs: 25 }],
          askRecord: [
            {
              memory: "record",
              by: "index",
              rows: [{ time: { agoMs: 7_200_000 }, glucose: 112 }],
              none: { send: "count", values: { count: 1 } },
              afterMs: 25,
            },
          ],
        },
      },
    },
  },
});
