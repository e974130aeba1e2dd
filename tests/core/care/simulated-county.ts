import { createHash } from "node:crypto";
import type { Signature, SignedKind } from "../../../core/care/signed.ts";
import type { Ladder, Owner } from "../../../core/care/tasks.ts";
import type { Tier } from "../../../core/domain/practice.ts";

/** mulberry32: the same seed, the same county. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Ids that a seed makes again: version 4 by their bits. */
export function idMaker(seed: number): () => string {
  let count = 0;
  return () => {
    const hex = createHash("sha256")
      .update(`${String(seed)}:${String((count += 1))}`)
      .digest("hex");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  };
}

/** For engines that look at who signed and when, and never into the bytes. */
export function paperSignature(of: SignedKind, person: string, at: number): Signature {
  return {
    of,
    by: { id: person, name: person, role: "doctor" },
    at: new Date(at).toISOString(),
    algorithm: "Ed25519",
    publicKey: "A".repeat(43),
    legal: "test",
    certificate: {
      hub: "simulated",
      openedAt: new Date(at).toISOString(),
      until: new Date(at + 600_000).toISOString(),
      signature: "A".repeat(86),
    },
    signature: "B".repeat(86),
  };
}

/** A county, its townships and villages, and who works there today. */
export class County implements Ladder {
  readonly villages: readonly string[];
  readonly #above = new Map<string, string>();
  readonly #staff = new Map<string, Set<string>>();
  #hired = 0;

  constructor(townships: number, villagesEach: number) {
    const villages: string[] = [];
    for (let township = 0; township < townships; township += 1) {
      const town = `t${String(township)}`;
      this.#above.set(town, "county");
      for (let village = 0; village < villagesEach; village += 1) {
        const name = `v${String(township)}-${String(village)}`;
        villages.push(name);
        this.#above.set(name, town);
      }
    }
    this.villages = villages;
  }

  get orgs(): readonly string[] {
    return ["county", ...this.#above.keys()];
  }

  tierOf(org: string): Tier {
    return org === "county" ? "county" : org.startsWith("t") ? "township" : "village";
  }

  owner(org: string, person?: string): Owner {
    return { org, tier: this.tierOf(org), ...(person === undefined ? {} : { person }) };
  }

  above(org: string): Omit<Owner, "person"> | undefined {
    const up = this.#above.get(org);
    return up === undefined ? undefined : { org: up, tier: this.tierOf(up) };
  }

  isActive(person: string, org: string): boolean {
    return this.#staff.get(org)?.has(person) ?? false;
  }

  staff(org: string): readonly string[] {
    return [...(this.#staff.get(org) ?? [])];
  }

  hire(org: string): string {
    const person = `p${String((this.#hired += 1))}`;
    const there = this.#staff.get(org) ?? new Set();
    this.#staff.set(org, there.add(person));
    return person;
  }

  leave(org: string, person: string): void {
    this.#staff.get(org)?.delete(person);
  }
}

/** What happens when, in order of time; what is due at the same moment in the order it was put in. */
export class Agenda {
  readonly #heap: { readonly at: number; readonly nth: number; readonly run: (at: number) => void }[] = [];
  #nth = 0;

  put(at: number, run: (at: number) => void): void {
    const heap = this.#heap;
    heap.push({ at, nth: (this.#nth += 1), run });
    let child = heap.length - 1;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!this.#before(child, parent)) return;
      this.#swap(child, parent);
      child = parent;
    }
  }

  /** Runs all until `end`; answers how many. */
  runUntil(end: number): number {
    let count = 0;
    for (;;) {
      const first = this.#heap[0];
      if (!first || first.at > end) return count;
      const last = this.#heap.pop();
      if (last && this.#heap.length > 0) {
        this.#heap[0] = last;
        this.#sink();
      }
      first.run(first.at);
      count += 1;
    }
  }

  #sink(): void {
    const { length } = this.#heap;
    let parent = 0;
    for (;;) {
      const left = 2 * parent + 1;
      const right = left + 1;
      let least = parent;
      if (left < length && this.#before(left, least)) least = left;
      if (right < length && this.#before(right, least)) least = right;
      if (least === parent) return;
      this.#swap(parent, least);
      parent = least;
    }
  }

  #before(a: number, b: number): boolean {
    const one = this.#heap[a];
    const other = this.#heap[b];
    if (!one || !other) return false;
    return one.at < other.at || (one.at === other.at && one.nth < other.nth);
  }

  #swap(a: number, b: number): void {
    const one = this.#heap[a];
    const other = this.#heap[b];
    if (!one || !other) return;
    this.#heap[a] = other;
    this.#heap[b] = one;
  }
}
