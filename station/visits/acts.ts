import type { EntryBody, EntryType } from "../../core/journal/entry.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import type { Scribe } from "./scribe.ts";
import type { Answer, Visits } from "./visits.ts";

type Nothing = Record<string, never>;
type ActCode = Extract<FaultCode, "visit.closed" | "store.failed" | "store.full" | "store.broken">;

/** What the person of an open visit says and does besides measuring: each one an entry under the id that the page made. */
export class VisitActs {
  readonly #scribe: Scribe;
  readonly #visits: Visits;

  constructor(scribe: Scribe, visits: Visits) {
    this.#scribe = scribe;
    this.#visits = visits;
  }

  /** Keeps one fact about the open visit. `visit.closed`: it is open no more, and nothing is kept. */
  async keep<T extends EntryType>(
    given: { readonly id: string; readonly visit: string },
    type: T,
    body: EntryBody<T>,
  ): Promise<Answer<Nothing, ActCode>> {
    const open = this.#visits.current;
    if (open?.id !== given.visit) return { ok: false, code: "visit.closed" };
    const actor = { role: "resident", id: open.resident ?? "guest" };
    const about = { visit: open.id, subject: open.resident, actor, id: given.id };
    const kept = await this.#scribe.keep(this.#scribe.fact(type, body, about));
    if (!kept.ok)
      return {
        ok: false,
        code: kept.code === "store.full" || kept.code === "store.broken" ? kept.code : "store.failed",
      };
    await this.#visits.refresh(open.id);
    return { ok: true, value: {} };
  }
}
