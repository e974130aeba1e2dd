// TaiDoc / FORA pressure monitors with a memory (TD-3128, TD-3140, FORA P30 Plus, D40). Source: dossiers taidoc-fora-bp.md
// ("D §") and taidoc-fora.md for the time. Nothing starts them from here: what they have measured is read out.
import { defineProfile } from "./kit/index.ts";

const line = (tail: string) => ({ kind: "binary", head: "51", tail, check: { kind: "sum8", from: 0 } }) as const;
const toDevice = { to: "device", size: 8 } as const;
const toHost = { to: "host", size: 8 } as const;
const is = (command: string) => ({ at: 1, is: command }) as const;
const index = { type: "u16le", at: 2, min: 0, max: 65_534 } as const;
/** D §Framing: a TD-3140 wants its user in byte 5 of the question for a value; that the time wants it too is not proven. */
const user = { type: "u8", at: 5, min: 0, max: 4 } as const;
const forUser = (number: number) =>
  ["steps.1.values.user", "steps.1.also.values.user"].map((path) => ({ path: `session.${path}`, to: number }));
const records = (...kinds: readonly [number, ...number[]]) => [
  { path: "meaning.pressure.when.time/kind", to: kinds },
  { path: "simulate.answers.askTime.0.rows.0.kind", to: kinds[0] },
];
const width = (type: string) => [{ path: "frames.pressure.fields.systolic.type", to: type }];

