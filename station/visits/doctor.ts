import type { Agreement } from "../../core/care/agreement.ts";
import { drawUp, explain, sign, type Ceremony } from "../../core/care/ceremony.ts";
import { contractVersion, mayContract, type ContractAct, type ContractAsked } from "../../core/care/contract-act.ts";
import { stageOf } from "../../core/care/contract.ts";
import { feeOf, packagesFor, type ServicePackage } from "../../core/care/packages.ts";
import type { DoctorContract, DoctorView, ShownContract } from "../../core/contract/visit-doctor.ts";
import { consented, type KeptSubject } from "../../core/domain/consent.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import { instant, type Clock } from "../../core/domain/time.ts";
import type { Helper, IdentityWay } from "../../core/journal/visit-bodies.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import { dayOf } from "../../core/quality/local-day.ts";
import { factsOf } from "../services/services.ts";
import { sha256 } from "../store/identity.ts";
import { StoreFault, type Store } from "../store/store.ts";
import type { OpenVisit } from "../store/views/shapes.ts";
import type { PrintAsked, PrintAnswer, Takeaway } from "../takeaway/takeaway.ts";
import { agreementOf } from "./agreement.ts";
import { agreementOnPaper } from "./agreement-paper.ts";
import { saidBody } from "./arrival.ts";
import type { Scribe } from "./scribe.ts";
import type { Answer, Visits } from "./visits.ts";

export type DoctorCode = Extract<
  FaultCode,
  | "visit.closed"
  | "care.changed"
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
  readonly store: Pick<Store, "entry" | "entriesOfVisit" | "contractsOf" | "team" | "consentsOf" | "resident">;
  readonly scribe: Scribe;
  readonly visits: Visits;
  readonly clock: Clock;
  readonly takeaway: Pick<Takeaway, "print">;
  readonly packages: () => readonly ServicePackage[];
  /** Where this station stands, and whom to call there. */
  readonly station: { readonly name: string; readonly place: string };
  readonly dutyPhone: () => string | undefined;
  /** Somebody looks at the list: it may be asked for anew. */
  readonly onLook: () => void;
}

/**
 * The family doctor of the person who sits here. What they choose and leave is kept in the journal at once and goes to the hub with
 * it; the hub believes nothing else. Nobody but the person of an open, named visit comes past this door.
 */
export class VisitDoctor {
  readonly #parts: DoctorParts;
  /** The one text that lies before the person now. */
  #ceremony: Ceremony | undefined;

  constructor(parts: DoctorParts) {
    this.#parts = parts;
  }

