import { describe, expect, test } from "vitest";
import type { Outcome } from "../../../core/domain/outcome.ts";
import { createSession, encode, fromHex, toHex } from "../../../drivers/kit/index.ts";
import { findProfile } from "../../../drivers/find-profile.ts";
import { counter, json, outcomes, present } from "./replay.ts";

const id = "berrymed-pm6750";
const count = counter(id);

interface Printed {
  readonly id: string;
  readonly hex: string;
  readonly expected: {
    readonly leads?: readonly number[];
    readonly spo2?: number | null;
    readonly pulse?: number;
    readonly t1?: number;
    readonly systolic?: number;
    readonly mean?: number;
    readonly diastolic?: number;
  };
}
const frames = json<readonly Printed[]>("berrymed-pm6750/frames.json");
const named = (name: string): Printed => frames.find((frame) => frame.id === name)!;
const oximetry = (spo2: number | null, pulse: number): Outcome => ({
  kind: "progress",
  of: "oximetry",
  readings: [
    ...(spo2 === null ? [] : [{ quantity: "spo2", value: spo2, unit: "%" } as const]),
    { quantity: "pulse.rate", value: pulse, unit: "/min" },
  ],
});
const running = (cuff: number): string =>
  toHex(encode(findProfile(id)!, "running", { state: 1, cuff: { value: cuff, unit: "mm[Hg]" } }));

describe.skipIf(!present)("berrymed-pm6750", () => {
  test("is all of what the folder holds", () => expect(frames.length).toBe(9));
  test.each(["ecg-real", "ecg-manual"])("%s", (name) => {
    count();
    const { hex, expected } = named(name);
    const leads = ["leadI", "leadII", "leadIII", "leadAvr", "leadAvl", "leadAvf", "leadV"];
    expect(outcomes(id, hex)).toEqual([
      { kind: "wave", of: "ecg", samples: Object.fromEntries(leads.map((lead, i) => [lead, [expected.leads![i]]])) },
    ]);
  });
  test.each(["spo2-97-72", "spo2-invalid-pulse-ok"])("%s", (name) => {
    count();
    const { hex, expected } = named(name);
    expect(outcomes(id, hex)).toEqual([oximetry(expected.spo2!, expected.pulse!)]);
  });
  test("temp-36.8", () => {
    count();
    const { hex, expected } = named("temp-36.8");
    expect(outcomes(id, hex)).toEqual([
      {
        kind: "progress",
        of: "temperature",
        readings: [{ quantity: "body.temperature", value: expected.t1, unit: "Cel" }],
      },
    ]);
  });
  test("nibp-120-80, said twice behind a running test", () => {
    count();
    const { hex, expected } = named("nibp-120-80");
    const session = createSession(findProfile(id)!);
    session.begin(0);
    session.wake(60);
    const hear = (bytes: string, atMs: number): readonly unknown[] =>
      session.hear(fromHex(bytes), atMs).flatMap((effect) => (effect.do === "tell" ? [effect.outcome] : []));
    // What is left of somebody else's test is not told.
    expect(hear(hex, 100)).toEqual([]);
    hear(running(142), 200);
    expect(hear(hex, 700)).toEqual([]);
    expect(hear(hex, 1_200)).toEqual([
      {
        kind: "measurement",
        of: "bloodPressure",
        readings: [
          { quantity: "bp.systolic", value: expected.systolic, unit: "mm[Hg]" },
          { quantity: "bp.diastolic", value: expected.diastolic, unit: "mm[Hg]" },
          { quantity: "bp.mean", value: expected.mean, unit: "mm[Hg]" },
        ],
        doubts: [],
      },
    ]);
  });
  test("nibp-measuring-zeroes tells no pressure but the cuff's", () => {
    count();
    expect(outcomes(id, named("nibp-measuring-zeroes").hex)).toEqual([
      { kind: "progress", of: "bloodPressure", readings: [{ quantity: "bp.cuff", value: 0, unit: "mm[Hg]" }] },
    ]);
  });
  test("garbage-then-frame", () => {
    count();
    const { hex, expected } = named("garbage-then-frame");
    expect(outcomes(id, hex).slice(-1)).toEqual([oximetry(expected.spo2!, expected.pulse!)]);
  });
  test("bad-then-good", () => {
    count();
    const [bad, good] = outcomes(id, named("bad-then-good").hex);
    expect(bad).toMatchObject({ kind: "discarded", reason: "checksum" });
    expect(good).toEqual(oximetry(94, 71));
  });
});
