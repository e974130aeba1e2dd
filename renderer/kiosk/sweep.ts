/** One straight piece of a curve, in pixels from the upper left. */
export interface Stroke {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** What one picture changes: a bar to clear ahead of the pen, in one or two pieces, then the strokes behind it. */
export interface SweepStep {
  readonly clear: readonly { readonly x: number; readonly width: number }[];
  readonly strokes: readonly Stroke[];
}

export interface Sweep {
  /** The next samples, in raw steps of whatever the device measures. */
  advance(samples: readonly number[]): SweepStep;
}

/** Samples across the whole width: five seconds of a pulse oximeter's sixty a second. */
export const samplesAcross = 300;
/** Part of the width that is kept clear ahead of the pen, so that the eye sees where now is. */
const gap = 0.06;
/** Part of the height left free above and below. */
const margin = 0.1;
/**
 * The pen of a monitor: it moves from left to right, clears a bar ahead of itself, and begins again at the left. The scale
 * is that of the last width, so that one bad sample is forgotten after one sweep. Pure but for its own memory of the pen;
 * draws nothing.
 */
export function createSweep(width: number, height: number): Sweep {
  const step = width / samplesAcross;
  let x = 0;
  let y: number | undefined;
  let recent: readonly number[] = [];

  return {
    advance(samples) {
      const strokes: Stroke[] = [];
      const from = x;
      // More than a whole width at once is drawn as its last width: the rest would be overwritten anyway.
      const seen = samples.filter((sample) => Number.isFinite(sample)).slice(-samplesAcross);
      recent = [...recent, ...seen].slice(-samplesAcross);
      const [low, high] = [Math.min(...recent), Math.max(...recent)];
      for (const sample of seen) {
        const part = high > low ? (sample - low) / (high - low) : 0.5;
        const next = height * (1 - margin - part * (1 - 2 * margin));
        const wraps = x + step > width;
        if (y !== undefined && !wraps) strokes.push({ x0: x, y0: y, x1: x + step, y1: next });
        x = wraps ? 0 : x + step;
        y = next;
      }
      if (seen.length === 0) return { clear: [], strokes };
      const ahead = width * gap;
      const end = from + seen.length * step + ahead;
      const clear = [{ x: from, width: Math.min(end, width) - from }];
      if (end > width) clear.push({ x: 0, width: Math.min(end - width, width) });
      return { clear, strokes };
    },
  };
}
