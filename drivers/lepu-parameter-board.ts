// Lepu (乐普) multi-parameter board of the "AiView VX" monitor. Source: dossier lepu-parameter-board.md; "D §" points into it.
import { defineProfile } from "./kit/index.ts";

// D §Framing: the length counts the whole frame; class, token and type stand at 4, 5 and 6.
const line = {
  kind: "binary",
  head: "aa55",
  length: { at: 2, plus: 0 },
  check: { kind: "crc8-maxim", from: 0 },
} as const;
const is = (classTokenType: string) => ({ at: 4, is: classTokenType }) as const;
const command = (tokenType: string) => ({ to: "device", size: 8, match: [is(`f0${tokenType}`)], fields: {} }) as const;
// D §NIBP answers: which command is answered, and a letter.
const answer = (letter: string) =>
  ({
    to: "host",
    size: 10,
    match: [is("f60401"), { at: 8, is: letter }],
    fields: { command: { type: "u8", at: 7, min: 0, max: 255 } },
  }) as const;
const sample = (at: number) => ({ type: "i16le", at, min: -32_768, max: 32_767 }) as const;
// What the pressure module says comes high byte first, everything else low byte first.
const pressure = { type: "u16be", unit: "mm[Hg]" } as const;
const measured = { reliability: 1, systolic: 122, diastolic: 77, mean: 93, pulse: 71 } as const;

