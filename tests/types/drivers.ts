/** Promises the compiler must keep about profiles. Checked by `tsc -p tests`; nothing here runs. */
import { defineProfile } from "../../drivers/kit/index.ts";

const envelope = {
  kind: "binary",
  head: "aa55",
  length: { at: 2, plus: 4 },
  check: { kind: "xor8", from: 2 },
} as const;
const plain = {
  id: "example-bp100",
  model: { maker: "Example", name: "BP-100" },
  source: "invented",
  dossier: "none",
  measures: ["bloodPressure"],
  serial: { baudRate: 9600, dataBits: 8, parity: "none", stopBits: 1, match: [] },
  check: "xor8",
  confirm: "display",
  actuates: true,
  push: false,
  envelopes: { host: envelope, device: envelope },
  forbidden: [],
} as const;
const frames = {
  start: { to: "device", size: 5, match: [{ at: 3, is: "01" }], fields: {} },
  stop: { to: "device", size: 5, match: [{ at: 3, is: "02" }], fields: {} },
  cuff: {
    to: "host",
    size: 7,
    match: [{ at: 3, is: "03" }],
    fields: { pressure: { type: "u16le", at: 4, unit: "mm[Hg]", min: 0, max: 300 } },
  },
  result: {
    to: "host",
    size: 8,
    match: [{ at: 3, is: "04" }],
    fields: {
      systolic: { type: "u8", at: 4, unit: "mm[Hg]", min: 40, max: 250 },
      pulse: { type: "u8", at: 5, unit: "/min", min: 30, max: 220 },
      status: { type: "flags", at: 6, bits: { irregular: 0 } },
    },
  },
  failure: {
    to: "host",
    size: 6,
    match: [{ at: 3, is: "05" }],
    fields: { why: { type: "code", size: 1, at: 4, known: [1, 2] } },
  },
} as const;
const cuff = { kind: "progress", of: "bloodPressure", readings: [["bp.cuff", "pressure"]] } as const;
const result = {
  kind: "measurement",
  of: "bloodPressure",
  readings: [
    ["bp.systolic", "systolic"],
    ["pulse.rate", "pulse"],
  ],
  doubts: { irregularPulse: ["status", "irregular"] },
} as const;
const failure = { kind: "fault", by: "why", codes: { "1": "device.cuffLoose" }, otherwise: "device.unknown" } as const;
const meaning = { cuff, result, failure } as const;
const listen = { do: "listen", phase: "measuring", firstMs: 1000, silenceMs: 1000 } as const;
const ask = { do: "ask", phase: "waiting", send: "start", expect: ["cuff"], withinMs: 1000, tries: 1 } as const;
const stop = { send: "stop", expect: [], withinMs: 100, tries: 1 } as const;
const session = { steps: [ask, listen], stop, totalMs: 1000, gapMs: 100 } as const;
const simulate = { answers: {}, faults: {} } as const;

export const sound = defineProfile({ ...plain, frames, meaning, session, simulate });

export const wrongFieldName = defineProfile({
  ...plain,
  frames,
  // @ts-expect-error the frame has no field "presure"
  meaning: { ...meaning, cuff: { kind: "progress", of: "bloodPressure", readings: [["bp.cuff", "presure"]] } },
  session,
  simulate,
});
export const wrongUnit = defineProfile({
  ...plain,
  frames,
  // @ts-expect-error a pulse in /min is no pressure in mm[Hg]
  meaning: { ...meaning, result: { kind: "measurement", of: "bloodPressure", readings: [["bp.systolic", "pulse"]] } },
  session,
  simulate,
});
export const flagsAsNumber = defineProfile({
  ...plain,
  frames,
  // @ts-expect-error a flags field carries no unit
  meaning: { ...meaning, result: { kind: "measurement", of: "bloodPressure", readings: [["bp.systolic", "status"]] } },
  session,
  simulate,
});
// @ts-expect-error "failure" has no meaning
export const noMeaning = defineProfile({ ...plain, frames, meaning: { cuff, result }, session, simulate });
export const undeclaredCode = defineProfile({
  ...plain,
  frames,
  meaning: {
    ...meaning,
    // @ts-expect-error the device has no code 3
    failure: { kind: "fault", by: "why", codes: { "3": "device.cuffLoose" }, otherwise: "device.unknown" },
  },
  session,
  simulate,
});
export const unknownFault = defineProfile({
  ...plain,
  frames,
  meaning: {
    ...meaning,
    // @ts-expect-error no such fault in core/domain/faults.ts
    failure: { kind: "fault", by: "why", codes: { "1": "device.looseCuff" }, otherwise: "device.unknown" },
  },
  session,
  simulate,
});
export const undeclaredBit = defineProfile({
  ...plain,
  frames,
  meaning: {
    ...meaning,
    // @ts-expect-error the flags have no bit "moved"
    result: { ...result, doubts: { bodyMotion: ["status", "moved"] } },
  },
  session,
  simulate,
});
export const missingSimulatedField = defineProfile({
  ...plain,
  frames,
  meaning,
  session,
  simulate: {
    faults: {},
    answers: {
      // @ts-expect-error the line says no pulse
      start: [{ send: "result", values: { systolic: 120, status: { irregular: false } }, afterMs: 1 }],
    },
  },
});
export const simulatedHostFrame = defineProfile({
  ...plain,
  frames,
  meaning,
  session,
  // @ts-expect-error the device never sends "start"
  simulate: { answers: { start: [{ send: "start", values: {}, afterMs: 1 }] }, faults: {} },
});
export const sendsHostFrame = defineProfile({
  ...plain,
  frames,
  meaning,
  // @ts-expect-error the station cannot send what only the device says
  session: { ...session, steps: [{ ...ask, send: "cuff" }, listen] },
  simulate,
});
export const stopsWithHostFrame = defineProfile({
  ...plain,
  frames,
  meaning,
  // @ts-expect-error a result stops nothing
  session: { ...session, stop: { ...stop, send: "result" } },
  simulate,
});
