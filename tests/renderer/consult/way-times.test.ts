import { expect, test } from "vitest";
import { createWayTimes } from "../../../renderer/consult/way-times.ts";

test("a queue is what comes later than the quickest, whatever the two clocks say", () => {
  const queued = createWayTimes();
  // The other clock is far ahead.
  expect(queued(1_000_000, 400)).toBe(0);
  expect(queued(1_002_000, 2_650)).toBe(250);
  expect(queued(1_004_000, 4_390)).toBe(0);
  expect(queued(1_006_000, 6_400)).toBe(10);
});

test("a line that became longer is no queue for ever", () => {
  const queued = createWayTimes();
  expect(queued(0, 50)).toBe(0);
  const after = Array.from({ length: 120 }, (_, n) => queued(n * 2_000, n * 2_000 + 550));
  expect(after[0]).toBe(500);
  expect(after[30]).toBe(500);
  expect(after.at(-1)).toBe(0);
});
