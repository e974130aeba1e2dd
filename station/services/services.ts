import { medicinesOn } from "../../core/care/medicine.ts";
import { packagesFor } from "../../core/care/packages.ts";
import type { Wanted } from "../../core/care/wish.ts";
import type { ServicePage, ServicesView } from "../../core/contract/visit-services.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import type { Clock } from "../../core/domain/time.ts";
import type { Resident } from "../../core/journal/entry.ts";
import { StoreFault, type Store } from "../store/store.ts";
import type { PrintAsked, PrintAnswer, Takeaway } from "../takeaway/takeaway.ts";
import type { VisitActs } from "../visits/acts.ts";
import type { Answer, Visits } from "../visits/visits.ts";
import type { Offers } from "./offers.ts";
import { pageOnPaper } from "./on-paper.ts";

export type WishCode = Extract<
  FaultCode,
  "visit.closed" | "care.unknown" | "store.failed" | "store.full" | "store.broken"
>;

export interface ServicesParts {
  readonly store: Pick<Store, "resident" | "medicinesOf" | "wishesOf">;
  readonly visits: Pick<Visits, "current">;
  readonly acts: Pick<VisitActs, "keep">;
  readonly takeaway: Pick<Takeaway, "print">;
  readonly clock: Clock;
  readonly offers: () => Offers;
}

interface Asked {
  readonly id: string;
  readonly visit: string;
  readonly wanted: Wanted;
}

/** The resident's services beside measuring: all of it from this station's own copy. */
export class VisitServices {
  readonly #parts: ServicesParts;

  constructor(parts: ServicesParts) {
    this.#parts = parts;
  }

  async view(visit: string): Promise<Answer<ServicesView, "visit.closed" | "store.failed">> {
    const { store, visits, clock, offers } = this.#parts;
    const open = visits.current;
    if (open?.id !== visit) return { ok: false, code: "visit.closed" };
    const now = clock.now();
    const { packages, hospitals } = offers();
    try {
      const { resident: id } = open;
      const resident = id === null ? undefined : await store.resident(id);
      const zoneMinutes = -new Date(now).getTimezoneOffset();
      return {
        ok: true,
        value: {
          medicines:
            id === null
              ? []
              : (await store.medicinesOf(id)).flatMap((told) => [...medicinesOn(told, now, zoneMinutes)]),
          wishes: id === null ? [] : [...(await store.wishesOf(id))],
          packages: [...packagesFor(packages, factsOf(resident, now))],
          hospitals: [...hospitals],
        },
      };
    } catch (error) {
      if (error instanceof StoreFault) return { ok: false, code: "store.failed" };
      throw error;
    }
  }

  /** `care.unknown`: a guest, whom nobody could answer, or what is not on offer here. */
  async ask({ wanted, ...given }: Asked): Promise<Answer<Record<string, never>, WishCode>> {
    const view = await this.view(given.visit);
    if (!view.ok) return view;
    const { current } = this.#parts.visits;
    if (current === undefined || current.resident === null || !isOffered(wanted, view.value))
      return { ok: false, code: "care.unknown" };
    return this.#parts.acts.keep(given, "wish.made", { wish: given.id, wanted });
  }

  async print(asked: PrintAsked & { readonly page: ServicePage }): Promise<PrintAnswer> {
    const view = await this.view(asked.visit);
    // What cannot be read is not there to be printed.
    if (!view.ok) return { ok: false, code: "visit.closed" };
    return this.#parts.takeaway.print(asked, pageOnPaper(asked.page, view.value, asked.language));
  }
}

/** Of whom nothing is known is offered what is for everybody. */
const unknownAge = 18;
export const factsOf = (resident: Resident | undefined, now: number) => ({
  // The birthday is not known: who turns 65 this year is told of it all year.
  ageYears: resident === undefined ? unknownAge : new Date(now).getFullYear() - resident.birthYear,
  hypertension: resident?.facts.hypertension === true,
  diabetes: resident?.facts.diabetes === "yes",
  pregnant: resident?.facts.pregnant === true,
});

function isOffered(wanted: Wanted, { packages, medicines }: ServicesView): boolean {
  if (wanted.kind === "package") return packages.some(({ id }) => id === wanted.package);
  if (wanted.kind === "refill") return medicines.some(({ prescription }) => prescription === wanted.prescription);
  return true;
}
