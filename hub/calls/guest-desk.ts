import { randomInt } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import type { GuestAsk } from "../../core/contract/hub-calls.ts";
import { passDigits, passMs, scopeOfGuest, type GuestScope } from "../../core/domain/guests.ts";
import type { Clock } from "../../core/domain/time.ts";
import type { Entry } from "../../core/journal/entry.ts";
import { guestConsent } from "../../core/journal/guest-consent.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import { isAboutVisit, type Call, type CallStore } from "../ports/calls.ts";
import type { RecordStore } from "../ports/records.ts";
import type { SignalBus } from "../ports/signal-bus.ts";
import { sha256 } from "../store/secrets.ts";
import type { CallDesk } from "./call-desk.ts";
import { isIn } from "./participants.ts";
import { isRunning, type Invited } from "./rules.ts";

export interface GuestDeskParts {
  readonly calls: Pick<CallStore, "find">;
  readonly desk: Pick<CallDesk, "apply">;
  readonly records: Pick<RecordStore, "hub" | "entriesOfVisit">;
  readonly bus: Pick<SignalBus, "announce">;
  readonly clock: Clock;
}

interface Asked extends GuestAsk {
  /** Who wants to watch; absent: a relative, who is known by a code alone. */
  readonly who?: Invited;
}

interface Pass {
  readonly call: string;
  readonly ask: string;
  /** By the monotonic clock. */
  readonly until: number;
}

/** One consultation has no more guests than this. */
const mostAsked = 8;
const mostCalls = 1_000;

/**
 * Guests of calls, and what the resident said about them. What was asked is held in memory alone and is asked again after a
 * restart; what was said is in the station's journal, and no other word opens the door.
 */
export class GuestDesk {
  readonly #parts: GuestDeskParts;
  readonly #asked = new Map<string, readonly Asked[]>();
  /** By the hash of the code. */
  readonly #passes = new Map<string, Pass>();

  constructor(parts: GuestDeskParts) {
    this.#parts = parts;
  }

  of(call: string): readonly GuestAsk[] {
    return (this.#asked.get(call) ?? []).map(({ who: _who, ...ask }) => ask);
  }

  /** False: more than a call has. Asked again, or about one already asked about, it is the first asking. */
  ask(call: string, ask: string, who: Invited | undefined): boolean {
    const all = this.#asked.get(call) ?? [];
    const stands = all.filter(({ state }) => state !== "refused");
    if (stands.some((one) => one.ask === ask || (who !== undefined && one.who?.id === who.id))) return true;
    if (stands.length >= mostAsked) return false;
    const scope: GuestScope = who === undefined ? "family" : "teach";
    this.#set(call, [...stands, { ask, scope, name: who?.name ?? "", state: "asked", ...(who ? { who } : {}) }]);
    for (const old of [...this.#asked.keys()].slice(0, -mostCalls)) this.#asked.delete(old);
    return true;
  }

  drop(call: string, ask: string): void {
    this.#void(call, ask);
    this.#set(
      call,
      (this.#asked.get(call) ?? []).filter((one) => one.ask !== ask),
    );
  }

  /** A word of the resident came with the station's journal. */
  async heard(station: string, entry: Entry): Promise<void> {
    const said = bodyOf(entry, "consent.inCall");
    const call = said && (await this.#parts.calls.find(said.call));
    // A station speaks for the calls of its own visits.
    if (!call || call.station?.id !== station || call.visit !== entry.visit) return;
    if (said.said === "withdrawn") return this.#sendAway(call, said.scope, station);
    const all = this.#asked.get(call.id) ?? [];
    const asked = all.find(({ ask, scope, state }) => ask === said.ask && scope === said.scope && state === "asked");
    if (!asked) return;
    const { who } = asked;
    if (said.said === "given" && who) {
      await this.#invite(call, who, entry.id);
      return this.drop(call.id, said.ask);
    }
    this.#set(
      call.id,
      all.map((one) => (one === asked ? { ...one, state: said.said === "given" ? "given" : "refused" } : one)),
    );
  }

  /** A code for one relative; the one before is void. Undefined: the resident has not said yes, or took it back. */
  async pass(call: Call, ask: string): Promise<{ readonly code: string; readonly until: number } | undefined> {
    const asked = this.#asked.get(call.id)?.some((one) => one.ask === ask && one.scope === "family");
    if (asked !== true || (await this.#consent(call, ask)) === undefined) return undefined;
    this.#void(call.id, ask);
    const { clock } = this.#parts;
    const code = randomInt(10 ** passDigits)
      .toString()
      .padStart(passDigits, "0");
    this.#passes.set(sha256(code), { call: call.id, ask, until: clock.monotonic() + passMs });
    return { code, until: clock.now() + passMs };
  }

  /** Lets the one in who brings a code, once. Undefined: no such code, or not any more. */
  async redeem(code: string): Promise<{ readonly call: string; readonly person: string } | undefined> {
    const hash = sha256(code);
    const pass = this.#passes.get(hash);
    if (!pass) return undefined;
    this.#passes.delete(hash);
    const call = await this.#parts.calls.find(pass.call);
    const consent = call && (await this.#consent(call, pass.ask));
    if (!call || consent === undefined || pass.until <= this.#parts.clock.monotonic()) return undefined;
    const person = uuidv7();
    const invited = await this.#invite(call, { id: person, kind: "person", name: "", role: "family" }, consent);
    if (!invited) return undefined;
    const joined = await this.#parts.desk.apply(call.id, { kind: "join", id: person }, { role: "family", id: person });
    if (joined?.changed !== true) return undefined;
    this.drop(call.id, pass.ask);
    return { call: call.id, person };
  }

  async #consent(call: Call, ask: string): Promise<string | undefined> {
    if (!isAboutVisit(call) || !isRunning(call)) return undefined;
    const entries = await this.#parts.records.entriesOfVisit(call.station.id, call.visit);
    return guestConsent(entries, call.id, "family", (body) => body.ask === ask);
  }

  async #invite(call: Call, who: Invited, consent: string): Promise<boolean> {
    const owner = call.clinician?.id;
    if (owner === undefined) return false;
    const actor = { role: "hub", id: this.#parts.records.hub };
    const input = { kind: "invite", id: owner, who, handOver: false, consent } as const;
    return (await this.#parts.desk.apply(call.id, input, actor))?.changed === true;
  }

  async #sendAway(call: Call, scope: GuestScope, station: string): Promise<void> {
    const actor = { role: "station", id: station };
    for (const one of call.participants.filter(({ role }) => scopeOfGuest(role) === scope)) {
      const { id, kind, name, role } = one;
      if (isIn(one)) await this.#parts.desk.apply(call.id, { kind: "leave", id }, actor);
      else if (one.state === "invited")
        await this.#parts.desk.apply(call.id, { kind: "decline", who: { id, kind, name, role } }, actor);
    }
    for (const one of this.#asked.get(call.id) ?? []) if (one.scope === scope) this.drop(call.id, one.ask);
  }

  #void(call: string, ask: string): void {
    const now = this.#parts.clock.monotonic();
    for (const [hash, pass] of this.#passes)
      if ((pass.call === call && pass.ask === ask) || pass.until <= now) this.#passes.delete(hash);
  }

  #set(call: string, asked: readonly Asked[]): void {
    if (asked.length === 0) this.#asked.delete(call);
    else this.#asked.set(call, asked);
    this.#parts.bus.announce(`call:${call}`);
  }
}
