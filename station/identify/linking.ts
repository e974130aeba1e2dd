import type { LinksView } from "../../core/contract/visit-parts.ts";
import { consented } from "../../core/domain/consent.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import { Private } from "../../core/domain/private.ts";
import type { Clock } from "../../core/domain/time.ts";
import type { IdentityWay } from "../../core/journal/visit-bodies.ts";
import type { DeviceTable } from "../devices/table.ts";
import type { Logger } from "../log/logger.ts";
import { StoreFault, type Store } from "../store/store.ts";
import type { Scribe } from "../visits/scribe.ts";
import type { Answer, Visits } from "../visits/visits.ts";
import { Lookup } from "./lookup.ts";
import { Readers } from "./readers.ts";

/** So long a code is waited for. */
const waitMs = 60_000;

export type LinkCode =
  | "visit.closed"
  | "identify.expired"
  | "identify.codeTaken"
  | "identify.noCode"
  | "store.failed"
  | "store.full"
  | "store.broken";
type Linked = Answer<Record<string, never>, LinkCode>;
type WriteCode = Extract<LinkCode, `store.${string}`>;
export type UnlinkCode = WriteCode | "visit.closed" | "care.unknown";

const writeCode = (code: FaultCode): WriteCode =>
  code === "store.full" || code === "store.broken" ? code : "store.failed";

export interface LinkingParts {
  readonly store: Pick<
    Store,
    "entry" | "linkedTo" | "linksOf" | "lookupSecret" | "consentsOf" | "putCode" | "dropCode"
  >;
  readonly scribe: Scribe;
  readonly clock: Clock;
  readonly log: Logger;
  readonly table: DeviceTable;
  readonly visits: Visits;
  /** The last four of the card that opened the visit; undefined where it was no card. */
  readonly lastFour: () => Private<string> | undefined;
  /** A code waits to be told to the hub. */
  readonly onCode: () => void;
}

interface Given {
  /** Of the linking: a repeat is the same. */
  readonly id: string;
  readonly visit: string;
}

/**
 * Who came by card may come by phone or code from then on. What is linked leads to this record alone: with a phone it is the
 * number and the card's last four together; a code that is somebody else's here is refused.
 */
export class Linking {
  readonly #parts: LinkingParts;
  #waiting: (() => void) | undefined;

  constructor(parts: LinkingParts) {
    this.#parts = parts;
  }

