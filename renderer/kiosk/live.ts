import type { WaveKind } from "../../core/domain/outcome.ts";
import type { Reading } from "../../core/domain/quantity.ts";
import type { MeasureEvent } from "../../core/contract/views.ts";

export type LiveReading = Extract<MeasureEvent, { kind: "progress" }>["readings"][number];

/**
 * The path of live values: straight from the event to whoever draws it, past React. A listener hears the last value at
 * once, so that a late reader shows the same number. Samples of a curve are heard as they come, and kept nowhere.
 */
export interface Live {
  push(readings: readonly LiveReading[]): void;
  pushWave(of: WaveKind, samples: readonly number[]): void;
  clear(): void;
  listen(quantity: Reading["quantity"], hear: (value: number | undefined) => void): () => void;
  listenWave(of: WaveKind, hear: (samples: readonly number[]) => void): () => void;
}

export function createLive(): Live {
  const last = new Map<string, number>();
  const listeners = new Map<string, Set<(value: number | undefined) => void>>();
  const waveListeners = new Map<WaveKind, Set<(samples: readonly number[]) => void>>();
  return {
    push(readings) {
      for (const { quantity, value } of readings) {
        last.set(quantity, value);
        for (const hear of listeners.get(quantity) ?? []) hear(value);
      }
    },
    pushWave(of, samples) {
      for (const hear of waveListeners.get(of) ?? []) hear(samples);
    },
    clear() {
      last.clear();
      for (const hears of listeners.values()) for (const hear of hears) hear(undefined);
    },
    listen(quantity, hear) {
      const own = listeners.get(quantity) ?? new Set();
      listeners.set(quantity, own.add(hear));
      hear(last.get(quantity));
      return () => void own.delete(hear);
    },
    listenWave(of, hear) {
      const own = waveListeners.get(of) ?? new Set();
      waveListeners.set(of, own.add(hear));
      return () => void own.delete(hear);
    },
  };
}
