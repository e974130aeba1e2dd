// Bioland (爱奥乐) glucose meters, protocol V3 (G-500 class). Source: dossier bioland-55-5a.md; "D §" points into it.
import { defineProfile } from "./kit/index.ts";

const time = { type: "datetime", form: "ymdhms8", at: 3 } as const;
const ask = { to: "device", size: 10 } as const;

export default defineProfile({
  id: "bioland-v3",
  aliases: ["bioland-55-5a", "bioland"],
  model: { maker: "Bioland", name: "G-500 class, protocol V3" },
  source: "A public driver that names the maker's papers, and one kiosk program, see dossier",
  dossier: "bioland-55-5a.md",
  measures: ["glucose"],
  serial: {
    baudRate: 9_600,
    baudChoices: [9_600, 19_200, 38_400, 115_200],
    dataBits: 8,
    parity: "none",
    stopBits: 1,
    match: [],
  }, // not stated
  check: "sum8",
  confirm: "display",
  actuates: false,
  push: false,
  clock: { maxOffsetMs: 300_000 },
  envelopes: {
    // D §Checksum: units add 2, nothing or (info) 4 to the sum; whichever a unit's info uses it must go on using.
    host: {
      kind: "binary",
      head: "55",
      length: { at: 1, plus: 0 },
      check: { kind: "sum8", from: 0, plus: 2, or: { plus: [0, 4], learnFrom: ["info", "newerInfo"] } },
    },
    device: { kind: "binary", head: "5a", length: { at: 1, plus: 0 }, check: { kind: "sum8", from: 0, plus: 2 } },
  },
  frames: {
    // D §Host data: both carry the host's clock and so set the meter's. Months are 1 to 12 (a public driver sends 0 to 11).
    askInfo: { ...ask, match: [{ at: 2, is: "00" }], fields: { time } },
    askResult: { ...ask, match: [{ at: 2, is: "03" }], fields: { time } },

    info: {
      to: "host",
      size: 15,
      match: [{ at: 2, is: "00" }],
      fields: {
        version: { type: "u8", at: 3, min: 0, max: 255 },
        battery: { type: "u8", at: 8, min: 0, max: 255 },
        other: { type: "raw", at: 4, size: 4 },
        rolling: { type: "raw", at: 9, size: 5 },
      },
    },
    newerInfo: {
      to: "host",
      size: 18,
      match: [{ at: 2, is: "00" }],
      fields: {
        version: { type: "u8", at: 3, min: 0, max: 255 },
        client: { type: "raw", at: 4, size: 1 },
        battery: { type: "u8", at: 5, min: 0, max: 255 },
        type: { type: "raw", at: 6, size: 2 },
        serial: { type: "raw", at: 8, size: 9 },
      },
    },
    countDown: {
      to: "host",
      size: 6,
      match: [{ at: 2, is: "0200" }],
      fields: { seconds: { type: "u8", at: 4, min: 0, max: 60 } },
    },
    result: {
      to: "host",
      size: 12,
      match: [{ at: 2, is: "03" }],
      fields: {
        time: { type: "datetime", form: "ymdhm5", at: 3 },
        retained: { type: "raw", at: 8, size: 1 }, // meal and control marks are not explained anywhere
        glucose: {
          type: "u16le",
          at: 9,
          unit: "mg/dL",
          min: 20,
          max: 600,
          // D §Meter data: HI and LO are unknown; what is below 20 or above 600 is taken for them. Zero is never a result.
          special: [
            { raw: [1, 19], comparator: "<", value: 20 },
            { raw: [601, 65_535], comparator: ">", value: 600 },
          ],
        },
      },
    },
    end: { to: "host", size: 5, match: [{ at: 2, is: "0500" }], fields: {} },
  },
  meaning: {
    info: { kind: "information", about: "meter", values: { version: "version", battery: "battery" } },
    newerInfo: { kind: "information", about: "meter", values: { version: "version", battery: "battery" } },
    countDown: { kind: "information", about: "countDown", values: { seconds: "seconds" } },
    // A result behind a count-down is of this moment; any other comes out of the memory and may be anybody's.
    result: [
      {
        kind: "measurement",
        when: { "countDown/seconds": [0, 1, 2, 3, 4, 5] },
        of: "glucose",
        readings: [["glucose", "glucose"]],
        deviceTime: "time",
      },
      {
        kind: "ignore",
        when: { "countDown/seconds": [0, 1, 2, 3, 4, 5] },
        reason: "a result of this moment, told above",
      },
      { kind: "measurement", of: "glucose", readings: [["glucose", "glucose"]], deviceTime: "time", stored: true },
    ],
    end: { kind: "information", about: "end", values: {}, link: true },
  },
  session: {
    steps: [
      {
        do: "ask",
        phase: "contacting",
        send: "askInfo",
        values: { time: { clock: true } },
        // A G-500 may send a count-down where its info is expected.
        expect: ["info", "newerInfo", "countDown"],
        withinMs: 1_000,
        tries: 5,
      },
      // Its count-down says that blood is on the strip; what it is asked then is a result of this moment.
      {
        do: "ask",
        phase: "waiting",
        send: "askResult",
        values: { time: { clock: true } },
        after: "countDown",
        expect: ["countDown", "end"],
        withinMs: 180_000,
        tries: 1,
      },
      {
        do: "poll",
        phase: "reading",
        send: "askResult",
        values: { time: { clock: true } },
        everyMs: 1_000,
        until: ["end"],
        silenceMs: 5_000,
        withinMs: 10_000,
        late: "device.noRecord",
      },
    ],
    totalMs: 240_000,
    gapMs: 300,
  },
  tasks: {
    setClock: {
      steps: [
        {
          do: "ask",
          phase: "contacting",
          send: "askInfo",
          values: { time: { clock: true } },
          expect: ["info", "newerInfo"],
          withinMs: 1_000,
          tries: 5,
        },
      ],
      totalMs: 10_000,
      gapMs: 300,
    },
  },
  forbidden: [],
  simulate: {
    answers: {
      askInfo: [
        { send: "info", values: { version: 3, battery: 90, other: "00010100", rolling: "0000000000" }, afterMs: 40 },
        { send: "countDown", values: { seconds: 2 }, afterMs: 1_000 },
      ],
      askResult: [
        { send: "countDown", values: { seconds: 1 }, afterMs: 60, times: [1, 1] },
        {
          send: "result",
          values: { time: { agoMs: 0 }, retained: "00", glucose: { between: [90, 130] } },
          afterMs: 60,
          times: [2, 9],
        },
      ],
    },
    faults: {
      hi: {
        answers: {
          askResult: [
            {
              send: "result",
              values: { time: { agoMs: 0 }, retained: "00", glucose: { value: 600, unit: "mg/dL", comparator: ">" } },
              afterMs: 60,
            },
          ],
        },
      },
      lo: {
        answers: {
          askResult: [
            {
              send: "result",
              values: { time: { agoMs: 0 }, retained: "00", glucose: { value: 20, unit: "mg/dL", comparator: "<" } },
              afterMs: 60,
            },
          ],
        },
      },
      noRecord: { answers: { askResult: [{ send: "end", values: {}, afterMs: 60 }] } },
      outOfRange: {
        answers: {
          askResult: [{ send: "result", values: { time: { agoMs: 0 }, retained: "00", glucose: 0 }, afterMs: 60 }],
        },
      },
    },
  },
});
