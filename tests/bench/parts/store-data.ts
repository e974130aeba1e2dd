import type { NewEntry } from "../../../core/journal/entry.ts";

/** A UUIDv7 shape with a number in it: ordered as the numbers are. */
export function newId(n: number): string {
  const hex = n.toString(16).padStart(12, "0");
  return `01a2${hex.slice(0, 4)}-${hex.slice(4, 8)}-7${hex.slice(9, 12)}-8000-${hex}`;
}

/** A small seeded generator (mulberry32): numbers in [0, 1). */
export function random(seed: number): () => number {
  let s = seed >>> 0;
  return () => {
    s = (s + 0x6d2b79f5) >>> 0;
    let t = Math.imul(s ^ (s >>> 15), 1 | s);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The n-th accepted pressure of a village of 2,000 invented residents. */
export function accepted(n: number): NewEntry {
  const resident = newId((n * 7_919) % 2_000);
  const visit = newId(1_000_000 + n);
  return {
    id: newId(2_000_000 + n),
    type: "measurement.accepted",
    actor: { role: "station", id: "host" },
    subject: resident,
    visit,
    body: {
      id: newId(3_000_000 + n),
      visit,
      of: "bloodPressure",
      readings: [
        { quantity: "bp.systolic", value: 110 + (n % 60), unit: "mm[Hg]" },
        { quantity: "bp.diastolic", value: 70 + (n % 30), unit: "mm[Hg]" },
        { quantity: "pulse.rate", value: 60 + (n % 40), unit: "/min" },
      ],
      doubts: [],
      provenance: {
        device: "cuff-1",
        profile: "bench",
        profileVersion: "1",
        program: "0.1.0",
        simulated: true,
        port: "pty",
        rawHex: ["aa550203a0008c0048"],
      },
      times: { heardAt: new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString() },
      context: {},
    },
  };
}
