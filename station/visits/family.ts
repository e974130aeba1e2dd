import type { FamilyView, Relative } from "../../core/contract/visit-parts.ts";
import { consented, keptAs, type KeptSubject } from "../../core/domain/consent.ts";
import type { EntryBody } from "../../core/journal/entry.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import { StoreFault, type Store } from "../store/store.ts";
import type { OpenVisit } from "../store/views/shapes.ts";
import type { Admitted, Answer, Visits } from "./visits.ts";
import type { Kept, Scribe } from "./scribe.ts";
import { saidBody } from "./arrival.ts";
import { shownName } from "../../core/domain/shown-name.ts";

/** The last looks that the owner of a record is shown. */
const mostLooks = 12;

type StoreCode = "store.failed" | "store.full" | "store.broken";
export type GrantCode = "visit.closed" | "identify.expired" | "identify.notFound" | StoreCode;

export interface FamilyParts {
  readonly store: Store;
  readonly scribe: Scribe;
  readonly visits: Visits;
  /** Who was recognized beside the owner of the visit. */
  readonly admit: (token: string) => Promise<Answer<Admitted, "wire.badInput" | "identify.expired">>;
}

/**
 * Who may look at whose record. A right is given in the owner's own visit to a relative who was recognized beside them, rests
 * on the owner's consent to share, and is worth nothing once either was taken back.
 */
export class VisitFamily {
  readonly #parts: FamilyParts;

  constructor(parts: FamilyParts) {
    this.#parts = parts;
  }

  /** `identify.notFound`: the relative is not registered here, or is the owner; or the owner is a guest. */
  async grant(given: {
    readonly id: string;
    readonly visit: string;
    readonly token: string;
    readonly why: EntryBody<"family.granted">["why"];
  }): Promise<Answer<Relative, GrantCode>> {
    return this.#named(given.visit, async (open, subject) => {
      const { store, scribe, admit } = this.#parts;
      // A repeat of what is kept already: its token is spent.
      const before = await store.entry(given.id);
      const kept = before && bodyOf(before, "family.granted");
      if (kept !== undefined) return this.#relative(kept.to, kept.why);
      const admitted = await admit(given.token);
      if (!admitted.ok) return { ok: false, code: "identify.expired" };
      const { who, spend } = admitted.value;
      if (who.kind !== "known" || who.resident === subject) return { ok: false, code: "identify.notFound" };
      const about = { visit: open.id, subject, actor: { role: "resident", id: subject } };
      const shares = consented(await store.consentsOf(subject), "family") !== undefined;
      const fact = scribe.fact("family.granted", { to: who.resident, why: given.why }, { ...about, id: given.id });
      const written = await scribe.keep(
        ...(shares ? [] : [scribe.fact("consent.given", saidBody("family", "touch"), about)]),
        fact,
      );
      if (!written.ok) return refused(written);
      spend();
      return this.#relative(who.resident, given.why);
    });
  }

  end(given: { readonly id: string; readonly visit: string; readonly relative: string }) {
    return this.#named(given.visit, async (open, subject): Promise<Answer<Record<string, never>, GrantCode>> => {
      const { scribe, store } = this.#parts;
      const about = { visit: open.id, subject, actor: { role: "resident", id: subject }, id: given.id };
      if ((await store.entry(given.id)) !== undefined) return { ok: true, value: {} };
      const kept = await scribe.keep(scribe.fact("family.ended", { to: given.relative }, about));
      return kept.ok ? { ok: true, value: {} } : refused(kept);
    });
  }

  view(visit: string): Promise<Answer<FamilyView, GrantCode>> {
    return this.#named(visit, async (_open, subject) => {
      const { store } = this.#parts;
      const grants = await store.grantsAround(subject);
      const mine = grants.filter(({ owner }) => owner === subject);
      const theirs = await Promise.all(
        grants.map(async ({ owner, why }) =>
          owner !== subject && (await this.mayLook(owner, subject)) !== undefined ? [{ id: owner, why }] : [],
        ),
      );
      const looks = await store.looksAt(subject, mostLooks);
      return {
        ok: true,
        value: {
          granted: await this.#withNames(mine.map(({ relative, why }) => ({ id: relative, why }))),
          mayLookAt: await this.#withNames(theirs.flat()),
          looks: await Promise.all(
            looks.map(async ({ at, by, role }) => ({
              at,
              role,
              ...(by === null ? {} : { shownName: await this.#shown(by) }),
              self: by === subject,
            })),
          ),
        },
      };
    });
  }

  /** The owner as somebody whose record `by` may look at; undefined without a standing right and the owner's consent. */
  async mayLook(owner: string, by: string): Promise<KeptSubject | undefined> {
    const { store } = this.#parts;
    const facts = await store.consentsOf(owner);
    const keep = consented(facts, "keep");
    const grants = await store.grantsAround(owner);
    const holds = grants.some((grant) => grant.owner === owner && grant.relative === by);
    return holds && keep !== undefined && consented(facts, "family") !== undefined ? keptAs(owner, keep) : undefined;
  }

  async #withNames(all: readonly Omit<Relative, "shownName">[]): Promise<Relative[]> {
    return Promise.all(all.map(async (one) => ({ ...one, shownName: await this.#shown(one.id) })));
  }

  async #shown(resident: string): Promise<string> {
    const known = await this.#parts.store.resident(resident);
    return known === undefined ? "" : shownName(known.name);
  }

  async #relative(id: string, why: Relative["why"]): Promise<Answer<Relative, never>> {
    return { ok: true, value: { id, why, shownName: await this.#shown(id) } };
  }

  /** Only somebody who is recognized has a family here. */
  async #named<T, C extends GrantCode>(
    visit: string,
    work: (open: OpenVisit, subject: KeptSubject) => Promise<Answer<T, C>>,
  ): Promise<Answer<T, GrantCode>> {
    const open = this.#parts.visits.current;
    if (open?.id !== visit) return { ok: false, code: "visit.closed" };
    if (open.resident === null) return { ok: false, code: "identify.notFound" };
    try {
      return await work(open, open.resident);
    } catch (error) {
      if (error instanceof StoreFault) return { ok: false, code: "store.failed" };
      throw error;
    }
  }
}

function refused({ code }: Extract<Kept, { readonly ok: false }>): { readonly ok: false; readonly code: StoreCode } {
  return { ok: false, code: code === "store.full" || code === "store.broken" ? code : "store.failed" };
}
