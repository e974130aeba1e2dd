// Infrared temperature module "GY-MCU90614" on a UART. Source: dossier thermometer-ir-uart-modules.md, B; "D §" points into it.
import { defineProfile } from "./kit/index.ts";

const word = { type: "i16be", unit: "Cel", per: 100 } as const;

export default defineProfile({
  id: "thermometer-gy-mcu90614",
  aliases: ["thermometer-module-b", "gy-mcu90614"],
  model: { maker: "GY", name: "MCU90614 infrared module" },
  source: "One seller's page with frame and sum, see dossier",
  dossier: "thermometer-ir-uart-modules.md",
  measures: ["temperature"],
  serial: { baudRate: 115_200, baudChoices: [115_200, 9_600], dataBits: 8, parity: "none", stopBits: 1, match: [] },
  check: "sum8",
  confirm: "none",
  actuates: false,
  push: true,
  envelopes: {
    // D §B: 66 66, mode, 4 bytes of data, low byte of the sum of the eight before.
    host: { kind: "binary", head: "6666", length: { at: 3, plus: 5 }, check: { kind: "sum8", from: 0 } },
  },
  frames: {
    temperatures: {
      to: "host",
      size: 9,
      match: [{ at: 2, any: [0x01, 0x02] }],
      fields: {
        // D §Rules for the kiosk: 32.0 to 43.0; what is outside is a wall or a cup, not a forehead.
        object: {
          ...word,
          at: 4,
          min: 32,
          max: 43,
          special: [
            { raw: [-32_768, 3_199], absent: true },
            { raw: [4_301, 32_767], absent: true },
          ],
        },
        // D §Rules for the kiosk: not reliable in a room outside 16 to 35 °C.
        ambient: {
          ...word,
          at: 6,
          min: 16,
          max: 35,
          special: [
            { raw: [-32_768, 1_599], absent: true },
            { raw: [3_501, 32_767], absent: true },
          ],
        },
      },
    },
  },
  meaning: {
    temperatures: {
      kind: "progress",
      of: "temperature",
      readings: [
        ["body.temperature", "object"],
        ["ambient.temperature", "ambient"],
      ],
    },
  },
  session: {
    steps: [
      // D §Rules for the kiosk: three readings within 0.2 °C, in a room whose temperature is known and fit.
      {
        do: "settle",
        phase: "measuring",
        frame: "temperatures",
        of: "temperature",
        within: { "body.temperature": 0.2, "ambient.temperature": 3 },
        count: 3,
        take: "median",
        firstMs: 5_000,
        silenceMs: 3_000,
        withinMs: 60_000,
      },
    ],
    totalMs: 65_000,
    gapMs: 200,
  },
  forbidden: [],
  simulate: {
    answers: {},
    onOpen: [
      {
        stream: "temperatures",
        values: {
          object: {
            over: [
              [0, null],
              [1_500, { between: [36.4, 36.5] }],
            ],
          },
          ambient: 24,
        },
        everyMs: 200,
        afterMs: 0,
      },
    ],
    faults: {
      nobody: { onOpen: [{ stream: "temperatures", values: { object: null, ambient: 24 }, everyMs: 200, afterMs: 0 }] },
      coldRoom: {
        onOpen: [{ stream: "temperatures", values: { object: 36.5, ambient: null }, everyMs: 200, afterMs: 0 }],
      },
    },
  },
});
