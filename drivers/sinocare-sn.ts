// Sinocare (三诺) glucose meters that speak "SN". Source: dossier sinocare-sn.md; "D §" points into it.
import { defineProfile } from "./kit/index.ts";

// D §Framing: "SN", the bytes that follow, device code, command, parameters, low byte of the sum from the length on.
const sn = { kind: "binary", head: "534e", length: { at: 2, plus: 3 }, check: { kind: "sum8", from: 2 } } as const;

// D §Result: the vendor's software accepts 1.1 to 33.3 mmol/L only; outside that it is LO or HI. Zero is never a result.
const glucose = {
  type: "u16be",
  unit: "mmol/L",
  per: 10,
  min: 1.1,
  max: 33.3,
  special: [
    { raw: [1, 10], comparator: "<", value: 1.1 },
    { raw: [334, 65_535], comparator: ">", value: 33.3 },
  ],
} as const;

export default defineProfile({
  id: "sinocare-sn",
  aliases: ["sinocare"],
  model: { maker: "Sinocare", name: "SN meters (WL-1, WL-2 and older models with a data port)" },
  source: "Vendor sample and field offsets for device code 0004, two public programs for 0002, see dossier",
  dossier: "sinocare-sn.md",
  measures: ["glucose"],
  serial: { baudRate: 9_600, dataBits: 8, parity: "none", stopBits: 1, match: [] }, // D §Serial settings
  check: "sum8",
  confirm: "display",
  actuates: false,
  push: true,
  clock: { maxOffsetMs: 300_000 },
  settings: {
    machine: {
      says: { zh: "仪器代码", en: "Device code" },
      default: "code0004",
      choices: {
        code0004: { says: { zh: "0004（WL-1、WL-2）", en: "0004 (WL-1, WL-2)" }, set: [] },
        code0002: {
          says: { zh: "0002（老式，装在体检机里）", en: "0002 (older, built into check-up machines)" },
          set: [
            { path: "frames.setClock.match.0.is", to: "000206" },
            { path: "frames.setClock.size", to: 12 }, // D §Commands: seconds only for 0004
            { path: "frames.setClock.fields.time.form", to: "ymdhm5" },
          ],
        },
      },
    },
  },
  envelopes: { host: sn, device: sn },
  frames: {
    // D §Commands. Clear memory (08) is not here and must never be.
    setClock: {
      to: "device",
      size: 13,
      match: [{ at: 3, is: "000406" }],
      fields: { time: { type: "datetime", form: "ymdhms8", at: 6 } },
    },
    acknowledge: {
      to: "device",
      size: 10,
      match: [{ at: 3, is: "00040e" }],
      fields: { index: { type: "u16be", at: 6, min: 0, max: 65_535 } },
    },

    testBegun: {
      to: "host",
      size: [7, 12],
      match: [
        { at: 3, is: "00" },
        { at: 4, any: [0x04, 0x02] },
        { at: 5, is: "03" },
      ],
      fields: { rest: { type: "raw", at: 6, maxSize: 5 } },
    },
    failed: {
      to: "host",
      size: 8,
      match: [
        { at: 3, is: "00" },
        { at: 4, any: [0x04, 0x02] },
        { at: 5, is: "02" },
      ],
      fields: { error: { type: "code", size: 1, at: 6, known: [1], open: true } },
    },
    // D §Result, device code 0004. What the four bytes behind the number say is not published.
    result: {
      to: "host",
      size: 19,
      match: [{ at: 3, is: "000404" }],
      fields: {
        time: { type: "datetime", form: "ymdhms8", at: 6 },
        glucose: { ...glucose, at: 12 },
        unknown: { type: "raw", at: 14, size: 4 },
      },
    },
    // D §Result, device code 0002. A public program reads only the low byte: wrong above 25.5.
    olderResult: {
      to: "host",
      size: 15,
      match: [{ at: 3, is: "000204" }],
      fields: {
        time: { type: "datetime", form: "ymdhm5", at: 6 },
        glucose: { ...glucose, at: 11 },
        unknown: { type: "raw", at: 13, size: 1 },
      },
    },
    // D §Result: history that the meter sends again.
    record: {
      to: "host",
      size: [17, 24],
      match: [{ at: 3, is: "00040e" }],
      fields: {
        index: { type: "u16be", at: 6, min: 0, max: 65_535 },
        time: { type: "datetime", form: "ymdhms8", at: 8 },
        glucose: { ...glucose, at: 14 },
        rest: { type: "raw", at: 16, maxSize: 7 },
      },
    },
  },
  meaning: {
    testBegun: { kind: "information", about: "testBegun", values: {} },
    failed: { kind: "fault", by: "error", codes: {}, otherwise: "device.unknown" },
    result: { kind: "measurement", of: "glucose", readings: [["glucose", "glucose"]], deviceTime: "time" },
    olderResult: { kind: "measurement", of: "glucose", readings: [["glucose", "glucose"]], deviceTime: "time" },
    record: {
      kind: "measurement",
      of: "glucose",
      readings: [["glucose", "glucose"]],
      deviceTime: "time",
      stored: true,
    },
  },
  session: {
    // The meter speaks when a test ends; its clock is set first, as the vendor's software does after every message.
    steps: [
      { do: "send", phase: "contacting", send: "setClock", values: { time: { clock: true } }, pauseMs: 500 },
      { do: "listen", phase: "waiting", firstMs: 300_000, silenceMs: 10_000 },
    ],
    replies: {
      result: { send: "acknowledge", values: { index: 65_535 } },
      record: { send: "acknowledge", values: { index: { heard: "index" } } },
    },
    totalMs: 320_000,
    gapMs: 500,
  },
  tasks: {
    setClock: {
      steps: [{ do: "send", phase: "contacting", send: "setClock", values: { time: { clock: true } }, pauseMs: 500 }],
      totalMs: 5_000,
      gapMs: 500,
    },
  },
  forbidden: [{ name: "clear memory", at: 5, is: "08" }],
  simulate: {
    answers: {},
    press: [
      { send: "testBegun", values: { rest: "0000" }, afterMs: 0 },
      {
        send: "result",
        values: { time: { agoMs: 0 }, glucose: { between: [4.8, 7.2] }, unknown: "0000cd18" },
        afterMs: 2_000,
      },
    ],
    faults: {
      hi: {
        press: [
          {
            send: "result",
            values: {
              time: { agoMs: 0 },
              glucose: { value: 33.3, unit: "mmol/L", comparator: ">" },
              unknown: "0000cd18",
            },
            afterMs: 0,
          },
        ],
      },
      lo: {
        press: [
          {
            send: "result",
            values: {
              time: { agoMs: 0 },
              glucose: { value: 1.1, unit: "mmol/L", comparator: "<" },
              unknown: "0000cd18",
            },
            afterMs: 0,
          },
        ],
      },
      outOfRange: {
        press: [{ send: "result", values: { time: { agoMs: 0 }, glucose: 0, unknown: "0000cd18" }, afterMs: 0 }],
      },
      meterError: { press: [{ send: "failed", values: { error: 1 }, afterMs: 0 }] },
      stale: {
        press: [
          {
            send: "record",
            values: { index: 7, time: { agoMs: 86_400_000 }, glucose: 9.6, rest: "00000000" },
            afterMs: 0,
          },
        ],
      },
    },
  },
});
