// TaiDoc / FORA meters (TD-42xx, TD-4279, FORA 6, MD6) with the 8-byte protocol. Source: dossier taidoc-fora.md; "D §" points into
// it. A record is asked for twice by the same index: its time (25) and then its value (26).
import { defineProfile } from "./kit/index.ts";

const toDevice = { to: "device", size: 8 } as const;
const toHost = { to: "host", size: 8 } as const;
const is = (command: string) => ({ at: 1, is: command }) as const;
const index = { type: "u16le", at: 2, min: 0, max: 65_534 } as const;
// D §Value field: bits 5-2 of the last byte are a number (not flags: 7 & 8, and 0D contains 9).
const kind = (bits: string) => ({ at: 5, mask: "3c", is: bits }) as const;
/** D §Value field: bits 7-6: no mark, before a meal, after a meal, control solution. */
const mark = { type: "code", size: 1, at: 5, mask: 0xc0, shift: 6, known: [0, 1, 2, 3] } as const;
const raw = { type: "u16le", at: 2 } as const;

const taken = { stored: true, deviceTime: "time/taken" } as const;
const own = { kind: "measurement", when: { mark: [0, 1, 2] }, notes: { meal: "mark" }, ...taken } as const;
const control = { kind: "control", when: { mark: [3] }, ...taken } as const;

