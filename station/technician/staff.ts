import { timingSafeEqual } from "node:crypto";
import type { Staff, StaffRole, StaffSession } from "../../core/contract/technician-staff.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import type { Clock } from "../../core/domain/time.ts";
import type { EntryBody } from "../../core/journal/entry.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import { allows, type Operation, type Relation } from "../../core/rights.ts";
import type { Store } from "../store/store.ts";
import { storeFaultOf, type About, type Scribe } from "../visits/scribe.ts";
import type { Answer } from "../visits/visits.ts";
import { isWeakPin, PinCheck, pinVerifier } from "./pins.ts";
import { Sessions, type Person, type SessionEnd } from "./sessions.ts";
import { specimenStaff } from "./specimen-staff.ts";

export interface StaffParts {
  readonly store: Store;
  readonly scribe: Scribe;
  readonly clock: Clock;
  /** Specimen staff may sign in. */
  readonly simulated: boolean;
  /** Makes the first technician, once. */
  readonly setupCode: string | undefined;
  /** Runs what nobody waits for; closing does. */
  readonly aside: (work: Promise<void>) => void;
}

type Added = EntryBody<"staff.added">;
export type KeptCode = "store.failed" | "store.full";
export type SignInCode = "staff.wrongPin" | "staff.locked" | "staff.setupCode" | "staff.weakPin" | KeptCode;
export type SignedIn = Answer<StaffSession, SignInCode> & { readonly waitSeconds?: number };
export type Allowed = Answer<Person & { readonly relation: Relation }, "staff.signedOut" | "staff.forbidden">;

/** Under this name wrong setup codes are counted; no member of staff has it, theirs are UUIDs. */
const setUpSecret = "setup";

/**
 * Staff of this station: who they are (from the journal), who is signed in, and what each may do. Only the encrypted file
 * knows what checks a PIN.
 */
export class StaffDesk {
  readonly #parts: StaffParts;
  readonly #pins: PinCheck;
  readonly #sessions: Sessions;
  readonly #staff = new Map<string, Staff>();
  readonly #names = new Map<string, string>();
  #codeUsed = false;

  constructor(parts: StaffParts) {
    this.#parts = parts;
    this.#pins = new PinCheck(parts.store, parts.clock);
    this.#sessions = new Sessions(parts.clock, (person, how) => parts.aside(this.#signedOut(person, how)));
  }

  /** Reads who belongs here. Before anybody is let in. */
  async begin(): Promise<void> {
    const { store, scribe, simulated } = this.#parts;
    if (simulated) {
      for (const { pin, ...body } of specimenStaff) {
        const { staff: id } = body;
        if ((await store.pinSecret(id)) === undefined) await this.#secretAtStart(id, await pinVerifier(pin));
        await scribe.keep(scribe.fact("staff.added", body, { ...ofNobody, id }));
      }
    }
    for (const entry of await store.acts("staff")) {
      const added = bodyOf(entry, "staff.added");
      if (added !== undefined && (simulated || !added.specimen)) this.#take(added);
      const retired = bodyOf(entry, "staff.retired");
      if (retired !== undefined) this.#staff.delete(retired.staff);
    }
    if (this.setUp) await this.#secretAtStart(setUpSecret, "");
  }

