import fc from "fast-check";
import { expect, test } from "vitest";
import type { Candidate, Circumstances } from "../../../station/gate/gate.ts";
import { windowToleranceMs } from "../../../station/gate/gate.ts";
import { chooseRecord } from "../../../station/gate/memory.ts";

const openedAt = Date.UTC(2026, 10, 2, 1, 0, 0);
const now = openedAt + 600_000;
const shown = (ms: number): string =>
  new Date(ms - new Date(ms).getTimezoneOffset() * 60_000).toISOString().slice(0, 19);

const record = (measuredAt: number, offsetMs: number, value = 100): { readonly candidate: Candidate } => ({
  candidate: {
    kind: "measurement",
    of: "glucose",
    readings: [{ quantity: "glucose", value, unit: "mg/dL" }],
    doubts: [],
    stored: true,
    deviceTime: shown(measuredAt + offsetMs),
  },
});
const at = (offsetMs: number): Circumstances => ({
  now,
  deviceReady: true,
  visit: { id: "visit", openedAt },
  run: { visit: "visit", of: "glucose", stopped: false, asked: true },
  promised: new Set(["glucose"]),
  deviceClock: { offsetMs },
});
const never = (): boolean => false;

test("the newest record of the visit is taken, in whichever order the device tells them", () => {
  const [old, first, second] = [
    record(openedAt - 86_400_000, 0),
    record(openedAt + 60_000, 0),
    record(openedAt + 120_000, 0),
  ];
  expect(chooseRecord([first, second, old], at(0), never)).toMatchObject({ taken: second, passedOver: 2 });
});

test("an impossible newest record is not replaced by an older one", () => {
  const records = [record(openedAt + 120_000, 0, 2_000), record(openedAt + 60_000, 0)];
  expect(chooseRecord(records, at(0), never)).toEqual({
    taken: undefined,
    reason: "gate.outOfRange",
    detail: "glucose",
    passedOver: 2,
  });
});

test("a record without a time, which is nobody's, hides none that has one, on whatever day the device's clock stands", () => {
  const offsetMs = Date.UTC(1960, 0, 1) - now;
  const mine = record(openedAt + 60_000, offsetMs);
  const { deviceTime: _, ...timeless } = mine.candidate;
  expect(chooseRecord([{ candidate: timeless }, mine], at(offsetMs), never)).toMatchObject({ taken: mine });
});

test("an empty memory has nothing of this visit", () => {
  expect(chooseRecord([], at(0), never)).toEqual({ taken: undefined, reason: "gate.stale", passedOver: 0 });
});

test("a record that was taken before is none", () => {
  const records = [record(openedAt + 60_000, 0)];
  expect(chooseRecord(records, at(0), () => true)).toEqual({ taken: undefined, reason: "gate.stale", passedOver: 1 });
});

test("no mixture of other people's records, whatever the device's clock, ever gives one of them", () => {
  const second = fc.integer({ min: -400 * 86_400, max: 400 * 86_400 }).map((s) => s * 1_000);
  fc.assert(
    fc.property(fc.array(second, { maxLength: 12 }), second, (distances, offsetMs) => {
      const records = distances.map((distance) => record(openedAt + distance, offsetMs));
      const inside = distances.filter(
        (distance) => distance >= -windowToleranceMs && distance <= now - openedAt + windowToleranceMs,
      );
      const { taken } = chooseRecord(records, at(offsetMs), never);
      const expected = inside.length === 0 ? undefined : shown(openedAt + Math.max(...inside) + offsetMs);
      expect(taken?.candidate.deviceTime).toBe(expected);
    }),
    { numRuns: 2_000, seed: 7 },
  );
});
