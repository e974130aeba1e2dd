import type { Found, IdentifyEvent, Who } from "../../core/contract/visit-parts.ts";
import { toAsk } from "../../core/domain/consent.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import { Private } from "../../core/domain/private.ts";
import type { Clock } from "../../core/domain/time.ts";
import type { Resident } from "../../core/journal/entry.ts";
import type { IdentityWay } from "../../core/journal/visit-bodies.ts";
import { dayOf } from "../../core/quality/local-day.ts";
import type { DeviceTable } from "../devices/table.ts";
import { Trail, type Reading } from "../feed.ts";
import type { Logger } from "../log/logger.ts";
import { StoreFault, type Store } from "../store/store.ts";
import type { Comer } from "../visits/arrival.ts";
import { shownName } from "../../core/domain/shown-name.ts";
import type { Admitted, Answer } from "../visits/visits.ts";
import { readCard, type CardRead } from "./card.ts";
import type { Resolved } from "./codes.ts";
import { Lookup } from "./lookup.ts";
import { LyingCards } from "./lying.ts";
import { Readers, type ReaderWord } from "./readers.ts";
import { Tokens } from "./tokens.ts";
import { Tries } from "./tries.ts";

/** Read again within this time of the last reading, it is the same code, or the same trouble. */
const sameMs = { scan: 2_000, fault: 5_000 } as const;
/** Under this age a guardian agrees. */
const childUnder = 14;
/** A resident that nobody has: what is asked about somebody is asked about nobody, too, so that it takes as long. */
const nobody = "00000000-0000-4000-8000-000000000000";

/** Whose code it is, as the hub says. */
export type ResolveCode = (code: Private<string>) => Promise<Resolved>;

export interface IdentifyParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  readonly table: DeviceTable;
  readonly simulated: boolean;
  readonly resumes: (resident: string) => Promise<boolean>;
  /** Absent: the hub cannot be asked. */
  readonly resolveCode?: ResolveCode;
}

/** Behind a token: who it is, what only this machine may know of them, and what they are asked. */
interface Held {
  readonly who: Comer;
  readonly lastFour?: Private<string>;
  readonly unclaimed?: string;
}

/** Finding out who somebody is. A number alone never opens a record: every way ends in a token. */
export class Identify {
  readonly #parts: IdentifyParts;
  readonly #tokens: Tokens<Held>;
  readonly #tries: Tries;
  #lookup: Lookup | undefined;
  readonly #lying = new LyingCards();
  #listener: Listener | undefined;
  #lastFour: Private<string> | undefined;
  /** Nobody listens, and a card still lies there. */
  #watch: Readers | undefined;
  #asked: Promise<unknown> = Promise.resolve();

  constructor(parts: IdentifyParts) {
    this.#parts = parts;
    this.#tokens = new Tokens(parts.clock);
    this.#tries = new Tries(parts.clock);
  }

