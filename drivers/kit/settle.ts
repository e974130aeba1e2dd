import type { FaultCode } from "../../core/domain/faults.ts";
import type { Outcome } from "../../core/domain/outcome.ts";
import type { Quantity, Reading } from "../../core/domain/quantity.ts";
import type { StepOf } from "./schema.ts";

/** A result out of a stream: frames that agree for long enough become one measurement. */

interface Sample {
  readonly atMs: number;
  readonly readings: readonly Reading[];
  readonly raw: Uint8Array;
}
export interface Settled {
  readonly outcome: Outcome;
  /** Of every frame behind it, in order. */
  readonly raw: Uint8Array;
}

export interface Settling {
  /** What one frame of the stream said. Answers the result when this frame completes it. */
  hear(outcomes: readonly Outcome[], raw: Uint8Array, nowMs: number): Settled | undefined;
  /** What was wrong when it last began again; undefined when it is only not steady. */
  lastFault(): FaultCode | undefined;
  /** The fault that was said as many times in a row as a result must be. */
  stubbornFault(): FaultCode | undefined;
}

const valueOf = (readings: readonly Reading[], quantity: string): Reading | undefined =>
  readings.find((each) => each.quantity === quantity);

function joined(samples: readonly Sample[]): Uint8Array {
  const all = new Uint8Array(samples.reduce((sum, { raw }) => sum + raw.length, 0));
  let at = 0;
  for (const { raw } of samples) {
    all.set(raw, at);
    at += raw.length;
  }
  return all;
}

export function createSettling(step: StepOf<"settle">): Settling {
  const limits = Object.entries(step.within) as readonly (readonly [Quantity, number])[];
  const least = Object.entries(step.least ?? {}) as readonly (readonly [Quantity, number])[];
  const span = step.spanMs;
  const wanted = step.count;
  let samples: Sample[] = [];
  let fault: FaultCode | undefined;
  let faultsInRow = 0;

  function begin(why: FaultCode | undefined): void {
    samples = [];
    faultsInRow = why !== undefined && why === fault ? faultsInRow + 1 : 1;
    fault = why;
  }
  /** Every number that must be steady is there, is a number, and is not too small. */
  function counts(readings: readonly Reading[]): boolean {
    const all = limits.every(([quantity]) => {
      const reading = valueOf(readings, quantity);
      return reading !== undefined && reading.comparator === undefined;
    });
    return all && least.every(([quantity, value]) => (valueOf(readings, quantity)?.value ?? value) >= value);
  }
  /** Largest less smallest, free of what binary fractions add to it. */
  function agree(): boolean {
    return limits.every(([quantity, limit]) => {
      const values = samples.map(({ readings }) => valueOf(readings, quantity)?.value ?? 0);
      const units = new Set(samples.map(({ readings }) => valueOf(readings, quantity)?.unit));
      return units.size === 1 && Number((Math.max(...values) - Math.min(...values)).toFixed(6)) <= limit;
    });
  }
  /** Middle one of the values the device said; of an even number the lower of the two. */
  function median(quantity: string): Reading | undefined {
    const said = samples.flatMap(({ readings }) => valueOf(readings, quantity) ?? []);
    const sorted = said.filter(({ comparator }) => comparator === undefined).sort((a, b) => a.value - b.value);
    return sorted[Math.floor((sorted.length - 1) / 2)];
  }
  function settled(): Settled {
    const last = samples.at(-1)?.readings ?? [];
    const readings = step.take === "last" ? last : last.map((each) => median(each.quantity) ?? each);
    return { outcome: { kind: "measurement", of: step.of, readings, doubts: [] }, raw: joined(samples) };
  }

  return {
    lastFault: () => fault,
    stubbornFault: () => (wanted !== undefined && faultsInRow >= wanted ? fault : undefined),
    hear(outcomes, raw, nowMs) {
      const failed = outcomes.find((outcome) => outcome.kind === "fault");
      const said = outcomes.find((outcome) => outcome.kind === "progress" && outcome.of === step.of);
      if (failed !== undefined || said?.kind !== "progress" || !counts(said.readings)) {
        begin(failed?.kind === "fault" ? failed.code : undefined);
        return undefined;
      }
      fault = undefined;
      const before = samples.at(-1);
      // A hole in the stream is no agreement.
      if (before !== undefined && nowMs - before.atMs > step.silenceMs) samples = [];
      samples.push({ atMs: nowMs, readings: said.readings, raw });
      while (samples.length > 1 && !agree()) samples.shift();
      if (wanted !== undefined && samples.length < wanted) return undefined;
      if (span !== undefined && nowMs - (samples[0]?.atMs ?? nowMs) < span) return undefined;
      return settled();
    },
  };
}
