// Contec (康泰) CMS50D, CMS50D+ and CMS50E with old firmware, protocol V5.0A. Source: dossier oximeter-contec-cms50-v5.md;
// "D §" points into it. Live only: what it stored is anybody's.
import { defineProfile } from "./kit/index.ts";

const nothing = { raw: [0, 0], absent: true } as const;

export default defineProfile({
  id: "contec-cms50-v5",
  aliases: ["oximeter-contec-cms50-v5"],
  model: { maker: "Contec", name: "CMS50 (V5)" },
  source: "Vendor page V5.0A and four independent readers, see dossier",
  dossier: "oximeter-contec-cms50-v5.md",
  measures: ["oximetry"],
  // D §Serial: the vendor says 4800, every reader that works uses 19200.
  serial: { baudRate: 19_200, baudChoices: [19_200, 4_800], dataBits: 8, parity: "odd", stopBits: 1, match: [] },
  check: "none",
  // A live stream that agrees with itself for five seconds: no result of another person, no other unit (docs/adr/0016).
  confirm: "none",
  actuates: false,
  push: true,
  // D §Live stream: bit 7 is set in byte 0 only.
  envelopes: { host: { kind: "binary", head: "", check: { kind: "none", from: 0 } } },
  frames: {
    live: {
      to: "host",
      size: 5,
      match: [{ at: 0, is: "8000000000", mask: "8080808080" }],
      fields: {
        signal: { type: "bits", parts: [{ at: 0, shift: 0, width: 4 }], min: 0, max: 15 },
        state: { type: "flags", at: 0, bits: { tooLong: 4, dropping: 5, beep: 6 } },
        wave: { type: "bits", parts: [{ at: 1, shift: 0, width: 7 }], min: 0, max: 127 },
        bar: { type: "bits", parts: [{ at: 2, shift: 0, width: 4 }], min: 0, max: 15 },
        probe: { type: "flags", at: 2, bits: { error: 4, searching: 5 } },
        pulse: {
          type: "bits",
          parts: [
            { at: 2, shift: 6, width: 1 },
            { at: 3, shift: 0, width: 7 },
          ],
          unit: "/min",
          min: 1,
          max: 255,
          special: [nothing],
        },
        spo2: {
          type: "bits",
          parts: [{ at: 4, shift: 0, width: 7 }],
          unit: "%",
          min: 1,
          max: 100,
          special: [nothing, { raw: [127, 127], absent: true }],
        },
      },
    },
  },
  meaning: {
    live: [
      { kind: "wave", of: "pulse", when: { "probe.error": [false] }, samples: { pulse: ["wave"] } },
      { kind: "ignore", when: { "probe.error": [true] }, reason: "the finger is out" },
      { kind: "ignore", when: { "probe.searching": [true] }, reason: "still looking for the pulse" },
      { kind: "ignore", when: { "state.tooLong": [true] }, reason: "looked for the pulse too long" },
      {
        kind: "progress",
        of: "oximetry",
        readings: [
          ["spo2", "spo2"],
          ["pulse.rate", "pulse"],
        ],
      },
    ],
  },
  session: {
    steps: [
      {
        do: "settle",
        phase: "measuring",
        frame: "live",
        of: "oximetry",
        within: { spo2: 2, "pulse.rate": 8 },
        spanMs: 5_000,
        take: "median",
        firstMs: 10_000,
        silenceMs: 2_000,
        withinMs: 60_000,
        unsettled: "device.weakPulse",
      },
    ],
    totalMs: 75_000,
    gapMs: 100,
  },
  forbidden: [],
  simulate: {
    answers: {},
    onOpen: [
      {
        stream: "live",
        values: {
          signal: 6,
          state: { tooLong: false, dropping: false, beep: false },
          wave: { between: [10, 100] },
          bar: 4,
          probe: {
            over: [
              [0, { error: true, searching: false }],
              [600, { error: false, searching: true }],
              [1_200, { error: false, searching: false }],
            ],
          },
          pulse: {
            over: [
              [0, null],
              [1_200, { between: [70, 74] }],
            ],
          },
          spo2: {
            over: [
              [0, null],
              [1_200, 98],
            ],
          },
        },
        everyMs: 17,
        afterMs: 0,
      },
    ],
    faults: {
      fingerOut: {
        onOpen: [
          {
            stream: "live",
            values: {
              signal: 0,
              state: { tooLong: false, dropping: false, beep: false },
              wave: 0,
              bar: 0,
              probe: { error: true, searching: false },
              pulse: null,
              spo2: null,
            },
            everyMs: 17,
            afterMs: 0,
          },
        ],
      },
    },
  },
});
