// Creative / Carewell (科瑞康) PC-600 and PC-700 measuring terminal: everything on one port. Source: dossier
// creative-pc600-pc700-terminal.md; "D §" points into it.
import { frames } from "./creative-pc600/frames.ts";
import { defineProfile } from "./kit/index.ts";

/** Which meter says a thing is a setting; a bit is never 2, so that the fault of the chosen meter's own frames never speaks. */
const never = 2;
const otherMeter = { kind: "fault", when: { unit: [never] }, code: "device.unknown" } as const;
const otherwiseMeter = { kind: "fault", when: { unit: [0, 1] }, code: "device.unknown" } as const;
const glucose = { kind: "measurement", of: "glucose", readings: [["glucose", "value"]] } as const;
const acid = { kind: "measurement", of: "chemistry", readings: [["uricAcid", "value"]] } as const;
const total = { kind: "measurement", of: "lipids", readings: [["cholesterol.total", "value"]] } as const;

const connect = [
  // D §Link start
  { do: "send", phase: "contacting", send: "wake", pauseMs: 100 },
  { do: "ask", phase: "contacting", send: "hello", expect: ["named"], withinMs: 1_000, tries: 3 },
] as const;
const ending = {
  stop: { send: "stopPressure", expect: ["stopped"], withinMs: 300, tries: 3 },
  gapMs: 100,
} as const;
// A stored result has no time (D §Clock): none is asked for, and only what the terminal sends by itself counts.
const meterSession = {
  steps: [
    ...connect,
    {
      do: "ask",
      phase: "contacting",
      send: "setMeter",
      values: { kind: 2 },
      expect: [
        { frame: "meter", when: { kind: [2] } },
        { frame: "meterSet", when: { kind: [2] } },
      ],
      withinMs: 1_000,
      tries: 3,
    },
    {
      do: "poll",
      phase: "waiting",
      send: "askMeter",
      everyMs: 2_000,
      until: ["glucose"],
      silenceMs: 7_000,
      withinMs: 300_000,
    },
  ],
  ...ending,
  totalMs: 310_000,
} as const;
const meterSessions = ["glucose", "lipids", "chemistry"].map((kind) => `sessionFor.${kind}.steps.2`);
const bought = (
  kind: number,
  benecheck: readonly number[],
  lepu: readonly number[],
): readonly { path: string; to: number | readonly number[] }[] => [
  ...meterSessions.flatMap((step) =>
    ["values.kind", "expect.0.when.kind.0", "expect.1.when.kind.0"].map((place) => ({
      path: `${step}.${place}`,
      to: kind,
    })),
  ),
  ...["uricAcid", "uricAcidLow", "uricAcidHigh", "cholesterol", "cholesterolLow", "cholesterolHigh"].map((frame) => ({
    path: `meaning.${frame}.0.when.unit`,
    to: benecheck,
  })),
  ...["uricAcidWhole", "ketone"].map((frame) => ({ path: `meaning.${frame}.0.when.unit`, to: lepu })),
];
const refused = [0, 1] as const;