export default defineProfile({
  id: "taidoc-fora-bp",
  aliases: ["fora-p30", "fora-d40"],
  model: { maker: "TaiDoc / FORA", name: "TD-3128, TD-3140, P30 Plus" },
  source: "One library with three decoders, see dossier; replies computed, none captured",
  dossier: "taidoc-fora-bp.md",
  measures: ["bloodPressure"],
  serial: { baudRate: 19_200, dataBits: 8, parity: "none", stopBits: 1, match: [] }, // as the meters of the same protocol
  check: "sum8",
  confirm: "display",
  actuates: false,
  push: false,
  clock: { maxOffsetMs: 300_000 },
  settings: {
    user: {
      says: { zh: "设备上的用户", en: "User on the device" },
      default: "none",
      choices: {
        none: { says: { zh: "不分用户", en: "No users" }, set: forUser(0) },
        one: { says: { zh: "用户 1", en: "User 1" }, set: forUser(1) },
        two: { says: { zh: "用户 2", en: "User 2" }, set: forUser(2) },
      },
    },
    // D §BP value reply: one decoder reads a high byte, two ignore it.
    systolic: {
      says: { zh: "高压的字节", en: "Bytes of the systolic pressure" },
      default: "two",
      choices: {
        two: { says: { zh: "两个，低字节在前", en: "Two, low byte first" }, set: width("u16le") },
        one: { says: { zh: "一个", en: "One" }, set: width("u8") },
      },
    },
    // D §Framing, command 25: a D40 keeps glucose in the same memory; which value of the bit is pressure is not stated.
    records: {
      says: { zh: "存储内容", en: "What the memory holds" },
      default: "pressureOnly",
      choices: {
        pressureOnly: { says: { zh: "只有血压", en: "Pressures only" }, set: records(0, 1) },
        pressureIs0: { says: { zh: "血压和血糖，血压为 0", en: "Glucose, too; pressure is 0" }, set: records(0) },
        pressureIs1: { says: { zh: "血压和血糖，血压为 1", en: "Glucose, too; pressure is 1" }, set: records(1) },
      },
    },
  },
  envelopes: { host: line("a5"), device: line("a3") },
  frames: {
    askClock: { ...toDevice, match: [is("23")], fields: {} },
    askTime: { ...toDevice, match: [is("25")], fields: { index, user } },
    askValue: { ...toDevice, match: [is("26")], fields: { index, user } },

    clock: { ...toHost, match: [is("23")], fields: { time: { type: "datetime", form: "ymd16mh4", at: 2 } } },
    // The meters say 54 while they enter their communication mode; the question is said again.
    entering: { ...toHost, match: [is("54")], fields: {} },
    // With the bit of a D40 set the minute is none, and a record without a time is nobody's.
    time: {
      ...toHost,
      match: [is("25")],
      fields: {
        taken: { type: "datetime", form: "ymd16mh4", at: 2 },
        kind: { type: "code", size: 1, at: 4, mask: 0x80, shift: 7, known: [0, 1] },
      },
    },
    // D §BP value reply: no pulse, no record; a TD-3128 says up to 3.
    noRecord: { ...toHost, match: [is("26"), { at: 5, any: [0, 1, 2, 3] }], fields: {} },
    pressure: {
      ...toHost,
      match: [is("26")],
      fields: {
        systolic: { type: "u16le", at: 2, unit: "mm[Hg]", min: 40, max: 280 },
        diastolic: { type: "u8", at: 4, unit: "mm[Hg]", min: 20, max: 220 },
        pulse: { type: "u8", at: 5, unit: "/min", min: 25, max: 250 },
      },
    },
  },
  meaning: {
    clock: { kind: "information", about: "clock", values: { deviceTime: "time" } },
    entering: { kind: "ignore", reason: "the meter enters its communication mode" },
    time: { kind: "information", about: "recordTime", values: {}, link: true },
    noRecord: { kind: "information", about: "noRecord", values: {} },
    pressure: {
      kind: "measurement",
      when: { "time/kind": [0, 1] },
      of: "bloodPressure",
      stored: true,
      deviceTime: "time/taken",
      readings: [
        ["bp.systolic", "systolic"],
        ["bp.diastolic", "diastolic"],
        ["pulse.rate", "pulse"],
      ],
      greater: [["systolic", "diastolic"]],
    },
  },
  session: {
    steps: [
      { do: "ask", phase: "contacting", send: "askClock", expect: ["clock"], withinMs: 2_000, tries: 4 },
      {
        do: "readout",
        phase: "reading",
        send: "askValue",
        values: { user: 0 },
        index: "index",
        also: { send: "askTime", values: { user: 0 }, index: "index", expect: "time" },
        expect: "pressure",
        none: "noRecord",
        most: 10,
        withinMs: 2_000,
        tries: 4,
      },
    ],
    totalMs: 120_000,
    gapMs: 300,
  },
  forbidden: [{ name: "clear memory", at: 1, is: "52" }],
  simulate: {
    answers: {
      askClock: [
        { send: "entering", values: {}, times: [1, 1], afterMs: 30 },
        { send: "clock", values: { time: { agoMs: 0 } }, times: [2, 99], afterMs: 30 },
      ],
      askTime: [
        {
          memory: "time",
          by: "index",
          rows: [
            { taken: { agoMs: 0 }, kind: 0 },
            { taken: { agoMs: 90_000_000 }, kind: 0 },
          ],
          none: { send: "time", values: { taken: null, kind: 0 } },
          afterMs: 30,
        },
      ],
      askValue: [
        {
          memory: "pressure",
          by: "index",
          rows: [
            { systolic: { between: [114, 132] }, diastolic: { between: [70, 82] }, pulse: { between: [60, 84] } },
            { systolic: 141, diastolic: 92, pulse: 77 },
          ],
          none: { send: "noRecord", values: {} },
          afterMs: 30,
        },
      ],
    },
    faults: {
      noRecord: {
        answers: {
          askTime: [{ send: "time", values: { taken: null, kind: 0 }, afterMs: 30 }],
          askValue: [{ send: "noRecord", values: {}, afterMs: 30 }],
        },
      },
      outOfRange: {
        answers: {
          askValue: [{ send: "pressure", values: { systolic: 0, diastolic: 60, pulse: 70 }, afterMs: 30 }],
        },
      },
    },
  },
});
