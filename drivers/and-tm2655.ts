// A&D TM-2655 / TM-2657 (arm-in blood pressure monitors). Source: dossier and-tm2655-tm2657.md; "D §" points into it.
import { defineProfile } from "./kit/index.ts";

/** D §Record fields: a letter and three places, blanks in front. */
const pressure = { type: "number", width: 3, pad: " ", unit: "mm[Hg]" } as const;
const shown = { type: "text", maxSize: 8 } as const;
const head = {
  model: { type: "textCode", known: ["TM2655P", "TM2655", "TM2657P", "TM2657"] },
  time: { type: "textTime", patterns: ["YYMMDDhhmm"] },
  record: { type: "textCode", known: ["RB", "RA"] },
} as const;
const numbers = {
  ...head,
  systolic: { ...pressure, min: 40, max: 280 },
  mean: { ...pressure, min: 30, max: 250 },
  diastolic: { ...pressure, min: 20, max: 200 },
  pulse: { type: "number", width: 3, pad: " ", unit: "/min", min: 30, max: 220 },
  // D: units not quoted. Kept by the decoder, told to nobody.
  inflation: shown,
  amplitude: shown,
} as const;
const finished =
  "{model}\x1e{time}\x1e{record}\x1eM\x1eE00\x1eS{systolic}\x1eM{mean}\x1eD{diastolic}\x1eP{pulse}\x1eI{inflation}\x1eL{amplitude}\x1e";
const result = {
  kind: "measurement",
  of: "bloodPressure",
  readings: [
    ["bp.systolic", "systolic"],
    ["bp.diastolic", "diastolic"],
    ["bp.mean", "mean"],
    ["pulse.rate", "pulse"],
  ],
  greater: [["systolic", "diastolic"]],
  deviceTime: "time",
} as const;
const healthy = {
  model: "TM2655",
  time: { agoMs: 0 },
  record: "RB",
  systolic: { between: [118, 138] },
  mean: { between: [88, 96] },
  diastolic: { between: [70, 85] },
  pulse: { between: [62, 84] },
  inflation: "17",
  amplitude: "139",
} as const;
/** D §Error codes. */
const codes = {
  E11: "device.cuffLoose", // no pressure built up at the start
  E15: "device.cuffLoose",
  E12: "device.cuffLeak", // pressure not reached in time
  E13: "device.pump", // inflation too fast
  E21: "device.slowDeflation",
  E22: "device.cuffLeak", // exhaust too fast
  E23: "device.overPressure",
  E24: "device.tooLong",
  E42: "device.cuffLoose", // pressure insufficient
  E43: "device.weakPulse",
  E44: "device.moved",
  E45: "device.unreadable", // a pressure or the pulse could not be determined
  E46: "device.unreadable",
  E48: "device.unreadable",
  E61: "device.unreadable",
  E63: "device.outOfRange",
} as const;
const error = { type: "textCode", known: Object.keys(codes) as (keyof typeof codes)[], open: { width: 3 } } as const;
const started = { send: "acknowledged", values: {}, afterMs: 50 } as const;
const failed = {
  time: { agoMs: 0 },
  model: "TM2655",
  record: "RB",
  s: "   ",
  m: "   ",
  d: "   ",
  p: "   ",
  i: "17",
  l: "  0",
} as const;