export default defineProfile({
  id: "creative-pc600",
  aliases: ["creative-pc600-pc700-terminal", "pc600-pc700-terminal"],
  model: { maker: "Creative / Carewell", name: "PC-600, PC-700 terminal" },
  source: "The vendor's protocol document V1.1 and its own SDK, see dossier",
  dossier: "creative-pc600-pc700-terminal.md",
  measures: ["bloodPressure", "oximetry", "temperature", "glucose", "lipids", "chemistry"],
  serial: { baudRate: 460_800, dataBits: 8, parity: "none", stopBits: 1, match: [] }, // D §Serial settings
  check: "crc8-maxim",
  // Built into a kiosk; every frame with a result has at most 88 bits (ADR 16).
  confirm: "none",
  display: false,
  actuates: true,
  push: false,
  settings: {
    meter: {
      says: { zh: "插在主机上的血糖仪", en: "Glucose meter in the terminal" },
      default: "benecheck",
      choices: {
        benecheck: {
          says: { zh: "百捷三合一（血糖、尿酸、总胆固醇）", en: "BeneCheck 3-in-1" },
          set: bought(2, [never], refused),
        },
        yicheng: { says: { zh: "怡成（血糖）", en: "Yicheng (glucose)" }, set: bought(1, refused, refused) },
        bioland: {
          says: { zh: "爱奥乐（血糖，未经证实）", en: "Bioland (glucose, unproven)" },
          set: bought(3, refused, refused),
        },
        lepu: {
          says: { zh: "乐普（血糖、尿酸、血酮）", en: "Lepu (glucose, uric acid, ketone)" },
          set: bought(4, refused, [never]),
        },
      },
    },
    // D §Other tokens: the document divides by 10, the SDK on newer machines by 100.
    temperature: {
      says: { zh: "体温小数位", en: "Decimals of the temperature" },
      default: "one",
      choices: {
        one: { says: { zh: "一位", en: "One" }, set: [{ path: "frames.temperature.fields.value.per", to: 10 }] },
        two: {
          says: { zh: "两位（新机器）", en: "Two (newer)" },
          set: [{ path: "frames.temperature.fields.value.per", to: 100 }],
        },
      },
    },
  },
  envelopes: {
    host: { kind: "binary", head: "aa55", length: { at: 3, plus: 4 }, check: { kind: "crc8-maxim", from: 0 } },
    device: { kind: "binary", head: "", check: { kind: "crc8-maxim", from: 0 } },
  },
  frames,
  meaning: {
    named: { kind: "information", about: "model", values: { model: "name" } },
    battery: [
      { kind: "fault", when: { level: [0], "power.mains": [false] }, code: "device.batteryLow" },
      { kind: "information", about: "battery", values: { level: "level", mains: "power.mains" } },
    ],
    meterSet: { kind: "information", about: "meter", values: { kind: "kind" } },
    meter: { kind: "information", about: "meter", values: { kind: "kind" } },
    started: { kind: "information", about: "started", values: {}, link: true },
    stopped: { kind: "information", about: "stopped", values: {}, link: true },
    module: [
      { kind: "fault", of: "bloodPressure", when: { state: [0xff, 0xd1] }, code: "device.unknown" },
      { kind: "information", about: "pressureModule", values: { state: "state" } },
    ],
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
    pressureFailed: {
      kind: "fault",
      of: "bloodPressure",
      by: "error",
      codes: {
        "2": "device.cuffLoose",
        "3": "device.cuffLeak",
        "4": "device.pump",
        "5": "device.weakPulse",
        "6": "device.unreadable",
        "7": "device.moved",
        "8": "device.overPressure",
        "9": "device.unreadable",
        "10": "device.cuffLeak",
        "12": "device.tooLong",
        "14": "device.batteryLow",
      },
      otherwise: "device.unknown",
    },
    wave: { kind: "wave", of: "pulse", samples: { pulse: ["sample"] } },
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
    temperature: [
      {
        kind: "fault",
        of: "temperature",
        by: "state",
        codes: { "2": "device.unreadable", "4": "device.unreadable" },
        ok: [0],
        otherwise: "device.unknown",
      },
      { kind: "measurement", of: "temperature", readings: [["body.temperature", "value"]] },
    ],
    noRecord: { kind: "information", about: "noStoredResult", values: {} },
    glucoseLow: glucose,
    glucoseHigh: glucose,
    glucose,
    glucoseDecimal: glucose,
    uricAcidLow: [otherMeter, acid],
    uricAcidHigh: [otherMeter, acid],
    uricAcid: [otherMeter, acid],
    uricAcidWhole: [otherwiseMeter, acid],
    cholesterolLow: [otherMeter, total],
    cholesterolHigh: [otherMeter, total],
    cholesterol: [otherMeter, total],
    ketone: [otherwiseMeter, { kind: "measurement", of: "chemistry", readings: [["ketone", "value"]] }],
    strangeResult: { kind: "fault", code: "device.unknown" },
    biolandLow: glucose,
    biolandHigh: glucose,
    bioland: glucose,
    // Whose card it is does not come through here: reading one has its own device.
    card: { kind: "information", about: "cardReader", values: { state: "state" } },
    other: { kind: "ignore", reason: "versions, ECG, a card's data, curves in longer pieces: not read here" },
  },
  session: {
    steps: [
      ...connect,
      { do: "send", phase: "contacting", send: "adult", pauseMs: 100 },
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
    glucose: meterSession,
    lipids: meterSession,
    chemistry: meterSession,
    oximetry: {
      steps: [
        ...connect,
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
        ...connect,
        {
          do: "poll",
          phase: "waiting",
          send: "askBattery",
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
  // D §Other tokens: leak tests are for service. Sleep would leave the next person without an answer; cards are read elsewhere.
  forbidden: [
    { name: "leak test", at: 2, is: "400215" },
    { name: "end of the leak test", at: 2, is: "400216" },
    { name: "result of the leak test", at: 2, is: "400217" },
    { name: "sleep", at: 2, is: "ff0405" },
    { name: "reading a card", at: 2, is: "600211" },
  ],
  simulate: {
    answers: {
      hello: [
        { send: "named", values: { name: "PC-600" }, afterMs: 20 },
        {
          stream: "oximetry",
          values: {
            spo2: {
              over: [
                [0, null],
                [2_000, 97],
              ],
            },
            pulse: {
              over: [
                [0, null],
                [2_000, { between: [70, 73] }],
              ],
            },
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
      askBattery: [
        { send: "battery", values: { power: { mains: true, charging: false }, level: 7 }, afterMs: 20 },
        { send: "temperature", values: { state: 0, value: 36.4 }, afterMs: 300, times: [2, 2] },
      ],
      setMeter: [{ send: "meter", values: { kind: 2 }, afterMs: 20 }],
      askMeter: [
        { send: "meter", values: { kind: 2 }, afterMs: 20 },
        { send: "cholesterol", values: { unit: 1, value: 186 }, afterMs: 200, times: [2, 2] },
        { send: "uricAcid", values: { unit: 1, value: 5.4 }, afterMs: 400, times: [2, 2] },
        { send: "glucose", values: { value: { between: [92, 124] } }, afterMs: 600, times: [2, 2] },
      ],
      startPressure: [
        { send: "started", values: {}, afterMs: 30 },
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
        {
          send: "pressure",
          values: {
            status: { irregular: false },
            systolic: { between: [114, 132] },
            mean: { between: [86, 98] },
            diastolic: { between: [70, 82] },
            pulse: { between: [60, 84] },
          },
          afterMs: 20_500,
        },
      ],
      stopPressure: [{ send: "stopped", values: {}, afterMs: 30 }],
    },
    faults: {
      cuffLoose: { answers: { startPressure: [{ send: "pressureFailed", values: { error: 2 }, afterMs: 7_000 }] } },
      moved: { answers: { startPressure: [{ send: "pressureFailed", values: { error: 7 }, afterMs: 700 }] } },
      overPressure: { answers: { startPressure: [{ send: "pressureFailed", values: { error: 8 }, afterMs: 700 }] } },
      noModule: { answers: { startPressure: [{ send: "module", values: { state: 0xff }, afterMs: 100 }] } },
      // It sleeps until the host has sent its zeros.
      asleep: { answers: { hello: [{ send: "named", values: { name: "PC-600" }, afterMs: 20, once: "wake" }] } },
      battery: {
        answers: {
          startPressure: [
            { send: "started", values: {}, afterMs: 30 },
            { send: "battery", values: { power: { mains: false, charging: false }, level: 0 }, afterMs: 500 },
          ],
        },
      },
      glucoseLow: {
        answers: {
          askMeter: [
            {
              send: "glucoseLow",
              values: { unit: 0, value: { value: 20, unit: "mg/dL", comparator: "<" } },
              afterMs: 30,
            },
          ],
        },
      },
      otherMeter: { answers: { setMeter: [{ send: "meter", values: { kind: 1 }, afterMs: 20 }] } },
    },
  },
});
