import { faultOf } from "../../core/contract/line.ts";
import { isSigned } from "../../core/care/medicine.ts";
import type { Joined, Parted } from "../../core/care/same-person.ts";
import type { MessageLeft } from "../../core/care/messages.ts";
import { kindOf, signedParts } from "../../core/care/opinion.ts";
import { checkSignature } from "../../core/care/signed.ts";
import type { Clock } from "../../core/domain/time.ts";
import { entryHash } from "../../core/journal/chain.ts";
import type { Entry, NewEntry } from "../../core/journal/entry.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import type { Logger } from "../log/logger.ts";
import { sha256 } from "../store/identity.ts";
import type { Store } from "../store/store.ts";
import type { Enrolment } from "./credentials.ts";
import { derivedId } from "./derived-id.ts";
import type { HubLine } from "./hub-client.ts";
import { verifyText } from "./verify-text.ts";

export interface InboxParts {
  readonly store: Pick<Store, "owner" | "hubCursor" | "visit" | "consentsOf" | "append">;
  readonly clock: Clock;
  readonly log: Logger;
  /** An entry of the hub's journal, after what it means here was kept. May come again after a restart. */
  readonly kept: (entry: Entry) => void;
}

const retryMs = 3_000;

/**
 * Reads the entries of the hub's journal that are addressed to this station. An opinion is kept as `opinion.received`, a message
 * to a resident as `message.received`, under an id that follows from the hub's: hearing it again is harmless. The cursor moves on
 * only when an entry's meaning is durable here.
 */
export class Inbox {
  readonly #parts: InboxParts;
  #cursor = 0;

  constructor(parts: InboxParts) {
    this.#parts = parts;
  }

  /** Reads until the line is gone; other failures are told and tried again. Never rejects. */
  async read(line: HubLine, hub: Pick<Enrolment, "hub" | "publicKey">): Promise<void> {
    const { store, log, clock } = this.#parts;
    while (!line.gone.aborted) {
      try {
        this.#cursor = Math.max(this.#cursor, await store.hubCursor());
        for await (const entry of await line.client.journal.inbox({ after: this.#cursor }, { signal: line.gone })) {
          const isGood = await this.#take(entry, hub);
          this.#cursor = Math.max(this.#cursor, entry.seq);
          if (isGood) this.#parts.kept(entry);
        }
      } catch (error) {
        if (isOver(line)) return;
        log.warn("inbox failed, tried again later", {
          code: faultOf(error),
          why: error instanceof Error ? error.message : String(error),
        });
      }
      await pause(clock, retryMs, line.gone);
    }
  }

  /** False: what nobody may be shown, for its signature is not right. */
  async #take(entry: Entry, hub: Pick<Enrolment, "hub" | "publicKey">): Promise<boolean> {
    const { store, log } = this.#parts;
    if (entryHash(entry, sha256) !== entry.hash) {
      log.error("the hub's entry does not fit its hash", { code: "store.broken", seq: entry.seq });
      throw new Error(`entry ${entry.seq} of the hub is damaged`);
    }
    const message = bodyOf(entry, "message.left");
    if (message !== undefined && message.station === store.owner) await this.#takeMessage(message, entry);
    await this.#takeWho(entry);
    await this.#takeMedicine(entry, hub);
    await this.#takeContract(entry);
    const opinion = bodyOf(entry, "opinion.written");
    if (opinion === undefined || opinion.station !== store.owner) return true;
    // What is not as its doctor signed it is never shown. Unsigned ones from before stay where they were kept.
    const signed = signedParts(opinion);
    const isGood =
      signed !== undefined &&
      checkSignature({ of: kindOf(opinion), ...signed }, { [hub.hub]: hub.publicKey }, verifyText) === "valid";
    if (!isGood) {
      log.error("the signature of an opinion does not fit", { code: "sign.invalid", seq: entry.seq });
      return false;
    }
    const visit = await store.visit(opinion.visit);
    const resident = visit?.resident ?? null;
    // Who no longer agrees that anything is kept under the name gets the opinion in the visit alone.
    const mayKeep = resident !== null && (await store.consentsOf(resident)).keep?.given !== false;
    const subject = mayKeep ? resident : null;
    const kept = await store.append([
      {
        id: derivedId("opinion.received", entry.id),
        type: "opinion.received",
        actor: { role: "doctor", id: opinion.clinician.id },
        subject,
        visit: opinion.visit,
        body: { opinion, hubSeq: entry.seq, hubHash: entry.hash },
      },
    ]);
    if (!kept.ok) throw new Error(`the opinion could not be kept: ${kept.code}`);
    log.info("opinion received", { seq: entry.seq });
    return true;
  }

  /** That two records here are one person's, or are not after all. */
  async #takeWho(entry: Entry): Promise<void> {
    const { store, log } = this.#parts;
    const joined = bodyOf(entry, "person.joined");
    const parted = bodyOf(entry, "person.parted");
    if ((joined ?? parted)?.station !== store.owner) return;
    const about = { actor: entry.actor, visit: null, hubSeq: entry.seq };
    const facts: readonly NewEntry[] = [
      ...(joined === undefined ? [] : [joinedHere(joined, about)]),
      ...(parted === undefined ? [] : [partedHere(parted, entry, about)]),
    ];
    const kept = await store.append(facts);
    if (!kept.ok) throw new Error(`who is who could not be kept: ${kept.code}`);
    log.info("records joined or parted", { seq: entry.seq });
  }

