import { checkProfile, type Profile } from "../../../drivers/kit/index.ts";

const crc = { kind: "crc16-ccitt-false", from: 0, order: "le" } as const;
const envelope = { kind: "binary", head: "a55a", length: { at: 2, plus: 0 }, check: crc } as const;

/** A frame like the peer's: 20 bytes, two heads, a length, a type, numbers, CRC-16. It is no device and is in no registry. */
const table = {
  id: "bench-twenty-bytes",
  model: { maker: "Bench", name: "20 bytes" },
  source: "invented",
  dossier: "none",
  measures: ["bloodPressure"],
  serial: { baudRate: 115_200, dataBits: 8, parity: "none", stopBits: 1, match: [] },
  check: "crc16-ccitt-false",
  confirm: "none",
  actuates: false,
  push: false,
  envelopes: { host: envelope },
  frames: {
    sample: {
      to: "host",
      size: 20,
      match: [{ at: 3, is: "07" }],
      fields: {
        systolic: { type: "u16be", at: 4, unit: "mm[Hg]", min: 0, max: 65_535 },
        diastolic: { type: "u16be", at: 6, unit: "mm[Hg]", min: 0, max: 65_535 },
        pulse: { type: "u16le", at: 8, unit: "/min", min: 0, max: 65_535 },
        counter: { type: "u32le", at: 10, min: 0, max: 4_294_967_295 },
      },
    },
  },
  meaning: { sample: { kind: "measurement", of: "bloodPressure", readings: [["bp.systolic", "systolic"]] } },
  session: { steps: [{ do: "listen", phase: "measuring", firstMs: 1000, silenceMs: 1000 }], totalMs: 1000, gapMs: 100 },
  forbidden: [],
  simulate: { answers: {}, faults: {} },
};

const checked = checkProfile(table);
if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
export const benchProfile: Profile = checked.profile;
