// Creative / Lepu PC-100, PC-102, PC-200, PC-300, PC-303 spot-check monitors, through the COM port of a Bluetooth serial
// link. Source: dossier creative-pc100-pc300.md; "D §" points into it.
import { defineProfile } from "./kit/index.ts";

// D §Framing
const line = {
  kind: "binary",
  head: "aa55",
  length: { at: 3, plus: 4 },
  check: { kind: "crc8-maxim", from: 0 },
} as const;
const is = (token: string, type?: string) =>
  type === undefined
    ? ([{ at: 2, is: token }] as const)
    : ([
        { at: 2, is: token },
        { at: 4, is: type },
      ] as const);
const command = (token: string, type: string) =>
  ({ to: "device", size: 6, match: is(token, type), fields: {} }) as const;
const hello = { do: "ask", phase: "contacting", send: "hello", expect: ["named"], withinMs: 1_000, tries: 3 } as const;
// Every session can stop the cuff: somebody may have pressed the unit's own key.
const ending = { stop: { send: "stopPressure", expect: ["stopped"], withinMs: 500, tries: 3 }, gapMs: 300 } as const;
const result = {
  status: { irregular: false },
  systolic: 118,
  mean: 90,
  diastolic: 76,
  pulse: 72,
} as const;

export default defineProfile({
  id: "creative-pc100",
  aliases: ["creative-pc100-pc300", "creative-pc300"],
  model: { maker: "Creative / Lepu", name: "PC-100, PC-200, PC-300" },
  source: "The maker's SDK for the radio link and one independent client, see dossier; no captured result frame",
  dossier: "creative-pc100-pc300.md",
  measures: ["bloodPressure", "oximetry", "temperature"],
  // D §Serial settings: not stated; the COM port of a radio link takes any speed.
  serial: {
    baudRate: 115_200,
    baudChoices: [115_200, 57_600, 38_400, 19_200, 9_600],
    dataBits: 8,
    parity: "none",
    stopBits: 1,
    match: [],
  },
  check: "crc8-maxim",
  confirm: "display",
  actuates: true,
  push: false,
  clock: { maxOffsetMs: 300_000 },
  settings: {
    // D §Unit messages: the order comes from one SDK and is not verified.
    pulseOrder: {
      says: { zh: "血氧脉率的字节顺序", en: "Byte order of the oximeter's pulse" },
      default: "lowFirst",
      choices: {
        lowFirst: {
          says: { zh: "低字节在前", en: "Low byte first" },
          set: [{ path: "frames.oximetry.fields.pulse.type", to: "u16le" }],
        },
        highFirst: {
          says: { zh: "高字节在前", en: "High byte first" },
          set: [{ path: "frames.oximetry.fields.pulse.type", to: "u16be" }],
        },
      },
    },
  },
  envelopes: { host: line, device: line },
  frames: {
    // D §Host commands
    startPressure: command("40", "01"),
    stopPressure: command("40", "02"),
    adult: { to: "device", size: 7, match: [...is("40", "03"), { at: 5, is: "00" }], fields: {} },
    hello: command("ff", "01"),
    setClock: {
      to: "device",
      size: 12,
      match: is("ff", "03"),
      fields: { time: { type: "datetime", form: "ymdhms8", at: 5 } },
    },
    askTemperature: command("72", "01"),

    named: { to: "host", size: [7, 64], match: is("ff", "01"), fields: { name: { type: "raw", at: 5, maxSize: 58 } } },
    started: { to: "host", size: 6, match: is("40", "01"), fields: {} },
    stopped: { to: "host", size: 6, match: is("40", "02"), fields: {} },
    cuff: {
      to: "host",
      size: 8,
      match: is("42"),
      fields: {
        pressure: {
          type: "bits",
          parts: [
            { at: 5, shift: 0, width: 4 },
            { at: 6, shift: 0, width: 8 },
          ],
          unit: "mm[Hg]",
          min: 0,
          max: 320,
        },
      },
    },
    // D §Result 43/01: fifteen bits; a client that reads eight is wrong above 255.
    pressure: {
      to: "host",
      size: 11,
      match: is("43", "01"),
      fields: {
        status: { type: "flags", at: 5, bits: { irregular: 7 } },
        systolic: {
          type: "bits",
          parts: [
            { at: 5, shift: 0, width: 7 },
            { at: 6, shift: 0, width: 8 },
          ],
          unit: "mm[Hg]",
          min: 40,
          max: 280,
        },
        mean: { type: "u8", at: 7, unit: "mm[Hg]", min: 20, max: 240, special: [{ raw: [0, 0], absent: true }] },
        diastolic: { type: "u8", at: 8, unit: "mm[Hg]", min: 20, max: 220 },
        pulse: { type: "u8", at: 9, unit: "/min", min: 25, max: 250 },
      },
    },
    pressureFailed: {
      to: "host",
      size: 7,
      match: is("43", "02"),
      fields: {
        error: {
          type: "code",
          size: 1,
          at: 5,
          mask: 0x7f,
          known: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15],
          open: true,
        },
      },
    },
    probe: {
      to: "host",
      size: 7,
      match: is("51", "02"),
      fields: { state: { type: "flags", at: 5, bits: { off: 3, sending: 5, check: 6 } } },
    },
    oximetry: {
      to: "host",
      size: 11,
      match: is("53"),
      fields: {
        spo2: { type: "u8", at: 5, unit: "%", min: 1, max: 100, special: [{ raw: [0, 0], absent: true }] },
        pulse: { type: "u16le", at: 6, unit: "/min", min: 1, max: 300, special: [{ raw: [0, 0], absent: true }] },
        perfusion: { type: "u8", at: 8, unit: "%", per: 10, min: 0, max: 25.5 },
        state: { type: "flags", at: 9, bits: { noFinger: 1, searching: 2 } },
      },
    },
    // Bits 6-5: 2 is done; bit 4: the probe is off. The number counts only when it is done with the probe on.
    temperature: {
      to: "host",
      size: 9,
      match: [...is("72", "01"), { at: 5, is: "40", mask: "70" }],
      fields: { value: { type: "u16be", at: 6, unit: "Cel", per: 100, plus: 30, min: 30, max: 45 } },
    },
    temperatureState: {
      to: "host",
      size: 9,
      match: is("72", "01"),
      fields: {
        state: { type: "code", size: 1, at: 5, mask: 0x70, shift: 4, known: [0, 1, 2, 3, 5, 6, 7], open: true },
      },
    },
    off: { to: "host", size: [6, 16], match: is("d0"), fields: { rest: { type: "raw", at: 4, maxSize: 11 } } },
    other: {
      to: "host",
      size: [6, 259],
      fields: { type: { type: "u8", at: 4, min: 0, max: 255 }, data: { type: "raw", at: 5, maxSize: 253 } },
    },
  },
  meaning: {
    named: { kind: "information", about: "here", values: {} },
    started: { kind: "information", about: "started", values: {}, link: true },
    stopped: { kind: "information", about: "stopped", values: {}, link: true },
    cuff: { kind: "progress", of: "bloodPressure", readings: [["bp.cuff", "pressure"]] },
    pressure: {
      kind: "measurement",
      of: "bloodPressure",
      readings: [
        ["bp.systolic", "systolic"],
        ["bp.diastolic", "diastolic"],
        ["bp.mean", "mean"],
        ["pulse.rate", "pulse"],
      ],
      doubts: { irregularPulse: ["status", "irregular"] },
      greater: [
        ["systolic", "diastolic"],
        ["systolic", "mean"],
        ["mean", "diastolic"],
      ],
    },
    // D §Error 43/02: an older SDK swaps some of the numbers, so the number is shown beside the words.
    pressureFailed: {
      kind: "fault",
      of: "bloodPressure",
      by: "error",
      codes: {
        "1": "device.cuffLoose",
        "2": "device.overPressure",
        "3": "device.weakPulse",
        "4": "device.moved",
        "5": "device.unreadable",
        "6": "device.cuffLeak",
        "9": "device.unreadable",
        "10": "device.cuffLeak",
        "11": "device.pump",
        "12": "device.tooLong",
        "14": "device.batteryLow",
        "15": "device.batteryLow",
      },
      otherwise: "device.unknown",
    },
    probe: { kind: "information", about: "probe", values: { off: "state.off", check: "state.check" } },
    oximetry: [
      { kind: "ignore", when: { "state.noFinger": [true] }, reason: "no finger" },
      { kind: "ignore", when: { "state.searching": [true] }, reason: "still looking for the pulse" },
      {
        kind: "progress",
        of: "oximetry",
        readings: [
          ["spo2", "spo2"],
          ["pulse.rate", "pulse"],
          ["perfusion.index", "perfusion"],
        ],
      },
    ],
    temperature: { kind: "measurement", of: "temperature", readings: [["body.temperature", "value"]] },
    temperatureState: [
      {
        kind: "fault",
        of: "temperature",
        by: "state",
        codes: { "6": "device.tooLong", "7": "device.tooLong" },
        ok: [0, 1, 2, 3, 5],
        otherwise: "device.unknown",
      },
      { kind: "information", about: "temperatureState", values: { state: "state" } },
    ],
    off: { kind: "information", about: "off", values: {} },
    other: { kind: "ignore", reason: "curves, ECG, versions and the glucose meter of another module: not read here" },
  },
  // D §Timing and states
  session: {
    steps: [
      hello,
      { do: "send", phase: "contacting", send: "adult", pauseMs: 200 },
      {
        do: "ask",
        phase: "contacting",
        send: "startPressure",
        acts: true,
        expect: ["started", "cuff"],
        withinMs: 3_000,
        tries: 1,
      },
      { do: "listen", phase: "measuring", firstMs: 5_000, silenceMs: 5_000 },
    ],
    ...ending,
    totalMs: 180_000,
  },
  sessionFor: {
    oximetry: {
      steps: [
        hello,
        {
          do: "settle",
          phase: "measuring",
          frame: "oximetry",
          of: "oximetry",
          within: { spo2: 2, "pulse.rate": 8 },
          least: { spo2: 50, "pulse.rate": 25 },
          spanMs: 5_000,
          take: "median",
          firstMs: 10_000,
          silenceMs: 5_000,
          withinMs: 60_000,
          unsettled: "device.weakPulse",
        },
      ],
      ...ending,
      totalMs: 70_000,
    },
    temperature: {
      steps: [
        hello,
        {
          do: "poll",
          phase: "waiting",
          send: "askTemperature",
          everyMs: 2_000,
          until: ["temperature"],
          silenceMs: 7_000,
          withinMs: 60_000,
        },
      ],
      ...ending,
      totalMs: 70_000,
    },
  },
  tasks: {
    setClock: {
      steps: [
        hello,
        { do: "send", phase: "waiting", send: "setClock", values: { time: { clock: true } }, pauseMs: 200 },
      ],
      totalMs: 5_000,
      gapMs: 300,
    },
  },
  // The family's leak tests (PC-600 document) are for service.
  forbidden: [
    { name: "leak test", at: 2, is: "400215" },
    { name: "end of the leak test", at: 2, is: "400216" },
    { name: "result of the leak test", at: 2, is: "400217" },
  ],
  simulate: {
    answers: {
      hello: [
        { send: "named", values: { name: "50432d333030" }, afterMs: 40 },
        {
          stream: "oximetry",
          values: {
            spo2: 97,
            pulse: { between: [70, 73] },
            perfusion: 3.1,
            state: {
              over: [
                [0, { noFinger: true, searching: false }],
                [1_000, { noFinger: false, searching: true }],
                [2_000, { noFinger: false, searching: false }],
              ],
            },
          },
          everyMs: 1_000,
          count: 30,
          afterMs: 500,
        },
      ],
      askTemperature: [
        { send: "temperatureState", values: { state: 2 }, afterMs: 40, times: [1, 2] },
        { send: "temperature", values: { value: 36.52 }, afterMs: 40, times: [3, 99] },
      ],
      startPressure: [
        { send: "started", values: {}, afterMs: 40 },
        {
          ramp: "cuff",
          field: "pressure",
          points: [
            [0, 0],
            [6_000, 165],
            [20_000, 50],
          ],
          everyMs: 200,
          afterMs: 200,
        },
        { send: "pressure", values: result, afterMs: 20_500 },
      ],
      stopPressure: [{ send: "stopped", values: {}, afterMs: 40 }],
    },
    faults: {
      cuffLoose: { answers: { startPressure: [{ send: "pressureFailed", values: { error: 1 }, afterMs: 7_000 }] } },
      overPressure: { answers: { startPressure: [{ send: "pressureFailed", values: { error: 2 }, afterMs: 700 }] } },
      moved: { answers: { startPressure: [{ send: "pressureFailed", values: { error: 4 }, afterMs: 700 }] } },
      battery: { answers: { startPressure: [{ send: "pressureFailed", values: { error: 14 }, afterMs: 700 }] } },
      outOfRange: {
        answers: {
          startPressure: [
            { send: "started", values: {}, afterMs: 40 },
            { send: "pressure", values: { ...result, systolic: 0, diastolic: 0, pulse: 0 }, afterMs: 700 },
          ],
        },
      },
    },
  },
});