export default defineProfile({
  id: "and-tm2655",
  aliases: ["and-tm2657", "and-tm265x", "and-tm2655-tm2657"],
  model: { maker: "A&D", name: "TM-2655 / TM-2657" },
  source: "Six independent programs that read it and two recorded results; of the maker's manual only the first page",
  dossier: "and-tm2655-tm2657.md",
  measures: ["bloodPressure"],
  serial: { baudRate: 2_400, baudChoices: [4_800, 9_600], dataBits: 8, parity: "none", stopBits: 1, match: [] }, // D §Serial
  check: "xor8",
  confirm: "display",
  actuates: true,
  repeats: true, // D §Safety notes: what comes after ST may be the record before it
  push: false,
  clock: { maxOffsetMs: 300_000 },
  settings: {
    speed: {
      says: { zh: "速率,与仪器菜单一致", en: "Speed, as in the device's menu" },
      default: "s2400",
      choices: {
        s2400: { says: { zh: "2400,出厂值", en: "2400, as delivered" }, set: [{ path: "serial.baudRate", to: 2_400 }] },
        s4800: { says: { zh: "4800", en: "4800" }, set: [{ path: "serial.baudRate", to: 4_800 }] },
        s9600: { says: { zh: "9600", en: "9600" }, set: [{ path: "serial.baudRate", to: 9_600 }] },
      },
    },
  },
  envelopes: {
    // D §Framing: SYN SYN SOH "00" STX text ETX BCC; the BCC covers SOH … ETX and stands behind it.
    host: {
      kind: "text",
      start: "161601303002",
      end: ["03"],
      check: { kind: "xor8", form: "byte", from: 2, place: "afterEnd" },
      maxBytes: 256,
    },
    device: {
      kind: "text",
      start: "161601303002",
      end: ["03"],
      check: { kind: "xor8", form: "byte", from: 2, place: "afterEnd" },
      maxBytes: 16,
    },
  },
  frames: {
    start: { to: "device", layout: "ST", fields: {} }, // D §Host commands
    stop: { to: "device", layout: "SP", fields: {} },
    again: { to: "device", layout: "RB", fields: {} },
    acknowledged: { to: "host", bytes: "161601303006", fields: {} }, // D §Monitor answers
    refused: { to: "host", bytes: "161601303015", fields: {} },
    result: { to: "host", layout: finished, fields: numbers },
    /** D: what a TM-2657 sends behind the same fields, by letter; most of it has no known meaning. */
    longResult: {
      to: "host",
      layout: `${finished}{*}\x1e`,
      pairs: { separator: "\x1e", keyWidth: 1, unknown: "ignore", least: 0 },
      fields: {
        ...numbers,
        irregular: { type: "number", key: ["i"], pad: " ", min: 0, max: 99 },
        movement: { type: "number", key: ["m"], pad: " ", min: 0, max: 9 },
        retest: { type: "number", key: ["r"], pad: " ", min: 0, max: 9 },
        seconds: { type: "number", key: ["t"], pad: " ", min: 0, max: 999 },
      },
    },
    /** Any other code: whatever stands in the places of the numbers is not looked at. */
    failure: {
      to: "host",
      layout: "{model}\x1e{time}\x1e{record}\x1eM\x1e{error}\x1eS{s}\x1eM{m}\x1eD{d}\x1eP{p}\x1eI{i}\x1eL{l}\x1e",
      fields: {
        ...head,
        error,
        s: shown,
        m: shown,
        d: shown,
        p: shown,
        i: shown,
        l: shown,
      },
    },
    longFailure: {
      to: "host",
      layout: "{model}\x1e{time}\x1e{record}\x1eM\x1e{error}\x1eS{*}\x1e",
      pairs: { separator: "\x1e", keyWidth: 1, unknown: "ignore", least: 0 },
      fields: { ...head, error },
    },
  },
  meaning: {
    acknowledged: { kind: "information", about: "acknowledged", values: {}, link: true },
    refused: { kind: "fault", code: "device.busy" },
    result,
    longResult: {
      ...result,
      doubts: {
        irregularPulse: { field: "irregular", above: 0 },
        bodyMotion: { field: "movement", above: 0 },
        deviceMarked: { field: "retest", above: 0 },
      },
      notes: { seconds: "seconds" },
    },
    failure: { kind: "fault", by: "error", codes, otherwise: "device.unknown" },
    longFailure: { kind: "fault", by: "error", codes, otherwise: "device.unknown" },
  },
  session: {
    steps: [
      // D §Timing: 2 s to the acknowledgement. ST inflates: it is not said again without having heard anything.
      {
        do: "ask",
        phase: "contacting",
        send: "start",
        acts: true,
        expect: ["acknowledged"],
        withinMs: 2_000,
        tries: 1,
      },
      // D §Timing: 30 to 90 s without a byte, watchdog after 180 s.
      {
        do: "listen",
        phase: "measuring",
        firstMs: 180_000,
        silenceMs: 2_000,
        partial: "device.resultIncomplete",
        again: { send: "again", withinMs: 3_000, tries: 2 },
      },
    ],
    stop: { send: "stop", expect: ["acknowledged"], withinMs: 2_000, tries: 3 },
    totalMs: 185_000,
    gapMs: 500,
  },
  forbidden: [],
  simulate: {
    answers: {
      start: [started, { send: "result", values: healthy, afterMs: 30_000 }],
      stop: [{ send: "acknowledged", values: {}, afterMs: 50 }],
      again: [{ send: "result", values: healthy, afterMs: 200 }],
    },
    faults: {
      moved: {
        answers: { start: [started, { send: "failure", values: { ...failed, error: "E44" }, afterMs: 25_000 }] },
      },
      overPressure: {
        answers: { start: [started, { send: "failure", values: { ...failed, error: "E23" }, afterMs: 9_000 }] },
      },
      unknownCode: {
        answers: { start: [started, { send: "failure", values: { ...failed, error: "E99" }, afterMs: 9_000 }] },
      },
      busy: { answers: { start: [{ send: "refused", values: {}, afterMs: 50 }] } },
      irregular: {
        answers: {
          start: [
            started,
            {
              send: "longResult",
              values: { ...healthy, model: "TM2657", record: "RA", irregular: 2, movement: 1, retest: 0, seconds: 35 },
              afterMs: 30_000,
            },
          ],
        },
      },
    },
  },
});
