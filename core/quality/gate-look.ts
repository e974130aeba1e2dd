import type { MeasurementKind } from "../domain/outcome.ts";
import type { DeviceFacts, TrainingFact } from "./facts.ts";
import type { Moment } from "./local-day.ts";
import type { QualityPlan } from "./plan.ts";
import type { ConditionCode, DueKind } from "./vocabulary.ts";

/** A line of the gate's table that holds. Moments in milliseconds since 1970 UTC. */
export interface Finding {
  readonly code: ConditionCode;
  readonly since?: number;
  readonly dueAt?: number;
  readonly evidence?: string;
  readonly about?: string | undefined;
  readonly of?: MeasurementKind | undefined;
}

export interface Due {
  readonly what: DueKind;
  readonly at?: number;
  readonly lastAt?: number;
  readonly evidence?: string;
  readonly about?: string;
}

/** What every question of the gate is asked over. `due` is added to on the way. */
export interface Look {
  readonly plan: QualityPlan;
  readonly facts: DeviceFacts;
  readonly training: readonly TrainingFact[];
  readonly moment: Moment;
  readonly edges: Edges;
  readonly due: Due[];
}

/** Compares moments with the clock, and remembers the next one that lies ahead: then the gate is asked again. */
export class Edges {
  readonly #now: number;
  #next: number | undefined;

  constructor(now: number) {
    this.#now = now;
  }

  get next(): number | undefined {
    return this.#next;
  }

  passed(at: number): boolean {
    if (this.#now >= at) return true;
    this.#next = Math.min(this.#next ?? at, at);
    return false;
  }
}
