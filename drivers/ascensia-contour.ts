// Bayer / Ascensia Contour, cable meters. Source: dossiers ascensia-contour-astm.md ("D §") and astm-e1381-e1394.md.
import { defineProfile } from "./kit/index.ts";

const sender = { at: ["H-5.1"], starts: ["Bayer"] } as const;
const glucose = {
  type: "result",
  required: true,
  codes: ["Glucose"],
  // D §Records, V: 10 to 600 mg/dL; with a marker < or > the value is a limit.
  units: { "mmol/L": { min: 0.5, max: 33.4, decimals: 1 }, "mg/dL": { min: 10, max: 601, decimals: 0 } },
} as const;
const time = { type: "recordTime", from: ["R-9", "R-12"] } as const; // the newer family first
const header = {
  serial: { type: "recordText", at: "H-5.3", once: true, nested: true },
  clock: { type: "recordTime", from: ["H-14"], once: true },
} as const;
const itself = [
  { kind: "information", about: "serial", values: { serial: "serial" } },
  { kind: "information", about: "clock", values: { deviceTime: "clock" } },
] as const;

export default defineProfile({
  id: "ascensia-contour",
  aliases: ["ascensia-contour-astm", "contour", "bayer-contour"],
  model: { maker: "Ascensia", name: "Contour" },
  source: "Vendor interface specification 99993952 Rev C and four independent readers, see dossier",
  dossier: "ascensia-contour-astm.md",
  measures: ["glucose"],
  serial: {
    baudRate: 9_600,
    dataBits: 8,
    parity: "none",
    stopBits: 1,
    match: [{ vendorId: 0x1a79, productId: 0x6001 }], // D §Devices
  },
  check: "sum8",
  confirm: "display",
  actuates: false,
  push: true,
  clock: { maxOffsetMs: 300_000 },
  envelopes: {
    host: {
      kind: "astm",
      check: { kind: "sum8" },
      delimiters: "|\\^&",
      group: "result",
      status: "", // field 9 is the time, or the control mark
      flagSplit: "/",
      statuses: { accepted: [""], cannot: [] },
      maxBytes: 262_144,
      frames: { hold: "record", end: "etb", last: "etb" },
      acknowledged: true,
      headerFirst: true, // D §Data transfer
    },
  },
  frames: {
    // D §Markers: C among the markers, E in field 9, or an order with Q before it.
    control: {
      to: "host",
      says: [sender, { at: ["R-7", "R-9", "O-12"], is: ["C", "E", "Q"], split: "/" }],
      fields: { glucose, time: { type: "recordTime", from: ["R-12", "R-9"] }, ...header },
    },
    result: {
      to: "host",
      says: [sender, { at: ["H-12"], is: ["P", ""] }, { at: ["R-9", "R-12"], filled: true }],
      fields: {
        glucose,
        time,
        marks: {
          type: "marks",
          at: "R-7",
          split: "/",
          bits: { beforeMeal: "B", afterMeal: "A", notCounted: "D", temperature: "T" },
        },
        ...header,
      },
    },
    // D §Markers: the first record of an older meter is an average. It has no time, or another test.
    average: { to: "host", says: [sender], fields: { tests: { type: "unmapped" }, ...header } },
    empty: { to: "host", says: [sender], fields: header },
  },
  meaning: {
    control: [
      { kind: "control", of: "glucose", readings: [["glucose", "glucose"]], deviceTime: "time", stored: true },
      ...itself,
    ],
    result: [
      {
        kind: "measurement",
        of: "glucose",
        readings: [["glucose", "glucose"]],
        doubts: { deviceMarked: ["marks", "temperature"] },
        deviceTime: "time",
        stored: true,
        notes: { beforeMeal: "marks.beforeMeal", afterMeal: "marks.afterMeal" },
      },
      ...itself,
    ],
    average: [{ kind: "information", about: "average", values: { tests: "tests" } }, ...itself],
    empty: [{ kind: "information", about: "noResult", values: {} }, ...itself],
  },
  session: {
    // The meter sends its memory when it is plugged in.
    steps: [
      { do: "listen", phase: "reading", firstMs: 120_000, silenceMs: 10_000, partial: "device.resultIncomplete" },
    ],
    totalMs: 300_000,
    gapMs: 30_000,
  },
  forbidden: [],
  simulate: {
    answers: {},
    press: [
      {
        send: "result",
        values: {
          glucose: { between: [4.4, 7.2], unit: "mmol/L" },
          time: { agoMs: 30_000 },
          marks: { beforeMeal: true, afterMeal: false, notCounted: false, temperature: false },
          serial: "7150-0000001",
          clock: { agoMs: 0 },
        },
        afterMs: 300,
      },
    ],
    faults: {
      control: {
        press: [
          {
            send: "control",
            values: { glucose: { value: 6.8, unit: "mmol/L" }, time: { agoMs: 30_000 }, clock: { agoMs: 0 } },
            afterMs: 300,
          },
        ],
      },
      hi: {
        press: [
          {
            send: "result",
            values: {
              glucose: { value: 33.3, unit: "mmol/L", comparator: ">" },
              time: { agoMs: 30_000 },
              clock: { agoMs: 0 },
            },
            afterMs: 300,
          },
        ],
      },
      lo: {
        press: [
          {
            send: "result",
            values: {
              glucose: { value: 20, unit: "mg/dL", comparator: "<" },
              time: { agoMs: 30_000 },
              clock: { agoMs: 0 },
            },
            afterMs: 300,
          },
        ],
      },
      average: { press: [{ send: "average", values: { tests: "Average" }, afterMs: 300 }] },
      emptyMemory: { press: [{ send: "empty", values: { clock: { agoMs: 0 } }, afterMs: 300 }] },
      bent: { bends: 3 },
    },
  },
});
