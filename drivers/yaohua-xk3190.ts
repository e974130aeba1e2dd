// Yaohua (耀华) XK3190 indicators, the usual Chinese ones (A9, A12, A26, A23p, D9, DS3), continuous output. Source: dossier
// scale-yaohua-xk3190.md; "D §" points into it. The wire has no mark for "steady": it is steady when it stays.
import { defineProfile } from "./kit/index.ts";

export default defineProfile({
  id: "yaohua-xk3190",
  aliases: ["scale-xk3190", "scale-yaohua-xk3190"],
  model: {
    maker: "Yaohua",
    name: "XK3190",
  },
  source: "Manuals of XK3190-A26 (pp. 10-11), A23p, D9 and DS3; a logged weighbridge, see dossier",
  dossier: "scale-yaohua-xk3190.md",
  measures: ["body"],
  serial: {
    baudRate: 9600,
    baudChoices: [600, 1200, 2400, 4800, 9600],
    dataBits: 8,
    parity: "none",
    stopBits: 1,
    match: [],
  },
  check: "xor8",
  confirm: "display",
  actuates: false,
  push: false,
  envelopes: {
    // D §Continuous format: STX, sign, six digits, decimals, XOR of these as two hex digits, ETX.
    host: {
      kind: "binary",
      head: "02",
      check: {
        kind: "xor8",
        from: 1,
        form: "hex",
      },
      end: "03",
    },
  },
  frames: {
    weight: {
      to: "host",
      size: 12,
      fields: {
        decimals: {
          type: "code",
          size: 1,
          at: 8,
          known: [48, 49, 50, 51, 52],
        },
        weight: {
          type: "digits",
          at: 2,
          size: 6,
          sign: 1,
          decimals: {
            by: "decimals",
            codes: {
              "48": 0,
              "49": 1,
              "50": 2,
              "51": 3,
              "52": 4,
            },
          },
          unit: "kg",
          min: -99,
          max: 3000,
        },
      },
    },
  },
  meaning: {
    weight: {
      kind: "progress",
      of: "body",
      readings: [["body.weight", "weight"]],
    },
  },
  session: {
    steps: [
      {
        do: "settle",
        phase: "measuring",
        frame: "weight",
        of: "body",
        // D §Continuous format: steady within one division for a second.
        within: {
          "body.weight": 0.1,
        },
        least: {
          "body.weight": 5,
        },
        spanMs: 1000,
        take: "median",
        firstMs: 3000,
        silenceMs: 3000,
        withinMs: 60000,
      },
    ],
    totalMs: 90000,
    gapMs: 300,
  },
  forbidden: [],
  simulate: {
    answers: {},
    onOpen: [
      {
        stream: "weight",
        values: {
          decimals: 49,
          weight: {
            over: [
              [0, 0],
              [600, 31.7],
              [1000, 73.2],
              [1400, 72.4],
            ],
          },
        },
        everyMs: 100,
        afterMs: 0,
      },
    ],
    faults: {
      empty: {
        onOpen: [
          {
            stream: "weight",
            values: {
              decimals: 49,
              weight: 0,
            },
            everyMs: 100,
            afterMs: 0,
          },
        ],
      },
    },
  },
});