  /** How a contract stands whose act was heard here; the person sees it at their next visit. */
  async #takeContract(entry: Entry): Promise<void> {
    const { store, log } = this.#parts;
    const { id, seq, actor, subject } = entry;
    const answered = bodyOf(entry, "contract.answered");
    if (answered?.station !== store.owner) return;
    const { station: _station, ...stand } = answered;
    const kept = await store.append([
      {
        id: derivedId("contract.heard", id),
        type: "contract.heard",
        actor,
        subject,
        visit: null,
        body: { ...stand, hubSeq: seq },
      },
    ]);
    if (!kept.ok) throw new Error(`a contract could not be kept: ${kept.code}`);
    log.info("contract answered", { seq });
  }

  /** What a resident takes. Kept only as its doctor and its pharmacist signed it: nobody is told another dose. */
  async #takeMedicine(entry: Entry, { hub, publicKey }: Pick<Enrolment, "hub" | "publicKey">): Promise<void> {
    const { store, log } = this.#parts;
    const medicine = bodyOf(entry, "medicine.told");
    if (medicine?.station !== store.owner) return;
    if (!isSigned(medicine, { [hub]: publicKey }, verifyText)) {
      log.error("the signature of a prescription does not fit", { code: "sign.invalid", seq: entry.seq });
      return;
    }
    if ((await store.consentsOf(medicine.resident)).keep?.given === false) return;
    const kept = await store.append([
      {
        id: derivedId("medicine.received", entry.id),
        type: "medicine.received",
        actor: entry.actor,
        subject: medicine.resident,
        visit: null,
        body: { medicine, hubSeq: entry.seq, hubHash: entry.hash },
      },
    ]);
    if (!kept.ok) throw new Error(`a medicine could not be kept: ${kept.code}`);
    log.info("medicine received", { seq: entry.seq });
  }

  /** Kept for the resident's next visit. Who no longer agrees that anything is kept is told by a person: the hub sees to that. */
  async #takeMessage(message: MessageLeft, { seq, hash, actor }: Entry): Promise<void> {
    const { store, log } = this.#parts;
    if ((await store.consentsOf(message.resident)).keep?.given === false) return;
    const kept = await store.append([
      {
        id: derivedId("message.received", message.id),
        type: "message.received",
        actor,
        subject: message.resident,
        visit: null,
        body: { message, hubSeq: seq, hubHash: hash },
      },
    ]);
    if (!kept.ok) throw new Error(`the message could not be kept: ${kept.code}`);
    log.info("message received", { seq });
  }
}

interface AboutHub {
  readonly actor: Entry["actor"];
  readonly visit: null;
  readonly hubSeq: number;
}
function joinedHere({ id, one, other }: Joined, { hubSeq, ...about }: AboutHub): NewEntry {
  const body = { joining: id, one: one.resident, other: other.resident, hubSeq };
  return { ...about, id: derivedId("records.joined", id), type: "records.joined", subject: one.resident, body };
}
function partedHere({ joining }: Parted, { id, subject }: Entry, { hubSeq, ...about }: AboutHub): NewEntry {
  return { ...about, id: derivedId("records.parted", id), type: "records.parted", subject, body: { joining, hubSeq } };
}

function isOver(line: HubLine): boolean {
  return line.gone.aborted;
}

/** `ms` by the clock, or until the line is gone. */
function pause(clock: Clock, ms: number, gone: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const end = () => {
      stop();
      gone.removeEventListener("abort", end);
      done();
    };
    const stop = clock.after(ms, end);
    if (gone.aborted) end();
    else gone.addEventListener("abort", end);
  });
}
