// Arm cuffs with "FD FD" frames ("Bluetooth BP", sold under many names) behind a transparent serial bridge. Source: dossier
// fdfd-bluetooth-cuff.md; "D §" points into it. No frame carries a check: a result counts when the same came twice.
import { defineProfile } from "./kit/index.ts";

// D §Framing: FD FD, a code, data of a fixed length, CR LF. The bytes of a value may be CR LF themselves.
const bare = { kind: "binary", head: "", check: { kind: "none", from: 0 } } as const;
const code = (is: string) => ({ at: 0, is: `fdfd${is}` }) as const;
const end = (at: number) => ({ at, is: "0d0a" }) as const;
const mmHg = { type: "u8", unit: "mm[Hg]" } as const;

export default defineProfile({
  id: "fdfd-cuff",
  aliases: ["bluetooth-bp-fdfd"],
  model: { maker: "FD-FD", name: "arm cuff" },
  source: "Seven independent programs, see dossier; no captured frame",
  dossier: "fdfd-bluetooth-cuff.md",
  measures: ["bloodPressure"],
  serial: { baudRate: 9_600, baudChoices: [9_600, 115_200], dataBits: 8, parity: "none", stopBits: 1, match: [] }, // not stated
  check: "none",
  confirm: "display",
  actuates: true,
  push: false,
  settings: {
    endCommand: {
      says: { zh: "结束命令", en: "End command" },
      default: "fe06",
      choices: {
        fe06: {
          says: { zh: "FD FD FE 06", en: "FD FD FE 06" },
          set: [{ path: "frames.finish.match.0.is", to: "fdfdfe06" }],
        },
        fa06: {
          says: { zh: "FD FD FA 06", en: "FD FD FA 06" },
          set: [{ path: "frames.finish.match.0.is", to: "fdfdfa06" }],
        },
      },
    },
  },
  envelopes: { host: bare, device: bare },
  frames: {
    start: { to: "device", size: 6, match: [code("fa05"), end(4)], fields: {} },
    // D §Framing: no abort is documented. The end command, of which two forms are seen, is sent on every way out.
    finish: { to: "device", size: 6, match: [code("fe06"), end(4)], fields: {} },

    ready: { to: "host", size: 1, match: [{ at: 0, is: "a5" }], fields: {} },
    started: { to: "host", size: 5, match: [code("06"), end(3)], fields: {} },
    cuff: {
      to: "host",
      size: 7,
      match: [code("fb"), end(5)],
      fields: { pressure: { type: "u16be", at: 3, unit: "mm[Hg]", min: 0, max: 320 } },
    },
    result: {
      to: "host",
      size: 8,
      match: [code("fc"), end(6)],
      // D §Framing: one README names the first byte diastolic, five programs read systolic first.
      fields: {
        systolic: { ...mmHg, at: 3, min: 50, max: 255 },
        diastolic: { ...mmHg, at: 4, min: 20, max: 200 },
        pulse: { type: "u8", at: 5, unit: "/min", min: 25, max: 250 },
      },
    },
    failure: {
      to: "host",
      size: 6,
      match: [code("fd"), end(4)],
      fields: { why: { type: "code", size: 1, at: 3, known: [0x01, 0x02, 0x03, 0x05, 0x0b, 0x0c, 0x0e], open: true } },
    },
    over: { to: "host", size: 5, match: [code("07"), end(3)], fields: {} },
  },
  meaning: {
    ready: { kind: "information", about: "ready", values: {}, link: true },
    started: { kind: "information", about: "started", values: {}, link: true },
    cuff: { kind: "progress", of: "bloodPressure", readings: [["bp.cuff", "pressure"]] },
    result: {
      kind: "progress",
      of: "bloodPressure",
      readings: [
        ["bp.systolic", "systolic"],
        ["bp.diastolic", "diastolic"],
        ["pulse.rate", "pulse"],
      ],
      greater: [["systolic", "diastolic"]],
    },
    failure: {
      kind: "fault",
      by: "why",
      codes: {
        "1": "device.weakPulse", // heart signal too small, or the pressure dropped
        "2": "device.weakPulse", // interference
        "3": "device.cuffLoose", // inflation too long
        "5": "device.outOfRange",
        "11": "device.batteryLow",
      },
      otherwise: "device.unknown",
    },
    over: { kind: "information", about: "over", values: {}, link: true },
  },
  session: {
    steps: [
      // The unit may have asked for its start long ago or do so now; both are answered while this step asks, once each.
      {
        do: "ask",
        phase: "waiting",
        send: "start",
        acts: true,
        expect: ["started", "cuff"],
        withinMs: 10_000,
        tries: 1,
      },
      {
        do: "settle",
        phase: "measuring",
        frame: "result",
        of: "bloodPressure",
        within: { "bp.systolic": 0, "bp.diastolic": 0, "pulse.rate": 0 },
        count: 2,
        take: "last",
        firstMs: 9_500,
        silenceMs: 9_500,
        withinMs: 170_000,
        unsettled: "device.resultIncomplete",
      },
    ],
    stop: { send: "finish", expect: ["over"], withinMs: 500, tries: 3, always: true },
    replies: { ready: { send: "start" } },
    totalMs: 180_000,
    gapMs: 300,
  },
  forbidden: [],
  simulate: {
    answers: {
      start: [
        { send: "started", values: {}, afterMs: 40 },
        {
          ramp: "cuff",
          field: "pressure",
          points: [
            [0, 0],
            [5_000, 165],
            [14_000, 50],
          ],
          everyMs: 250,
          afterMs: 300,
        },
        {
          stream: "result",
          values: { systolic: 126, diastolic: 79, pulse: 70 },
          everyMs: 300,
          count: 3,
          afterMs: 15_000,
        },
      ],
      finish: [{ send: "over", values: {}, afterMs: 40 }],
    },
    faults: {
      weakPulse: {
        answers: {
          start: [
            { send: "started", values: {}, afterMs: 40 },
            { send: "failure", values: { why: 1 }, afterMs: 4_000 },
          ],
        },
      },
      // A bit was wrong on the way: the two results that came are not the same.
      differ: {
        answers: {
          start: [
            { send: "started", values: {}, afterMs: 40 },
            { send: "result", values: { systolic: 126, diastolic: 79, pulse: 70 }, afterMs: 3_000 },
            { send: "result", values: { systolic: 254, diastolic: 79, pulse: 70 }, afterMs: 3_300 },
          ],
        },
      },
    },
  },
});
