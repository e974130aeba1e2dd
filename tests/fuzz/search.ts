import type { Profile } from "../../drivers/kit/index.ts";
import { seededRandom } from "../../drivers/kit/sample.ts";
import { Coverage, Reached, type Run } from "./coverage.ts";
import { mutated } from "./mutate.ts";
import type { Rule } from "./rules.ts";

export interface SearchOptions {
  readonly profile: Profile;
  readonly rule: Rule;
  readonly seeds: readonly Uint8Array[];
  /** Kept from earlier searches. */
  readonly kept: readonly Uint8Array[];
  readonly seed: number;
  /** Asked before every batch. */
  readonly goOn: (runs: number) => boolean;
  /** A piece of the address of the code whose blocks count. */
  readonly part?: string;
}
export interface Searched {
  /** Inputs that between them reach every block that was reached, none of them to spare. */
  readonly corpus: readonly Uint8Array[];
  readonly runs: number;
  /** Characters of code that were run. */
  readonly reached: number;
  readonly offence?: { readonly bytes: Uint8Array; readonly why: string };
}

/** Inputs between two looks at the coverage: a look costs more than many runs. */
const batchSize = 64;

/** Mutates what is known, keeps what reaches new blocks, and stops at the first broken rule. The same seed does the same. */
export function search({ profile, rule, seeds, kept, seed, goOn, part = "/drivers/kit/" }: SearchOptions): Searched {
  const random = seededRandom(seed);
  const coverage = new Coverage(part);
  const reached = new Reached();
  const begin = [...kept, ...seeds];
  const known: Uint8Array[] = [];
  let runs = 0;
  let offence: Searched["offence"];
  /** Runs one input; false when it breaks a rule. */
  const keeps = (bytes: Uint8Array): boolean => {
    runs++;
    const why = rule(bytes);
    if (why === undefined) return true;
    const least = smallest(bytes, (each) => rule(each) !== undefined);
    offence = { bytes: least, why: rule(least) ?? why };
    return false;
  };
  const runOf = (bytes: Uint8Array): Run => {
    rule(bytes);
    return coverage.take();
  };
  try {
    if (begin.every(keeps)) {
      coverage.take();
      known.push(...begin.filter((bytes) => reached.add(runOf(bytes)).length > 0));
    }
    while (offence === undefined && goOn(runs)) {
      const batch = Array.from({ length: batchSize }, () => mutated([...known, ...begin], profile, random));
      if (!batch.every(keeps)) break;
      // A batch that reached nothing new is forgotten; of another one, each input is asked on its own.
      if (reached.lacks(coverage.take())) known.push(...batch.filter((bytes) => reached.add(runOf(bytes)).length > 0));
    }
    const corpus = distilled(known, runOf);
    return { corpus, runs, reached: reached.total, ...(offence === undefined ? {} : { offence }) };
  } finally {
    coverage.close();
  }
}

/** Shorter ones are not worth the search for still shorter ones. */
const shortEnough = 24;

/** Of these inputs those that are needed to reach what all of them reach, the shortest first, each cut to what it is needed for. */
function distilled(inputs: readonly Uint8Array[], runOf: (bytes: Uint8Array) => Run): readonly Uint8Array[] {
  const reached = new Reached();
  return [...inputs]
    .sort((a, b) => a.length - b.length)
    .flatMap((bytes) => {
      const first = reached.add(runOf(bytes));
      if (first.length === 0) return [];
      if (bytes.length <= shortEnough) return [bytes];
      return [
        smallest(bytes, (each) => {
          const run = runOf(each);
          return first.every(([file, at]) => run.get(file)?.[at] === 1);
        }),
      ];
    });
}

/** A search for fewer bytes that takes longer than this is not worth its result. */
const mostTries = 400;

/** Fewer bytes of which the same is so: halves, quarters … single bytes are left out while it stays so. */
export function smallest(bytes: Uint8Array, stillSo: (bytes: Uint8Array) => boolean): Uint8Array {
  let least = bytes;
  let tries = 0;
  for (let size = Math.ceil(least.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < least.length && tries < mostTries; tries++) {
      const shorter = Uint8Array.from([...least.subarray(0, at), ...least.subarray(at + size)]);
      if (stillSo(shorter)) least = shorter;
      else at += size;
    }
  }
  return least;
}
