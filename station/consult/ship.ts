import { faultOf } from "../../core/contract/line.ts";
import type { Clock } from "../../core/domain/time.ts";
import { genesisHash, headText } from "../../core/journal/chain.ts";
import { consented, type ConsentFacts } from "../../core/domain/consent.ts";
import type { Entry } from "../../core/journal/entry.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import { isWithheld, withhold, type Shipped } from "../../core/journal/withheld.ts";
import type { Logger } from "../log/logger.ts";
import type { Store } from "../store/store.ts";
import { derivedId } from "./derived-id.ts";
import type { HubClient, HubLine } from "./hub-client.ts";
import { verifyText } from "./verify-text.ts";

export interface ShipperParts {
  readonly store: Pick<Store, "owner" | "head" | "tail" | "signHead" | "append" | "consentsOf">;
  readonly clock: Clock;
  readonly log: Logger;
  /** `unsent` or `proof` changed. */
  readonly changed: () => void;
}

/** `broken`: the hub holds something else under the same numbers, or signs what it does not hold. A person must look. */
export type Proof = "whole" | "broken";

interface Held {
  readonly seq: number;
  readonly hash: string;
}

/** Far below what a hub takes in one message (1 MB), and small enough for a village uplink to get through in one go. */
const batchBytes = 128 * 1024;
const batchEntries = 400;
const retryMs = 3_000;
const dayMs = 24 * 60 * 60 * 1_000;

class Mismatch extends Error {
  readonly seq: number;
  constructor(seq: number, why: string) {
    super(why);
    this.seq = seq;
  }
}

/**
 * Ships the journal: on every line it asks what the hub holds, compares hashes, and sends what comes after, until both
 * hold the same number and hash. Nothing is kept about what was sent: the hub's answer is the only cursor, so that a cut
 * at any point is healed by asking again. A difference is told and never repaired.
 *
 * What is about a person goes only where that person agreed to it (consent `send`); of the rest the hub gets the hash, so that
 * the chain stays whole. Who agrees later, or at the next visit, lets the earlier entries be revealed. What the hub holds was
 * agreed to: a consent that is withdrawn takes nothing back, and nothing more is sent but the withdrawal itself.
 *
 * The hub's countersignature is checked on every answer and kept as an entry at most once a day: keeping each one would
 * make a new entry to ship, without end.
 */
export class Shipper {
  readonly #parts: ShipperParts;
  #line: HubLine | undefined;
  #hubKey = "";
  #working = false;
  #again = false;
  /** After a difference nothing more is sent over this line. */
  #stopped = false;
  #stopRetry: () => void = () => undefined;
  #unsent = 0;
  #held: Held | undefined;
  #proof: Proof = "whole";
  #countersignedAt: number | undefined;
  /** Somebody agreed since what is withheld was last looked through. */
  #agreedAnew = true;

  constructor(parts: ShipperParts) {
    this.#parts = parts;
  }

  /** Entries that the hub is not known to hold. */
  get unsent(): number {
    return this.#unsent;
  }

  get proof(): Proof {
    return this.#proof;
  }

  /** `hubKey`: Ed25519, raw base64url; from the enrolment. */
  attach(line: HubLine, hubKey: string): void {
    this.#line = line;
    this.#hubKey = hubKey;
    this.#held = undefined;
    this.#stopped = false;
    this.#agreedAnew = true;
    this.kick();
  }

  detach(): void {
    this.#line = undefined;
    this.#stopRetry();
  }

  /** There may be new entries. */
  kick(): void {
    this.#again = true;
    if (this.#working) return;
    this.#working = true;
    void this.#work();
  }

  /** Never rejects. */
  async #work(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      const line = this.#line;
      try {
        await this.#count();
        if (line !== undefined && !this.#stopped) await this.#ship(line.client);
      } catch (error) {
        this.#failed(error, line);
      }
    }
    // In the same breath as the last look at `again`: a kick in between would be lost.
    this.#working = false;
  }