  /** Until left. A new listener ends the one before. */
  listen(signal?: AbortSignal): Reading<IdentifyEvent> {
    this.#listener?.end();
    this.#endWatch();
    const listener: Listener = new Listener(
      this.#parts,
      this.#lying,
      (word) => this.#recognize(word),
      () => {
        if (this.#listener === listener) this.#watchLying();
      },
    );
    this.#listener = listener;
    return listener.read(signal);
  }

  /** Until every card was taken that has said who somebody is. */
  #watchLying(): void {
    const isLeft = (reader: string): boolean => this.#lying.readers.includes(reader);
    if (this.#lying.readers.length === 0) return;
    const { table, clock, log } = this.#parts;
    const hear = (word: ReaderWord): void => {
      if (word.kind !== "empty" && word.kind !== "identity") return;
      if (word.kind === "identity" && this.#lying.hasSaid(word.reader, word.card)) return;
      if (word.kind === "empty") this.#lying.empty(word.reader);
      else this.#lying.taken(word.reader);
      if (this.#lying.readers.length === 0) this.#endWatch();
    };
    this.#watch = new Readers({ table, clock, log, hear, only: isLeft });
  }

  #endWatch(): void {
    this.#watch?.stop();
    this.#watch = undefined;
  }

  /** One after the other: nobody tries out many at once. */
  phone(phone: string, second: string): Promise<Answer<Found, "identify.notFound" | "identify.tooMany">> {
    const answer = this.#asked.then(() => this.#phone(phone, second));
    this.#asked = answer.catch(() => undefined);
    return answer;
  }

  async #phone(phone: string, second: string): Promise<Answer<Found, "identify.notFound" | "identify.tooMany">> {
    if (this.#tries.shut) return { ok: false, code: "identify.tooMany" };
    const key = (await this.#keys()).phone(new Private(phone), new Private(second));
    const found = await this.#known("phone", key);
    if (found !== undefined) this.#tries.right();
    else this.#tries.wrong();
    return found === undefined ? { ok: false, code: "identify.notFound" } : { ok: true, value: found };
  }

  /** What the page says of who opens a visit, against what the host knows. */
  async admit(who: Who): Promise<Answer<Admitted, "wire.badInput" | "identify.expired">> {
    switch (who.kind) {
      case "guest":
        return { ok: true, value: { who, consents: {}, way: "touch", spend: () => this.#came() } };
      case "code":
      case "found": {
        const { token } = who;
        const held = this.#tokens.find(token);
        // What somebody's own name opens is opened by their consents, and a code that nobody knows by none.
        if (held === undefined || (held.who.kind === "guest") !== (who.kind === "code"))
          return { ok: false, code: "identify.expired" };
        const spend = (): void => {
          this.#tokens.spend(token);
          this.#came(held.lastFour);
        };
        if (who.kind === "code") return { ok: true, value: { who: held.who, consents: {}, way: "touch", spend } };
        const { consents, way, sign, mine } = who;
        const claim = held.unclaimed === undefined || mine === undefined ? undefined : { visit: held.unclaimed, mine };
        return { ok: true, value: { who: held.who, consents, way, sign, claim, spend } };
      }
      case "specimen": {
        const { store, simulated } = this.#parts;
        const resident = simulated ? await store.resident(who.resident) : undefined;
        if (resident?.specimen !== true) return { ok: false, code: "wire.badInput" };
        const asked = toAsk(await store.consentsOf(resident.id));
        const consents = Object.fromEntries(asked.map((scope) => [scope, true]));
        const known = { kind: "known", way: "specimen", resident: resident.id } as const;
        return { ok: true, value: { who: known, consents, way: "touch", spend: () => this.#came() } };
      }
    }
  }

  /** The last four of the card by which the person of the open visit was recognized. */
  lastFour(): Private<string> | undefined {
    return this.#lastFour;
  }

  /** The person has gone. */
  forget(): void {
    this.#lastFour = undefined;
  }

  close(): void {
    this.forget();
    const listener = this.#listener;
    this.#listener = undefined;
    listener?.end();
    this.#endWatch();
    this.#tokens.close();
  }

  #came(lastFour?: Private<string>): void {
    this.#lastFour = lastFour;
  }

  /** The secret is asked for once; before the first person nothing needs it. */
  async #keys(): Promise<Lookup> {
    this.#lookup ??= new Lookup(await this.#parts.store.lookupSecret());
    return this.#lookup;
  }

  async #recognize(word: Extract<ReaderWord, { readonly kind: "identity" | "scan" }>): Promise<IdentifyEvent> {
    if (word.kind === "scan") return this.#byCode(word.text);
    const answer = await this.#byCard(word.card);
    return answer.ok ? { kind: "found", found: answer.value } : { kind: "fault", code: answer.code };
  }

  async #byCard(card: Private<Readonly<Record<string, string>>>): Promise<Answer<Found, "identify.badNumber">> {
    const now = this.#parts.clock.now();
    const read = readCard(card, dayOf(now, -new Date(now).getTimezoneOffset()));
    if (read === undefined) return { ok: false, code: "identify.badNumber" };
    const key = (await this.#keys()).card(read.number);
    const known = await this.#known("card", key, read);
    return { ok: true, value: known ?? this.#newcomer(key, read) };
  }

  async #byCode(text: Private<string>): Promise<IdentifyEvent> {
    const { resolveCode } = this.#parts;
    const key = (await this.#keys()).code(text);
    const linked = await this.#known("code", key);
    if (linked !== undefined) return { kind: "found", found: linked };
    const answer = (await resolveCode?.(text)) ?? { kind: "unknown" };
    switch (answer.kind) {
      case "here": {
        const found = await this.#foundAs("code", answer.resident);
        return found === undefined ? { kind: "fault", code: "identify.unknownCode" } : { kind: "found", found };
      }
      case "elsewhere":
        return { kind: "fault", code: "identify.codeElsewhere" };
      case "tooMany":
        return { kind: "fault", code: "identify.tooMany" };
      case "away":
        return { kind: "held", token: this.#tokens.give({ who: { kind: "guest", code: { text, key } } }) };
      case "unknown":
        return { kind: "fault", code: "identify.unknownCode" };
    }
  }

  #newcomer(key: string, { person, age, expired, number }: CardRead): Found {
    return {
      token: this.#tokens.give({ who: { kind: "new", way: "card", person, key }, lastFour: lastFourOf(number) }),
      way: "card",
      shownName: shownName(person.reveal().name),
      known: false,
      resumes: false,
      ask: [...toAsk({})],
      child: age < childUnder,
      ...(expired ? { expired } : {}),
    };
  }

  async #known(way: IdentityWay, key: string, card?: CardRead): Promise<Found | undefined> {
    return this.#foundAs(way, (await this.#parts.store.linkedTo(key)) ?? nobody, card);
  }

  async #foundAs(way: IdentityWay, id: string, card?: CardRead): Promise<Found | undefined> {
    const { store, resumes, clock } = this.#parts;
    const [resident, sign, consents, goesOn, unclaimed] = await Promise.all([
      store.resident(id),
      store.signOf(id),
      store.consentsOf(id),
      resumes(id),
      store.unclaimedOf(id),
    ]);
    if (resident === undefined) return undefined;
    return {
      token: this.#tokens.give({
        who: { kind: "known", way, resident: id },
        ...(card === undefined ? {} : { lastFour: lastFourOf(card.number) }),
        ...(unclaimed === undefined ? {} : { unclaimed: unclaimed.visit }),
      }),
      way,
      shownName: shownName(resident.name),
      ...(sign === undefined ? {} : { sign }),
      known: true,
      resumes: goesOn,
      ask: [...toAsk(consents)],
      child: (card?.age ?? ageAtMost(resident, clock.now())) < childUnder,
      ...(card?.expired === true ? { expired: true } : {}),
      ...(unclaimed === undefined ? {} : { unclaimed: unclaimed.at }),
    };
  }
}

/** With a phone number the second thing: neither is worth anything alone. */
const lastFourOf = (number: Private<string>): Private<string> => new Private(number.reveal().slice(-4));

/** By the year of birth alone: a guardian is asked rather than forgotten. */
function ageAtMost({ birthYear }: Resident, now: number): number {
  return new Date(now).getFullYear() - birthYear - 1;
}

type Recognizable = Extract<ReaderWord, { kind: "identity" | "scan" }>;

/** One page that waits for a card or a code. */
class Listener {
  readonly #trail = new Trail<IdentifyEvent>(16);
  readonly #readers: Readers;
  readonly #log: Logger;
  readonly #clock: Clock;
  readonly #lying: LyingCards;
  readonly #recognize: (word: Recognizable) => Promise<IdentifyEvent>;
  readonly #onEnd: () => void;
  /** Of a code and a fault: what was read last, and when. Gone with the listener. */
  #last: { readonly said: Private<string>; readonly at: number } | undefined;
  #line: Promise<void> = Promise.resolve();
  #ended = false;
  #saidToLift = false;

