import { expect, test } from "vitest";
import type { LiveMessage } from "../../../core/contract/live.ts";
import { hearLive, settle, type LiveReading } from "../../../renderer/desk/live-reading.ts";
import { cuffRun, cuffStopped, liveMeasurement } from "./specimens.ts";

const all = (messages: readonly LiveMessage[]) =>
  messages.reduce<LiveReading | undefined>((live, message) => hearLive(live, message), undefined);

const other = (message: LiveMessage): LiveMessage => ({
  ...message,
  measurement: "019a0000-0000-7000-8000-00000000b0ff",
});

test("the cuff rises, then falls, and the newest value stands", () => {
  const run = cuffRun();
  expect(all(run.slice(0, 12))).toMatchObject({ motion: "rising", phase: "measuring" });
  expect(all(run)).toMatchObject({
    motion: "falling",
    readings: [{ quantity: "bp.cuff", value: 125, unit: "mm[Hg]" }],
  });
  expect(all(run)?.trail).toHaveLength(56);
});

test("the trembling of a pulse does not turn the arrow", () => {
  const last = cuffRun().at(-1)!;
  const held = [125, 126, 125, 126, 126, 127].map((value): LiveMessage => ({
    ...last,
    event: { kind: "progress", readings: [{ quantity: "bp.cuff", value, unit: "mm[Hg]" }] },
  }));
  expect(all([...cuffRun(), ...held])?.motion).toBe("falling");
});

test("a page that comes late shows what it hears", () => {
  expect(all(cuffRun().slice(20, 22))).toMatchObject({
    phase: undefined,
    of: "bloodPressure",
    readings: [{ value: 160 }],
  });
});

test("a stopped reading says so and keeps its curve", () => {
  expect(all([...cuffRun(), cuffStopped()])).toMatchObject({ ended: { how: "stopped" }, readings: [{ value: 125 }] });
});

test("the reason of a refusal outlives the end that follows it", () => {
  const first = cuffRun()[0]!;
  const refused = all([
    first,
    { ...first, event: { kind: "refused", reason: "gate.outOfRange" } },
    { ...first, event: { kind: "ended", how: "failed" } },
  ]);
  expect(refused?.ended).toEqual({ how: "failed", code: "gate.outOfRange" });
});

test("another measurement starts anew", () => {
  expect(all([...cuffRun(), other(cuffRun()[3]!)])?.trail).toHaveLength(1);
});

test("it goes when the record has it, not before", () => {
  const live = all(cuffRun());
  expect(settle(live, () => false)).toBe(live);
  expect(settle(live, (measurement) => measurement === liveMeasurement)).toBeUndefined();
});