export default defineProfile({
  id: "taidoc-fora",
  aliases: ["fora-6", "taidoc-td42xx"],
  model: { maker: "TaiDoc / FORA", name: "TD-42xx, FORA 6, MD6" },
  source: "Four independent drivers with tests, see dossier; reply frames computed, none captured",
  dossier: "taidoc-fora.md",
  measures: ["glucose", "lipids", "chemistry"],
  serial: { baudRate: 19_200, dataBits: 8, parity: "none", stopBits: 1, match: [] }, // D §Serial settings
  check: "sum8",
  confirm: "display",
  actuates: false,
  push: false,
  clock: { maxOffsetMs: 300_000 },
  envelopes: {
    // D §Frame
    host: { kind: "binary", head: "51", tail: "a5", check: { kind: "sum8", from: 0 } },
    device: { kind: "binary", head: "51", tail: "a3", check: { kind: "sum8", from: 0 } },
  },
  frames: {
    // D §Commands. Clear memory (52) is not here and must never be.
    connect: { ...toDevice, match: [is("22")], fields: {} },
    askClock: { ...toDevice, match: [is("23")], fields: {} },
    askCount: { ...toDevice, match: [is("2b")], fields: {} },
    askTime: { ...toDevice, match: [is("25")], fields: { index } },
    askValue: { ...toDevice, match: [is("26")], fields: { index } },
    setClock: { ...toDevice, match: [is("33")], fields: { time: { type: "datetime", form: "ymd16mh4", at: 2 } } },

    status: { ...toHost, match: [{ at: 1, any: [0x22, 0x24] }], fields: {} },
    entering: { ...toHost, match: [is("54")], fields: {} },
    clock: { ...toHost, match: [is("23")], fields: { time: { type: "datetime", form: "ymd16mh4", at: 2 } } },
    clockSet: { ...toHost, match: [is("33")], fields: { time: { type: "datetime", form: "ymd16mh4", at: 2 } } },
    count: { ...toHost, match: [is("2b")], fields: { records: { type: "u16le", at: 2, min: 0, max: 5_000 } } },
    time: { ...toHost, match: [is("25")], fields: { taken: { type: "datetime", form: "ymd16mh4", at: 2 } } },
    glucose: {
      ...toHost,
      match: [is("26"), kind("00")],
      fields: {
        value: {
          ...raw,
          unit: "mg/dL",
          min: 20,
          max: 600,
          // D §Value field: HI above 600, LO below 20. Zero is never a result.
          special: [
            { raw: [601, 65_535], comparator: ">", value: 600 },
            { raw: [1, 19], comparator: "<", value: 20 },
          ],
        },
        mark,
      },
    },
    cholesterol: {
      ...toHost,
      match: [is("26"), kind("24")],
      fields: { value: { ...raw, unit: "mg/dL", min: 50, max: 700 }, mark },
    },
    uricAcid: {
      ...toHost,
      match: [is("26"), kind("20")],
      fields: { value: { ...raw, unit: "mg/dL", per: 10, min: 1, max: 30 }, mark },
    },
    ketone: {
      ...toHost,
      match: [is("26"), kind("1c")],
      fields: {
        value: {
          ...raw,
          unit: "mmol/L",
          per: 30,
          min: 0,
          max: 8,
          special: [{ raw: [241, 65_535], comparator: ">", value: 8 }],
        },
        mark,
      },
    },
    // D §Value field: haematocrit, haemoglobin, lactate, and triglycerides whose scale is not proven: heard, not told.
    other: {
      ...toHost,
      match: [is("26")],
      fields: { kind: { type: "code", size: 1, at: 5, mask: 0x3c, shift: 2, known: [6, 11, 12, 13], open: true } },
    },
  },
  meaning: {
    status: { kind: "information", about: "status", values: {} },
    entering: { kind: "ignore", reason: "the meter enters its communication mode: the last command is said again" },
    clock: { kind: "information", about: "clock", values: { deviceTime: "time" } },
    clockSet: { kind: "information", about: "clockSet", values: { deviceTime: "time" } },
    count: { kind: "information", about: "count", values: { count: "records" } },
    time: { kind: "information", about: "recordTime", values: {}, link: true },
    glucose: [
      { ...own, of: "glucose", readings: [["glucose", "value"]] },
      { ...control, of: "glucose", readings: [["glucose", "value"]] },
    ],
    cholesterol: [
      { ...own, of: "lipids", readings: [["cholesterol.total", "value"]] },
      { ...control, of: "lipids", readings: [["cholesterol.total", "value"]] },
    ],
    uricAcid: [
      { ...own, of: "chemistry", readings: [["uricAcid", "value"]] },
      { ...control, of: "chemistry", readings: [["uricAcid", "value"]] },
    ],
    ketone: [
      { ...own, of: "chemistry", readings: [["ketone", "value"]] },
      { ...control, of: "chemistry", readings: [["ketone", "value"]] },
    ],
    other: { kind: "ignore", reason: "a quantity whose scale is not proven" },
  },
  session: {
    steps: [
      // D §Timing: two seconds, three retries; 54 is no answer, so the question is asked again.
      { do: "ask", phase: "contacting", send: "connect", expect: ["status"], withinMs: 2_000, tries: 4 },
      { do: "ask", phase: "reading", send: "askClock", expect: ["clock"], withinMs: 2_000, tries: 4 },
      { do: "ask", phase: "reading", send: "askCount", expect: ["count"], withinMs: 2_000, tries: 4 },
      {
        do: "readout",
        phase: "reading",
        send: "askValue",
        index: "index",
        also: { send: "askTime", index: "index", expect: "time" },
        expect: ["glucose", "cholesterol", "uricAcid", "ketone", "other"],
        count: "count/records",
        most: 10,
        withinMs: 2_000,
        tries: 4,
      },
    ],
    totalMs: 120_000,
    gapMs: 300,
  },
  tasks: {
    setClock: {
      steps: [
        { do: "ask", phase: "contacting", send: "connect", expect: ["status"], withinMs: 2_000, tries: 4 },
        {
          do: "ask",
          phase: "waiting",
          send: "setClock",
          values: { time: { clock: true } },
          expect: ["clockSet"],
          withinMs: 2_000,
          tries: 4,
        },
      ],
      totalMs: 20_000,
      gapMs: 300,
    },
  },
  forbidden: [{ name: "clear memory", at: 1, is: "52" }],
  simulate: {
    answers: {
      // The first answer is 54 while it enters its communication mode.
      connect: [
        { send: "entering", values: {}, times: [1, 1], afterMs: 30 },
        { send: "status", values: {}, times: [2, 99], afterMs: 30 },
      ],
      askClock: [{ send: "clock", values: { time: { agoMs: 0 } }, afterMs: 30 }],
      askCount: [{ send: "count", values: { records: 3 }, afterMs: 30 }],
      askTime: [
        {
          memory: "time",
          by: "index",
          rows: [{ taken: { agoMs: 0 } }, { taken: { agoMs: 3_600_000 } }, { taken: { agoMs: 90_000_000 } }],
          afterMs: 30,
        },
      ],
      askValue: [
        { memory: "glucose", by: "index", rows: [{ value: { between: [92, 124] }, mark: 1 }], afterMs: 30 },
        { memory: "cholesterol", by: "index", first: 1, rows: [{ value: 186, mark: 0 }], afterMs: 30 },
        { memory: "glucose", by: "index", first: 2, rows: [{ value: 210, mark: 0 }], afterMs: 30 },
      ],
      setClock: [{ send: "clockSet", values: { time: { agoMs: 0 } }, afterMs: 30 }],
    },
    faults: {
      control: {
        answers: {
          askCount: [{ send: "count", values: { records: 1 }, afterMs: 30 }],
          askValue: [{ memory: "glucose", by: "index", rows: [{ value: 104, mark: 3 }], afterMs: 30 }],
        },
      },
      hi: {
        answers: {
          askCount: [{ send: "count", values: { records: 1 }, afterMs: 30 }],
          askValue: [
            {
              memory: "glucose",
              by: "index",
              rows: [{ value: { value: 600, unit: "mg/dL", comparator: ">" }, mark: 0 }],
              afterMs: 30,
            },
          ],
        },
      },
      lo: {
        answers: {
          askCount: [{ send: "count", values: { records: 1 }, afterMs: 30 }],
          askValue: [
            {
              memory: "glucose",
              by: "index",
              rows: [{ value: { value: 20, unit: "mg/dL", comparator: "<" }, mark: 0 }],
              afterMs: 30,
            },
          ],
        },
      },
      noRecord: { answers: { askCount: [{ send: "count", values: { records: 0 }, afterMs: 30 }] } },
    },
  },
});
