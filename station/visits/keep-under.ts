import { consented, consentVersion, keptAs, type ConsentFacts } from "../../core/domain/consent.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import { instant, type Clock } from "../../core/domain/time.ts";
import { derivedId } from "../consult/derived-id.ts";
import { StoreFault, type Store } from "../store/store.ts";
import { registration, saidBody } from "./arrival.ts";
import { newId, type Scribe } from "./scribe.ts";
import type { Admitted, Answer, Visits } from "./visits.ts";

type StoreCode = "store.failed" | "store.full" | "store.broken";
export type KeepCode = "visit.closed" | "identify.expired" | "care.unknown" | StoreCode;

export interface KeepUnderParts {
  readonly store: Pick<Store, "entry" | "visit" | "consentsOf">;
  readonly scribe: Scribe;
  readonly visits: Visits;
  readonly clock: Pick<Clock, "now">;
  readonly simulated: boolean;
  /** Who was recognized in the guest's visit. */
  readonly admit: (token: string) => Promise<Answer<Admitted, "wire.badInput" | "identify.expired">>;
}

/**
 * A guest may still want what was measured kept: by their card, as long as the visit is open, and never after it. The visit stays
 * a guest's; beside it stands whose it was. Without that a guest's numbers are counted and are nobody's, for good.
 */
export class KeepUnder {
  readonly #parts: KeepUnderParts;
  /** The last guest's visit that was kept under a name: it is nobody else's any more. */
  #kept: string | undefined;

  constructor(parts: KeepUnderParts) {
    this.#parts = parts;
  }

  /** `care.unknown`: the visit has a name. */
  async keep(given: {
    readonly id: string;
    readonly visit: string;
    readonly token: string;
  }): Promise<Answer<Record<string, never>, KeepCode>> {
    const { store, visits, scribe } = this.#parts;
    const open = visits.current;
    if (open?.id !== given.visit) return { ok: false, code: "visit.closed" };
    try {
      if ((await store.entry(given.id)) !== undefined) return { ok: true, value: {} };
      if (this.#kept === open.id || (await store.visit(open.id))?.kind !== "guest")
        return { ok: false, code: "care.unknown" };
      const admitted = await this.#parts.admit(given.token);
      if (!admitted.ok || admitted.value.who.kind === "guest") return { ok: false, code: "identify.expired" };
      const { who, spend } = admitted.value;
      const facts = await this.#facts(who.kind === "known" ? who.resident : undefined, given.id);
      const { entries } = facts;
      const keep = consented(facts.consents, "keep");
      if (keep === undefined) throw new Error("who lays the card and says yes agrees");
      const subject = keptAs(who.kind === "known" ? who.resident : newId(), keep);
      const about = { visit: null, subject, actor: { role: "resident", id: subject } };
      const kept = await scribe.keep(
        ...(who.kind === "new" ? registration(subject, who, this.#parts.simulated, scribe) : []),
        ...entries.map((id) => scribe.fact("consent.given", saidBody("keep", "touch"), { ...about, id })),
        scribe.fact("visit.claimed", { visit: open.id, mine: true, by: "card" }, { ...about, id: given.id }),
      );
      if (!kept.ok) return { ok: false, code: storeCode(kept.code) };
      this.#kept = open.id;
      spend();
      return { ok: true, value: {} };
    } catch (error) {
      if (error instanceof StoreFault) return { ok: false, code: "store.failed" };
      throw error;
    }
  }

  /** What they agreed to, with what they agree to now; `entries`: the ids that this is kept under. */
  async #facts(
    resident: string | undefined,
    of: string,
  ): Promise<{ readonly consents: ConsentFacts; readonly entries: readonly string[] }> {
    const known = resident === undefined ? {} : await this.#parts.store.consentsOf(resident);
    if (consented(known, "keep") !== undefined) return { consents: known, entries: [] };
    const entry = derivedId("consent.given", of);
    const at = instant(this.#parts.clock.now());
    return { consents: { ...known, keep: { given: true, version: consentVersion, entry, at } }, entries: [entry] };
  }
}

const storeCode = (code: FaultCode): StoreCode =>
  code === "store.full" || code === "store.broken" ? code : "store.failed";
