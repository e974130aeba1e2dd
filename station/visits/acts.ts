import type { TrendPoint } from "../../core/contract/visit-parts.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import type { MeasurementKind } from "../../core/domain/outcome.ts";
import type { Clock } from "../../core/domain/time.ts";
import type { EntryBody, EntryType, NewEntry } from "../../core/journal/entry.ts";
import type { Answers, NextChoice } from "../../core/journal/visit-bodies.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import { StoreFault, type Store } from "../store/store.ts";
import type { OpenVisit } from "../store/views/shapes.ts";
import type { VisitFamily } from "./family.ts";
import { enteredMeasurement, type EnterCode, type Entered } from "./entered.ts";
import type { Judge } from "./judge.ts";
import { stepTaken } from "./next-step.ts";
import type { Kept, Scribe } from "./scribe.ts";
import { trendOf } from "./trend.ts";
import type { Answer, Visits } from "./visits.ts";

type Nothing = Record<string, never>;
export type ActCode = Extract<FaultCode, "visit.closed" | "store.failed" | "store.full" | "store.broken">;

/** Under the id that the page made: a second call with it changes nothing. */
interface Given {
  readonly id: string;
  readonly visit: string;
}

export interface ActsParts {
  readonly scribe: Scribe;
  readonly visits: Visits;
  readonly store: Store;
  readonly judge: Judge;
  readonly family: Pick<VisitFamily, "mayLook">;
  readonly clock: Clock;
  readonly program: string;
  readonly simulated: boolean;
}

/** What the person of an open visit says and does besides measuring with a device. */
export class VisitActs {
  readonly #parts: ActsParts;

  constructor(parts: ActsParts) {
    this.#parts = parts;
  }

  /** Keeps one fact about the open visit. `visit.closed`: it is open no more, and nothing is kept. */
  keep<T extends EntryType>(given: Given, type: T, body: EntryBody<T>): Promise<Answer<Nothing, ActCode>> {
    return this.#act(given, (open) => this.#parts.scribe.keep(this.#fact(open, given, type, body)));
  }

  /** Of the person, and not of the visit. A guest has none. */
  async sign({ sign, ...given }: Given & { readonly sign: string }): Promise<Answer<Nothing, ActCode>> {
    const { scribe } = this.#parts;
    return this.#act(given, async ({ resident }) => {
      if (resident === null) return { ok: true };
      const actor = { role: "resident", id: resident };
      const about = { visit: null, subject: resident, actor, id: given.id };
      return scribe.keep(scribe.fact("resident.sign", { sign }, about));
    });
  }

  /** What was measured before is judged by it, too. */
  answer(given: Given & { readonly answers: Answers }): Promise<Answer<Nothing, ActCode>> {
    const { answers } = given;
    return this.#act(given, (open) =>
      this.#parts.judge.keep(open, { entries: [this.#fact(open, given, "visit.answered", answers)], answers }),
    );
  }

  async enter(given: Entered): Promise<Answer<Nothing, ActCode | EnterCode>> {
    const { clock, program, simulated, judge } = this.#parts;
    const made = enteredMeasurement(given, { now: clock.now(), program, simulated });
    if (!made.ok) return made;
    const measured = made.value;
    return this.#act(given, (open) =>
      judge.keep(open, { entries: [this.#fact(open, given, "measurement.accepted", measured)], measured }),
    );
  }

  /** Whoever looks at the picture looked at the record: that is kept before anything is shown. */
  async trend(
    visit: string,
    of: MeasurementKind,
    relative?: string,
  ): Promise<Answer<readonly TrendPoint[], "visit.closed" | "consent.notGranted" | "store.failed">> {
    const { visits, scribe, store, family } = this.#parts;
    const open = visits.current;
    if (open?.id !== visit) return { ok: false, code: "visit.closed" };
    const { resident } = open;
    const isOwn = relative === undefined || relative === resident;
    if (resident === null) return isOwn ? { ok: true, value: [] } : { ok: false, code: "consent.notGranted" };
    try {
      const subject = isOwn ? resident : await family.mayLook(relative, resident);
      if (subject === undefined) return { ok: false, code: "consent.notGranted" };
      const looked = { by: resident, role: isOwn ? "resident" : "relative", what: "trend" } as const;
      // A look at somebody else's record is no part of the visit it happened in.
      const about = { visit: isOwn ? visit : null, subject, actor: { role: looked.role, id: resident } };
      const kept = await scribe.keep(scribe.fact("record.viewed", looked, about));
      if (!kept.ok) return { ok: false, code: "store.failed" };
      return { ok: true, value: await trendOf(store, subject, of) };
    } catch (error) {
      if (error instanceof StoreFault) return { ok: false, code: "store.failed" };
      throw error;
    }
  }

  /** `zoneMinutes` of the wall clock: a day is the day on the wall. */
  async nextStep(
    given: Given & { readonly choice: NextChoice },
  ): Promise<Answer<{ readonly due?: string; readonly owner: string }, ActCode>> {
    const { visits, store, clock } = this.#parts;
    const view = visits.viewOf(given.visit);
    if (view === undefined) return { ok: false, code: "visit.closed" };
    const now = clock.now();
    const taken = stepTaken(view, given.choice, { now, zoneMinutes: -new Date(now).getTimezoneOffset() });
    const { choice, id } = given;
    const kept = await this.keep(given, "nextStep.chosen", { step: id, choice, ...taken });
    if (!kept.ok) return kept;
    // A repeat is answered as the first was.
    const entry = await store.entry(id);
    const { due, owner } = (entry && bodyOf(entry, "nextStep.chosen")) ?? taken;
    return { ok: true, value: { ...(due === undefined ? {} : { due }), owner } };
  }

  #fact<T extends EntryType>(open: OpenVisit, { id, visit }: Given, type: T, body: EntryBody<T>): NewEntry {
    const actor = { role: "resident", id: open.resident ?? "guest" };
    return this.#parts.scribe.fact(type, body, { visit, subject: open.resident, actor, id });
  }

  /** Refused when the visit is open no more; nothing is done twice. */
  async #act({ id, visit }: Given, write: (open: OpenVisit) => Promise<Kept>): Promise<Answer<Nothing, ActCode>> {
    const { visits, store } = this.#parts;
    const open = visits.current;
    if (open?.id !== visit) return { ok: false, code: "visit.closed" };
    try {
      if ((await store.entry(id)) === undefined) {
        const kept = await write(open);
        if (!kept.ok) return { ok: false, code: storeCode(kept.code) };
      }
    } catch (error) {
      if (error instanceof StoreFault) return { ok: false, code: storeCode(error.code) };
      throw error;
    }
    await visits.refresh(open.id);
    return { ok: true, value: {} };
  }
}

const storeCode = (code: string): Exclude<ActCode, "visit.closed"> =>
  code === "store.full" || code === "store.broken" ? code : "store.failed";
