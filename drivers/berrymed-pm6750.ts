// BerryMed (贝瑞) PM6750 multi-parameter board. Source: dossier berrymed-pm6750.md; "D §" points into it.
import { defineProfile } from "./kit/index.ts";

// D §Host commands: A1 names the command, A2 says what.
const command = (is: string) => ({ to: "device", size: 6, match: [{ at: 3, is }], fields: {} }) as const;
const lead = (at: number) => ({ type: "u8", at, min: 0, max: 255 }) as const;
// D §03 NIBP: bits 5–2 of the status byte tell the state.
const state = (is: string) => ({ at: 4, mask: "3c", is }) as const;
const spo2 = { type: "u8", unit: "%", min: 0, max: 100, special: [{ raw: [127, 127], absent: true }] } as const;
const rate = { type: "u8", unit: "/min", min: 0, max: 250, special: [{ raw: [255, 255], absent: true }] } as const;
const probe = { unit: "Cel", per: 10, min: 0, max: 60 } as const;

export default defineProfile({
  id: "berrymed-pm6750",
  aliases: ["berrymed-pm6100", "pm6750"],
  model: { maker: "BerryMed", name: "PM6750" },
  source:
    "The maker's manual as quoted by a totem project that measured on the board, and one more program, see dossier",
  dossier: "berrymed-pm6750.md",
  measures: ["bloodPressure", "oximetry", "temperature"],
  serial: { baudRate: 115_200, dataBits: 8, parity: "none", stopBits: 1, match: [] }, // D §Serial settings
  check: "not-sum8",
  confirm: "none",
  display: false,
  actuates: true,
  push: false,
  envelopes: {
    // D §Framing: N + 2 bytes in all; every bit of the sum from N to the last data byte, turned round.
    host: { kind: "binary", head: "55aa", length: { at: 2, plus: 2 }, check: { kind: "not-sum8", from: 2 } },
    device: { kind: "binary", head: "55aa", length: { at: 2, plus: 2 }, check: { kind: "not-sum8", from: 2 } },
  },
  frames: {
    adult: command("0901"),
    startPressure: command("0201"),
    stopPressure: command("0200"),
    oximetryOn: command("0301"),
    oximetryOff: command("0300"),
    temperatureOn: command("0401"),
    temperatureOff: command("0400"),
    ecgOn: command("0101"),
    ecgOff: command("0100"),

    // D §Module messages
    ecg: {
      to: "host",
      size: 12,
      match: [{ at: 3, is: "01" }],
      fields: {
        leadI: lead(4),
        leadII: lead(5),
        leadIII: lead(6),
        leadAvr: lead(7),
        leadAvl: lead(8),
        leadAvf: lead(9),
        leadV: lead(10),
      },
    },
    running: {
      to: "host",
      size: 10,
      match: [{ at: 3, is: "03" }, state("04")],
      fields: {
        state: { type: "code", size: 1, at: 4, mask: 0x3c, shift: 2, known: [1] },
        cuff: { type: "u8", at: 5, times: 2, unit: "mm[Hg]", min: 0, max: 350 },
      },
    },
    // Its numbers count only behind a running test (the step before): what is left of an older one is nobody's.
    finished: {
      to: "host",
      size: 10,
      match: [{ at: 3, is: "03" }, state("00")],
      fields: {
        systolic: { type: "u8", at: 6, unit: "mm[Hg]", min: 40, max: 255 },
        mean: { type: "u8", at: 7, unit: "mm[Hg]", min: 25, max: 240 },
        diastolic: { type: "u8", at: 8, unit: "mm[Hg]", min: 20, max: 220 },
      },
    },
    idle: {
      to: "host",
      size: 10,
      match: [{ at: 3, is: "03" }],
      fields: {
        state: { type: "code", size: 1, at: 4, mask: 0x3c, shift: 2, known: [2, 3, 4, 5, 6, 7, 8, 9, 10], open: true },
      },
    },
    oximetry: {
      to: "host",
      size: 8,
      match: [{ at: 3, is: "04" }],
      fields: {
        status: { type: "code", size: 1, at: 4, known: [0, 1, 2, 3, 4], open: true },
        spo2: { at: 5, ...spo2 },
        pulse: { at: 6, ...rate },
      },
    },
    temperature: {
      to: "host",
      size: 10,
      match: [{ at: 3, is: "05" }],
      fields: {
        probes: { type: "flags", at: 4, bits: { firstOff: 0, secondOff: 1 } },
        first: { type: "tenths", at: 5, ...probe },
        second: { type: "tenths", at: 7, ...probe },
      },
    },
    // D §Module messages: some firmware knows one probe only.
    oneTemperature: {
      to: "host",
      size: 8,
      match: [{ at: 3, is: "05" }],
      fields: {
        probes: { type: "flags", at: 4, bits: { firstOff: 0, secondOff: 1 } },
        first: { type: "tenths", at: 5, ...probe },
      },
    },
  },
  meaning: {
    ecg: {
      kind: "wave",
      of: "ecg",
      samples: {
        leadI: ["leadI"],
        leadII: ["leadII"],
        leadIII: ["leadIII"],
        leadAvr: ["leadAvr"],
        leadAvl: ["leadAvl"],
        leadAvf: ["leadAvf"],
        leadV: ["leadV"],
      },
    },
    running: { kind: "progress", of: "bloodPressure", readings: [["bp.cuff", "cuff"]] },
    // D §Timing and states: such messages come about twice a second. That the last one is repeated is not stated there; a board
    // that says it once gives no result, and never a wrong one.
    finished: {
      kind: "progress",
      of: "bloodPressure",
      readings: [
        ["bp.systolic", "systolic"],
        ["bp.diastolic", "diastolic"],
        ["bp.mean", "mean"],
      ],
      greater: [
        ["systolic", "mean"],
        ["mean", "diastolic"],
      ],
    },
    idle: [
      {
        kind: "fault",
        of: "bloodPressure",
        by: "state",
        codes: {
          "3": "device.overPressure",
          "4": "device.cuffLoose",
          "5": "device.tooLong",
          "7": "device.moved",
          "8": "device.outOfRange",
        },
        ok: [2, 9, 10],
        otherwise: "device.unknown",
      },
      { kind: "information", when: { state: [2, 9, 10] }, about: "pressureState", values: { state: "state" } },
    ],
    // D §Safety notes: no finger and a probe that is off are no faults of the board.
    oximetry: [
      {
        kind: "progress",
        when: { status: [0] },
        of: "oximetry",
        readings: [
          ["spo2", "spo2"],
          ["pulse.rate", "pulse"],
        ],
      },
      { kind: "information", when: { status: [1, 2, 3, 4] }, about: "oximetryState", values: { status: "status" } },
    ],
    temperature: [
      {
        kind: "progress",
        when: { "probes.firstOff": [false] },
        of: "temperature",
        readings: [["body.temperature", "first"]],
      },
      {
        kind: "information",
        when: { "probes.firstOff": [true] },
        about: "probeOff",
        values: {},
      },
    ],
    oneTemperature: [
      {
        kind: "progress",
        when: { "probes.firstOff": [false] },
        of: "temperature",
        readings: [["body.temperature", "first"]],
      },
      {
        kind: "information",
        when: { "probes.firstOff": [true] },
        about: "probeOff",
        values: {},
      },
    ],
  },
  // D §Timing and states. Nothing is answered but by the stream itself; 90 s for one adult measurement.
  session: {
    steps: [
      { do: "send", phase: "contacting", send: "adult", pauseMs: 60 },
      {
        do: "ask",
        phase: "contacting",
        send: "startPressure",
        acts: true,
        expect: ["running"],
        withinMs: 3_000,
        tries: 1,
      },
      // The sum is weak and the board has no display: two messages must say the same.
      {
        do: "settle",
        phase: "measuring",
        frame: "finished",
        of: "bloodPressure",
        within: { "bp.systolic": 0, "bp.diastolic": 0, "bp.mean": 0 },
        count: 2,
        quiet: true,
        take: "last",
        firstMs: 3_000,
        silenceMs: 3_000,
        withinMs: 85_000,
      },
    ],
    stop: { send: "stopPressure", expect: ["idle"], withinMs: 700, tries: 3, always: true },
    totalMs: 90_000,
    gapMs: 200,
  },
  sessionFor: {
    oximetry: {
      steps: [
        { do: "send", phase: "contacting", send: "oximetryOn", pauseMs: 60 },
        {
          do: "settle",
          phase: "measuring",
          frame: "oximetry",
          of: "oximetry",
          within: { spo2: 2, "pulse.rate": 12 },
          least: { spo2: 50, "pulse.rate": 25 },
          count: 6,
          take: "median",
          firstMs: 4_000,
          silenceMs: 4_000,
          withinMs: 60_000,
        },
      ],
      stop: { send: "oximetryOff", expect: [], withinMs: 100, tries: 1, always: true },
      totalMs: 70_000,
      gapMs: 200,
    },
    temperature: {
      steps: [
        { do: "send", phase: "contacting", send: "temperatureOn", pauseMs: 60 },
        {
          do: "settle",
          phase: "measuring",
          frame: "temperature",
          of: "temperature",
          within: { "body.temperature": 0.1 },
          least: { "body.temperature": 32 },
          count: 10,
          take: "last",
          firstMs: 4_000,
          silenceMs: 4_000,
          withinMs: 180_000,
        },
      ],
      stop: { send: "temperatureOff", expect: [], withinMs: 100, tries: 1, always: true },
      totalMs: 190_000,
      gapMs: 200,
    },
  },
  // D §Host commands: tests and calibrations are never for a person; the last is respiration gain, which stands among them.
  forbidden: [
    { name: "static pressure test", at: 3, is: "0b" },
    { name: "pressure calibration", at: 3, is: "0c" },
    { name: "calibration of the first probe", at: 3, is: "0d" },
    { name: "calibration of the second probe", at: 3, is: "0e" },
    { name: "respiration gain", at: 3, is: "0f" },
    { name: "leak test", at: 3, is: "10" },
  ],
  simulate: {
    answers: {
      startPressure: [
        { send: "idle", values: { state: 9 }, afterMs: 200 },
        {
          ramp: "running",
          field: "cuff",
          values: { state: 1 },
          points: [
            [0, 0],
            [6_000, 160],
            [7_000, 158],
            [20_000, 50],
          ],
          everyMs: 500,
          afterMs: 500,
        },
        {
          stream: "finished",
          values: { systolic: 122, mean: 92, diastolic: 77 },
          everyMs: 500,
          count: 6,
          afterMs: 21_000,
        },
      ],
      stopPressure: [{ send: "idle", values: { state: 2 }, afterMs: 200 }],
      oximetryOn: [
        {
          stream: "oximetry",
          values: {
            status: {
              over: [
                [0, 2],
                [2_000, 3],
                [4_000, 0],
              ],
            },
            spo2: {
              over: [
                [0, null],
                [4_000, { between: [97, 98] }],
              ],
            },
            pulse: {
              over: [
                [0, null],
                [4_000, { between: [70, 74] }],
              ],
            },
          },
          everyMs: 1_000,
          count: 40,
          afterMs: 100,
        },
      ],
      temperatureOn: [
        {
          stream: "temperature",
          values: {
            probes: { firstOff: false, secondOff: true },
            first: {
              over: [
                [0, 33.1],
                [2_000, 35.4],
                [4_000, 36.4],
                [6_000, 36.6],
              ],
            },
            second: 0,
          },
          everyMs: 1_000,
          count: 40,
          afterMs: 100,
        },
      ],
    },
    faults: {
      overPressure: { answers: { startPressure: [{ send: "idle", values: { state: 3 }, afterMs: 400 }] } },
      cuffLoose: { answers: { startPressure: [{ send: "idle", values: { state: 4 }, afterMs: 400 }] } },
      tooLong: { answers: { startPressure: [{ send: "idle", values: { state: 5 }, afterMs: 400 }] } },
      moved: { answers: { startPressure: [{ send: "idle", values: { state: 7 }, afterMs: 400 }] } },
      noResult: { answers: { startPressure: [{ send: "idle", values: { state: 8 }, afterMs: 400 }] } },
      outOfRange: {
        answers: {
          startPressure: [
            { send: "running", values: { state: 1, cuff: 40 }, afterMs: 400 },
            {
              stream: "finished",
              values: { systolic: 0, mean: 0, diastolic: 0 },
              everyMs: 500,
              count: 6,
              afterMs: 900,
            },
          ],
        },
      },
    },
  },
});
