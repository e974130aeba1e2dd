/**
 * A high-priority alarm by IEC 60601-1-8: bursts of ten pulses (3 + 2, a pause, 3 + 2), repeated. Each pulse has a
 * fundamental between 150 and 1,000 Hz and harmonics up to 4,000 Hz of nearly the same strength, so that old ears hear
 * some of it, and rises and falls without a click.
 */
const pulseSeconds = 0.15;
/** From the start of one pulse to the next inside a group. */
const spacing = pulseSeconds + 0.1;
const groupPause = 0.35;
/** Starts of the ten pulses, seconds from the start of a burst. */
export const pulseStarts: readonly number[] = (() => {
  const half = [0, spacing, 2 * spacing, 2 * spacing + spacing + groupPause, 3 * spacing + spacing + groupPause];
  const second = (half.at(-1) ?? 0) + pulseSeconds + 0.9;
  return [...half, ...half.map((start) => start + second)];
})();
/** From the start of one burst to the next, seconds: between 2.5 and 15 s after the end of the last pulse. */
export const burstEvery = (pulseStarts.at(-1) ?? 0) + pulseSeconds + 3;
const fundamental = 523.25;
/** Multiples of the fundamental, all below 4,000 Hz, within 15 dB of each other. */
const partials = [
  [1, 0.32],
  [2, 0.24],
  [3, 0.2],
  [4, 0.16],
  [5, 0.12],
] as const;
const rise = 0.02;

/** Sounds until the answer is called. A page that may not sound stays silent; it flashes all the same. Never throws. */
export function soundAlarm(make: () => AudioContext = () => new AudioContext()): () => void {
  let context: AudioContext;
  try {
    context = make();
  } catch {
    return () => undefined;
  }
  const burst = (from: number) => {
    for (const start of pulseStarts) pulse(context, from + start);
  };
  void context.resume().catch(() => undefined);
  burst(context.currentTime + 0.05);
  const timer = setInterval(() => burst(context.currentTime + 0.05), burstEvery * 1000);
  return () => {
    clearInterval(timer);
    void context.close().catch(() => undefined);
  };
}

/** A medium-priority signal by IEC 60601-1-8: three slower pulses, once. Never throws. */
export function soundCall(make: () => AudioContext = () => new AudioContext()): void {
  let context: AudioContext;
  try {
    context = make();
  } catch {
    return;
  }
  void context.resume().catch(() => undefined);
  for (const start of [0, 0.4, 0.8]) pulse(context, context.currentTime + 0.05 + start);
  setTimeout(() => void context.close().catch(() => undefined), 3_000);
}

function pulse(context: AudioContext, at: number): void {
  const loudness = context.createGain();
  loudness.connect(context.destination);
  loudness.gain.setValueAtTime(0, at);
  loudness.gain.linearRampToValueAtTime(0.9, at + rise);
  loudness.gain.setValueAtTime(0.9, at + pulseSeconds - rise);
  loudness.gain.linearRampToValueAtTime(0, at + pulseSeconds);
  for (const [multiple, strength] of partials) {
    const tone = context.createOscillator();
    const part = context.createGain();
    tone.frequency.value = fundamental * multiple;
    part.gain.value = strength;
    tone.connect(part).connect(loudness);
    tone.start(at);
    tone.stop(at + pulseSeconds);
  }
}
