// Abbott FreeStyle Lite / Freedom Lite / Mini (雅培), dump over the serial cable. Source: dossier abbott-freestyle-precision-serial.md.
import { defineProfile } from "./kit/index.ts";

const clock = { type: "textTime", patterns: ["MON DD YYYY hh:mm:ss"] } as const;
const serial = { type: "text", maxSize: 16 } as const;
const version = { type: "text", maxSize: 24 } as const;
const fresh = {
  serial: "DBMS017-N7000",
  version: "1.43     -P",
  clock: { agoMs: 0 },
  glucose: { between: [85, 140] },
  time: { agoMs: 60_000 },
  plasma: "00",
  state: "00",
} as const;

export default defineProfile({
  id: "abbott-freestyle-lite",
  aliases: ["abbott-freestyle-mini", "abbott-freestyle-freedom-lite"],
  model: { maker: "Abbott", name: "FreeStyle Lite family" },
  source: "Protocol notes and two independent programs; one real record line, no complete dump",
  dossier: "abbott-freestyle-precision-serial.md",
  measures: ["glucose"],
  serial: {
    baudRate: 19_200,
    dataBits: 8,
    parity: "none",
    stopBits: 1,
    match: [], // the maker's cable (1A61:3420) serves both families: the operator assigns the port
  },
  check: "sum16",
  confirm: "none",
  actuates: false,
  push: false,
  clock: { maxOffsetMs: 300_000 },
  settings: {
    command: {
      says: { zh: "读取命令", en: "Command that reads" },
      default: "mem",
      choices: {
        mem: { says: { zh: "mem", en: "mem" }, set: [{ path: "session.steps.0.send", to: "dumpMemory" }] },
        dollarMem: { says: { zh: "$mem", en: "$mem" }, set: [{ path: "session.steps.0.send", to: "dumpWithSign" }] },
      },
    },
  },
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
    dumpMemory: { to: "device", bytes: "6d656d", fields: {} },
    dumpWithSign: { to: "device", layout: "$mem", fields: {} },
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
      records: "{glucose}  {time} {plasma} 0x{state}\r\n",
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
          min: 20,
          max: 500,
        },
        time: { type: "textTime", patterns: ["MON DD YYYY hh:mm"] },
        plasma: { type: "text", width: 2, charset: "digits" },
        state: { type: "textCode", known: ["00", "01", "02", "03"], open: { width: 2 } },
      },
    },
  },
  meaning: {
    accepted: { kind: "information", about: "accepted", values: {} },
    refused: { kind: "fault", code: "device.unknown" },
    empty: { kind: "fault", code: "device.noRecord" },
    records: [
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
      dumpWithSign: [{ send: "records", values: fresh, afterMs: 500 }],
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
