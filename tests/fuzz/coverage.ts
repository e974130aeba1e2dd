import { Session, type Profiler } from "node:inspector";
import { setFlagsFromString } from "node:v8";

/** Characters of source files that were run, by file: 1 where something was run. */
export type Run = ReadonlyMap<string, Uint8Array>;

/**
 * Which characters of some source files are run, by V8's own block coverage. Nothing native, nothing instrumented: what
 * is measured is the code as it ships. One at a time: the counters belong to the whole thread. Ended by `close`.
 */
export class Coverage {
  readonly #session = new Session();
  readonly #part: string;

  /** `part`: a piece of the address of the files that count. */
  constructor(part: string) {
    this.#part = part;
    // Optimized code does not count every block, and when a function is optimized depends on the machine's mood: without
    // it the same seed gives the same search.
    setFlagsFromString("--no-opt");
    this.#session.connect();
    this.#session.post("Profiler.enable");
    this.#session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
    this.take();
  }

  /** What was run since the last time. */
  take(): Run {
    let taken: readonly Profiler.ScriptCoverage[] | undefined;
    // A session of the same thread answers before `post` returns.
    this.#session.post("Profiler.takePreciseCoverage", (error, answer) => {
      if (error !== null) throw error;
      taken = answer.result;
    });
    if (taken === undefined) throw new Error("the inspector did not answer");
    return new Map(taken.filter(({ url }) => url.includes(this.#part)).map((each) => [each.url, charactersOf(each)]));
  }

  close(): void {
    this.#session.post("Profiler.stopPreciseCoverage");
    this.#session.disconnect();
  }
}

function charactersOf({ functions }: Profiler.ScriptCoverage): Uint8Array {
  const ranges = functions.flatMap((each) => each.ranges);
  // Outer ranges first: what lies inside says more exactly how often it was run.
  ranges.sort((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset);
  const run = new Uint8Array(Math.max(0, ...ranges.map((range) => range.endOffset)));
  for (const { startOffset, endOffset, count } of ranges) run.fill(count > 0 ? 1 : 0, startOffset, endOffset);
  return run;
}

/** What was reached so far by some inputs. */
export class Reached {
  readonly #files = new Map<string, Uint8Array>();
  #total = 0;

  /** In characters. */
  get total(): number {
    return this.#total;
  }

  /** Takes a run in; answers what it reached first, by file and place. */
  add(run: Run): readonly (readonly [file: string, at: number])[] {
    const first: (readonly [string, number])[] = [];
    for (const [file, characters] of run) {
      const known = this.#files.get(file) ?? new Uint8Array(0);
      const seen = known.length < characters.length ? new Uint8Array(characters.length) : known;
      if (seen !== known) seen.set(known);
      this.#files.set(file, seen);
      for (let at = 0; at < characters.length; at++) {
        if (characters[at] === 0 || seen[at] === 1) continue;
        seen[at] = 1;
        first.push([file, at]);
      }
    }
    this.#total += first.length;
    return first;
  }

  /** Would a run reach anything new? */
  lacks(run: Run): boolean {
    for (const [file, characters] of run) {
      const seen = this.#files.get(file);
      for (let at = 0; at < characters.length; at++) if (characters[at] === 1 && seen?.[at] !== 1) return true;
    }
    return false;
  }
}