export default defineProfile({
  id: "lepu-parameter-board",
  model: { maker: "Lepu", name: "AiView VX parameter board" },
  source: "The maker's library with four recordings of a board, see dossier; no recording of a pressure",
  dossier: "lepu-parameter-board.md",
  measures: ["bloodPressure", "oximetry", "temperature"],
  serial: { baudRate: 460_800, dataBits: 8, parity: "none", stopBits: 1, match: [] }, // D §Serial settings
  check: "crc8-maxim",
  // Frames with results are longer than the CRC covers for sure, and a board has no display: every result must be said again.
  confirm: "none",
  display: false,
  actuates: true,
  push: false,
  envelopes: { host: line, device: line },
  frames: {
    // D §Board commands, §NIBP commands. The running number of what we send is always 00, as in the quoted example.
    startData: command("0004"),
    stopData: command("0005"),
    startPressure: command("0401"),
    cancel: command("0403"),
    adult: { to: "device", size: 9, match: [is("f00404"), { at: 7, is: "00" }], fields: {} },
    slowStream: { to: "device", size: 9, match: [is("f00406"), { at: 7, is: "02" }], fields: {} },

    accepted: answer("4f"),
    finished: answer("4b"),
    busy: answer("42"),
    cancelled: answer("41"),
    refused: {
      to: "host",
      size: 10,
      match: [is("f60401")],
      fields: { letter: { type: "code", size: 1, at: 8, known: [0x4e, 0x53, 0x52], open: true } },
    },
    cuff: {
      to: "host",
      size: 11,
      match: [is("f60402")],
      fields: { pressure: { ...pressure, at: 7, min: 0, max: 320 } },
    },
    result: {
      to: "host",
      size: 20,
      match: [is("f60404"), { at: 8, is: "00" }],
      fields: {
        reliability: { type: "u8", at: 10, min: 0, max: 255 },
        systolic: { ...pressure, at: 11, min: 40, max: 280 },
        diastolic: { ...pressure, at: 13, min: 20, max: 220 },
        mean: { ...pressure, at: 15, min: 20, max: 240 },
        pulse: { type: "u16be", at: 17, unit: "/min", min: 25, max: 250 },
      },
    },
    // D §Error level 1: with an error the numbers are void and are not read.
    failure: {
      to: "host",
      size: 20,
      match: [is("f60404")],
      fields: {
        error: { type: "code", size: 1, at: 8, known: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], open: true },
        why: { type: "u8", at: 9, min: 0, max: 255 },
      },
    },

    // D §Other data packets. Heart and respiration rate are read and not told: no kind of measuring asks for them.
    ecg: {
      to: "host",
      size: 39,
      match: [is("f30100"), { at: 7, is: "04", mask: "0f" }, { at: 8, is: "03", mask: "0f" }],
      fields: {
        leads: { type: "u8", at: 9, min: 0, max: 255 },
        heartRate: { type: "u16le", at: 11, min: 0, max: 65_535 },
        first1: sample(14),
        second1: sample(16),
        third1: sample(18),
        first2: sample(20),
        second2: sample(22),
        third2: sample(24),
        first3: sample(26),
        second3: sample(28),
        third3: sample(30),
        first4: sample(32),
        second4: sample(34),
        third4: sample(36),
      },
    },
    respiration: {
      to: "host",
      size: 15,
      match: [is("f30200")],
      fields: { rate: { type: "u16le", at: 10, min: 0, max: 65_535 }, sample: sample(12) },
    },
    temperature: {
      to: "host",
      size: 12,
      match: [is("f30300")],
      fields: {
        module: { type: "flags", at: 7, bits: { fault: 4 } },
        probes: { type: "flags", at: 8, bits: { firstOff: 0, secondOff: 4 } },
        first: {
          type: "i16le",
          at: 9,
          unit: "Cel",
          per: 10,
          min: 0,
          max: 60,
          special: [{ raw: [-32_768, -32_768], absent: true }],
        },
      },
    },
    oximetry: {
      to: "host",
      size: 17,
      match: [is("f30602")],
      fields: {
        // Any bit: off, unplugged, light, no pulse, wrong sensor, poor, disturbed, broken, searching, weak.
        status: { type: "code", size: 2, at: 7, known: [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512], open: true },
        spo2: { type: "u8", at: 11, unit: "%", min: 1, max: 100, special: [{ raw: [0, 0], absent: true }] },
        pulse: { type: "u16le", at: 12, unit: "/min", min: 1, max: 300, special: [{ raw: [0, 0], absent: true }] },
        perfusion: { type: "u16le", at: 14, min: 0, max: 65_535 },
      },
    },
    rawOximetry: { to: "host", size: 33, match: [is("f30600")], fields: {} },
    plethysmogram: { to: "host", size: 12, match: [is("f30601")], fields: {} },
    alive: { to: "host", size: [8, 64], match: [is("f4")], fields: { data: { type: "raw", at: 7, maxSize: 56 } } },
  },
  meaning: {
    accepted: { kind: "information", about: "accepted", values: { command: "command" }, link: true },
    finished: { kind: "information", about: "finished", values: {}, link: true },
    // While it measures it answers so to everything but cancel; only our start is refused by it.
    busy: [
      { kind: "fault", of: "bloodPressure", when: { command: [1] }, code: "device.busy" },
      { kind: "information", about: "busy", values: { command: "command" } },
    ],
    cancelled: { kind: "information", about: "stopped", values: {}, link: true },
    refused: { kind: "fault", of: "bloodPressure", by: "letter", codes: {}, otherwise: "device.unknown" },
    cuff: { kind: "progress", of: "bloodPressure", readings: [["bp.cuff", "pressure"]] },
    result: {
      kind: "progress",
      of: "bloodPressure",
      readings: [
        ["bp.systolic", "systolic"],
        ["bp.diastolic", "diastolic"],
        ["bp.mean", "mean"],
        ["pulse.rate", "pulse"],
      ],
      greater: [
        ["systolic", "mean"],
        ["mean", "diastolic"],
      ],
    },
    failure: {
      kind: "fault",
      of: "bloodPressure",
      by: "error",
      codes: {
        "2": "device.cuffLoose",
        "3": "device.cuffLeak",
        "5": "device.weakPulse",
        "6": "device.unreadable",
        "7": "device.moved",
        "8": "device.overPressure",
        "9": "device.tooLong",
      },
      otherwise: "device.unknown",
    },
    ecg: {
      kind: "wave",
      of: "ecg",
      samples: {
        first: ["first1", "first2", "first3", "first4"],
        second: ["second1", "second2", "second3", "second4"],
        third: ["third1", "third2", "third3", "third4"],
      },
    },
    respiration: { kind: "wave", of: "respiration", samples: { respiration: ["sample"] } },
    temperature: [
      { kind: "fault", of: "temperature", when: { "module.fault": [true] }, code: "device.unknown" },
      { kind: "ignore", when: { "probes.firstOff": [true] }, reason: "the probe is off" },
      { kind: "progress", of: "temperature", readings: [["body.temperature", "first"]] },
    ],
    oximetry: {
      kind: "progress",
      when: { status: [0] },
      of: "oximetry",
      readings: [
        ["spo2", "spo2"],
        ["pulse.rate", "pulse"],
      ],
    },
    rawOximetry: { kind: "ignore", reason: "a raw curve that is not described" },
    plethysmogram: { kind: "ignore", reason: "a curve that is not described" },
    alive: { kind: "information", about: "here", values: {} },
  },
  session: {
    steps: [
      { do: "send", phase: "contacting", send: "adult", pauseMs: 100 },
      { do: "send", phase: "contacting", send: "slowStream", pauseMs: 100 },
      {
        do: "ask",
        phase: "contacting",
        send: "startPressure",
        acts: true,
        expect: [{ frame: "accepted", when: { command: [1] } }],
        withinMs: 3_000,
        tries: 1,
      },
      // D §NIBP commands, 20: a result that nobody acknowledges is sent three times. Two must say the same.
      {
        do: "settle",
        phase: "measuring",
        frame: "result",
        of: "bloodPressure",
        within: { "bp.systolic": 0, "bp.diastolic": 0, "bp.mean": 0, "pulse.rate": 0 },
        count: 2,
        quiet: true,
        take: "last",
        firstMs: 5_000,
        silenceMs: 5_000,
        withinMs: 185_000,
      },
    ],
    stop: { send: "cancel", expect: ["cancelled"], withinMs: 300, tries: 3 },
    totalMs: 200_000,
    gapMs: 100,
  },
  sessionFor: {
    oximetry: {
      steps: [
        { do: "send", phase: "contacting", send: "startData", pauseMs: 100 },
        {
          do: "settle",
          phase: "measuring",
          frame: "oximetry",
          of: "oximetry",
          within: { spo2: 2, "pulse.rate": 8 },
          least: { spo2: 50, "pulse.rate": 25 },
          count: 6,
          take: "median",
          firstMs: 5_000,
          silenceMs: 5_000,
          withinMs: 60_000,
          unsettled: "device.weakPulse",
        },
      ],
      stop: { send: "stopData", expect: [], withinMs: 100, tries: 1, always: true },
      totalMs: 70_000,
      gapMs: 100,
    },
    temperature: {
      steps: [
        { do: "send", phase: "contacting", send: "startData", pauseMs: 100 },
        {
          do: "settle",
          phase: "measuring",
          frame: "temperature",
          of: "temperature",
          within: { "body.temperature": 0.1 },
          least: { "body.temperature": 32 },
          count: 20,
          take: "last",
          firstMs: 5_000,
          silenceMs: 5_000,
          withinMs: 180_000,
        },
      ],
      stop: { send: "stopData", expect: [], withinMs: 100, tries: 1, always: true },
      totalMs: 190_000,
      gapMs: 100,
    },
  },
  // D §NIBP commands, §Board commands: for service, or never for a person who sits alone at a kiosk.
  forbidden: [
    { name: "continuous measuring", at: 4, is: "f00402" },
    { name: "pump", at: 4, is: "f0040a" },
    { name: "fast valve", at: 4, is: "f0040b" },
    { name: "slow valve", at: 4, is: "f0040c" },
    { name: "sleep", at: 4, is: "f0040d" },
    { name: "reset of the module", at: 4, is: "f0040e" },
    { name: "tourniquet", at: 4, is: "f0040f" },
    { name: "verification", at: 4, is: "f00410" },
    { name: "leak test", at: 4, is: "f00411" },
    { name: "calibration", at: 4, is: "f00412" },
    { name: "calibration of the module", at: 4, is: "f004f0" },
    { name: "reset", at: 4, is: "f00000" },
    { name: "anything passed on unread", at: 4, is: "f7" },
  ],
  simulate: {
    answers: {
      startPressure: [
        { send: "accepted", values: { command: 1 }, afterMs: 30 },
        {
          ramp: "cuff",
          field: "pressure",
          points: [
            [0, 0],
            [6_000, 160],
            [20_000, 40],
          ],
          everyMs: 200,
          afterMs: 200,
        },
        { send: "finished", values: { command: 1 }, afterMs: 20_400 },
        { stream: "result", values: measured, everyMs: 300, count: 3, afterMs: 20_500 },
      ],
      cancel: [{ send: "cancelled", values: { command: 3 }, afterMs: 30 }],
      startData: [
        {
          stream: "oximetry",
          values: {
            status: {
              over: [
                [0, 1],
                [1_000, 0x0100],
                [3_000, 0],
              ],
            },
            spo2: 98,
            pulse: { between: [83, 87] },
            perfusion: 344,
          },
          everyMs: 1_000,
          count: 60,
          afterMs: 100,
        },
        {
          stream: "temperature",
          values: {
            module: { fault: false },
            probes: { firstOff: false, secondOff: true },
            first: {
              over: [
                [0, 30.4],
                [2_000, 35.2],
                [4_000, 36.4],
              ],
            },
          },
          everyMs: 500,
          count: 120,
          afterMs: 150,
        },
      ],
    },
    faults: {
      cuffLoose: { answers: { startPressure: [{ send: "failure", values: { error: 2, why: 0 }, afterMs: 400 }] } },
      leak: { answers: { startPressure: [{ send: "failure", values: { error: 3, why: 2 }, afterMs: 400 }] } },
      moved: { answers: { startPressure: [{ send: "failure", values: { error: 7, why: 0 }, afterMs: 400 }] } },
      overPressure: { answers: { startPressure: [{ send: "failure", values: { error: 8, why: 1 }, afterMs: 400 }] } },
      busy: { answers: { startPressure: [{ send: "busy", values: { command: 1 }, afterMs: 30 }] } },
      asleep: { answers: { startPressure: [{ send: "refused", values: { letter: 0x53 }, afterMs: 30 }] } },
      saidOnce: {
        answers: {
          startPressure: [
            { send: "accepted", values: { command: 1 }, afterMs: 30 },
            { send: "result", values: measured, afterMs: 600 },
          ],
        },
      },
      outOfRange: {
        answers: {
          startPressure: [
            { send: "accepted", values: { command: 1 }, afterMs: 30 },
            { stream: "result", values: { ...measured, systolic: 0 }, everyMs: 300, count: 3, afterMs: 600 },
          ],
        },
      },
    },
  },
});