  constructor(
    { clock, log, table }: Pick<IdentifyParts, "clock" | "log" | "table">,
    lying: LyingCards,
    recognize: (word: Recognizable) => Promise<IdentifyEvent>,
    onEnd: () => void,
  ) {
    this.#clock = clock;
    this.#log = log;
    this.#lying = lying;
    this.#recognize = recognize;
    this.#onEnd = onEnd;
    this.#readers = new Readers({ table, clock, log, hear: (word) => this.#hear(word) });
  }

  read(signal: AbortSignal | undefined): Reading<IdentifyEvent> {
    return this.#trail.read(signal, () => this.end());
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#readers.stop();
    this.#trail.close();
    this.#last = undefined;
    this.#onEnd();
  }

  #hear(word: ReaderWord): void {
    switch (word.kind) {
      case "ready":
        return this.#trail.push({ ...word, phone: true });
      case "reading":
        return this.#trail.push(word);
      case "empty":
        this.#lying.empty(word.reader);
        if (!this.#lying.mayLie(word.reader) || this.#saidToLift) return;
        this.#saidToLift = true;
        return this.#trail.push({ kind: "waiting", lift: true });
      case "fault":
        return this.#trail.push(this.#isAgain("fault", word.code) ? { kind: "waiting" } : word);
      case "identity":
        if (this.#lying.hasSaid(word.reader, word.card)) return this.#trail.push({ kind: "left" });
        // Before its holder was looked up: it is read again meanwhile.
        this.#lying.said(word.reader, word.card);
        return this.#lookUp(word);
      case "scan":
        return this.#isAgain("scan", word.text.reveal()) ? undefined : this.#lookUp(word);
    }
  }

  #lookUp(word: Recognizable): void {
    this.#line = this.#line.then(async () => {
      const event = await this.#recognized(word);
      // Nobody was shown who it is: it may say so again.
      if (word.kind === "identity" && (event.kind !== "found" || this.#ended)) this.#lying.taken(word.reader);
      const isOld = event.kind === "fault" && this.#isAgain("fault", event.code);
      this.#trail.push(isOld ? { kind: "waiting" } : event);
    });
  }

  /** A failing disk is told as a fault; the reader goes on. */
  async #recognized(word: Recognizable): Promise<IdentifyEvent> {
    try {
      return await this.#recognize(word);
    } catch (error) {
      const code: FaultCode = error instanceof StoreFault ? error.code : "wire.internal";
      this.#log.error("nobody looked up", { code, why: error instanceof Error ? error.message : String(error) });
      return { kind: "fault", code };
    }
  }

  #isAgain(kind: keyof typeof sameMs, said: string): boolean {
    const before = this.#last;
    const at = this.#clock.monotonic();
    this.#last = { said: new Private(said), at };
    return before !== undefined && before.said.reveal() === said && at - before.at < sameMs[kind];
  }
}