  view(visit: string): Promise<Answer<DoctorView, DoctorCode>> {
    return this.#named(visit, async (open, subject) => {
      const { store, onLook } = this.#parts;
      onLook();
      const all = await Promise.all((await store.contractsOf(subject)).map((one) => this.#shown(one)));
      const active = all.find(({ stage }) => stage === "active" || stage === "renewalDue");
      const last = all.find(({ stage }) => stage === "signed") ?? all[0];
      const asked = last?.stage === "signed" || last?.stage === "declined" ? last : undefined;
      const over = active === undefined && last?.stage === "ended" ? last : undefined;
      const who = await this.#recognized(open);
      const value = {
        ...(active === undefined ? {} : { active }),
        ...(asked === undefined ? {} : { asked }),
        ...(over === undefined ? {} : { over }),
        team: [...(await store.team())],
        packages: [...(await this.#packages(subject))],
        mayChoose: who !== undefined && mayContract(who.way, who.helper),
      };
      return { ok: true, value };
    });
  }

  /** The text of what could be signed, for this visit alone. */
  draw(given: {
    readonly id: string;
    readonly visit: string;
    readonly doctor: string;
    readonly package: string;
    readonly renews?: string | undefined;
  }): Promise<Answer<{ readonly agreement: Agreement; readonly hash: string }, DoctorCode>> {
    return this.#named(given.visit, async (open, subject) => {
      const { store, station, dutyPhone } = this.#parts;
      const { id: contract, renews } = given;
      const who = await this.#recognized(open);
      if (who === undefined || !mayContract(who.way, who.helper)) return { ok: false, code: "identify.cardNeeded" };
      const team = await store.team();
      const doctor = team.find((one) => one.id === given.doctor && one.role === "doctor");
      const chosen = (await this.#packages(subject)).find(({ id }) => id === given.package);
      const before =
        renews === undefined ? undefined : (await store.contractsOf(subject)).find(({ id }) => id === renews);
      const mayRenew =
        renews === undefined || (before?.doctor.id === given.doctor && this.#stage(before) === "renewalDue");
      const agreement =
        doctor && chosen && mayRenew
          ? agreementOf({
              contract,
              renews,
              resident: subject,
              doctor,
              team,
              package: chosen,
              date: dayOf(this.#parts.clock.now(), this.#zoneMinutes()),
              place: { name: station.name, place: station.place },
              dutyPhone: dutyPhone(),
            })
          : undefined;
      if (agreement === undefined) return { ok: false, code: "care.unknown" };
      this.#ceremony = drawUp(open.id, agreement, sha256);
      return { ok: true, value: { agreement, hash: this.#ceremony.hash } };
    });
  }

  /** All of it was read out. */
  explained(given: { readonly visit: string; readonly hash: string }): Promise<Done> {
    return this.#named(given.visit, async () => {
      const step = explain(this.#ceremony, { ...given, at: this.#parts.clock.now() });
      if (!step.ok) return { ok: false, code: "care.changed" };
      this.#ceremony = step.ceremony;
      return { ok: true, value: {} };
    });
  }

  /** The act itself: to the text that was read out, and to no other. */
  choose(given: Given & { readonly hash: string; readonly language: "zh-CN" | "en" }): Promise<Done> {
    return this.#named(given.visit, async (open, subject) => {
      const { store, scribe } = this.#parts;
      const { id, act, language, hash } = given;
      if ((await store.entry(id)) !== undefined) return { ok: true, value: {} };
      const who = await this.#recognized(open);
      if (who === undefined || !mayContract(who.way, who.helper)) return { ok: false, code: "identify.cardNeeded" };
      const step = sign(this.#ceremony, { visit: open.id, hash });
      if (!step.ok || step.ceremony.agreement.contract !== id || step.ceremony.agreement.resident !== subject)
        return { ok: false, code: "care.changed" };
      const { agreement, explainedAt } = step.ceremony;
      const about = { visit: open.id, subject, actor: { role: "resident", id: subject } };
      const sends = consented(await store.consentsOf(subject), "send") !== undefined;
      const way = who.helper === undefined ? (act === "key" ? "key" : "touch") : "helper";
      const kept = this.#kept(
        await scribe.keep(
          ...(sends ? [] : [scribe.fact("consent.given", saidBody("send", way), about)]),
          scribe.fact(
            "contract.asked",
            {
              contract: id,
              doctor: agreement.doctor,
              act,
              identity: who.way,
              ...(who.helper === undefined ? {} : { helper: who.helper }),
              text: contractVersion,
              language,
              agreement,
              hash,
              explainedAt: instant(explainedAt),
            },
            { ...about, id },
          ),
        ),
      );
      // Signed is signed: it is not signed once more.
      if (kept.ok) this.#ceremony = undefined;
      return kept;
    });
  }

  /** The agreement on paper; `care.unknown`: none of this person's. */
  async print(asked: PrintAsked & { readonly contract: string }): Promise<PrintAnswer | Answer<never, DoctorCode>> {
    const page = await this.#named(asked.visit, async (_open, subject) => {
      const there = (await this.#parts.store.contractsOf(subject)).find(({ id }) => id === asked.contract);
      const said = there && (await this.#asked(there.id));
      const { hash } = said?.body ?? {};
      const paper =
        there && said && hash !== undefined
          ? agreementOnPaper(await this.#shown(there), {
              hash,
              askedAt: said.at,
              language: asked.language,
              zoneMinutes: this.#zoneMinutes(),
            })
          : undefined;
      return paper === undefined ? { ok: false, code: "care.unknown" } : { ok: true, value: paper };
    });
    return page.ok ? this.#parts.takeaway.print(asked, page.value) : page;
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

  readonly #zoneMinutes = () => -new Date(this.#parts.clock.now()).getTimezoneOffset();

  readonly #stage = ({ state, until }: DoctorContract) =>
    stageOf(state, until === undefined ? undefined : Date.parse(until), this.#parts.clock.now());

  /** The entry of the act, as it was written. */
  async #asked(contract: string): Promise<{ readonly body: ContractAsked; readonly at: string } | undefined> {
    const entry = await this.#parts.store.entry(contract);
    const body = entry && bodyOf(entry, "contract.asked");
    return entry && body ? { body, at: entry.heardAt } : undefined;
  }

  async #shown(contract: DoctorContract): Promise<ShownContract> {
    const agreement = (await this.#asked(contract.id))?.body.agreement;
    return { ...contract, stage: this.#stage(contract), ...(agreement === undefined ? {} : { agreement }) };
  }

  /** Those that can be read out whole, for this person. */
  async #packages(subject: string): Promise<readonly ServicePackage[]> {
    const { store, clock, packages } = this.#parts;
    const facts = factsOf(await store.resident(subject), clock.now());
    return packagesFor(packages(), facts).filter((one) => feeOf(one) !== undefined);
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