  #failed(error: unknown, line: HubLine | undefined): void {
    const { log, clock } = this.#parts;
    if (error instanceof Mismatch || faultOf(error) === "store.broken") {
      const seq =
        error instanceof Mismatch ? { seq: error.seq, why: error.message } : { why: "the hub refused the journal" };
      log.error("journal differs from the hub's copy", { code: "store.broken", ...seq });
      this.#proof = "broken";
      this.#stopped = true;
      this.#parts.changed();
      return;
    }
    // A lost line is healed by the next one, which asks anew.
    if (line === undefined || line.gone.aborted) return;
    const why = error instanceof Error ? error.message : String(error);
    log.warn("shipping failed, tried again later", { code: faultOf(error), why });
    this.#stopRetry();
    this.#stopRetry = clock.after(retryMs, () => this.kick());
  }

  async #count(): Promise<void> {
    const head = await this.#parts.store.head();
    const unsent = Math.max(0, head.seq - (this.#held?.seq ?? 0));
    if (unsent === this.#unsent) return;
    this.#unsent = unsent;
    this.#parts.changed();
  }

  async #ship(client: HubClient): Promise<void> {
    const { store } = this.#parts;
    let held = this.#held ?? (await this.#agreed(await client.journal.held()));
    await this.#count();
    for (;;) {
      const batch = batchOf(await store.tail(held.seq, batchEntries));
      const last = batch.at(-1);
      if (last === undefined) break;
      const { seq, hash, signature } = await store.signHead();
      const entries = await this.#sayable(batch);
      const answer = await client.journal.ship({ entries, head: { seq, hash, signature } });
      if (batch.some((entry) => bodyOf(entry, "consent.given")?.scope === "send")) this.#agreedAnew = true;
      this.#checkSignature(answer);
      if (answer.seq < last.seq && answer.seq <= held.seq) throw new Error(`the hub still holds ${answer.seq} only`);
      held = await this.#agreed(answer);
      // Before the count, so that `unsent` is not 0 for a moment only.
      await this.#keepCountersignature(answer);
      await this.#count();
    }
    if (this.#agreedAnew) await this.#reveal(client);
    if (this.#proof === "whole") return;
    this.#proof = "whole";
    this.#parts.changed();
  }

  /** As they may cross: whole where nobody is meant or the person agreed, otherwise the hash alone. */
  async #sayable(entries: readonly Entry[]): Promise<Shipped[]> {
    const asked = new Map<string, Promise<ConsentFacts>>();
    const agreed = async (who: string): Promise<boolean> => {
      const facts = asked.get(who) ?? this.#parts.store.consentsOf(who);
      asked.set(who, facts);
      return consented(await facts, "send") !== undefined;
    };
    return Promise.all(
      entries.map(async (entry) => {
        const who = entry.subject ?? entry.visit;
        // Who asks to be talked to, or asks the practice for something, has agreed by that to this being sent.
        const asks = bodyOf(entry, "message.told")?.talk === true || bodyOf(entry, "wish.made") !== undefined;
        // Who leaves their doctor wants the hub to know, whatever else they no longer agree to.
        const leaves = entry.type === "contract.ended";
        // That nothing more is sent is for the doctor to know: it says so, and nothing else.
        const ends = bodyOf(entry, "consent.withdrawn")?.scope === "send";
        return who === null || asks || leaves || ends || (await agreed(who)) ? entry : withhold(entry);
      }),
    );
  }

  /** Lets the hub see what was withheld from it and may be seen now. */
  async #reveal(client: HubClient): Promise<void> {
    this.#agreedAnew = false;
    let after = 0;
    for (;;) {
      const { seqs } = await client.journal.withheld({ after });
      const last = seqs.at(-1);
      if (last === undefined) return;
      const hidden = new Set(seqs);
      const from = Math.min(...seqs) - 1;
      for (let at = from; at < last;) {
        const page = batchOf(await this.#parts.store.tail(at, batchEntries));
        const end = page.at(-1);
        if (end === undefined) return;
        const sayable = await this.#sayable(page.filter(({ seq }) => hidden.has(seq)));
        const entries = sayable.filter((one): one is Entry => !isWithheld(one));
        if (entries.length > 0) await client.journal.reveal({ entries });
        at = end.seq;
      }
      after = last;
    }
  }

  /** The hub's word for what it holds, once it fits our own entries. */
  async #agreed(held: Held): Promise<Held> {
    const { store } = this.#parts;
    const own = held.seq === 0 ? genesisHash : (await store.tail(held.seq - 1, 1))[0]?.hash;
    if (own === undefined) throw new Mismatch(held.seq, "the hub holds entries that are not here");
    if (own !== held.hash) throw new Mismatch(held.seq, "the hub holds another entry under this number");
    this.#held = held;
    return held;
  }

  #checkSignature({ seq, hash, signature }: Held & { readonly signature: string }): void {
    if (!verifyText(headText(this.#parts.store.owner, seq, hash), signature, this.#hubKey)) {
      throw new Mismatch(seq, "the hub's countersignature is not its own");
    }
  }

  async #keepCountersignature(answer: Held & { readonly hub: string; readonly signature: string }): Promise<void> {
    const { store, clock } = this.#parts;
    const now = clock.monotonic();
    if (this.#countersignedAt !== undefined && now - this.#countersignedAt < dayMs) return;
    const { hub, seq, hash, signature } = answer;
    // In the middle of a long journal it would soon be said again.
    if ((await store.head()).seq > seq) return;
    this.#countersignedAt = now;
    await store.append([
      {
        id: derivedId("head.countersigned", `${hub} ${seq} ${hash}`),
        type: "head.countersigned",
        actor: { role: "hub", id: hub },
        subject: null,
        visit: null,
        body: { hub, seq, hash, signature },
      },
    ]);
  }
}

/** As many as fit into one message; always at least one, so that a large entry does not stop the journal. */
function batchOf(entries: readonly Entry[]): readonly Entry[] {
  let bytes = 0;
  const end = entries.findIndex((entry, at) => {
    bytes += Buffer.byteLength(JSON.stringify(entry));
    return at > 0 && bytes > batchBytes;
  });
  return end === -1 ? entries : entries.slice(0, end);
}
