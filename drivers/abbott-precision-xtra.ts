// Abbott Precision Xtra / Optium (雅培), dump over the serial cable. Source: dossier abbott-freestyle-precision-serial.md.
import { defineProfile } from "./kit/index.ts";

const clock = { type: "textTime", patterns: ["MON DD YYYY hh:mm:ss"] } as const;
const serial = { type: "text", maxSize: 16 } as const;
const version = { type: "text", maxSize: 24 } as const;
/** LO is printed for what is below 20. */
const belowGlucose = Array.from({ length: 20 }, (_, value) => value);
const fresh = {
  serial: "DBMS017-N7000",
  version: "1.43     -P",
  clock: { agoMs: 0 },
  glucose: { between: [85, 140] },
  time: { agoMs: 60_000 },
  analyte: "G",
  state: "00",
} as const;

export default defineProfile({
  id: "abbott-precision-xtra",
  aliases: ["abbott-freestyle-optium", "abbott-optium"],
  model: { maker: "Abbott", name: "Precision Xtra / FreeStyle Optium" },
  source: "Protocol notes and two independent programs; one real record line, no complete dump",
  dossier: "abbott-freestyle-precision-serial.md",
  measures: ["glucose"],
  serial: {
    baudRate: 19_200,
    dataBits: 8,
    parity: "none",
    stopBits: 1,
    match: [], // the cable is the one of the FreeStyle Lite: the operator assigns the port
  },
  check: "sum16",
  confirm: "none",
  actuates: false,
  push: false,
  clock: { maxOffsetMs: 300_000 },
  envelopes: {
    // Sum of everything from the first CR LF to before "0x", CR LF included.
    host: {
      kind: "text",
      start: "0d0a",
      end: ["2020454e440d0a"],
      check: { kind: "sum16", form: "hex4", from: 0, place: "beforeEnd", lead: "0x" },
      maxBytes: 65_536,
    },
    device: { kind: "text", start: "", end: ["0d0a"], maxBytes: 32 },
  },
  frames: {
    dumpMemory: { to: "device", layout: "$xmem", fields: {} },
    setClock: {
      to: "device",
      layout: "$tim,{time}",
      fields: { time: { type: "textTime", patterns: ["MM,DD,YY,hh,mm"] } },
    },
    accepted: { to: "host", bytes: "434d44204f4b0d0a", fields: {} },
    refused: { to: "host", bytes: "434d44204661696c210d0a", fields: {} },
    empty: {
      to: "host",
      layout: "{serial}\r\n{version}\r\n{clock}\r\nLog Empty\r\n",
      fields: { serial, version, clock },
    },
    records: {
      to: "host",
      layout: "{serial}\r\n{version}\r\n{clock}\r\n{#3}\r\n{[}\n{]}{+}",
      records: "{glucose}  {time} {analyte} 0x{state}\r\n",
      fields: {
        serial,
        version,
        clock,
        glucose: {
          type: "number",
          width: 3,
          unit: "mg/dL",
          special: [
            { text: "HI", comparator: ">", value: 500 },
            { text: "LO", comparator: "<", value: 20 },
          ],
          // A ketone stands in the same place and may be as small as 1; what is too small for glucose is a fault below.
          min: 0,
          max: 500,
        },
        time: { type: "textTime", patterns: ["MON DD YYYY hh:mm"] },
        analyte: { type: "textCode", known: ["G", "K"] },
        state: { type: "textCode", known: ["00", "01", "02", "03"], open: { width: 2 } },
      },
    },
  },
  meaning: {
    accepted: { kind: "information", about: "accepted", values: {} },
    refused: { kind: "fault", code: "device.unknown" },
    empty: { kind: "fault", code: "device.noRecord" },
    records: [
      // Ketone: the sources disagree on what the number means and on where HI begins, so it is not told.
      { kind: "ignore", when: { analyte: ["K"] }, reason: "the sources disagree on the unit of ketone" },
      { kind: "fault", when: { glucose: belowGlucose }, code: "device.outOfRange" },
      // Bit 0: control solution. Bit 1: the clock was lost (one source), so the time is nobody's.
      { kind: "fault", by: "state", codes: {}, ok: ["00", "01", "02", "03"], otherwise: "device.unknown" },
      {
        kind: "control",
        when: { state: ["01", "03"] },
        of: "glucose",
        readings: [["glucose", "glucose"]],
        stored: true,
      },
      {
        kind: "measurement",
        when: { state: ["00"] },
        of: "glucose",
        readings: [["glucose", "glucose"]],
        deviceTime: "time",
        stored: true,
        notes: { serial: "serial" },
      },
      {
        kind: "measurement",
        when: { state: ["02"] },
        of: "glucose",
        readings: [["glucose", "glucose"]],
        stored: true,
        notes: { serial: "serial" },
      },
    ],
  },
  session: {
    steps: [
      // The first command may be ignored: it is said twice.
      { do: "ask", phase: "reading", send: "dumpMemory", expect: ["records"], withinMs: 30_000, tries: 2 },
    ],
    totalMs: 70_000,
    gapMs: 2_000,
  },
  tasks: {
    setClock: {
      steps: [
        {
          do: "ask",
          phase: "contacting",
          send: "setClock",
          values: { time: { clock: true } },
          expect: ["accepted"],
          withinMs: 3_000,
          tries: 2,
        },
      ],
      totalMs: 10_000,
      gapMs: 500,
    },
  },
  forbidden: [],
  simulate: {
    answers: {
      dumpMemory: [{ send: "records", values: fresh, afterMs: 500 }],
      setClock: [{ send: "accepted", values: {}, afterMs: 100 }],
    },
    faults: {
      high: {
        answers: {
          dumpMemory: [
            {
              send: "records",
              values: { ...fresh, glucose: { value: 500, unit: "mg/dL", comparator: ">" } },
              afterMs: 500,
            },
          ],
        },
      },
      low: {
        answers: {
          dumpMemory: [
            {
              send: "records",
              values: { ...fresh, glucose: { value: 20, unit: "mg/dL", comparator: "<" } },
              afterMs: 500,
            },
          ],
        },
      },
      ketone: { answers: { dumpMemory: [{ send: "records", values: { ...fresh, analyte: "K" }, afterMs: 500 }] } },
      control: { answers: { dumpMemory: [{ send: "records", values: { ...fresh, state: "01" }, afterMs: 500 }] } },
      clockLost: { answers: { dumpMemory: [{ send: "records", values: { ...fresh, state: "02" }, afterMs: 500 }] } },
      unknownState: { answers: { dumpMemory: [{ send: "records", values: { ...fresh, state: "10" }, afterMs: 500 }] } },
      empty: {
        answers: {
          dumpMemory: [
            {
              send: "empty",
              values: { serial: "DBMS017-N7000", version: "1.43     -P", clock: { agoMs: 0 } },
              afterMs: 500,
            },
          ],
        },
      },
    },
  },
});
