import type { MeasurementKind } from "../../core/domain/outcome.ts";
import type { Clock } from "../../core/domain/time.ts";
import { together } from "../../core/journal/answers.ts";
import type { Entry, EntryBody, Measurement, NewEntry } from "../../core/journal/entry.ts";
import type { Answers } from "../../core/journal/visit-bodies.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import type { Store } from "../store/store.ts";
import type { OpenVisit } from "../store/views/shapes.ts";
import { armsKnown } from "./arms.ts";
import { assessmentOf } from "./assess.ts";
import { answeredIn, timesAt } from "./grade.ts";
import type { Kept, Scribe } from "./scribe.ts";
import { changesSince } from "./trend.ts";

export interface JudgeParts {
  readonly store: Store;
  readonly scribe: Scribe;
  readonly clock: Clock;
  readonly restSeconds: number;
  readonly simulated: boolean;
}

/** What is new about a visit. */
export interface News {
  readonly entries: readonly NewEntry[];
  /** Just accepted; its kind is judged. */
  readonly measured?: Measurement;
  /** Just said; everything that was measured is judged anew. */
  readonly answers?: Answers;
}

/**
 * Keeps what changes the judgement of a visit together with that judgement. One after the other: an answer that comes while
 * a number is being accepted is not forgotten by either.
 */
export class Judge {
  readonly #parts: JudgeParts;
  #line: Promise<unknown> = Promise.resolve();

  constructor(parts: JudgeParts) {
    this.#parts = parts;
  }

  /** All in one transaction. Rejects with `StoreFault` where the visit cannot be read. */
  keep(visit: OpenVisit, news: News): Promise<Kept> {
    const kept = this.#line.then(() => this.#keep(visit, news));
    this.#line = kept.catch(() => undefined);
    return kept;
  }

  /**
   * The context of a measurement that begins now. What the page says of this one goes before the answers of the visit; how
   * long the person has been sitting, and that a device measures, is the station's own knowledge.
   */
  async contextOf(visit: string, of: MeasurementKind, said: Measurement["context"]): Promise<Measurement["context"]> {
    const { entered: _not, startedAt: _when, seatedSeconds: _sat, ...own } = said;
    if (of !== "bloodPressure") return own;
    const { store, clock } = this.#parts;
    const story = await store.entriesOfVisit(visit);
    const now = clock.now();
    return { ...answeredIn(answersIn(story)), ...own, ...timesAt(seatedIn(story), now) };
  }

  /** How grave the visit would be with a number that nobody said is right, 0 to 4. */
  async severityWith(visit: OpenVisit, heard: Measurement): Promise<number> {
    const story = await this.#parts.store.entriesOfVisit(visit.id);
    const accepted = story.flatMap((entry) => bodyOf(entry, "measurement.accepted") ?? []);
    const made = await this.#judge(heard.of, visit, [...accepted, heard], answersIn(story), story);
    return Math.max(0, ...made.assessments.map(({ severity }) => severity), made.overall?.severity ?? 0);
  }

  async #keep(visit: OpenVisit, { entries, measured, answers }: News): Promise<Kept> {
    const { store, scribe } = this.#parts;
    const story = await store.entriesOfVisit(visit.id);
    const measurements = [
      ...story.flatMap((entry) => bodyOf(entry, "measurement.accepted") ?? []),
      ...(measured === undefined ? [] : [measured]),
    ];
    const kinds = measured === undefined ? [...new Set(measurements.map(({ of }) => of))] : [measured.of];
    const said = together(answersIn(story), answers ?? {});
    const made = await Promise.all(kinds.map((of) => this.#judge(of, visit, measurements, said, story)));
    const about = { visit: visit.id, subject: visit.resident };
    return scribe.keep(...entries, ...made.map((body) => scribe.fact("assessment.made", body, about)));
  }

  async #judge(
    of: MeasurementKind,
    visit: OpenVisit,
    measurements: readonly Measurement[],
    answers: Answers,
    story: readonly Entry[],
  ): Promise<EntryBody<"assessment.made">> {
    const { store, clock, restSeconds, simulated } = this.#parts;
    const own = measurements.filter((measurement) => measurement.of === of);
    const before = madeOf(story, of);
    const isNew = before?.measurements.length !== own.length;
    const { resident: id } = visit;
    const resident = id === null ? undefined : await store.resident(id);
    const changes = id === null ? [] : await changesSince(store, id, visit.id, own);
    const now = clock.now();
    const arms = await armsKnown(store, { resident: id, visit: visit.id, answers, now });
    const at = {
      now,
      restSeconds,
      simulated,
      changes,
      ...(isNew ? {} : { before }),
    };
    return assessmentOf(of, measurements, { resident, answers, arms }, at);
  }
}

const madeOf = (story: readonly Entry[], of: MeasurementKind): EntryBody<"assessment.made"> | undefined =>
  story.flatMap((entry) => bodyOf(entry, "assessment.made") ?? []).findLast((made) => made.of === of);

/** The latest of each. */
export function answersIn(story: Iterable<Entry>): Answers {
  let answers: Answers = {};
  for (const entry of story) answers = together(answers, bodyOf(entry, "visit.answered") ?? {});
  return answers;
}

/** When the person sat down last, ms since 1970 UTC. */
function seatedIn(story: readonly Entry[]): number | undefined {
  const seated = story.findLast(({ type }) => type === "visit.seated");
  return seated && Date.parse(seated.heardAt);
}
