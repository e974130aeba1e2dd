// Contec (康泰) CMS50 finger oximeters with protocol V7.0 (CMS50D+ from firmware 4.6, CMS50E, CMS50EW, CMS60C/D). Source: dossier
// oximeter-contec-cms50-v7.md; "D §" points into it. Live only: the memory of a shared oximeter is anybody's, and deleting it (AE) is forbidden.
import { defineProfile } from "./kit/index.ts";

// D §Framing: type, high bits, up to seven bytes of seven bits; no check, the size follows from the type.
const packed = { kind: "binary", head: "", check: { kind: "none", from: 0 }, packing: "highBits" } as const;
// D §Commands: type 7D, high bits, command, six parameters.
const command = (code: string) =>
  [
    { at: 0, is: "7d" },
    { at: 2, is: code },
  ] as const;
const toDevice = { to: "device", size: 9 } as const;

export default defineProfile({
  id: "contec-cms50",
  aliases: ["contec-cms50-v7", "contec-cms50e"],
  model: { maker: "Contec", name: "CMS50 (V7)" },
  source: "Vendor text V7.0, five independent readers, a live and a command log, see dossier",
  dossier: "oximeter-contec-cms50-v7.md",
  measures: ["oximetry"],
  // D §Serial: the converter is in the cable, so the port is assigned by hand.
  serial: { baudRate: 115_200, dataBits: 8, parity: "none", stopBits: 1, match: [] },
  check: "none",
  // A live stream that agrees with itself for five seconds: no result of another person, no other unit (docs/adr/0016).
  confirm: "none",
  actuates: false,
  push: false,
  envelopes: { host: packed, device: packed },
  frames: {
    stopStorage: { ...toDevice, match: command("a7"), fields: {} },
    stopLive: { ...toDevice, match: command("a2"), fields: {} },
    askPerfusion: { ...toDevice, match: command("ac"), fields: {} },
    startLive: { ...toDevice, match: command("a1"), fields: {} },
    still: { ...toDevice, match: command("af"), fields: {} },
    setDate: {
      ...toDevice,
      match: command("b2"),
      fields: {
        century: { type: "u8", at: 3, min: 19, max: 99 },
        year: { type: "u8", at: 4, min: 0, max: 99 },
        month: { type: "u8", at: 5, min: 1, max: 12 },
        day: { type: "u8", at: 6, min: 1, max: 31 },
        weekday: { type: "u8", at: 7, min: 0, max: 6 },
      },
    },
    setTime: {
      ...toDevice,
      match: command("b1"),
      fields: {
        hour: { type: "u8", at: 3, min: 0, max: 23 },
        minute: { type: "u8", at: 4, min: 0, max: 59 },
        second: { type: "u8", at: 5, min: 0, max: 59 },
      },
    },

    // D §Packet types
    live: {
      to: "host",
      size: 9,
      match: [{ at: 0, is: "01" }],
      // D §Real-time packet 01. Pulse, saturation and perfusion through the high byte: readers that mask them are wrong above 127.
      fields: {
        signal: { type: "bits", parts: [{ at: 2, shift: 0, width: 4 }], min: 0, max: 8 },
        state: { type: "flags", at: 2, bits: { tooLong: 4, beep: 6, probeError: 7 } },
        wave: { type: "bits", parts: [{ at: 3, shift: 0, width: 7 }], min: 0, max: 127 },
        search: { type: "flags", at: 3, bits: { searching: 7 } },
        pulse: { type: "u8", at: 5, unit: "/min", min: 1, max: 254, special: [{ raw: [255, 255], absent: true }] },
        spo2: { type: "u8", at: 6, unit: "%", min: 1, max: 100, special: [{ raw: [127, 127], absent: true }] },
        perfusion: {
          type: "u16le",
          at: 7,
          unit: "%",
          per: 100,
          min: 0,
          max: 22,
          special: [{ raw: [0xffff, 0xffff], absent: true }],
        },
      },
    },
    free: { to: "host", size: 2, match: [{ at: 0, is: "0c" }], fields: {} },
    perfusionKnown: {
      to: "host",
      size: 3,
      match: [{ at: 0, is: "0e" }],
      fields: { how: { type: "code", size: 1, at: 2, known: [0, 1] } },
    },
    feedback: {
      to: "host",
      size: 4,
      match: [{ at: 0, is: "0b" }],
      fields: {
        command: { type: "code", size: 1, at: 2, known: [0xb1, 0xb2], open: true },
        reason: { type: "code", size: 1, at: 3, known: [0, 1, 2, 3, 4, 5, 255], open: true },
      },
    },
    goodbye: {
      to: "host",
      size: 3,
      match: [{ at: 0, is: "0d" }],
      fields: { reason: { type: "code", size: 1, at: 2, known: [0, 1, 2, 3, 4, 5, 255], open: true } },
    },
  },
  meaning: {
    live: [
      { kind: "wave", of: "pulse", when: { "state.probeError": [false] }, samples: { pulse: ["wave"] } },
      // Nobody's fault and nothing to tell: the person is still putting the finger in.
      { kind: "ignore", when: { "state.probeError": [true] }, reason: "the finger is out" },
      { kind: "ignore", when: { "search.searching": [true] }, reason: "still looking for the pulse" },
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
    free: { kind: "information", about: "free", values: {}, link: true },
    perfusionKnown: { kind: "information", about: "perfusionKnown", values: { not: "how" } },
    feedback: {
      kind: "fault",
      by: "reason",
      ok: [0],
      codes: { "1": "device.silent", "5": "device.unknown" },
      otherwise: "device.unknown",
    },
    goodbye: { kind: "fault", by: "reason", codes: { "1": "device.silent" }, otherwise: "device.unknown" },
  },
  // D §Timing: stop what it was doing, start, five steady seconds, stop; "still connected" every five seconds.
  session: {
    steps: [
      { do: "ask", phase: "contacting", send: "stopStorage", expect: ["free"], withinMs: 1_000, tries: 3 },
      { do: "ask", phase: "contacting", send: "stopLive", expect: ["free"], withinMs: 1_000, tries: 3 },
      { do: "ask", phase: "waiting", send: "askPerfusion", expect: ["perfusionKnown"], withinMs: 1_000, tries: 3 },
      { do: "send", phase: "waiting", send: "startLive" },
      {
        do: "settle",
        phase: "measuring",
        frame: "live",
        of: "oximetry",
        within: { spo2: 2, "pulse.rate": 8 },
        spanMs: 5_000,
        take: "median",
        firstMs: 2_000,
        silenceMs: 2_000,
        withinMs: 60_000,
        unsettled: "device.weakPulse",
      },
    ],
    stop: { send: "stopLive", expect: ["free"], withinMs: 300, tries: 2, always: true },
    keepAlive: { send: "still", everyMs: 5_000 },
    totalMs: 75_000,
    gapMs: 100,
  },
  tasks: {
    // D §Commands: the date before the time.
    setClock: {
      steps: [
        { do: "ask", phase: "contacting", send: "stopLive", expect: ["free"], withinMs: 1_000, tries: 3 },
        {
          do: "ask",
          phase: "waiting",
          send: "setDate",
          values: {
            century: { clock: "century" },
            year: { clock: "yearOfCentury" },
            month: { clock: "month" },
            day: { clock: "day" },
            weekday: { clock: "weekday" },
          },
          expect: [{ frame: "feedback", when: { command: [0xb2], reason: [0] } }],
          withinMs: 1_000,
          tries: 2,
        },
        {
          do: "ask",
          phase: "waiting",
          send: "setTime",
          values: { hour: { clock: "hour" }, minute: { clock: "minute" }, second: { clock: "second" } },
          expect: [{ frame: "feedback", when: { command: [0xb1], reason: [0] } }],
          withinMs: 1_000,
          tries: 2,
        },
      ],
      totalMs: 10_000,
      gapMs: 100,
    },
  },
  forbidden: [{ name: "delete what is stored", at: 2, is: "ae" }],
  simulate: {
    answers: {
      stopStorage: [{ send: "free", values: {}, afterMs: 20 }],
      stopLive: [{ send: "free", values: {}, afterMs: 20 }],
      askPerfusion: [{ send: "perfusionKnown", values: { how: 0 }, afterMs: 20 }],
      setDate: [{ send: "feedback", values: { command: 0xb2, reason: 0 }, afterMs: 20 }],
      setTime: [{ send: "feedback", values: { command: 0xb1, reason: 0 }, afterMs: 20 }],
      startLive: [
        {
          stream: "live",
          values: {
            signal: 5,
            state: {
              over: [
                [0, { tooLong: false, beep: false, probeError: true }],
                [2_000, { tooLong: false, beep: false, probeError: false }],
              ],
            },
            wave: { between: [8, 72] },
            search: {
              over: [
                [0, { searching: true }],
                [4_000, { searching: false }],
              ],
            },
            pulse: {
              over: [
                [0, null],
                [4_000, { between: [68, 72] }],
              ],
            },
            spo2: {
              over: [
                [0, null],
                [4_000, { between: [97, 98] }],
              ],
            },
            perfusion: 3.1,
          },
          everyMs: 17,
          afterMs: 40,
        },
      ],
    },
    faults: {
      fingerOut: {
        answers: {
          startLive: [
            {
              stream: "live",
              values: {
                signal: 0,
                state: { tooLong: false, beep: false, probeError: true },
                wave: 64,
                search: { searching: false },
                pulse: null,
                spo2: null,
                perfusion: null,
              },
              everyMs: 17,
              afterMs: 40,
            },
          ],
        },
      },
      clockRefused: { answers: { setDate: [{ send: "feedback", values: { command: 0xb2, reason: 5 }, afterMs: 20 }] } },
    },
  },
});