  /** A disk that takes nothing does not keep the station from starting; who has no secret cannot sign in. */
  async #secretAtStart(of: string, verifier: string): Promise<void> {
    try {
      await this.#parts.store.putPinSecret(of, verifier);
    } catch (error) {
      storeFaultOf(error);
    }
  }

  list(): readonly Staff[] {
    return [...this.#staff.values()];
  }

  find(id: string): Staff | undefined {
    return this.#staff.get(id);
  }

  /** Also of somebody who has left; the id itself where nobody of that id was ever here. */
  nameOf(id: string): string {
    return this.#names.get(id) ?? id;
  }

  /** Nobody here is a technician yet. */
  get setUp(): boolean {
    return !this.list().some(({ role }) => role === "technician");
  }

  /**
   * Whether the session may do this: asked on every call. `own`: only where the thing is the person's own, which the
   * operation checks. A refusal is an entry.
   */
  may(session: string, operation: Operation): Allowed {
    const person = this.#sessions.find(session);
    if (person === undefined) return { ok: false, code: "staff.signedOut" };
    const relation = allows(person.role, operation);
    if (relation !== "no") return { ok: true, value: { ...person, relation } };
    this.#parts.aside(this.#decided(person, operation, false));
    return { ok: false, code: "staff.forbidden" };
  }

  /** Somebody looked at something: an entry, for acts that leave no other. */
  noted(person: Person, operation: Operation, about?: string): void {
    this.#parts.aside(this.#decided(person, operation, true, about));
  }

  async signIn(id: string, pin: string): Promise<SignedIn> {
    const staff = this.#staff.get(id);
    const verdict = await this.#pins.check(staff?.id ?? "", pin);
    if (!verdict.ok) {
      // A try that only had to wait is not written down: whoever hammers at the page must not fill the journal.
      if (staff !== undefined && verdict.code === "staff.wrongPin")
        await this.#keep("staff.refused", { staff: staff.id, code: verdict.code }, ofNobody);
      return verdict;
    }
    // Retired while the PIN was being checked.
    return staff === undefined || this.#staff.get(id) !== staff
      ? { ok: false, code: "staff.wrongPin" }
      : this.#open(staff);
  }

  /** The first technician. */
  async begun(id: string, code: string, name: string, pin: string): Promise<SignedIn> {
    const { setupCode } = this.#parts;
    if (isWeakPin(pin)) return { ok: false, code: "staff.weakPin" };
    if (!this.#codeCounts() || setupCode === undefined) return { ok: false, code: "staff.setupCode" };
    const verdict = await this.#pins.guard(setUpSecret, () => Promise.resolve(isSame(code, setupCode)));
    if (!verdict.ok) return verdict.code === "staff.locked" ? verdict : { ok: false, code: "staff.setupCode" };
    // Somebody else was first, or is being added now.
    if (!this.#codeCounts()) return { ok: false, code: "staff.setupCode" };
    this.#codeUsed = true;
    const body = { staff: id, name, role: "technician", specimen: false } as const;
    const added = await this.#add(body, pin, ofNobody);
    this.#codeUsed = added.ok;
    if (!added.ok) return added;
    await this.#parts.store.dropPinSecret(setUpSecret);
    return this.#open(added.value);
  }

  stay(session: string): StaffSession | undefined {
    return this.#sessions.view(session);
  }

  signOut(session: string): void {
    this.#sessions.close(session, "left");
  }

  async add(
    person: Person,
    staff: {
      readonly id: string;
      readonly name: string;
      readonly role: StaffRole;
      readonly pin: string;
      readonly certifiedUntil?: string | undefined;
    },
  ): Promise<Answer<Staff, "staff.weakPin" | KeptCode>> {
    const { id, name, role, pin, certifiedUntil } = staff;
    const known = this.#staff.get(id);
    if (known !== undefined) return { ok: true, value: known };
    if (isWeakPin(pin)) return { ok: false, code: "staff.weakPin" };
    const body = {
      staff: id,
      name,
      role,
      specimen: false,
      ...(certifiedUntil === undefined ? {} : { certifiedUntil }),
    };
    return this.#add(body, pin, aboutStaff(person));
  }

  /** `old`: one's own PIN, also where a technician sets somebody else's. */
  async changePin(
    id: string,
    person: Person & { readonly relation: Relation },
    staff: string,
    old: string,
    pin: string,
  ): Promise<
    Answer<null, "staff.forbidden" | "staff.unknown" | "staff.weakPin" | "staff.wrongPin" | "staff.locked" | KeptCode>
  > {
    if (person.relation === "own" && person.staff !== staff) {
      this.#parts.aside(this.#decided(person, "staff.changePin", false, staff));
      return { ok: false, code: "staff.forbidden" };
    }
    const found = this.#staff.get(staff);
    if (found === undefined) return { ok: false, code: "staff.unknown" };
    // The PIN of a specimen is printed on the page: it is nobody's to change.
    if (found.specimen) return { ok: false, code: "staff.forbidden" };
    if (isWeakPin(pin)) return { ok: false, code: "staff.weakPin" };
    // Repeated: the first time did it.
    if ((await this.#parts.store.entry(id)) !== undefined) return { ok: true, value: null };
    const verdict = await this.#pins.check(person.staff, old);
    if (!verdict.ok) return { ok: false, code: verdict.code };
    const kept = await this.#keep("staff.pinChanged", { staff }, { ...aboutStaff(person), id });
    if (!kept.ok) return kept;
    await this.#parts.store.putPinSecret(staff, await pinVerifier(pin));
    if (person.staff !== staff) this.#sessions.closeAll("replaced", staff);
    return { ok: true, value: null };
  }

  async retire(
    id: string,
    person: Person,
    staff: string,
  ): Promise<Answer<null, "staff.unknown" | "staff.lastTechnician" | KeptCode>> {
    const found = this.#staff.get(staff);
    if (found === undefined) {
      // Repeated: answered as the first time.
      const before = await this.#parts.store.entry(id);
      return before === undefined ? { ok: false, code: "staff.unknown" } : { ok: true, value: null };
    }
    const left = this.list().filter((each) => each.role === "technician" && each.id !== staff);
    if (found.role === "technician" && left.length === 0) return { ok: false, code: "staff.lastTechnician" };
    // Gone at once: two technicians who retire each other at the same moment must not both succeed.
    this.#staff.delete(staff);
    const kept = await this.#keep("staff.retired", { staff }, { ...aboutStaff(person), id });
    if (!kept.ok) {
      this.#staff.set(staff, found);
      return kept;
    }
    await this.#parts.store.dropPinSecret(staff);
    this.#sessions.closeAll("retired", staff);
    return { ok: true, value: null };
  }

  close(): void {
    this.#sessions.closeAll("hostStopped");
  }

  #codeCounts(): boolean {
    return this.setUp && !this.#codeUsed;
  }

  async #open({ id, name, role }: Staff): Promise<SignedIn> {
    const kept = await this.#keep("staff.signedIn", { staff: id }, { ...ofNobody, actor: { role, id } });
    return kept.ok ? { ok: true, value: this.#sessions.open({ staff: id, name, role }) } : kept;
  }

  async #add(body: Added, pin: string, about: About): Promise<Answer<Staff, KeptCode>> {
    // What checks the PIN first: without its entry it belongs to nobody, and an entry without it would lock the person out.
    await this.#parts.store.putPinSecret(body.staff, await pinVerifier(pin));
    const kept = await this.#keep("staff.added", body, { ...about, id: body.staff });
    return kept.ok ? { ok: true, value: this.#take(body) } : kept;
  }

  #take({ staff: id, ...said }: Added): Staff {
    const specimenPin = specimenStaff.find((each) => each.staff === id)?.pin;
    const staff = { id, ...said, ...(specimenPin === undefined ? {} : { specimenPin }) };
    this.#staff.set(id, staff);
    this.#names.set(id, staff.name);
    return staff;
  }

  async #keep(...fact: Parameters<Scribe["fact"]>): Promise<Answer<null, KeptCode>> {
    const { scribe } = this.#parts;
    const kept = await scribe.keep(scribe.fact(...fact));
    return kept.ok ? { ok: true, value: null } : { ok: false, code: keptCode(kept.code) };
  }

  async #decided(person: Person, operation: string, allowed: boolean, about?: string): Promise<void> {
    const body = { role: person.role, operation, allowed, ...(about === undefined ? {} : { about }) };
    await this.#keep("access.decided", body, aboutStaff(person));
  }

  async #signedOut(person: Person, how: SessionEnd): Promise<void> {
    await this.#keep("staff.signedOut", { staff: person.staff, how }, aboutStaff(person));
  }
}

const ofNobody: About = { visit: null, subject: null };

/** An act of this person; about no resident. */
export function aboutStaff({ role, staff }: Pick<Person, "role" | "staff">): About {
  return { ...ofNobody, actor: { role, id: staff } };
}

export function keptCode(code: Extract<FaultCode, `store.${string}`>): KeptCode {
  return code === "store.full" ? code : "store.failed";
}

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
