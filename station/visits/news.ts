import { replacedBy, type MessageTold } from "../../core/care/messages.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import type { NewEntry } from "../../core/journal/entry.ts";
import { derivedId } from "../consult/derived-id.ts";
import { StoreFault, type Store } from "../store/store.ts";
import type { Scribe } from "./scribe.ts";
import type { Answer, Visits } from "./visits.ts";

export type NewsCode = Extract<
  FaultCode,
  "visit.closed" | "care.unknown" | "store.failed" | "store.full" | "store.broken"
>;

export interface Told {
  readonly id: string;
  readonly visit: string;
  readonly what: "message" | "opinion";
  readonly of: string;
  readonly how: readonly ("shown" | "spoken")[];
  readonly talk?: true | undefined;
}

export interface NewsParts {
  readonly store: Pick<Store, "entry" | "messagesFor" | "arrivedFor">;
  readonly scribe: Scribe;
  readonly visits: Visits;
}

/** What came for a resident between visits: kept as told once they have heard it, so that the hub's task about it closes. */
export class VisitNews {
  readonly #parts: NewsParts;

  constructor(parts: NewsParts) {
    this.#parts = parts;
  }

  /** `care.unknown`: there is no such thing for the person of this visit, or it was told before. */
  async told(given: Told): Promise<Answer<Record<string, never>, NewsCode>> {
    const { store, scribe, visits } = this.#parts;
    const open = visits.current;
    if (open?.id !== given.visit) return { ok: false, code: "visit.closed" };
    const { resident } = open;
    if (resident === null) return { ok: false, code: "care.unknown" };
    try {
      if ((await store.entry(given.id)) !== undefined) return { ok: true, value: {} };
      const actor = { role: "resident", id: resident };
      const about = { visit: open.id, subject: resident, actor };
      const facts =
        given.what === "message"
          ? this.#message(given, await store.messagesFor(resident), (body, id) =>
              scribe.fact("message.told", body, { ...about, id }),
            )
          : (await store.arrivedFor(resident, open.id))
              .filter(({ id }) => id === given.of)
              .map(({ id: opinion }) =>
                scribe.fact("opinion.told", { opinion, how: [...given.how] }, { ...about, id: given.id }),
              );
      if (facts.length === 0) return { ok: false, code: "care.unknown" };
      const kept = await scribe.keep(...facts);
      if (!kept.ok)
        return {
          ok: false,
          code: kept.code === "store.full" || kept.code === "store.broken" ? kept.code : "store.failed",
        };
    } catch (error) {
      if (error instanceof StoreFault) return { ok: false, code: "store.failed" };
      throw error;
    }
    await visits.refresh(open.id);
    return { ok: true, value: {} };
  }

  #message(
    { id, of, how, talk }: Told,
    waiting: Awaited<ReturnType<Store["messagesFor"]>>,
    fact: (body: MessageTold, id: string) => NewEntry,
  ): readonly NewEntry[] {
    const told = waiting.find((one) => one.id === of);
    if (told === undefined) return [];
    return [
      fact({ message: of, how: [...how], ...(talk === undefined ? {} : { talk }) }, id),
      ...replacedBy(told, waiting).map((older) =>
        fact({ message: older.id, how: ["replaced"] }, derivedId("message.told", older.id)),
      ),
    ];
  }
}
