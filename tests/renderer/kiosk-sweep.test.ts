import { describe, expect, test } from "vitest";
import { createLive } from "../../renderer/kiosk/live.ts";
import { createSweep, samplesAcross } from "../../renderer/kiosk/sweep.ts";

const width = 600;
const height = 100;
const step = width / samplesAcross;
const beat = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => 60 + 40 * Math.sin(index / 5));

describe("a curve drawn by sweep", () => {
  test("moves on by one step per sample, and joins pictures without a gap", () => {
    const sweep = createSweep(width, height);
    const first = sweep.advance([1, 2, 3]).strokes;
    const second = sweep.advance([4]).strokes;
    expect(first.map(({ x1 }) => x1)).toEqual([2 * step, 3 * step]);
    expect(second[0]).toMatchObject({ x0: first[1]?.x1, y0: first[1]?.y1, x1: 4 * step });
  });
  test("clears the bar ahead of the pen, from where the pen was", () => {
    const sweep = createSweep(width, height);
    sweep.advance(beat(10));
    expect(sweep.advance(beat(5)).clear).toEqual([{ x: 10 * step, width: 5 * step + 0.06 * width }]);
  });
  test("begins again at the left, and clears there, too", () => {
    const sweep = createSweep(width, height);
    sweep.advance(beat(samplesAcross - 1));
    const { clear, strokes } = sweep.advance(beat(3));
    expect(clear.map(({ x }) => x)).toEqual([(samplesAcross - 1) * step, 0]);
    expect(strokes.every(({ x0, x1 }) => x1 > x0)).toBe(true);
  });
  test("never leaves its height, however the curve jumps", () => {
    const sweep = createSweep(width, height);
    const { strokes } = sweep.advance([0, 1, -5_000, 5_000, 0, 1e9, 3]);
    expect(strokes.filter(({ y1 }) => y1 < 0 || y1 > height)).toEqual([]);
  });
  test("draws a flat line in the middle instead of nothing", () => {
    const { strokes } = createSweep(width, height).advance([7, 7, 7]);
    expect(strokes.map(({ y1 }) => y1)).toEqual([height / 2, height / 2]);
  });
  test("comes back to full height after one bad sample", () => {
    const sweep = createSweep(width, height);
    sweep.advance([...beat(50), 100_000]);
    for (let round = 0; round < 12; round++) sweep.advance(beat(300));
    const heights = sweep.advance(beat(200)).strokes.map(({ y1 }) => y1);
    expect(Math.max(...heights) - Math.min(...heights)).toBeGreaterThan(height / 2);
  });
  test("draws at most one width of what came while nobody looked", () => {
    expect(createSweep(width, height).advance(beat(5_000)).strokes.length).toBeLessThanOrEqual(samplesAcross);
  });
  test("nothing new: nothing is cleared and nothing drawn", () => {
    expect(createSweep(width, height).advance([])).toEqual({ clear: [], strokes: [] });
  });
});

describe("the path of samples", () => {
  test("goes to who draws them, at once, and to nobody else", () => {
    const live = createLive();
    const pulse: number[] = [];
    const ecg: number[] = [];
    const leave = live.listenWave("pulse", (samples) => pulse.push(...samples));
    live.listenWave("ecg", (samples) => ecg.push(...samples));
    live.pushWave("pulse", [1, 2]);
    leave();
    live.pushWave("pulse", [3]);
    expect([pulse, ecg]).toEqual([[1, 2], []]);
  });
});