  phone(given: Given & { readonly phone: string }): Promise<Linked> {
    return this.#byCard(given, (lookup, lastFour) =>
      this.#keep(given, "phone", lookup.phone(new Private(given.phone), lastFour)),
    );
  }

  /** Waits for the next code before a scanner, a minute at most (`identify.noCode`), or until `signal`. */
  code(given: Given, signal?: AbortSignal): Promise<Linked> {
    return this.#byCard(given, async (lookup) => {
      const code = await this.#scanned(signal);
      return code === undefined
        ? { ok: false, code: "identify.noCode" }
        : this.#keep(given, "code", lookup.code(code), code);
    });
  }

  /** By what the person of this visit is found again. Hashes do not leave the host. */
  async ways(visit: string): Promise<Answer<LinksView, "visit.closed" | "store.failed">> {
    const open = this.#parts.visits.current;
    if (open?.id !== visit) return { ok: false, code: "visit.closed" };
    if (open.resident === null) return { ok: true, value: { links: [], byCard: false } };
    try {
      const links = await this.#parts.store.linksOf(open.resident);
      const byCard = this.#parts.lastFour() !== undefined;
      return { ok: true, value: { links: links.map(({ id, way, at }) => ({ id, way, at })), byCard } };
    } catch (error) {
      if (error instanceof StoreFault) return { ok: false, code: "store.failed" };
      throw error;
    }
  }

  /** From now on it leads to nobody; the hub is told, too. A card stays what its holder is known by (`care.unknown`). */
  async unlink({
    id,
    visit,
    link,
  }: Given & { readonly link: string }): Promise<Answer<Record<string, never>, UnlinkCode>> {
    const { store, scribe, clock, visits, onCode } = this.#parts;
    const open = visits.current;
    if (open?.id !== visit) return { ok: false, code: "visit.closed" };
    const { resident } = open;
    if (resident === null) return { ok: false, code: "care.unknown" };
    try {
      if ((await store.entry(id)) !== undefined) return { ok: true, value: {} };
      const known = (await store.linksOf(resident)).find((one) => one.id === link);
      if (known === undefined || known.way === "card") return { ok: false, code: "care.unknown" };
      const { way, key } = known;
      // Before the fact: a taking back of what was never told is harmless, one that is forgotten is not.
      if (way === "code") {
        await store.dropCode(link);
        await store.putCode({ id, what: "unlink", about: resident, code: link, keptAt: clock.now() });
      }
      const about = { visit, subject: resident, actor: { role: "resident", id: resident }, id };
      const kept = await scribe.keep(scribe.fact("resident.unlinked", { resident, link, way, key }, about));
      if (!kept.ok) return { ok: false, code: writeCode(kept.code) };
      if (way === "code") onCode();
      return { ok: true, value: {} };
    } catch (error) {
      if (error instanceof StoreFault) return { ok: false, code: "store.failed" };
      throw error;
    }
  }

  close(): void {
    this.#waiting?.();
  }

  async #byCard(
    { visit }: Given,
    work: (lookup: Lookup, lastFour: Private<string>) => Promise<Linked>,
  ): Promise<Linked> {
    const open = this.#parts.visits.current;
    if (open?.id !== visit) return { ok: false, code: "visit.closed" };
    const lastFour = this.#parts.lastFour();
    if (open.resident === null || lastFour === undefined) return { ok: false, code: "identify.expired" };
    try {
      return await work(new Lookup(await this.#parts.store.lookupSecret()), lastFour);
    } catch (error) {
      if (error instanceof StoreFault) return { ok: false, code: "store.failed" };
      throw error;
    }
  }

  async #keep({ id, visit }: Given, way: IdentityWay, key: string, code?: Private<string>): Promise<Linked> {
    const { store, scribe, clock, visits, onCode } = this.#parts;
    const open = visits.current;
    // While a code was waited for, the person may have gone.
    if (open?.id !== visit || open.resident === null) return { ok: false, code: "visit.closed" };
    const resident = open.resident;
    if ((await store.entry(id)) !== undefined) return { ok: true, value: {} };
    const owner = await store.linkedTo(key);
    if (owner === resident) return { ok: true, value: {} };
    if (owner !== undefined) return { ok: false, code: "identify.codeTaken" };
    const sends = code !== undefined && consented(await store.consentsOf(resident), "send") !== undefined;
    if (sends) await store.putCode({ id, what: "link", about: resident, code: code.reveal(), keptAt: clock.now() });
    const about = { visit, subject: resident, actor: { role: "resident", id: resident }, id };
    const kept = await scribe.keep(scribe.fact("resident.linked", { resident, way, key }, about));
    if (!kept.ok) return { ok: false, code: writeCode(kept.code) };
    if (sends) onCode();
    return { ok: true, value: {} };
  }

  #scanned(signal: AbortSignal | undefined): Promise<Private<string> | undefined> {
    this.#waiting?.();
    const { table, clock, log } = this.#parts;
    return new Promise((done) => {
      const end = (code?: Private<string>): void => {
        cancel();
        readers.stop();
        signal?.removeEventListener("abort", leave);
        if (this.#waiting === leave) this.#waiting = undefined;
        done(code);
      };
      const leave = (): void => end();
      const cancel = clock.after(waitMs, leave);
      const readers = new Readers({
        table,
        clock,
        log,
        hear: (word) => {
          if (word.kind === "scan") end(word.text);
        },
      });
      this.#waiting = leave;
      signal?.addEventListener("abort", leave);
    });
  }
}
