// Raycome (脉搏波) RBP-9000c, a mains arm-in cuff for unattended corners. Source: dossier raycome-rbp-9000.md; "D §" points into it.
// Version byte 03: the serial family. The battery family (version 02) has a profile of its own.
import { defineProfile } from "./kit/index.ts";

const version = { at: 2, is: "03" } as const; // D §Framing: protocol version

export default defineProfile({
  id: "raycome-rbp-9000c",
  aliases: ["raycome-rbp-9000", "raycome-rbp", "raycome-rbp-9001"],
  model: { maker: "Raycome", name: "RBP-9000c" },
  source: "Five independent implementations and three logged frames, see dossier",
  dossier: "raycome-rbp-9000.md",
  measures: ["bloodPressure"],
  // D §Serial settings: two speeds seen, 115200 first. Generic USB-serial chips: no ids of its own.
  serial: { baudRate: 115_200, baudChoices: [115_200, 9_600], dataBits: 8, parity: "none", stopBits: 1, match: [] },
  check: "xor8",
  confirm: "display",
  actuates: true,
  push: false,
  settings: {
    // D §Serial settings
    speed: {
      says: { zh: "串口速率", en: "Speed of the line" },
      default: "b115200",
      choices: {
        b115200: {
          says: { zh: "115200,多数机器", en: "115200, most units" },
          set: [{ path: "serial.baudRate", to: 115_200 }],
        },
        b9600: { says: { zh: "9600,有的机器", en: "9600, some units" }, set: [{ path: "serial.baudRate", to: 9_600 }] },
      },
    },
  },
  envelopes: {
    // D §Framing: whole frame = LEN + 5, XOR from the version byte to the last data byte.
    host: { kind: "binary", head: "aa80", length: { at: 3, plus: 5 }, check: { kind: "xor8", from: 2 } },
    device: { kind: "binary", head: "cc80", length: { at: 3, plus: 5 }, check: { kind: "xor8", from: 2 } },
  },
  frames: {
    // D §Host commands
    connect: { to: "device", size: 8, match: [version, { at: 4, is: "0101" }], fields: {} },
    start: { to: "device", size: 8, match: [version, { at: 4, is: "0102" }], fields: {} },
    stop: { to: "device", size: 8, match: [version, { at: 4, is: "0103" }], fields: {} },
    // D §Acks
    connected: { to: "host", size: 8, match: [version, { at: 4, is: "0101" }], fields: {} },
    started: { to: "host", size: 8, match: [version, { at: 4, is: "0102" }], fields: {} },
    stopped: { to: "host", size: 8, match: [version, { at: 4, is: "0103" }], fields: {} },
    // D §Live cuff pressure, version 03
    cuff: {
      to: "host",
      size: 9,
      match: [version, { at: 4, is: "0105" }],
      fields: { pressure: { type: "u16be", at: 6, unit: "mm[Hg]", min: 0, max: 350 } },
    },
    // D §Result
    result: {
      to: "host",
      size: 20,
      match: [version, { at: 4, is: "0106" }],
      fields: {
        user: { type: "u8", at: 6, min: 0, max: 255 },
        clock: { type: "datetime", form: "ymdhms8", at: 7 },
        systolic: { type: "u16be", at: 13, unit: "mm[Hg]", min: 50, max: 300 },
        diastolic: { type: "u16be", at: 15, unit: "mm[Hg]", min: 20, max: 200 },
        pulse: { type: "u16be", at: 17, unit: "/min", min: 25, max: 250 },
      },
    },
    // D §Error
    failure: {
      to: "host",
      size: 8,
      match: [version, { at: 4, is: "0107" }],
      fields: {
        why: { type: "code", size: 1, at: 6, known: [0x01, 0x02, 0x05, 0x06, 0x07, 0x09, 0x0f, 0x10], open: true },
      },
    },
  },
  meaning: {
    connected: { kind: "information", about: "connected", values: {}, link: true },
    started: { kind: "information", about: "started", values: {}, link: true },
    stopped: { kind: "information", about: "stopped", values: {}, link: true },
    cuff: { kind: "progress", of: "bloodPressure", readings: [["bp.cuff", "pressure"]] },
    result: {
      kind: "measurement",
      of: "bloodPressure",
      readings: [
        ["bp.systolic", "systolic"],
        ["bp.diastolic", "diastolic"],
        ["pulse.rate", "pulse"],
      ],
      deviceTime: "clock", // D §Safety notes: never trusted, kept as extra data
      notes: { user: "user" },
      greater: [["systolic", "diastolic"]], // D §Safety notes
    },
    failure: {
      kind: "fault",
      by: "why",
      codes: {
        "1": "device.overPressure", // above the safe pressure
        "2": "device.cuffLoose", // bad arm position, weak signal or leak of the upstream bladder
        "5": "device.cuffLoose", // the same, downstream bladder
        "6": "device.weakPulse",
        "7": "device.batteryLow", // version 02
        "9": "device.slowDeflation",
        "15": "device.cuffLeak",
        "16": "device.pump",
      },
      otherwise: "device.unknown",
    },
  },
  // D §Timing and states: 200 ms a try, five tries; exactly one result or error ends it; stop at any time.
  session: {
    steps: [
      { do: "ask", phase: "contacting", send: "connect", expect: ["connected"], withinMs: 200, tries: 5 },
      // One try: a second start could inflate a cuff that the person has just been freed from.
      {
        do: "ask",
        phase: "waiting",
        send: "start",
        acts: true,
        expect: ["started", "cuff"],
        withinMs: 3_000,
        tries: 1,
      },
      { do: "listen", phase: "measuring", firstMs: 9_500, silenceMs: 9_500 },
    ],
    stop: { send: "stop", expect: ["stopped"], withinMs: 200, tries: 3 },
    totalMs: 180_000,
    gapMs: 300,
  },
  forbidden: [],
  simulate: {
    answers: {
      connect: [{ send: "connected", values: {}, afterMs: 20 }],
      start: [
        { send: "started", values: {}, afterMs: 30 },
        {
          ramp: "cuff",
          field: "pressure",
          points: [
            [0, 0],
            [4_500, 168],
            [5_000, 164],
            [12_000, 52],
          ],
          everyMs: 200,
          afterMs: 300,
        },
        {
          send: "result",
          values: {
            user: 1,
            clock: { agoMs: 0 },
            // Within the 10 mmHg that two readings of one person may differ.
            systolic: { between: [121, 131] },
            diastolic: { between: [74, 84] },
            pulse: { between: [62, 80] },
          },
          afterMs: 12_800,
        },
      ],
      stop: [{ send: "stopped", values: {}, afterMs: 30 }],
    },
    faults: {
      overPressure: {
        answers: {
          start: [
            { send: "started", values: {}, afterMs: 30 },
            {
              ramp: "cuff",
              field: "pressure",
              points: [
                [0, 0],
                [6_000, 305],
              ],
              everyMs: 200,
              afterMs: 300,
            },
            { send: "failure", values: { why: 1 }, afterMs: 6_500 },
          ],
        },
      },
      cuffLoose: {
        answers: {
          start: [
            { send: "started", values: {}, afterMs: 30 },
            {
              ramp: "cuff",
              field: "pressure",
              points: [
                [0, 0],
                [2_000, 34],
              ],
              everyMs: 200,
              afterMs: 300,
            },
            { send: "failure", values: { why: 2 }, afterMs: 2_600 },
          ],
        },
      },
      cuffLoose2: {
        answers: {
          start: [
            { send: "started", values: {}, afterMs: 30 },
            { send: "failure", values: { why: 5 }, afterMs: 1_500 },
          ],
        },
      },
      weakPulse: {
        answers: {
          start: [
            { send: "started", values: {}, afterMs: 30 },
            {
              ramp: "cuff",
              field: "pressure",
              points: [
                [0, 0],
                [4_500, 168],
                [9_000, 60],
              ],
              everyMs: 200,
              afterMs: 300,
            },
            { send: "failure", values: { why: 6 }, afterMs: 9_600 },
          ],
        },
      },
      batteryLow: { answers: { start: [{ send: "failure", values: { why: 7 }, afterMs: 40 }] } },
      slowDeflation: {
        answers: {
          start: [
            { send: "started", values: {}, afterMs: 30 },
            {
              ramp: "cuff",
              field: "pressure",
              points: [
                [0, 0],
                [4_500, 168],
                [14_000, 140],
              ],
              everyMs: 200,
              afterMs: 300,
            },
            { send: "failure", values: { why: 9 }, afterMs: 14_500 },
          ],
        },
      },
      cuffLeak: {
        answers: {
          start: [
            { send: "started", values: {}, afterMs: 30 },
            { send: "failure", values: { why: 15 }, afterMs: 2_000 },
          ],
        },
      },
      pump: { answers: { start: [{ send: "failure", values: { why: 16 }, afterMs: 200 }] } },
      outOfRange: {
        answers: {
          start: [
            { send: "started", values: {}, afterMs: 30 },
            {
              send: "result",
              values: { user: 1, clock: { agoMs: 0 }, systolic: 0, diastolic: 0, pulse: 0 },
              afterMs: 1_000,
            },
          ],
        },
      },
    },
  },
});
