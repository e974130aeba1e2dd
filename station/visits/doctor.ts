import { contractVersion, mayContract, type ContractAct } from "../../core/care/contract-act.ts";
import type { DoctorView } from "../../core/contract/visit-doctor.ts";
import { consented, type KeptSubject } from "../../core/domain/consent.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import type { Helper, IdentityWay } from "../../core/journal/visit-bodies.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import { StoreFault, type Store } from "../store/store.ts";
import type { OpenVisit } from "../store/views/shapes.ts";
import { saidBody } from "./arrival.ts";
import type { Scribe } from "./scribe.ts";
import type { Answer, Visits } from "./visits.ts";

export type DoctorCode = Extract<
  FaultCode,
  | "visit.closed"
  | "identify.notFound"
  | "identify.cardNeeded"
  | "care.unknown"
  | "store.failed"
  | "store.full"
  | "store.broken"
>;
type Done = Answer<Record<string, never>, DoctorCode>;

interface Given {
  /** Made by the page: a repeat changes nothing. */
  readonly id: string;
  readonly visit: string;
  readonly act: ContractAct;
}

export interface DoctorParts {
  readonly store: Pick<Store, "entry" | "entriesOfVisit" | "contractsOf" | "team" | "consentsOf">;
  readonly scribe: Scribe;
  readonly visits: Visits;
  /** Somebody looks at the list: it may be asked for anew. */
  readonly onLook: () => void;
}

/**
 * The family doctor of the person who sits here. What they choose and leave is kept in the journal at once and goes to the hub with
 * it; the hub believes nothing else. Nobody but the person of an open, named visit comes past this door.
 */
export class VisitDoctor {
  readonly #parts: DoctorParts;

  constructor(parts: DoctorParts) {
    this.#parts = parts;
  }

  view(visit: string): Promise<Answer<DoctorView, DoctorCode>> {
    return this.#named(visit, async (open, subject) => {
      const { store, onLook } = this.#parts;
      onLook();
      const all = await store.contractsOf(subject);
      const active = all.find(({ state }) => state === "active");
      const last = all.find(({ state }) => state === "asked") ?? all[0];
      const asked = last?.state === "asked" || last?.state === "declined" ? last : undefined;
      const who = await this.#recognized(open);
      const value = {
        ...(active === undefined ? {} : { active }),
        ...(asked === undefined ? {} : { asked }),
        team: [...(await store.team())],
        mayChoose: who !== undefined && mayContract(who.way, who.helper),
      };
      return { ok: true, value };
    });
  }

  choose(given: Given & { readonly doctor: string; readonly language: "zh-CN" | "en" }): Promise<Done> {
    return this.#named(given.visit, async (open, subject) => {
      const { store, scribe } = this.#parts;
      const { id, act, language } = given;
      if ((await store.entry(id)) !== undefined) return { ok: true, value: {} };
      const who = await this.#recognized(open);
      if (who === undefined || !mayContract(who.way, who.helper)) return { ok: false, code: "identify.cardNeeded" };
      const doctor = (await store.team()).find((one) => one.id === given.doctor && one.role === "doctor");
      if (doctor === undefined) return { ok: false, code: "care.unknown" };
      const about = { visit: open.id, subject, actor: { role: "resident", id: subject } };
      const sends = consented(await store.consentsOf(subject), "send") !== undefined;
      const way = who.helper === undefined ? (act === "key" ? "key" : "touch") : "helper";
      return this.#kept(
        await scribe.keep(
          ...(sends ? [] : [scribe.fact("consent.given", saidBody("send", way), about)]),
          scribe.fact(
            "contract.asked",
            {
              contract: id,
              doctor: { id: doctor.id, name: doctor.name, org: doctor.orgName },
              act,
              identity: who.way,
              ...(who.helper === undefined ? {} : { helper: who.helper }),
              text: contractVersion,
              language,
            },
            { ...about, id },
          ),
        ),
      );
    });
  }

  end(given: Given & { readonly contract: string }): Promise<Done> {
    return this.#named(given.visit, async (open, subject) => {
      const { store, scribe } = this.#parts;
      const { id, contract, act } = given;
      if ((await store.entry(id)) !== undefined) return { ok: true, value: {} };
      const there = (await store.contractsOf(subject)).find((one) => one.id === contract);
      if (there?.state !== "asked" && there?.state !== "active") return { ok: false, code: "care.unknown" };
      const helper = (await this.#recognized(open))?.helper;
      const body = { contract, act, ...(helper === undefined ? {} : { helper }) };
      const about = { visit: open.id, subject, actor: { role: "resident", id: subject }, id };
      return this.#kept(await scribe.keep(scribe.fact("contract.ended", body, about)));
    });
  }

  /** How the person was recognized in this visit, and who operates now. */
  async #recognized({
    id,
    resident,
  }: OpenVisit): Promise<{ readonly way: IdentityWay; readonly helper: Helper | undefined } | undefined> {
    const said = (await this.#parts.store.entriesOfVisit(id)).flatMap((entry) =>
      entry.subject === resident ? (bodyOf(entry, "resident.recognized") ?? []) : [],
    );
    const way = said.findLast((one) => one.way !== undefined)?.way;
    return way === undefined ? undefined : { way, helper: said.at(-1)?.helper };
  }

  #kept(kept: Awaited<ReturnType<Scribe["keep"]>>): Done {
    if (kept.ok) return { ok: true, value: {} };
    return { ok: false, code: kept.code === "store.full" || kept.code === "store.broken" ? kept.code : "store.failed" };
  }

  async #named<T>(
    visit: string,
    work: (open: OpenVisit, subject: KeptSubject) => Promise<Answer<T, DoctorCode>>,
  ): Promise<Answer<T, DoctorCode>> {
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
