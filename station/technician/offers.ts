import { createHash } from "node:crypto";
import type { OfferKind, OffersView } from "../../core/contract/technician-offers.ts";
import type { RefusedProfile } from "../../core/contract/technician-devices.ts";
import type { OfferShelf } from "../services/offers.ts";
import type { RefusedProfile as Refused } from "../profiles/refusal.ts";
import type { Scribe } from "../visits/scribe.ts";
import type { Answer } from "../visits/visits.ts";
import type { Person } from "./sessions.ts";
import { aboutStaff, keptCode, type KeptCode } from "./staff.ts";

export interface OfferDeskParts {
  readonly scribe: Pick<Scribe, "fact" | "keep">;
  readonly shelf: OfferShelf;
  /** Files are refused that were not before, or the other way round. */
  readonly onChange: () => void;
}

interface Asked {
  readonly id: string;
  readonly kind: OfferKind;
  readonly text: string;
  readonly first: boolean;
}
type Kept =
  | { readonly kept: true; readonly item: string; readonly view: OffersView }
  | { readonly kept: false; readonly refused: RefusedProfile };

const plain = ({ file, problems }: Refused): RefusedProfile => ({
  file,
  problems: problems.map((problem) => ({ ...problem })),
});

/** Hospitals and packages in the hands of staff: each change an entry, in force at once, and again after a restart. */
export class OfferDesk {
  readonly #parts: OfferDeskParts;

  constructor(parts: OfferDeskParts) {
    this.#parts = parts;
  }

  async look(): Promise<OffersView> {
    await this.#parts.shelf.look();
    return this.#seen();
  }

  async keep(person: Person, { id, kind, text, first }: Asked): Promise<Answer<Kept, KeptCode>> {
    const kept = await this.#parts.shelf.keep(kind, text, first);
    if (!kept.ok && "code" in kept) return { ok: false, code: kept.code };
    if (!kept.ok) return { ok: true, value: { kept: false, refused: plain(kept.refused) } };
    const { item, name } = kept;
    const sha256 = createHash("sha256").update(kept.text).digest("hex");
    const noted = await this.#keep("offer.kept", { kind, item, name, sha256 }, { ...aboutStaff(person), id });
    return noted.ok ? { ok: true, value: { kept: true, item, view: this.#seen() } } : noted;
  }

  async remove(person: Person, id: string, kind: OfferKind, item: string): Promise<Answer<OffersView, KeptCode>> {
    const taken = await this.#parts.shelf.remove(kind, item);
    if (!taken.ok) return taken;
    const { name } = taken;
    if (name === undefined) return { ok: true, value: this.#seen() };
    const noted = await this.#keep("offer.removed", { kind, item, name }, { ...aboutStaff(person), id });
    return noted.ok ? { ok: true, value: this.#seen() } : noted;
  }

  async setAside(person: Person, id: string, file: string): Promise<Answer<OffersView, KeptCode>> {
    const taken = await this.#parts.shelf.setAside(file);
    if (!taken.ok) return taken;
    if (taken.name === undefined) return { ok: true, value: this.#seen() };
    const noted = await this.#keep("offer.setAside", { file }, { ...aboutStaff(person), id });
    return noted.ok ? { ok: true, value: this.#seen() } : noted;
  }

  #seen(): OffersView {
    const { shelf, onChange } = this.#parts;
    onChange();
    const { offers, isOwn, refused } = shelf;
    const from = (kind: OfferKind) => (isOwn[kind] ? "own" : "shipped");
    return {
      hospitals: offers.hospitals.map((value) => ({ value, from: from("hospital") })),
      packages: offers.packages.map((value) => ({ value, from: from("package") })),
      refused: refused.map(plain),
    };
  }

  async #keep(...fact: Parameters<Scribe["fact"]>): Promise<Answer<null, KeptCode>> {
    const { scribe } = this.#parts;
    const kept = await scribe.keep(scribe.fact(...fact));
    return kept.ok ? { ok: true, value: null } : { ok: false, code: keptCode(kept.code) };
  }
}
