// LifeScan OneTouch Ultra and Ultra2 (稳豪), ASCII dump. Source: dossier lifescan-onetouch-ultra2-ascii.md; "D §" points into it.
import { defineProfile } from "./kit/index.ts";

const dayOfWeek = { type: "textCode", known: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"] } as const;
/** Eight characters of time and three blanks, in quotes of their own. */
const time = { type: "textTime", patterns: ['"MM/DD/YY","hh:mm:ss   "'] } as const;
const unit = { type: "textCode", known: ["MG/DL ", "MMOL/L"] } as const;
const glucose = [["glucose", "glucose"]] as const;
const noControl: readonly string[] = ["  ", " "];
const control: readonly string[] = [" C", "C ", "C"];
const fresh = {
  weekday: "SUN",
  time: { agoMs: 60_000 },
  mark: "  ",
  glucose: { between: [85, 140] },
  state: " ",
  meal: "N",
  comment: "00",
} as const;
const older = { ...fresh, time: { agoMs: 86_400_000 }, glucose: 176, meal: "B", comment: "02" } as const;
const header = { send: "header", values: { count: 2, serial: "ZZZ0000ZY", unit: "MG/DL " }, afterMs: 100 } as const;

export default defineProfile({
  id: "lifescan-onetouch-ultra2",
  aliases: ["onetouch-ultra2", "onetouch-ultra"],
  model: { maker: "LifeScan", name: "OneTouch Ultra / Ultra2" },
  source: "The vendor's specification as quoted in public sources, four independent programs, 76 real lines",
  dossier: "lifescan-onetouch-ultra2-ascii.md",
  measures: ["glucose"],
  serial: { baudRate: 9_600, dataBits: 8, parity: "none", stopBits: 1, match: [] },
  check: "sum16",
  confirm: "none",
  actuates: false,
  push: false,
  clock: { maxOffsetMs: 300_000 },
  envelopes: {
    // D §Lines: body, one blank, four hex digits, CR LF; the sum of the body.
    host: {
      kind: "text",
      start: "",
      end: ["0d0a"],
      check: { kind: "sum16", form: "hex4", from: 0, place: "beforeEnd", lead: " " },
      maxBytes: 128,
    },
    device: { kind: "text", start: "", end: ["0d"], maxBytes: 32 },
  },
  frames: {
    wake: { to: "device", bytes: "110d", fields: {} }, // D §Commands
    askSerial: { to: "device", layout: "DM@", fields: {} },
    askClock: { to: "device", layout: "DMF", fields: {} },
    setClock: {
      to: "device",
      layout: "DMT{time}",
      fields: { time: { type: "textTime", patterns: ["MM/DD/YY hh:mm:ss"] } },
    },
    askRecords: { to: "device", layout: "DMP", fields: {} },
    serial: {
      to: "host",
      layout: '@ "{serial}"',
      fields: { serial: { type: "text", width: 9, charset: "alnum" } },
    },
    clock: { to: "host", layout: 'F "{weekday}",{time}', fields: { weekday: dayOfWeek, time } },
    clockSet: { to: "host", layout: 'T "{weekday}",{time}', fields: { weekday: dayOfWeek, time } },
    header: {
      to: "host",
      layout: 'P {count},"{serial}","{unit}"',
      fields: {
        count: { type: "number", width: 3, min: 0, max: 500 },
        serial: { type: "text", width: 9, charset: "alnum" },
        unit, // of the display; records are always mg/dL
      },
    },
    record: {
      to: "host",
      layout: 'P "{weekday}",{time},"{mark}{glucose}{state}"{[},"{meal}","{comment}"{]}, 00',
      fields: {
        weekday: dayOfWeek,
        time,
        // D §Record line: position 2 is C for control solution; the exact blanks around HIGH were never seen.
        mark: { type: "textCode", known: ["  ", " ", " C", "C ", "C"] },
        glucose: {
          type: "number",
          unit: "mg/dL",
          special: [{ text: "HIGH", comparator: ">", value: 600 }],
          min: 20,
          max: 600,
        },
        state: { type: "textCode", known: [" ", "?", ""] },
        meal: { type: "textCode", known: ["N", "B", "A"] },
        comment: {
          type: "textCode",
          known: ["00", "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11"],
        },
      },
    },
  },
  meaning: {
    serial: { kind: "information", about: "serial", values: { serial: "serial" } },
    clock: { kind: "information", about: "clock", values: { deviceTime: "time" } },
    clockSet: { kind: "information", about: "clock", values: { deviceTime: "time" } },
    header: { kind: "information", about: "count", values: { count: "count" } },
    record: [
      // D §Record line: a parity fault in the meter's memory.
      { kind: "ignore", when: { state: ["?"] }, reason: "the meter marks the record as damaged" },
      { kind: "control", when: { mark: control }, of: "glucose", readings: glucose, deviceTime: "time", stored: true },
      {
        kind: "measurement",
        when: { mark: noControl },
        of: "glucose",
        readings: glucose,
        deviceTime: "time",
        stored: true,
        notes: { meal: "meal", comment: "comment" },
      },
    ],
  },
  session: {
    steps: [
      { do: "send", phase: "contacting", send: "wake", pauseMs: 100 },
      { do: "ask", phase: "contacting", send: "askSerial", expect: ["serial"], withinMs: 1_000, tries: 5 },
      { do: "ask", phase: "contacting", send: "askClock", expect: ["clock"], withinMs: 1_000, tries: 3 },
      {
        do: "dump",
        phase: "reading",
        send: "askRecords",
        header: "header",
        count: "count",
        record: "record",
        most: 500,
        withinMs: 2_000,
        tries: 3,
      },
    ],
    totalMs: 60_000,
    gapMs: 500,
  },
  tasks: {
    setClock: {
      steps: [
        { do: "send", phase: "contacting", send: "wake", pauseMs: 100 },
        {
          do: "ask",
          phase: "contacting",
          send: "setClock",
          values: { time: { clock: true } },
          expect: ["clockSet"],
          withinMs: 2_000,
          tries: 2,
        },
      ],
      totalMs: 10_000,
      gapMs: 500,
    },
  },
  forbidden: [{ name: "DMZ, clear the memory", at: 0, is: "444d5a" }],
  simulate: {
    answers: {
      askSerial: [{ send: "serial", values: { serial: "ZZZ0000ZY" }, afterMs: 60 }],
      askClock: [{ send: "clock", values: { weekday: "SUN", time: { agoMs: 0 } }, afterMs: 60 }],
      setClock: [{ send: "clockSet", values: { weekday: "SUN", time: { agoMs: 0 } }, afterMs: 60 }],
      askRecords: [
        header,
        { send: "record", values: fresh, afterMs: 160 },
        { send: "record", values: older, afterMs: 220 },
      ],
    },
    faults: {
      control: {
        answers: {
          askRecords: [
            header,
            { send: "record", values: { ...fresh, mark: " C" }, afterMs: 160 },
            { send: "record", values: older, afterMs: 220 },
          ],
        },
      },
      high: {
        answers: {
          askRecords: [
            header,
            {
              send: "record",
              values: { ...fresh, mark: " ", glucose: { value: 600, unit: "mg/dL", comparator: ">" } },
              afterMs: 160,
            },
            { send: "record", values: older, afterMs: 220 },
          ],
        },
      },
      incomplete: { answers: { askRecords: [header, { send: "record", values: fresh, afterMs: 160 }] } },
      empty: {
        answers: {
          askRecords: [{ send: "header", values: { count: 0, serial: "ZZZ0000ZY", unit: "MG/DL " }, afterMs: 100 }],
        },
      },
    },
  },
});
