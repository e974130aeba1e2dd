// SunTech Advantage-type OEM pressure modules and what copies their command set. Source: dossier suntech-oem-nibp.md; "D §" points into it.
import { defineProfile } from "./kit/index.ts";

// D §Module packets: four bytes with a letter
const letter = (is: string) => ({ to: "host", size: 4, match: [{ at: 2, is }], fields: {} }) as const;
const cuffPressure = { unit: "mm[Hg]", min: -10, max: 350 } as const;

const measured = {
  diastolic: 78,
  beats: 29,
  status: 1,
  testCodes: "0000000000003107",
  pulse: 71,
  mean: 93,
} as const;

export default defineProfile({
  id: "suntech-advantage",
  aliases: ["suntech-oem", "suntech-oem-nibp"],
  model: { maker: "SunTech", name: "Advantage OEM" },
  source: "Two implementations that quote the maker's manual, see dossier",
  dossier: "suntech-oem-nibp.md",
  measures: ["bloodPressure"],
  serial: { baudRate: 9_600, dataBits: 8, parity: "none", stopBits: 1, match: [] }, // D §Serial settings
  check: "neg-sum8",
  confirm: "none",
  display: false,
  actuates: true,
  push: false,
  envelopes: {
    // D §Framing: the sum of the whole packet, check included, is 0.
    host: { kind: "binary", head: "3e", length: { at: 1, plus: 0 }, check: { kind: "neg-sum8", from: 0 } },
    // No length: it follows from the command.
    device: { kind: "binary", head: "3a", check: { kind: "neg-sum8", from: 0 } },
  },
  frames: {
    // D §Host commands
    start: { to: "device", size: 3, match: [{ at: 1, is: "20" }], fields: {} },
    abort: { to: "device", size: 5, match: [{ at: 1, is: "790100" }], fields: {} },
    askResult: { to: "device", size: 5, match: [{ at: 1, is: "790300" }], fields: {} },
    askCuff: { to: "device", size: 5, match: [{ at: 1, is: "790500" }], fields: {} },

    accepted: letter("4f"),
    completed: letter("4b"),
    busy: letter("42"),
    aborted: letter("41"),
    asleep: letter("53"),
    // D §Module packets: any other letter means refused
    refused: {
      to: "host",
      size: 4,
      fields: { letter: { type: "code", size: 1, at: 2, known: [0x4e], open: true } },
    },
    cuff: { to: "host", size: 5, fields: { pressure: { type: "i16le", at: 2, ...cuffPressure } } },
    streamed: {
      to: "host",
      size: 7,
      match: [{ at: 2, is: "01" }],
      fields: { pressure: { type: "i16le", at: 3, ...cuffPressure } },
    },
    // D §Result packet
    result: {
      to: "host",
      size: 24,
      fields: {
        systolic: { type: "u16le", at: 2, unit: "mm[Hg]", min: 40, max: 280 },
        diastolic: { type: "u16le", at: 4, unit: "mm[Hg]", min: 20, max: 220 },
        beats: { type: "u8", at: 6, min: 0, max: 255 },
        status: { type: "u8", at: 7, min: 0, max: 255 },
        testCodes: { type: "raw", at: 8, size: 8 },
        pulse: { type: "u8", at: 16, unit: "/min", min: 25, max: 250 },
        mean: { type: "u16le", at: 18, unit: "mm[Hg]", min: 25, max: 240 },
      },
      match: [{ at: 20, is: "00" }],
    },
    // Error code other than 0: the numbers are void and are not read.
    failure: {
      to: "host",
      size: 24,
      fields: { error: { type: "code", size: 1, at: 20, known: [1], open: true } },
    },
  },
  meaning: {
    accepted: { kind: "information", about: "accepted", values: {}, link: true },
    completed: { kind: "information", about: "completed", values: {}, link: true },
    busy: { kind: "fault", code: "device.busy" },
    aborted: { kind: "information", about: "stopped", values: {}, link: true },
    asleep: { kind: "information", about: "asleep", values: {} },
    refused: { kind: "fault", by: "letter", codes: {}, otherwise: "device.unknown" },
    cuff: { kind: "progress", of: "bloodPressure", readings: [["bp.cuff", "pressure"]] },
    streamed: { kind: "progress", of: "bloodPressure", readings: [["bp.cuff", "pressure"]] },
    result: {
      kind: "measurement",
      of: "bloodPressure",
      readings: [
        ["bp.systolic", "systolic"],
        ["bp.diastolic", "diastolic"],
        ["bp.mean", "mean"],
        ["pulse.rate", "pulse"],
      ],
      notes: { beats: "beats", status: "status" },
      greater: [
        ["systolic", "diastolic"],
        ["systolic", "mean"],
        ["mean", "diastolic"],
      ],
    },
    // The table of error codes is not public (D §Sources): the number is shown.
    failure: { kind: "fault", by: "error", codes: {}, otherwise: "device.unknown" },
  },
  // D §Timing and states: start, O, poll the cuff, K, then ask for the result. K alone is no success.
  // The sum is weak and the module has no display: the stored result is read twice.
  session: {
    steps: [
      { do: "ask", phase: "contacting", send: "start", acts: true, expect: ["accepted"], withinMs: 2_000, tries: 1 },
      {
        do: "poll",
        phase: "measuring",
        send: "askCuff",
        everyMs: 300,
        until: ["completed"],
        silenceMs: 3_000,
        withinMs: 170_000,
      },
      { do: "twice", phase: "reading", send: "askResult", expect: "result", withinMs: 1_000, tries: 3 },
    ],
    stop: { send: "abort", expect: ["aborted"], withinMs: 300, tries: 3 },
    totalMs: 180_000,
    gapMs: 300,
  },
  // D §Host commands, §Safety notes: direct control of pump and valves, sleep and reset are for service.
  forbidden: [
    { name: "direct control of pump and valves", at: 1, is: "0c" },
    { name: "sleep", at: 1, is: "81" },
    { name: "reset", at: 1, is: "8a" },
  ],
  simulate: {
    answers: {
      start: [{ send: "accepted", values: {}, afterMs: 30 }],
      abort: [{ send: "aborted", values: {}, afterMs: 40 }],
      askCuff: [
        { send: "cuff", values: { pressure: { between: [20, 60] } }, afterMs: 20, times: [1, 5] },
        { send: "cuff", values: { pressure: { between: [120, 175] } }, afterMs: 20, times: [6, 25] },
        { send: "cuff", values: { pressure: { between: [60, 110] } }, afterMs: 20, times: [26, 44] },
        { send: "completed", values: {}, afterMs: 20, times: [45, 10_000] },
      ],
      askResult: [
        {
          send: "result",
          values: { ...measured, systolic: 124 },
          afterMs: 30,
        },
      ],
    },
    faults: {
      busy: { answers: { start: [{ send: "busy", values: {}, afterMs: 30 }] } },
      failed: { answers: { askResult: [{ send: "failure", values: { error: 1 }, afterMs: 30 }] } },
      refused: { answers: { start: [{ send: "refused", values: { letter: 0x4e }, afterMs: 30 }] } },
      // Two answers that are never the same.
      unsteady: {
        answers: {
          askResult: [
            { send: "result", values: { ...measured, systolic: 124 }, afterMs: 30, times: [1, 1] },
            { send: "result", values: { ...measured, systolic: 140 }, afterMs: 30, times: [2, 2] },
            { send: "result", values: { ...measured, systolic: 131 }, afterMs: 30, times: [3, 3] },
          ],
        },
      },
      outOfRange: {
        answers: {
          askResult: [
            {
              send: "result",
              values: {
                systolic: 0,
                diastolic: 0,
                beats: 0,
                status: 0,
                testCodes: "0000000000000000",
                pulse: 0,
                mean: 0,
              },
              afterMs: 30,
            },
          ],
        },
      },
    },
  },
});
