import { defineProfile } from "../../../drivers/kit/index.ts";

/**
 * A device of no maker that can do everything a session can ask of one: it streams, keeps a memory, inflates, opens a
 * door. The tests take the session they are about and leave the rest.
 */
const toy = defineProfile({
  id: "toy-one",
  model: { maker: "Toy", name: "One" },
  source: "made for the tests",
  dossier: "none",
  measures: ["bloodPressure", "oximetry", "glucose", "chemistry"],
  serial: { baudRate: 9_600, dataBits: 8, parity: "none", stopBits: 1, match: [] },
  check: "sum8",
  confirm: "display",
  actuates: true,
  push: false,
  envelopes: {
    host: { kind: "binary", head: "aa", length: { at: 1, plus: 0 }, check: { kind: "sum8", from: 0 } },
    device: { kind: "binary", head: "cc", length: { at: 1, plus: 0 }, check: { kind: "sum8", from: 0 } },
  },
  frames: {
    hello: { to: "device", size: 4, match: [{ at: 2, is: "01" }], fields: {} },
    start: { to: "device", size: 4, match: [{ at: 2, is: "02" }], fields: {} },
    stop: { to: "device", size: 4, match: [{ at: 2, is: "03" }], fields: {} },
    askState: { to: "device", size: 4, match: [{ at: 2, is: "04" }], fields: {} },
    open: {
      to: "device",
      size: 5,
      match: [{ at: 2, is: "05" }],
      fields: { door: { type: "u8", at: 3, min: 1, max: 24 } },
    },
    setTime: {
      to: "device",
      size: 6,
      match: [{ at: 2, is: "06" }],
      fields: { hour: { type: "u8", at: 3, min: 0, max: 23 }, weekday: { type: "u8", at: 4, min: 0, max: 6 } },
    },
    askTime: {
      to: "device",
      size: 5,
      match: [{ at: 2, is: "07" }],
      fields: { index: { type: "u8", at: 3, min: 0, max: 99 } },
    },
    askRecord: {
      to: "device",
      size: 5,
      match: [{ at: 2, is: "08" }],
      fields: { index: { type: "u8", at: 3, min: 0, max: 99 } },
    },
    askAll: { to: "device", size: 4, match: [{ at: 2, is: "09" }], fields: {} },
    still: { to: "device", size: 4, match: [{ at: 2, is: "0a" }], fields: {} },
    got: {
      to: "device",
      size: 5,
      match: [{ at: 2, is: "0b" }],
      fields: { index: { type: "u8", at: 3, min: 0, max: 99 } },
    },
    stream: { to: "device", size: 4, match: [{ at: 2, is: "0c" }], fields: {} },
    streamOff: { to: "device", size: 4, match: [{ at: 2, is: "0d" }], fields: {} },

    hi: { to: "host", size: 4, match: [{ at: 2, is: "01" }], fields: {} },
    started: { to: "host", size: 4, match: [{ at: 2, is: "02" }], fields: {} },
    stopped: { to: "host", size: 4, match: [{ at: 2, is: "03" }], fields: {} },
    state: {
      to: "host",
      size: 5,
      match: [{ at: 2, is: "04" }],
      fields: { door: { type: "code", size: 1, at: 3, known: [0, 1] } },
    },
    ready: { to: "host", size: 4, match: [{ at: 2, is: "05" }], fields: {} },
    cuff: {
      to: "host",
      size: 5,
      match: [{ at: 2, is: "06" }],
      fields: { pressure: { type: "u8", at: 3, unit: "mm[Hg]", min: 0, max: 250 } },
    },
    pressures: {
      to: "host",
      size: 9,
      match: [{ at: 2, is: "07" }],
      fields: {
        status: { type: "flags", at: 3, bits: { control: 0, irregular: 1, average: 2 } },
        error: { type: "code", size: 1, at: 4, known: [0, 1, 2] },
        systolic: { type: "u8", at: 5, unit: "mm[Hg]", min: 50, max: 250 },
        diastolic: { type: "u8", at: 6, unit: "mm[Hg]", min: 20, max: 200 },
        spread: { type: "u8", at: 7, min: 0, max: 255 },
      },
    },
    time: {
      to: "host",
      size: 8,
      match: [{ at: 2, is: "08" }],
      fields: { taken: { type: "datetime", form: "unix32le", at: 3 } },
    },
    record: {
      to: "host",
      size: 6,
      match: [{ at: 2, is: "09" }],
      fields: {
        index: { type: "u8", at: 3, min: 0, max: 99 },
        glucose: { type: "u8", at: 4, unit: "mg/dL", min: 20, max: 250 },
      },
    },
    count: {
      to: "host",
      size: 5,
      match: [{ at: 2, is: "0a" }],
      fields: { records: { type: "u8", at: 3, min: 0, max: 99 } },
    },
    assay: {
      to: "host",
      size: 6,
      match: [{ at: 2, is: "0c" }],
      fields: {
        index: { type: "u8", at: 3, min: 0, max: 99 },
        acid: { type: "u8", at: 4, unit: "mg/dL", min: 1, max: 20 },
      },
    },
    live: {
      to: "host",
      size: 7,
      match: [{ at: 2, is: "0b" }],
      fields: {
        finger: { type: "flags", at: 3, bits: { out: 0 } },
        spo2: { type: "u8", at: 4, unit: "%", min: 1, max: 100 },
        pulse: { type: "u8", at: 5, unit: "/min", min: 1, max: 254 },
      },
    },
  },
  meaning: {
    hi: { kind: "information", about: "here", values: {} },
    started: { kind: "information", about: "started", values: {}, link: true },
    stopped: { kind: "information", about: "stopped", values: {}, link: true },
    state: { kind: "information", about: "state", values: { door: "door" } },
    ready: { kind: "information", about: "ready", values: {} },
    cuff: { kind: "progress", of: "bloodPressure", readings: [["bp.cuff", "pressure"]] },
    pressures: [
      { kind: "ignore", when: { "status.average": [true] }, reason: "an average of several" },
      {
        kind: "fault",
        of: "bloodPressure",
        by: "error",
        codes: { "1": "device.cuffLoose" },
        ok: [0],
        otherwise: "device.unknown",
      },
      {
        kind: "control",
        when: { "status.control": [true] },
        of: "bloodPressure",
        readings: [["bp.systolic", "systolic"]],
      },
      {
        kind: "measurement",
        when: { "status.control": [false] },
        of: "bloodPressure",
        readings: [
          ["bp.systolic", "systolic"],
          ["bp.diastolic", "diastolic"],
        ],
        doubts: { irregularPulse: ["status", "irregular"], bodyMotion: { field: "spread", above: 100 } },
        notes: { spread: "spread" },
        greater: [["systolic", "diastolic"]],
      },
    ],
    time: { kind: "information", about: "recordTime", values: {}, link: true },
    record: {
      kind: "measurement",
      of: "glucose",
      readings: [["glucose", "glucose"]],
      deviceTime: "time/taken",
      stored: true,
      notes: { index: "index" },
    },
    count: { kind: "information", about: "count", values: { count: "records" } },
    assay: {
      kind: "measurement",
      of: "chemistry",
      readings: [["uricAcid", "acid"]],
      stored: true,
      notes: { index: "index" },
    },
    live: [
      { kind: "fault", when: { "finger.out": [true] }, of: "oximetry", code: "device.weakPulse" },
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
      { do: "ask", phase: "contacting", send: "hello", expect: ["hi"], withinMs: 200, tries: 2 },
      {
        do: "ask",
        phase: "waiting",
        send: "start",
        acts: true,
        expect: ["started", "cuff"],
        withinMs: 1_000,
        tries: 1,
      },
      { do: "listen", phase: "measuring", firstMs: 3_000, silenceMs: 3_000 },
    ],
    stop: { send: "stop", expect: ["stopped"], withinMs: 200, tries: 3 },
    replies: { ready: { send: "start" } },
    totalMs: 60_000,
    gapMs: 100,
  },
  sessionFor: {
    oximetry: {
      steps: [
        { do: "send", phase: "contacting", send: "streamOff", pauseMs: 100 },
        { do: "send", phase: "waiting", send: "stream" },
        {
          do: "settle",
          phase: "measuring",
          frame: "live",
          of: "oximetry",
          within: { spo2: 2, "pulse.rate": 5 },
          least: { spo2: 50 },
          spanMs: 5_000,
          take: "median",
          firstMs: 2_000,
          silenceMs: 2_000,
          withinMs: 30_000,
        },
      ],
      stop: { send: "streamOff", expect: [], withinMs: 100, tries: 1, always: true },
      keepAlive: { send: "still", everyMs: 1_500 },
      totalMs: 60_000,
      gapMs: 100,
    },
    glucose: {
      steps: [
        { do: "ask", phase: "contacting", send: "hello", expect: ["count"], withinMs: 200, tries: 2 },
        {
          do: "readout",
          phase: "reading",
          send: "askRecord",
          index: "index",
          first: 1,
          also: { send: "askTime", index: "index", expect: "time" },
          expect: "record",
          count: "count/records",
          most: 10,
          withinMs: 500,
          tries: 3,
        },
      ],
      replies: { record: { send: "got", values: { index: { heard: "index" } } } },
      stop: { send: "stop", expect: ["stopped"], withinMs: 200, tries: 1 },
      totalMs: 60_000,
      gapMs: 100,
    },
    chemistry: {
      steps: [
        {
          do: "dump",
          phase: "reading",
          send: "askAll",
          header: "count",
          count: "records",
          record: "assay",
          most: 50,
          withinMs: 500,
          tries: 2,
        },
      ],
      stop: { send: "stop", expect: ["stopped"], withinMs: 200, tries: 1 },
      totalMs: 60_000,
      gapMs: 100,
    },
  },
  tasks: {
    setClock: {
      steps: [
        {
          do: "send",
          phase: "waiting",
          send: "setTime",
          values: { hour: { clock: "hour" }, weekday: { clock: "weekday" } },
        },
      ],
      totalMs: 5_000,
      gapMs: 100,
    },
    open: {
      steps: [
        {
          do: "ask",
          phase: "contacting",
          send: "askState",
          expect: ["state"],
          done: [{ frame: "state", when: { door: [1] } }],
          withinMs: 500,
          tries: 2,
        },
        {
          do: "send",
          phase: "waiting",
          send: "open",
          values: { door: { from: "door" } },
          acts: true,
          pauseMs: 100,
        },
        {
          do: "poll",
          phase: "waiting",
          send: "askState",
          everyMs: 300,
          until: [{ frame: "state", when: { door: [1] } }],
          silenceMs: 1_000,
          withinMs: 3_000,
          late: "device.unknown",
        },
      ],
      totalMs: 10_000,
      gapMs: 100,
    },
    dispense: {
      steps: [
        { do: "ask", phase: "contacting", send: "askState", expect: ["state"], withinMs: 500, tries: 2 },
        {
          do: "ask",
          phase: "waiting",
          send: "open",
          values: { door: 7 },
          acts: true,
          after: "ready",
          expect: ["started"],
          withinMs: 500,
          tries: 1,
        },
      ],
      replies: { ready: { send: "still" } },
      totalMs: 10_000,
      gapMs: 100,
    },
  },
  forbidden: [],
  simulate: {
    answers: {
      hello: [
        { send: "hi", values: {}, afterMs: 10 },
        { send: "count", values: { records: 2 }, afterMs: 30 },
      ],
      start: [
        { send: "started", values: {}, afterMs: 10 },
        {
          ramp: "cuff",
          field: "pressure",
          points: [
            [0, 0],
            [2_000, 160],
            [5_000, 40],
          ],
          everyMs: 200,
          afterMs: 100,
        },
        {
          send: "pressures",
          values: {
            status: { control: false, irregular: false, average: false },
            error: 0,
            systolic: 124,
            diastolic: 81,
            spread: 3,
          },
          afterMs: 5_500,
        },
      ],
      stop: [{ send: "stopped", values: {}, afterMs: 20 }],
      askState: [
        { send: "state", values: { door: 0 }, until: "open", afterMs: 20 },
        { send: "state", values: { door: 0 }, once: "open", times: [1, 3], afterMs: 20 },
        { send: "state", values: { door: 1 }, once: "open", times: [4, 99], afterMs: 20 },
      ],
      askTime: [
        {
          memory: "time",
          by: "index",
          first: 1,
          rows: [{ taken: { agoMs: 60_000 } }, { taken: { agoMs: 90_000_000 } }],
          afterMs: 20,
        },
      ],
      askRecord: [
        {
          memory: "record",
          by: "index",
          first: 1,
          rows: [
            { index: 1, glucose: 104 },
            { index: 2, glucose: 190 },
          ],
          afterMs: 20,
        },
      ],
      askAll: [
        { send: "count", values: { records: 2 }, afterMs: 20 },
        { send: "assay", values: { index: 1, acid: 5 }, afterMs: 60 },
        { send: "assay", values: { index: 2, acid: 6 }, afterMs: 100 },
      ],
      stream: [
        {
          stream: "live",
          values: {
            finger: {
              over: [
                [0, { out: true }],
                [3_000, { out: false }],
              ],
            },
            spo2: {
              over: [
                [0, 90],
                [4_000, 97],
              ],
            },
            pulse: { between: [70, 73] },
          },
          everyMs: 100,
          afterMs: 50,
        },
      ],
    },
    faults: {},
  },
});

export default toy;
