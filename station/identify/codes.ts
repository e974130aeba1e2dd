import { faultOf } from "../../core/contract/line.ts";
import { consented } from "../../core/domain/consent.ts";
import { Private } from "../../core/domain/private.ts";
import type { Clock } from "../../core/domain/time.ts";
import { derivedId } from "../consult/derived-id.ts";
import type { HubClient } from "../consult/hub-client.ts";
import type { Logger } from "../log/logger.ts";
import type { WaitingCode } from "../store/persons.ts";
import type { Store } from "../store/store.ts";
import type { Scribe } from "../visits/scribe.ts";
import { Lookup } from "./lookup.ts";

/** Whose code it is. `away`: the hub cannot be asked; `tooMany`: it was asked too often. */
export type Resolved =
  | { readonly kind: "here"; readonly resident: string }
  | { readonly kind: "elsewhere" | "unknown" | "away" | "tooMany" };

/** A code that led nowhere is asked about again after this long, and given up after this long. */
const againMs = 6 * 3_600_000;
const giveUpMs = 30 * 24 * 3_600_000;
/** Without news it is looked this often whether something waits. */
const lookMs = 10 * 60_000;
/** Somebody stands at the scanner and waits. */
const answerMs = 4_000;

export interface CodesParts {
  readonly store: Pick<
    Store,
    "codesWaiting" | "dropCode" | "linkedTo" | "lookupSecret" | "resident" | "consentsOf" | "visit" | "append"
  >;
  readonly scribe: Scribe;
  readonly clock: Clock;
  readonly log: Logger;
  /** Of the open line to the hub. */
  readonly client: () => HubClient | undefined;
}

/**
 * Codes and the hub: it is asked whose a code is, and told which ones residents want to be known by. What cannot be asked or told
 * now waits on the disk, as it was given. Nothing is attached to anybody here: who is found is asked when they come.
 */
export class Codes {
  readonly #parts: CodesParts;
  readonly #askedAt = new Map<string, number>();
  #passing: Promise<void> | undefined;
  #again = false;
  readonly #gone = new AbortController();
  #cancel: () => void = () => {};

  constructor(parts: CodesParts) {
    this.#parts = parts;
    this.#look();
  }

  async resolve(code: Private<string>): Promise<Resolved> {
    const client = this.#parts.client();
    if (client === undefined) return { kind: "away" };
    const late = new AbortController();
    const cancel = this.#parts.clock.after(answerMs, () => late.abort());
    try {
      const signal = AbortSignal.any([late.signal, this.#gone.signal]);
      return await client.person.resolve({ code: code.reveal() }, { signal });
    } catch (error) {
      return { kind: faultOf(error) === "identify.tooMany" ? "tooMany" : "away" };
    } finally {
      cancel();
    }
  }

  /** There is a line, or something new waits. Done when all was looked at; never rejects. */
  kick(): Promise<void> {
    this.#again = true;
    this.#passing ??= this.#pass().finally(() => {
      this.#passing = undefined;
    });
    return this.#passing;
  }

  async close(): Promise<void> {
    this.#gone.abort();
    this.#cancel();
    await this.#passing;
  }

  #look(): void {
    this.#cancel = this.#parts.clock.after(lookMs, () => {
      void this.kick();
      this.#look();
    });
  }

  async #pass(): Promise<void> {
    try {
      while (this.#again && !this.#isClosed()) {
        this.#again = false;
        for (const waiting of await this.#parts.store.codesWaiting()) {
          if (this.#isClosed()) return;
          const goesOn = await this.#go(waiting);
          if (!goesOn) return;
        }
      }
    } catch (error) {
      // Kept where it is; the next pass finds it.
      this.#parts.log.error("codes not looked through", {
        why: error instanceof Error ? error.message : String(error),
      });
    }
  }

  /** Read anew after every wait: the compiler cannot see that `close` may have been called meanwhile. */
  #isClosed(): boolean {
    return this.#gone.signal.aborted;
  }

  /** False: there is no use in going on now. */
  #go(waiting: WaitingCode): Promise<boolean> {
    switch (waiting.what) {
      case "ask":
        return this.#ask(waiting);
      case "link":
        return this.#tell(waiting);
      case "unlink":
        return this.#takeBack(waiting);
    }
  }

  /** Whatever was agreed to: what the hub was told before, it is told not to know any more. */
  async #takeBack({ id, about: resident, code: link }: WaitingCode): Promise<boolean> {
    const line = this.#parts.client();
    if (line === undefined) return false;
    try {
      await line.person.unlink({ id, resident, link }, { signal: this.#gone.signal });
    } catch (error) {
      if (faultOf(error) !== "identify.notFound") return false;
      // A resident that the hub has never heard of: there is nothing to take back.
    }
    await this.#parts.store.dropCode(id);
    return true;
  }

  async #tell({ id, about: resident, code }: WaitingCode): Promise<boolean> {
    const { store, client } = this.#parts;
    // Who took the consent back is not told of.
    if (consented(await store.consentsOf(resident), "send") === undefined) {
      await store.dropCode(id);
      return true;
    }
    const line = client();
    if (line === undefined) return false;
    try {
      await line.person.link({ id, resident, code }, { signal: this.#gone.signal });
    } catch (error) {
      // The registration itself may still be on its way.
      return faultOf(error) === "identify.notFound";
    }
    await store.dropCode(id);
    return true;
  }

  async #ask({ id, about: visit, code, keptAt }: WaitingCode): Promise<boolean> {
    const { store, clock } = this.#parts;
    if ((await store.visit(visit)) === undefined) {
      await store.dropCode(id);
      return true;
    }
    const own = new Private(code);
    const linked = await store.linkedTo(new Lookup(await store.lookupSecret()).code(own));
    if (linked !== undefined) return this.#found(id, visit, linked);
    const asked = this.#askedAt.get(id);
    if (asked !== undefined && clock.monotonic() - asked < againMs) return true;
    const answer = await this.resolve(own);
    if (answer.kind === "away" || answer.kind === "tooMany") return false;
    this.#askedAt.set(id, clock.monotonic());
    if (answer.kind === "here" && (await store.resident(answer.resident)) !== undefined)
      return this.#found(id, visit, answer.resident);
    return clock.now() - keptAt < giveUpMs || this.#found(id, visit, null);
  }

  async #found(id: string, visit: string, resident: string | null): Promise<boolean> {
    const { store, scribe } = this.#parts;
    const about = { visit: null, subject: null, id: derivedId("visit.resolved", id) };
    const kept = await scribe.keep(scribe.fact("visit.resolved", { visit, resident }, about));
    if (!kept.ok) return false;
    await store.dropCode(id);
    this.#askedAt.delete(id);
    return true;
  }
}
